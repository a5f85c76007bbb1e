"""Every watcher that a broker knows of: what a fleet tab shows."""

from __future__ import annotations

import contextlib
import json
import math
import threading
import uuid
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crowdgui.live.broker import QOS, Broker, Link
from crowdgui.live.clock import monotonic
from crowdgui.live.levels import Level
from models.errors import UserError

MOST_BYTES = 64_000
MOST_SOURCES = 2000
MOST_BOOTS = 2000
MOST_GAPS = 1000
RECENT = 300
ALERTS_KEPT = 500
# A watcher that says nothing for so long is shown as offline, whatever its status says; one that
# speaks seldom may miss so many of its intervals.
SILENT_S = 30.0
SILENT_INTERVALS = 3
LONGEST_INTERVAL_S = 86_400.0


@dataclass(frozen=True)
class Watched:
    """One source of one watcher as it was heard last.

    `age_s` is counted on this machine's clock since the message arrived, and by how much it came
    late on the watcher's own; infinite where none has, of a watcher that only said its goodbye.
    `recent` are the counts of the last RECENT messages, oldest first, for a sparkline.
    """

    watcher: str
    source: str
    online: bool
    state: str
    count: float | None
    zones: dict[str, tuple[float, str | None]]
    level: str | None
    model: str | None
    age_s: float
    recent: tuple[float, ...]


@dataclass(frozen=True)
class FleetAlert:
    """An alert as a watcher sent it; `time` is text of the watcher's clock."""

    watcher: str
    source: str
    zone: str
    raised: bool
    level: str
    count: float
    time: str


class Repeats:
    """Recognises messages that came before, by boot id and sequence number; memory bounded."""

    def __init__(self) -> None:
        self._boots: OrderedDict[str, tuple[int, set[int]]] = OrderedDict()

    def is_new(self, boot: str, sequence: int) -> bool:
        """Whether this message was not seen before; remembers it."""
        floor, above = self._boots.pop(boot, (0, set()))
        new = sequence > floor and sequence not in above
        if new:
            above.add(sequence)
            while floor + 1 in above:
                floor += 1
                above.discard(floor)
            if len(above) > MOST_GAPS:
                # What is missing so long will not come; who joins late begins here.
                floor = min(above)
                while floor in above:
                    above.discard(floor)
                    floor += 1
                floor -= 1
        self._boots[boot] = (floor, above)
        if len(self._boots) > MOST_BOOTS:
            self._boots.popitem(last=False)
        return new


class Roster:
    """What was heard from all watchers. Knows no network; safe from any thread."""

    def __init__(self) -> None:
        self.repeats = 0
        self.unreadable = 0
        self._lock = threading.Lock()
        self._seen = Repeats()
        # By watcher: the boot that spoke of itself last, and whether it is there.
        self._status: dict[str, tuple[str, bool]] = {}
        self._clocks: OrderedDict[str, _Clock] = OrderedDict()
        self._sources: OrderedDict[tuple[str, str], _Heard] = OrderedDict()
        self._alerts: deque[FleetAlert] = deque(maxlen=ALERTS_KEPT)

    def hear(self, kind: str, payload: bytes, now: float) -> None:
        """Take a message of kind counts, alerts or status at `now` (`clock.monotonic`).

        What cannot be read is counted in `unreadable`, repeats in `repeats`.
        """
        with self._lock:
            try:
                self._hear(kind, payload, now)
            except (
                ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError,
            ):  # fmt: skip
                self.unreadable += 1

    def return_to_broker(self) -> None:
        """Take note that the broker has kept what was sent until now."""
        with self._lock:
            for clock in self._clocks.values():
                clock.return_to_broker()

    def watchers(self, now: float) -> list[Watched]:
        """Return every source of every watcher, by name.

        A watcher that went before it was heard is there too, without a source.
        """
        with self._lock:
            known = {watcher for watcher, _source in self._sources}
            gone = [name for name, (_boot, online) in self._status.items() if not online]
            return [
                *(_gone(name) for name in sorted(gone) if name not in known),
                *(
                    heard.shown(watcher, source, self._is_online(watcher), now)
                    for (watcher, source), heard in sorted(self._sources.items())
                ),
            ]

    def forget(self, watcher: str, now: float) -> bool:
        """Let go of a watcher's sources that are offline; whether nothing is left of it."""
        with self._lock:
            theirs = {key: one for key, one in self._sources.items() if key[0] == watcher}
            for key, heard in theirs.items():
                if not heard.shown(*key, self._is_online(watcher), now).online:
                    del self._sources[key]
            if any(key in self._sources for key in theirs):
                return False
            self._status.pop(watcher, None)
            self._clocks.pop(watcher, None)
            return True

    def alerts(self) -> list[FleetAlert]:
        """Return the last alerts, oldest first."""
        with self._lock:
            return list(self._alerts)

    def _hear(self, kind: str, payload: bytes, now: float) -> None:
        if len(payload) > MOST_BYTES:
            raise ValueError("too long")
        facts = json.loads(payload, parse_constant=_refuse)
        watcher = str(facts["watcher"])[:80]
        if kind == "status":
            self._take_status(watcher, str(facts.get("boot", ""))[:64], bool(facts["online"]))
            if (greeted := _seconds(facts.get("time"))) is not None:
                self._clock(watcher).greet(greeted)
            return
        boot = str(facts["boot"])[:64]
        if not self._seen.is_new(boot, int(facts["sequence"])):
            self.repeats += 1
            return
        gone, online = self._status.get(watcher, (boot, True))
        if not online and gone not in ("", boot):
            # The broker kept the last will of a boot before this one.
            self._status[watcher] = (boot, True)
        source = str(facts["source"])[:300]
        if kind == "alerts":
            self._alerts.append(
                FleetAlert(
                    watcher,
                    source,
                    str(facts["zone"])[:80],
                    bool(facts["raised"]),
                    _level(facts["level"] or None) or "",
                    _number(facts["count"]),
                    str(facts["time"])[:40],
                )
            )
            return
        heard = self._sources.get((watcher, source)) or _Heard()
        heard.take(facts, now)
        if (made := _seconds(facts.get("time"))) is not None:
            heard.at -= self._clock(watcher).lateness(made, now)
        self._sources[watcher, source] = heard
        self._sources.move_to_end((watcher, source))
        if len(self._sources) > MOST_SOURCES:
            self._sources.popitem(last=False)

    def _take_status(self, watcher: str, boot: str, online: bool) -> None:
        known = self._status.get(watcher)
        if known is None and len(self._status) >= MOST_SOURCES:
            return
        if not online and known is not None and known[1] and known[0] not in ("", boot):
            # A last will may come long after its boot ended, when another is there.
            return
        self._status[watcher] = (boot, online)

    def _clock(self, watcher: str) -> _Clock:
        clock = self._clocks.setdefault(watcher, _Clock())
        self._clocks.move_to_end(watcher)
        if len(self._clocks) > MOST_SOURCES:
            self._clocks.popitem(last=False)
        return clock

    def _is_online(self, watcher: str) -> bool:
        return self._status.get(watcher, ("", True))[1]


class _Clock:
    """How late a watcher's rows come, by its own clock: that may be hours from ours.

    Rows come in the order in which they were made; those that waited for the broker come after
    a greeting, which never waits. What the broker has kept for us comes faster than it was made,
    and its age goes by the last row before. Times are seconds since 1970.
    """

    def __init__(self) -> None:
        self._newest = self._last = -math.inf
        # Time and arrival: of the last row, and of the last one before the broker kept any.
        self._heard: tuple[float, float] | None = None
        self._before: tuple[float, float] | None = None

    def greet(self, time: float) -> None:
        """Take the time at which the watcher said that it is there."""
        self._newest, self._last = time, -math.inf

    def return_to_broker(self) -> None:
        self._before, self._heard = self._heard or self._before, None

    def lateness(self, time: float, now: float) -> float:
        """Take the time of the next row, heard at `now`; returns how many seconds late it is."""
        # Right after the newest row comes an older one: the clock was set back.
        if time > self._newest or self._last == self._newest:
            self._newest = time
        self._last = time
        return max(self._newest - time, self._kept_for(time, now))

    def _kept_for(self, time: float, now: float) -> float:
        """Return how long the broker has kept a row, as far as that is known."""
        if self._heard is None or time != self._heard[0]:
            if self._heard is not None and now - self._heard[1] >= (time - self._heard[0]) / 2:
                # It came no faster than it was made, or the clock was set back.
                self._before = None
            # All sources of an interval have one time.
            self._heard = time, now
        return 0.0 if self._before is None else now - self._before[1] - (time - self._before[0])


class _Heard:
    """What was heard of one source."""

    def __init__(self) -> None:
        self.recent: deque[float] = deque(maxlen=RECENT)

    def take(self, facts: dict[str, Any], now: float) -> None:
        """Keep a message, or raise and keep what was there."""
        count = None if facts["count"] is None else _number(facts["count"])
        # Watchers of an older version do not say it.
        interval = min(_number(facts.get("interval", 1.0)), LONGEST_INTERVAL_S)
        zones = {
            str(name)[:80]: (_number(zone["count"]), _level(zone["level"]))
            for name, zone in list(facts["zones"].items())[:200]
        }
        level, model, state = _level(facts["level"]), facts["model"], str(facts["state"])
        self.count, self.zones, self.level, self.state = count, zones, level, state[:20]
        self.model = None if model is None else str(model)[:80]
        self.at, self.silent_s = now, max(SILENT_S, SILENT_INTERVALS * interval)
        if count is not None:
            self.recent.append(count)

    def shown(self, watcher: str, source: str, online: bool, now: float) -> Watched:
        age = now - self.at
        # A video that is over has nothing more to say.
        there = online and (age < self.silent_s or self.state == "ended")
        return Watched(
            watcher, source, there, self.state, self.count, self.zones,
            self.level, self.model, age, tuple(self.recent),
        )  # fmt: skip


class Fleet:
    """A roster that listens to a broker. `wake` takes nothing and comes from another thread."""

    def __init__(self, broker: Broker, wake: Callable[[], None] | None = None) -> None:
        """Begin to connect; raises UserError engine-missing or broker-ca."""
        self.roster = Roster()
        self._wake = wake or (lambda: None)
        name = f"crowdgui-fleet-{uuid.uuid4().hex[:12]}"
        self._link = Link(broker, name, self._on_link, lasting=True)
        self._link.client.on_message = self._on_message
        self._subscribed = 0
        self._link.start()

    @property
    def connected(self) -> bool:
        return self._link.connected

    @property
    def problem(self) -> UserError | None:
        return self._link.problem

    def watchers(self) -> list[Watched]:
        return self.roster.watchers(monotonic())

    def alerts(self) -> list[FleetAlert]:
        return self.roster.alerts()

    def forget(self, watcher: str) -> None:
        """Let go of what is offline of a watcher, and of the broker's memory that it is gone."""
        if self.roster.forget(watcher, monotonic()):
            topic = f"{self._link.broker.topic}/{watcher}/status"
            with contextlib.suppress(ValueError):
                self._link.client.publish(topic, b"", QOS, retain=True)
        self._wake()

    def close(self) -> None:
        self._link.stop()

    def _on_link(self) -> None:
        if self._link.connected and self._subscribed != self._link.connections:
            self._subscribed = self._link.connections
            self.roster.return_to_broker()
            base = self._link.broker.topic
            topics = [(f"{base}/+/{kind}", QOS) for kind in ("counts", "alerts", "status")]
            with contextlib.suppress(ValueError):
                self._link.client.subscribe(topics)
        self._wake()

    def _on_message(self, client: Any, data: Any, message: Any) -> None:
        del client, data
        before, _, kind = message.topic.rpartition("/")
        if kind == "status" and not message.payload:
            # Somebody has forgotten it.
            self.roster.forget(before.rpartition("/")[2], monotonic())
        else:
            self.roster.hear(kind, message.payload, monotonic())
        self._wake()


def _gone(watcher: str) -> Watched:
    return Watched(watcher, "", False, "", None, {}, None, None, math.inf, ())


def _seconds(time: object) -> float | None:
    """Return a watcher's time in seconds since 1970; None where it says none that can be read."""
    try:
        return datetime.fromisoformat(str(time)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _refuse(word: str) -> None:
    """JSON knows no NaN and no infinity."""
    raise ValueError(word)


def _number(value: Any) -> float:
    """Return a number that can be drawn; raises ValueError, TypeError or OverflowError."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return number


def _level(word: object) -> str | None:
    if word is None:
        return None
    if word not in [level.word for level in Level]:
        raise ValueError("no such level")
    return str(word)
