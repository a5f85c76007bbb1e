"""How crowded a zone is, without flicker: hysteresis and a hold time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from crowdgui.live.zones import Zone
from models.prediction import Prediction


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
    """A zone at one moment: `count` persons; the rest is None where the zone has no such fact.

    `watched`: whether an alert is raised when it becomes too full.
    """

    zone: Zone
    count: float
    per_m2: float | None
    level: Level | None
    alert: bool
    watched: bool = True


@dataclass(frozen=True)
class Alert:
    """A zone that became too full (`raised`) or free again; `time` is seconds since 1970.

    Not `watched`: it ended because the zone is watched no more, and its crowd may still be there.
    """

    time: float
    source: str
    zone: str
    raised: bool
    level: str
    count: float
    watched: bool = True


class ZoneWatch:
    """The zones of one source with their levels."""

    def __init__(self, zones: Sequence[Zone] = (), before: ZoneWatch | None = None) -> None:
        """Watch zones; those that were watched `before` under the same name keep their levels."""
        self.zones = tuple(zones)
        known = {} if before is None else {hold.zone.name: hold for hold in before.holds()}
        self._holds = [_continued(zone, known.pop(zone.name, None)) for zone in zones]
        # An alert of a zone that is watched no more ends with the next picture, or before it.
        self._gone = [hold for hold in known.values() if hold.said]

    def holds(self) -> list[LevelHold]:
        """Return what is held of each zone, with those whose alert is still to be ended."""
        return [*self._holds, *self._gone]

    def end_unwatched(self, *, seen: bool) -> list[LevelHold]:
        """Return what is raised of zones that are watched no more, once: its alert ends now.

        So does one that its zone would raise at a higher level by now. Where the zones are `seen`,
        the next picture ends that, and says how full they are.
        """
        over = [
            hold
            for hold in self._holds
            if hold.said and not (hold.zone.raises_alerts if seen else hold.alert)
        ]
        for hold in over:
            hold.said = False
        gone, self._gone = self._gone, []
        return over + gone

    def interrupt(self) -> None:
        """Take note that pictures are missing: what begins to hold begins anew."""
        for hold in self._holds:
            hold.interrupt()

    def read(
        self, prediction: Prediction, now: float
    ) -> tuple[tuple[ZoneReading, ...], tuple[ZoneReading, ...]]:
        """Count the zones at `now` (`clock.monotonic`): all readings, and those whose alert
        was raised or ended just now."""
        readings, turned = [], []
        for zone, hold in zip(self.zones, self._holds, strict=True):
            count = zone.count(prediction)
            level = hold.update(count, now)
            per_m2 = None if zone.area_m2 is None else count / zone.area_m2
            reading = ZoneReading(zone, count, per_m2, level, hold.alert, zone.raises_alerts)
            readings.append(reading)
            if hold.alert != hold.said:
                hold.said = hold.alert
                turned.append(reading)
        gone, self._gone = self._gone, []
        turned += [h.unwatched(h.zone.count(prediction)) for h in gone]
        return tuple(readings), tuple(turned)


class LevelHold:
    """The level of one zone; every limit is a latch of its own. `said`: its alert was told of.

    It goes on from what was held of the zone `before` it was changed.
    """

    def __init__(self, zone: Zone, before: LevelHold | None = None) -> None:
        self.zone = zone
        self.said: bool = before is not None and before.said
        self._latches = [_Latch(limit, zone.hysteresis, zone.hold_s) for limit in zone.limits]
        if before is not None and zone.persons_at_capacity is not None:
            for latch, old in zip(self._latches, before._latches, strict=True):
                latch.on = old.on

    @property
    def alert(self) -> bool:
        """Whether the level that the zone's alert begins at is reached."""
        return bool(self.zone.alert_at) and self._latches[self.zone.alert_at - 1].on

    @property
    def level(self) -> Level | None:
        """The level that holds; None for a zone without capacity or area."""
        if self.zone.persons_at_capacity is None:
            return None
        # The limits rise and share one hold time, so a latch is on only with those below it.
        return Level(sum(latch.on for latch in self._latches))

    def unwatched(self, count: float) -> ZoneReading:
        """Return the last reading, of this count: the alert ends, and not what it told of."""
        return ZoneReading(self.zone, count, None, self.level, alert=False, watched=False)

    def interrupt(self) -> None:
        """Forget since when a level has been about to change."""
        for latch in self._latches:
            latch.interrupt()

    def update(self, count: float, now: float) -> Level | None:
        """Take a count at `now` (seconds that never go back); returns the level that holds."""
        capacity = self.zone.persons_at_capacity
        if capacity is not None:
            for latch in self._latches:
                latch.update(count / capacity, now)
        return self.level


def _continued(zone: Zone, before: LevelHold | None) -> LevelHold:
    return before if before is not None and before.zone == zone else LevelHold(zone, before)


class _Latch:
    """On when a share has been at its limit for so long, off when it has been well below."""

    def __init__(self, limit: float, hysteresis: float, hold_s: float) -> None:
        self.on = False
        self._limit = limit
        self._leave = limit * (1 - hysteresis)
        self._hold_s = hold_s
        self._since: float | None = None

    def interrupt(self) -> None:
        self._since = None

    def update(self, share: float, now: float) -> None:
        turning = share < self._leave if self.on else share >= self._limit
        if not turning:
            self._since = None
        else:
            self._since = now if self._since is None else self._since
            if now - self._since >= self._hold_s:
                self.on, self._since = not self.on, None
