"""A rendered crowd that walks: a live source where there is no camera."""

from __future__ import annotations

import threading
import time

from crowdgui.live.feed import Kind, Picture
from trainer.synthetic import DEMO_SEED, MovingScene

SIZE = (640, 360)
PEOPLE = 60
FPS = 10.0


class DemoFeed:
    """demo: as a live source, at FPS pictures a second where the machine can render them."""

    kind: Kind = "demo"
    name = "demo:"

    def open(self) -> DemoCapture:
        return DemoCapture()

    def resting(self) -> bool:
        return False


class DemoCapture:
    """The moving scene from its beginning."""

    position = None
    fps = FPS

    def __init__(self) -> None:
        self._scene = MovingScene(DEMO_SEED, SIZE, PEOPLE)
        self._interrupted = threading.Event()
        self._started = time.monotonic()
        self._next = self._started

    def read(self) -> Picture:
        now = time.monotonic()
        # Late pictures are not made up for: a camera does not either.
        self._next = max(self._next + 1 / FPS, now)
        self._interrupted.wait(self._next - now)
        return self._scene.frame(self._next - self._started).picture

    def interrupt(self) -> None:
        self._interrupted.set()

    def close(self) -> None:
        """Nothing is held."""
