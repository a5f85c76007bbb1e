"""The count over minutes to days in a few hundred kilobytes."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
# Seconds a bucket, and how many are kept: an hour, a day, two weeks.
LEVELS = ((1, 3600), (15, 5760), (120, 10080))


@dataclass(frozen=True, eq=False)
class Series:
    """A stretch of the timeline, oldest first: four arrays of one length.

    `times` are seconds on the caller's clock (the middle of each bucket); `low`, `mean` and
    `high` are counts, NaN where nothing was counted, so that a line breaks there.
    """

    times: Values
    low: Values
    mean: Values
    high: Values

    @property
    def peak(self) -> float:
        """The largest count; NaN where there is none."""
        return float(np.nanmax(self.high)) if np.isfinite(self.high).any() else float("nan")

    @property
    def average(self) -> float:
        """The mean over time; NaN where there is none."""
        return float(np.nanmean(self.mean)) if np.isfinite(self.mean).any() else float("nan")


class Timeline:
    """Counts in rings of buckets, each ring coarser and longer; safe from any thread.

    Times come from one clock that never goes back (`clock.monotonic`).
    """

    def __init__(self, levels: tuple[tuple[int, int], ...] = LEVELS) -> None:
        self._rings = [_Ring(seconds, length) for seconds, length in levels]
        self._lock = threading.Lock()

    def add(self, time: float, count: float) -> None:
        with self._lock:
            for ring in self._rings:
                ring.add(time, count)

    def series(self, seconds: float, now: float) -> Series:
        """Return the last `seconds` up to `now`, as finely as they are kept."""
        with self._lock:
            fits = (ring for ring in self._rings if ring.seconds * ring.length >= seconds)
            return next(fits, self._rings[-1]).series(seconds, now)


class _Ring:
    """Buckets of `seconds` each; bucket number n lies at n % length."""

    def __init__(self, seconds: int, length: int) -> None:
        self.seconds = seconds
        self.length = length
        self._numbers = np.full(length, -1, np.int64)
        self._low = np.zeros(length, np.float32)
        self._high = np.zeros(length, np.float32)
        self._sum = np.zeros(length, np.float64)
        self._counted = np.zeros(length, np.int32)

    def add(self, time: float, count: float) -> None:
        number = int(time // self.seconds)
        place = number % self.length
        if self._numbers[place] != number:
            self._numbers[place] = number
            self._low[place] = self._high[place] = count
            self._sum[place], self._counted[place] = 0.0, 0
        self._low[place] = min(self._low[place], count)
        self._high[place] = max(self._high[place], count)
        self._sum[place] += count
        self._counted[place] += 1

    def series(self, seconds: float, now: float) -> Series:
        last = int(now // self.seconds)
        first = max(last - min(int(seconds // self.seconds), self.length - 1), 0)
        numbers = np.arange(first, last + 1)
        places = numbers % self.length
        there = self._numbers[places] == numbers

        def shown(values: NDArray[np.floating]) -> Values:
            return np.where(there, values[places].astype(np.float64), np.nan)

        mean = self._sum / np.maximum(self._counted, 1)
        times = ((numbers + 0.5) * self.seconds).astype(np.float64)
        return Series(times, shown(self._low), shown(mean), shown(self._high))
