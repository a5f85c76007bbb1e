"""A count that can be read: it follows the raw one without its flicker."""

from __future__ import annotations

import math


class Smoother:
    """Exponential mean with a time constant in seconds, whatever the rate of counts.

    After a step the smoothed count has gone 63 % of the way after `seconds`. A long pause is
    forgotten by itself.
    """

    def __init__(self, seconds: float = 2.0) -> None:
        self.seconds = seconds
        self.value: float | None = None
        self._last = 0.0

    def add(self, count: float, now: float) -> float:
        """Take a count at `now` (`clock.monotonic`); returns the smoothed one."""
        if self.value is None:
            self.value = count
        else:
            share = 1 - math.exp(-max(now - self._last, 0.0) / self.seconds)
            self.value += share * (count - self.value)
        self._last = now
        return self.value
