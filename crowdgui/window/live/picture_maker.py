"""The thread that makes what the views show: always the newest picture, never a queue."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from crowdgui.live.session import Counted, LiveSource
from crowdgui.window.live.pictures import live_image

MOST_PER_S = 30
JOIN_S = 3.0
log = logging.getLogger("crowdgui")


@dataclass(frozen=True)
class Order:
    """What a view wants to show; `room` in pixels of the screen, `opacity` 0 for no map."""

    source: LiveSource
    room: tuple[int, int]
    opacity: float
    colour_map: str


@dataclass(frozen=True, eq=False)
class Made:
    """A picture for a view; the image and the result belong together."""

    image: QImage
    counted: Counted
    source: LiveSource


class PictureMaker(QObject):
    """Makes the pictures of all views; `made` says that there are some to `take`.

    `wake` is for the live session: it may be called from any thread and returns at once.
    """

    made = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._orders: dict[object, Order] = {}
        self._ready: dict[object, Made] = {}
        self._told = False
        self._work, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="live pictures", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._work.set()

    def want_only(self, orders: dict[object, Order]) -> None:
        """Make these pictures from now on, by their views, and no others."""
        with self._lock:
            kept = [view for view in self._ready if self._orders.get(view) == orders.get(view)]
            self._ready = {view: self._ready[view] for view in kept}
            self._orders = dict(orders)
        self._work.set()

    def take(self) -> dict[object, Made]:
        """Return what was made since the last call: the newest of each view."""
        with self._lock:
            ready, self._ready, self._told = self._ready, {}, False
            return ready

    def close(self) -> bool:
        """End; False if the thread still runs after 3 s."""
        self._end.set()
        self._work.set()
        self._thread.join(JOIN_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        done: dict[object, tuple[Order, Counted]] = {}
        while not self._end.is_set():
            self._work.wait()
            self._work.clear()
            began = time.monotonic()
            with self._lock:
                orders = dict(self._orders)
            done = {view: what for view, what in done.items() if view in orders}
            for view, order in orders.items():
                try:
                    self._make(view, order, done)
                except Exception:
                    # A bug in one picture must not end all that follow.
                    log.exception("Making a live picture")
            self._end.wait(max(1 / MOST_PER_S - (time.monotonic() - began), 0.0))

    def _make(
        self, view: object, order: Order, done: dict[object, tuple[Order, Counted]]
    ) -> None:  # fmt: skip
        counted = order.source.latest
        if counted is None or self._end.is_set() or done.get(view) == (order, counted):
            return
        done[view] = (order, counted)
        image = live_image(
            counted.frame.picture, counted.prediction, order.room, order.opacity, order.colour_map
        )
        with self._lock:
            if self._orders.get(view) != order:
                return
            self._ready[view] = Made(image, counted, order.source)
            tell, self._told = not self._told, True
        if tell:
            self.made.emit()
