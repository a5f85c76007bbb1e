"""Counts to an MQTT broker: nothing is lost while it is away, and no picture is ever sent."""

from __future__ import annotations

import contextlib
import hashlib
import json
import queue
import re
import threading
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

from crowdgui.live.broker import QOS, Broker, Link
from crowdgui.live.levels import Alert, Level
from crowdgui.live.rows import Row, WallClock, iso
from crowdgui.live.spool import Spool
from models.errors import UserError
from models.files import is_there

FORMAT = 1
MOST_IN_FLIGHT = 20
LAST_WORDS_S = 3.0


class Publisher:
    """Sends rows and alerts as JSON, in order, each until the broker has confirmed it (QoS 1).

    Topics: PREFIX/WATCHER/counts, .../alerts, and .../status (retained; the last will says that
    the watcher is gone). Every message carries the boot id and a sequence number, by which
    receivers drop repeats.
    """

    def __init__(
        self, broker: Broker, watcher: str, spool: Path | None = None, interval_s: float = 1.0
    ) -> None:
        """Begin to connect; raises UserError engine-missing, broker-ca or path-unwritable.

        `interval_s` lies between rows: receivers know by it how long a silence is too long.
        """
        self._interval_s = interval_s
        self.boot = uuid.uuid4().hex
        self.watcher = clean_name(watcher)
        self._base = f"{broker.topic}/{self.watcher}"
        self._sequence = 0
        # Of the thread that sends: the last message, those on their way, those that arrived.
        self._last, self._greeted = 0, 0
        self._clock = WallClock()
        self._in_flight: dict[int, int] = {}
        self._arrived: list[int] = []
        self._trouble: UserError | None = None
        self._acknowledged: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._work = threading.Event()
        self._end = threading.Event()
        self._sent = threading.Condition()
        self._link = Link(broker, f"crowdgui-{self.watcher}-{self.boot[:8]}", self._work.set)
        self._spool = Spool(spool or default_spool(broker, self.watcher))
        client = self._link.client
        client.will_set(f"{self._base}/status", self._status(online=False), QOS, retain=True)
        client.on_publish = self._on_publish
        self._link.start()
        self._thread = threading.Thread(target=self._send, name="publisher", daemon=True)
        self._thread.start()

    @property
    def connected(self) -> bool:
        return self._link.connected

    @property
    def problem(self) -> UserError | None:
        """Why there is no connection: broker-away, -distrusted or -refused; None with one."""
        return self._link.problem

    @property
    def waiting(self) -> int:
        """Messages on disk that the broker has not confirmed."""
        return len(self._spool)

    @property
    def dropped(self) -> int:
        """Messages given up because the queue was full."""
        return self._spool.dropped

    def write(self, rows: Sequence[Row]) -> None:
        """Queue rows; raises UserError path-unwritable.

        It is raised, too, where they were queued and the queue cannot be read: nothing is sent.
        """
        interval = {"interval": self._interval_s}
        self._queue("counts", [_row_facts(row) | interval for row in rows])
        self._raise_trouble()

    def alert(self, alert: Alert) -> None:
        """Queue an alert; raises UserError path-unwritable, and has not queued it then."""
        self._raise_trouble()
        facts = {
            "time": iso(alert.time), "source": alert.source, "zone": alert.zone,
            "raised": alert.raised, "level": alert.level, "count": round(alert.count, 3),
        }  # fmt: skip
        self._queue("alerts", [facts])

    def close(self) -> None:
        """Give the broker a moment to take the rest; what it has not stays on disk."""
        with self._sent:
            self._sent.wait_for(lambda: not (self.connected and self.waiting), LAST_WORDS_S)
        self._end.set()
        self._work.set()
        self._thread.join(LAST_WORDS_S)
        if self.connected:
            topic, words = f"{self._base}/status", self._status(online=False)
            with contextlib.suppress(RuntimeError, ValueError):
                self._link.client.publish(topic, words, QOS, True).wait_for_publish(1.0)
        self._link.stop()
        self._spool.close()

    def _queue(self, topic: str, listed: list[dict[str, Any]]) -> None:
        messages = []
        for facts in listed:
            self._sequence += 1
            head = {"v": FORMAT, "boot": self.boot, "sequence": self._sequence}
            message = {**head, "watcher": self.watcher, **facts}
            messages.append((f"{self._base}/{topic}", json.dumps(message, ensure_ascii=False)))
        self._spool.add(messages)
        self._work.set()

    def _raise_trouble(self) -> None:
        if self._trouble is not None:
            raise self._trouble

    def _send(self) -> None:
        """The one thread that publishes; paho's callbacks only tell it what happened."""
        while not self._end.is_set():
            self._work.wait(1.0)
            self._work.clear()
            try:
                self._forget_arrived()
                if self._link.connected:
                    self._send_waiting()
            except UserError as error:
                # A disk that fails now may be well again a second later.
                self._trouble = error
            else:
                self._trouble = None
            with self._sent:
                self._sent.notify_all()

    def _forget_arrived(self) -> None:
        """Take what the broker has confirmed from the queue; raises UserError path-unwritable."""
        with contextlib.suppress(queue.Empty):
            while True:
                if number := self._in_flight.pop(self._acknowledged.get_nowait(), 0):
                    self._arrived.append(number)
        self._spool.remove(self._arrived)
        self._arrived = []

    def _send_waiting(self) -> None:
        """Publish what may be in flight; raises UserError path-unwritable."""
        # Who joins later hears the greeting that the broker keeps: rows must not lie before it.
        if self._clock.set_back() > 0 or self._greeted != self._link.connections:
            self._greeted = self._link.connections
            status = self._status(online=True)
            self._link.client.publish(f"{self._base}/status", status, QOS, retain=True)
        # What was in flight when a connection broke is sent again by paho itself.
        room = MOST_IN_FLIGHT - len(self._in_flight)
        for number, topic, payload in self._spool.after(self._last, room) if room > 0 else ():
            self._in_flight[self._link.client.publish(topic, payload, QOS).mid] = number
            self._last = number

    def _on_publish(self, client: Any, data: Any, mid: int, reason: Any, facts: Any) -> None:
        del client, data, reason, facts
        self._acknowledged.put(mid)
        self._work.set()

    def _status(self, *, online: bool) -> str:
        status = {"v": FORMAT, "boot": self.boot, "watcher": self.watcher, "online": online}
        return json.dumps(status | ({"time": iso(time.time())} if online else {}))


def clean_name(name: str) -> str:
    """Return a watcher's name as one level of a topic."""
    return re.sub(r"[/+#\s\0]+", "-", name).strip("-")[:60] or "watcher"


def default_spool(broker: Broker, watcher: str) -> Path:
    """Return the queue's file for a broker and a watcher, in the user's state folder."""
    folder = user_state_path("crowdgui", appauthor=False) / "queue"
    name = re.sub(r"[^\w.-]", "-", f"{broker.host}-{broker.port}-{broker.topic}-{watcher}")
    # So it was called before: what waits there is not lost.
    old = folder / f"{name[:150]}.sqlite"
    whole = f"{broker.host}/{broker.port}/{broker.topic}/{watcher}"
    # File systems take 255 bytes: forty letters are 160 of them at most.
    new = folder / f"{name[:40]}-{hashlib.sha256(whole.encode()).hexdigest()[:16]}.sqlite"
    return old if is_there(old) else new


def _row_facts(row: Row) -> dict[str, Any]:
    zones = {
        name: {"count": round(count, 3), "level": row.levels.get(name)}
        for name, count in row.zones.items()
    }
    return {
        "time": iso(row.time), "source": row.source, "state": row.state,
        "count": None if row.count is None else round(row.count, 3), "zones": zones,
        "level": _worst(row.levels), "model": row.model,
    }  # fmt: skip


def _worst(levels: dict[str, str]) -> str | None:
    """Return the highest of the zones' levels; None where no zone has any."""
    words = [level.word for level in Level]
    return max(levels.values(), key=words.index, default=None)
