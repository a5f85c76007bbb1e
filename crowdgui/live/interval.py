"""What is counted of a source between two rows: means over pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crowdgui.live.levels import ZoneReading


@dataclass(frozen=True)
class Interval:
    """What was counted since the last `drain`: means over pictures; levels as of now.

    `over`: no more will be counted of a video, unless it is opened again.
    """

    count: float | None
    zones: dict[str, float]
    levels: dict[str, str]
    model: str | None
    over: bool


class Sums:
    """Sums over an interval; zones that were drawn within it have fewer pictures."""

    def __init__(self) -> None:
        self._pictures = self._zone_pictures = 0
        self._count = 0.0
        self._zones: dict[str, float] = {}

    def forget_zones(self) -> None:
        self._zone_pictures, self._zones = 0, {}

    def add(self, count: float, readings: Sequence[ZoneReading]) -> None:
        self._pictures += 1
        self._zone_pictures += 1
        self._count += count
        for reading in readings:
            name = reading.zone.name
            self._zones[name] = self._zones.get(name, 0.0) + reading.count

    @property
    def count(self) -> float | None:
        return self._count / self._pictures if self._pictures else None

    @property
    def zones(self) -> dict[str, float]:
        return {name: total / self._zone_pictures for name, total in self._zones.items()}
