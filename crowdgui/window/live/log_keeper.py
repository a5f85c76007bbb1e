"""The log of the live page: rows of all sources each interval, to files and a broker."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from crowdgui.live.broker import Broker
from crowdgui.live.csv_log import CsvLog
from crowdgui.live.levels import Alert
from crowdgui.live.publisher import Publisher
from crowdgui.live.rows import LateSink, RowMaker, Sink, Writing, next_turn
from crowdgui.live.session import LiveSession
from crowdgui.live.sqlite_log import SqliteLog
from models.errors import UserError

CSV_NAME, SQLITE_NAME = "live-counts.csv", "live-counts.sqlite"
JOIN_S = 3.0


@dataclass(frozen=True)
class LogOrder:
    """Where the log goes, as what, and how many seconds a row stands for.

    `broker` is an MQTT broker's address, empty for none; `authority` its certificates' file.
    """

    folder: Path
    csv: bool
    sqlite: bool
    interval_s: float
    broker: str = ""
    authority: Path | None = None

    @property
    def wanted(self) -> bool:
        """Whether anything is to be written."""
        return self.csv or self.sqlite or bool(self.broker)


class LogKeeper:
    """Writes until it is closed; `trouble` gets what goes wrong, in the thread of the log, and
    `over` the same error where it has ended.

    Another keeper of the same files, `before`, ends first; this one goes on where that one was.
    """

    def __init__(
        self,
        session: LiveSession,
        order: LogOrder,
        trouble: Callable[[Exception], None],
        before: LogKeeper | None = None,
        over: Callable[[UserError], None] = lambda _error: None,
    ) -> None:
        self.order = order
        self._session, self._before = session, before
        self._trouble, self._over = trouble, over
        self._publisher: Publisher | None = None
        self._broker_problem: UserError | None = None
        self._end, self._leaving = threading.Event(), False
        # What it wrote as raised and not yet as ended, by source and zone.
        self._raised: dict[tuple[str, str], Alert] = {}
        # Alerts of before the log began are none of its rows.
        self._alert = self._newest_alert()
        # The numbers of those that turned while no log was wanted.
        self._unlogged = range(0)
        self._last = 0
        self._thread = threading.Thread(target=self._run, name="live log", daemon=True)
        self._thread.start()

    @property
    def refused(self) -> bool:
        """Whether the broker refuses what it was told of user and password."""
        return _code(self._broker_problem) == "broker-refused"

    def stop(self) -> None:
        """Write the interval at hand and end; `close` waits for it."""
        if not self._end.is_set():
            self._last = self._newest_alert()
            self._end.set()

    def leave(self) -> None:
        """Stop, and end what it said is raised: nobody watches from now on."""
        self._leaving = True
        self.stop()

    def close(self) -> bool:
        """Stop and wait, 3 s at most; False if a disk holds it up longer."""
        self.stop()
        self._thread.join(JOIN_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._follow()
            self._write()
        except Exception as error:  # a log that ends must not do so without a word
            self._trouble(error)

    def _follow(self) -> None:
        """Wait for the log before, and take over what it said is raised."""
        before, self._before = self._before, None
        if before is None:
            return
        before._thread.join(_patience(before.order, self.order))
        self._raised = dict(before._raised)
        if not before._thread.is_alive():
            # Neither twice nor never: what turned since it wrote its last one.
            self._unlogged = range(before._last + 1, self._alert + 1)
            self._alert = before._alert

    def _write(self) -> None:
        with ExitStack() as stack:
            writing = Writing(self._sinks(stack))
            # Begun at once: what cannot be written is said now, and tried again each interval.
            for trouble in writing.write([]):
                self._trouble(trouble)
            maker, started, turn, ended = RowMaker(), time.monotonic(), 0, False
            # What was counted before is of no interval of this log.
            maker.make(self._session.sources, time.time())
            while not ended:
                turn = next_turn(turn, self.order.interval_s, time.monotonic() - started)
                due = started + turn * self.order.interval_s
                ended = self._wait(due, writing)
                rows = maker.make(self._session.sources, time.time())
                for trouble in writing.write(rows):
                    self._trouble(trouble)
                for trouble in writing.over():
                    self._over(trouble)
            if self._leaving:
                self._write_alerts(self._ends(), writing)

    def _wait(self, due: float, writing: Writing) -> bool:
        """Wait until a row is due and write alerts meanwhile; whether it is the end."""
        ended = False
        while not ended and (left := due - time.monotonic()) > 0:
            ended = self._end.wait(min(left, 1.0))
            self._write_alerts(self._new_alerts(), writing)
            self._tell_of_broker()
        return ended or self._end.is_set()

    def _write_alerts(self, alerts: list[Alert], writing: Writing) -> None:
        for alert in alerts:
            if alert.raised:
                self._raised[alert.source, alert.zone] = alert
            else:
                self._raised.pop((alert.source, alert.zone), None)
            for trouble in writing.alert(alert):
                self._trouble(trouble)

    def _ends(self) -> list[Alert]:
        """Return the ends of what is raised in the files; the crowds may still be there."""
        return [
            replace(alert, time=time.time(), raised=False, watched=False)
            for alert in self._raised.values()
        ]

    def _tell_of_broker(self) -> None:
        """Say once why the broker cannot be reached; messages wait on disk meanwhile."""
        problem = self._publisher.problem if self._publisher is not None else None
        told = self._broker_problem
        if _code(problem) == _code(told):
            return
        self._broker_problem = problem
        if told is not None:
            self._over(told)
        if problem is not None:
            self._trouble(problem)

    def _new_alerts(self) -> list[Alert]:
        found = self._session.alerts_after(self._alert)
        self._alert = found[-1][0] if found else self._alert
        return [alert for number, alert in found if self._is_wanted(number, alert)]

    def _is_wanted(self, number: int, alert: Alert) -> bool:
        """Whether an alert is of this log: of those in between only ends of what was written."""
        ends = not alert.raised and (alert.source, alert.zone) in self._raised
        return ends or number not in self._unlogged

    def _newest_alert(self) -> int:
        return max((number for number, _alert in self._session.alerts_after(0)), default=0)

    def _sinks(self, stack: ExitStack) -> list[Sink]:
        order, sinks = self.order, list[LateSink]()
        if order.csv:
            sinks.append(LateSink(self._open_csv))
        if order.sqlite:
            sinks.append(LateSink(lambda: SqliteLog(order.folder / SQLITE_NAME)))
        if order.broker:
            sinks.append(LateSink(self._open_publisher))
        for sink in sinks:
            stack.callback(sink.close)
        return [*sinks]

    def _open_publisher(self) -> Publisher:
        # In this thread: a keyring may ask the person for the password.
        broker = Broker.parse(self.order.broker, self.order.authority)
        # `crowdgui watch` of the same machine is another watcher, with a queue of its own.
        name = f"{socket.gethostname()}-window"
        self._publisher = Publisher(broker, name, interval_s=self.order.interval_s)
        return self._publisher

    def _open_csv(self) -> CsvLog:
        names = [zone.name for source in self._session.sources for zone in source.zones]
        return CsvLog(self.order.folder / CSV_NAME, names)


def _code(problem: UserError | None) -> str:
    return "" if problem is None else problem.code


def _patience(before: LogOrder, order: LogOrder) -> float | None:
    """Return how long a log waits for the one before it: seconds, None for as long as it takes.

    Two that begin the same file would both write its header. Another folder does not wait for
    one that hangs, but for a moment where the old log may still hold the broker's queue.
    """
    if before.folder == order.folder:
        return None
    return JOIN_S if order.broker else 0.0
