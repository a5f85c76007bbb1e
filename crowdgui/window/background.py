"""Long works in a thread of their own: a step at a time, seen, and cancelled when wanted."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Event, local
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from models.errors import UserError

log = logging.getLogger("crowdgui")
JOIN_S = 3.0
# The work whose step a thread is making.
_at_hand = local()


@dataclass(eq=False)
class Work:
    """A long work: `steps` yields results in the thread, `on_step` takes them in the window.

    `on_end` gets what went wrong, or None; it is called after cancelling too, with what the closing
    of the steps raised. `total` steps are expected, 0 where nobody knows. A `quiet` work is not
    shown in the status bar. `join_s` is how long the program's end waits for the step that it is
    at.
    """

    title: Callable[[], str]
    steps: Callable[[Work], Iterable[object]]
    on_step: Callable[[Any], object]
    on_end: Callable[[Exception | None], object]
    total: int = 0
    quiet: bool = False
    join_s: float = JOIN_S
    done: int = 0
    _cancelled: Event = field(default_factory=Event)
    _stops: list[Callable[[], object]] = field(default_factory=list)

    def cancel(self) -> None:
        """End it before its next step; may be called from any thread."""
        self._cancelled.set()
        for stop in tuple(self._stops):
            stop()

    def stop_with(self, stop: Callable[[], object]) -> None:
        """Have this called, in whatever thread, when the work is cancelled."""
        self._stops.append(stop)
        if self.is_cancelled():
            stop()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()


def when_cancelled(stop: Callable[[], object]) -> None:
    """Have a step that waits for something outside be freed when its work is cancelled.

    Called within a step; elsewhere it does nothing.
    """
    work = getattr(_at_hand, "work", None)
    if work is not None:
        work.stop_with(stop)


class Stepper(QObject):
    """Lives in the thread; takes the works in turns, so that a short one never waits for long."""

    stepped = Signal(object, object)
    ended = Signal(object, object, bool)  # the last: whether the error is of a step
    _again = Signal()

    def __init__(self, closed: Event) -> None:
        super().__init__()
        self._closed = closed
        self._running: deque[tuple[Work, Iterator[object]]] = deque()
        self._again.connect(self.turn, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def add(self, work: Work) -> None:
        self._running.append((work, iter(work.steps(work))))
        self._again.emit()

    @Slot()
    def turn(self) -> None:
        """Make one step of the work whose turn it is."""
        if not self._running or self._closed.is_set():
            return
        work, steps = self._running.popleft()
        cancelled = work.is_cancelled()
        try:
            if cancelled:
                if isinstance(steps, Generator):
                    # What it holds open is let go before anyone hears of the end.
                    steps.close()
                raise StopIteration
            _at_hand.work = work
            result = next(steps)
            self._running.append((work, steps))
            self._again.emit()
            self.stepped.emit(work, result)
        except StopIteration:
            self.ended.emit(work, None, False)
        except Exception as error:
            if not isinstance(error, UserError):
                log.exception("In the background")
            self.ended.emit(work, error, not cancelled)
        finally:
            _at_hand.work = None

    @Slot()
    def stop(self) -> None:
        self._running.clear()
        self.thread().quit()


class Background(QObject):
    """Owns a thread for long works; used from the GUI thread."""

    changed = Signal()
    _add = Signal(object)
    _stop = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.works: list[Work] = []
        self._closed = Event()
        self.thread_ = QThread()
        self.thread_.setObjectName(name)
        self.stepper = Stepper(self._closed)
        self.stepper.moveToThread(self.thread_)
        self._add.connect(self.stepper.add)
        self._stop.connect(self.stepper.stop)
        self.stepper.stepped.connect(self._stepped)
        self.stepper.ended.connect(self._ended)

    def start(self, work: Work) -> None:
        # Only now: who has never had any work may be thrown away without being closed.
        if not self.thread_.isRunning() and not self._closed.is_set():
            self.thread_.start()
        self.works.append(work)
        self._add.emit(work)
        self.changed.emit()

    @Slot(object, object)
    def _stepped(self, work: Work, result: object) -> None:
        if work.is_cancelled() or self._closed.is_set():
            return
        work.done += 1
        work.on_step(result)
        self.changed.emit()

    @Slot(object, object, bool)
    def _ended(self, work: Work, error: Exception | None, of_step: bool) -> None:
        if work in self.works:
            self.works.remove(work)
        if self._closed.is_set():
            # The window is closed: who waited for this may be gone.
            return
        # Nobody wants to hear of a step that was not wanted any more.
        work.on_end(None if work.is_cancelled() and of_step else error)
        self.changed.emit()

    def stop(self) -> None:
        """Have the thread end after the step that it is at; nothing is heard of it any more."""
        self._closed.set()
        for work in self.works:
            work.cancel()
        self._stop.emit()

    def close(self) -> bool:
        """Stop, then wait as long as its works ask for; False if a step still runs then."""
        self.stop()
        patience = max((work.join_s for work in self.works), default=JOIN_S)
        return self.thread_.wait(round(patience * 1000))
