"""Recording a source with its results drawn on it, in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from crowdgui.live.clock import monotonic
from crowdgui.live.feed import Picture
from crowdgui.live.reader import State
from crowdgui.live.recording import Recorder, annotate
from crowdgui.live.session import Counted, LiveSource

FPS = 10.0
# More pictures than these are never written at once.
MOST_DUE = 5 * FPS
JOIN_S = 10.0


class Recording:
    """Records until it is stopped or its source is ended; the video runs as fast as the clock.

    `ended` is called once, in the recording's thread, with what went wrong or None.
    """

    def __init__(
        self,
        source: LiveSource,
        path: Path,
        opacity: float,
        colour_map: str,
        ended: Callable[[Exception | None], None],
    ) -> None:
        self.source, self.path = source, path
        self.frames = 0
        self._opacity, self._colour_map, self._ended = opacity, colour_map, ended
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live recording", daemon=True)
        self._thread.start()

    @property
    def seconds(self) -> float:
        """How long the video is so far."""
        return self.frames / FPS

    def stop(self) -> None:
        """End the file; `ended` says when it has its place."""
        self._end.set()

    def close(self) -> bool:
        """Stop and wait until the file has its place, 10 s at most."""
        self.stop()
        self._thread.join(JOIN_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        problem: Exception | None = None
        try:
            with Recorder(self.path, FPS) as recorder:
                self._record(recorder)
        except Exception as error:
            problem = error
        self._ended(problem)

    def _record(self, recorder: Recorder) -> None:
        """Write each tick of the clock: the newest picture, or the last one again."""
        drawn: Picture | None = None
        last: Counted | None = None
        began: float | None = None
        over = False
        while not over and not self._end.wait(1 / FPS):
            # Once more after the end: the last picture may have been counted since.
            over = self.source.state().state in (State.CLOSED, State.ENDED)
            counted = self.source.latest
            if counted is not None and counted is not last:
                last = counted
                drawn = label_picture(counted, self._opacity, self._colour_map)
            if drawn is None:
                continue
            now = time.monotonic()
            began = now if began is None else began
            due = int((now - began) * FPS) + 1 - recorder.frames
            if due > MOST_DUE:
                # The machine slept: that is not made up for.
                began, due = now - recorder.frames / FPS, 1
            for _ in range(due):
                if not self._end.is_set():
                    recorder.add(drawn)
            self.frames = recorder.frames


def label_picture(counted: Counted, opacity: float, colour_map: str) -> Picture:
    """Return a counted picture with its results and the time of day."""
    ago = monotonic() - counted.frame.arrived
    label = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(time.time() - ago))
    return annotate(
        counted.frame.picture, counted.prediction, counted.zones, label, opacity, colour_map
    )
