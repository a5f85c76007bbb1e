"""How crowded a zone is, without flicker: hysteresis and a hold time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from crowdgui.live.zones import Zone


class Level(IntEnum):
    """How full a zone is; `word` is its name in logs and messages."""

    FREE = 0
    MODERATE = 1
    CROWDED = 2
    VERY_CROWDED = 3

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True)
class ZoneReading:
    """A zone at one moment: `count` persons; the rest is None where the zone has no such fact."""

    zone: Zone
    count: float
    per_m2: float | None
    level: Level | None
    alert: bool


@dataclass(frozen=True)
class Alert:
    """A zone that became too full (`raised`) or free again; `time` is seconds since 1970."""

    time: float
    source: str
    zone: str
    raised: bool
    level: str
    count: float


class ZoneWatch:
    """The zones of one source with their levels."""

    def __init__(self, zones: Sequence[Zone] = ()) -> None:
        self.zones = tuple(zones)
        self._holds = [LevelHold(zone) for zone in zones]

    def read(
        self, density: NDArray[np.float32], now: float
    ) -> tuple[tuple[ZoneReading, ...], tuple[ZoneReading, ...]]:
        """Count the zones at `now` (time.monotonic()): all readings, and those whose alert
        was raised or ended just now."""
        readings, turned = [], []
        for zone, hold in zip(self.zones, self._holds, strict=True):
            count = zone.count(density)
            before = hold.alert
            level = hold.update(count, now)
            per_m2 = None if zone.area_m2 is None else count / zone.area_m2
            reading = ZoneReading(zone, count, per_m2, level, hold.alert)
            readings.append(reading)
            if hold.alert != before:
                turned.append(reading)
        return tuple(readings), tuple(turned)


class LevelHold:
    """The level of one zone; every limit is a latch of its own."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._latches = [_Latch(limit, zone.hysteresis, zone.hold_s) for limit in zone.limits]

    @property
    def alert(self) -> bool:
        """Whether the level that the zone's alert begins at is reached."""
        return bool(self._zone.alert_at) and self._latches[self._zone.alert_at - 1].on

    def update(self, count: float, now: float) -> Level | None:
        """Take a count at `now` (seconds that never go back); returns the level that holds.

        None for a zone without capacity or area.
        """
        capacity = self._zone.persons_at_capacity
        if capacity is None:
            return None
        # The limits rise and share one hold time, so a latch is on only with those below it.
        return Level(sum(latch.update(count / capacity, now) for latch in self._latches))


class _Latch:
    """On when a share has been at its limit for so long, off when it has been well below."""

    def __init__(self, limit: float, hysteresis: float, hold_s: float) -> None:
        self.on = False
        self._limit = limit
        self._leave = limit * (1 - hysteresis)
        self._hold_s = hold_s
        self._since: float | None = None

    def update(self, share: float, now: float) -> bool:
        turning = share < self._leave if self.on else share >= self._limit
        if not turning:
            self._since = None
        else:
            self._since = now if self._since is None else self._since
            if now - self._since >= self._hold_s:
                self.on, self._since = not self.on, None
        return self.on
