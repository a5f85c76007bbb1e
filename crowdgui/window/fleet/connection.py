"""The connection to a broker as the page sees it: opened and closed without holding it up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crowdgui.live.broker import Broker
from crowdgui.live.credentials import mask_mistyped, remember
from crowdgui.live.fleet import Fleet, FleetAlert, Watched
from crowdgui.window.background import Background, Work
from crowdgui.window.desk import Desk
from crowdgui.window.fleet.address import with_password
from models.errors import UserError

State = Literal["off", "connecting", "connected", "away"]
# A screen needs no more; between messages the ages tick.
REDRAW_MS, TICK_MS = 200, 1000
CLOSE_S = 3.0


@dataclass(frozen=True)
class Opened:
    """A connection that was begun; `unkept` is why its password is not in the keyring."""

    fleet: Fleet
    unkept: UserError | None


class FleetConnection(QObject):
    """At most one fleet; `changed` tells to look again, at most every REDRAW_MS."""

    changed = Signal()
    _heard = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        # A keyring may ask the person: nothing else should wait for that, nor this for others.
        self._lane = Background("fleet", self)
        self._fleet: Fleet | None = None
        self._opening: Work | None = None
        self._closing: list[threading.Thread] = []
        self._told = threading.Event()
        self.address = ""
        self._heard.connect(self._look_soon)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._look)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.changed)

    @property
    def state(self) -> State:
        if self._fleet is None:
            return "off" if self._opening is None else "connecting"
        if self._fleet.connected:
            return "connected"
        return "connecting" if self._fleet.problem is None else "away"

    @property
    def problem(self) -> UserError | None:
        return self._fleet.problem if self._fleet is not None else None

    def watchers(self) -> list[Watched]:
        return self._fleet.watchers() if self._fleet is not None else []

    def alerts(self) -> list[FleetAlert]:
        return self._fleet.alerts() if self._fleet is not None else []

    def forget(self, watcher: str) -> None:
        """Have a watcher that is gone shown no more, here and in every other window."""
        if self._fleet is not None:
            self._fleet.forget(watcher)
        self.changed.emit()

    def open(self, address: str, password: str, authority: Path | None) -> None:
        """Connect to another broker; what is wrong with the address is told as a notice."""
        self.close()
        self.address = mask_mistyped(address)

        def steps(_work: Work) -> Iterator[Opened]:
            yield _open(address, password, authority, self._wake)

        work = Work(
            lambda: "", steps, lambda opened: self._opened(work, opened),
            lambda error: self._ended(work, error), quiet=True,
        )  # fmt: skip
        self._opening = work
        self._lane.start(work)
        self.changed.emit()

    @Slot()
    def close(self) -> None:
        """Let the broker go. The network may take its time: a thread waits for it."""
        fleet, self._fleet, self._opening = self._fleet, None, None
        self._tick.stop()
        if fleet is not None:
            _let_go(fleet, self._closing)
        self.changed.emit()

    def finish(self) -> bool:
        """Close for good, and wait for the threads, some seconds at most; whether they ended."""
        self.close()
        ended = self._lane.close()
        for thread in self._closing:
            thread.join(CLOSE_S)
        return ended and not any(thread.is_alive() for thread in self._closing)

    def _opened(self, work: Work, opened: Opened) -> None:
        if work is not self._opening:
            # Somebody has thought better of it meanwhile.
            _let_go(opened.fleet, self._closing)
            return
        self._fleet = opened.fleet
        self._tick.start()
        unkept = opened.unkept
        if unkept is not None:
            self._desk.notices.complain(unkept)
        self.changed.emit()

    def _ended(self, work: Work, error: Exception | None) -> None:
        if work is not self._opening:
            return
        self._opening = None
        if error is not None:
            self._desk.notices.complain(error)
        self.changed.emit()

    def _wake(self) -> None:
        """From the network's thread: one signal, however many messages come."""
        if not self._told.is_set():
            self._told.set()
            self._heard.emit()

    @Slot()
    def _look_soon(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()

    @Slot()
    def _look(self) -> None:
        self._told.clear()
        self.changed.emit()


def _open(address: str, password: str, authority: Path | None, wake: Callable[[], None]) -> Opened:
    """Begin to connect, in a thread: the keyring may ask the person, and files are read."""
    unkept = None
    broker = Broker.parse(address, authority)
    if password:
        broker = replace(broker, password=password)
        try:
            remember(with_password(address, password))
        except UserError as error:
            unkept = error
    return Opened(Fleet(broker, wake), unkept)


def _let_go(fleet: Fleet, closing: list[threading.Thread]) -> None:
    closing[:] = [thread for thread in closing if thread.is_alive()]
    thread = threading.Thread(target=fleet.close, name="fleet closing", daemon=True)
    thread.start()
    closing.append(thread)
