"""A clock that is never set, and that goes on while the machine sleeps."""

from __future__ import annotations

import sys
import time

# Python's own stands still meanwhile on Linux and macOS: what was counted before an hour's sleep
# would be a second old.
if sys.platform == "linux":
    CLOCK: int | None = time.CLOCK_BOOTTIME
elif sys.platform == "darwin":
    CLOCK = time.CLOCK_MONOTONIC
else:
    CLOCK = None


def monotonic() -> float:
    """Return seconds since some moment, as `time.monotonic` does."""
    return time.monotonic() if CLOCK is None else time.clock_gettime(CLOCK)
