"""How fast a source and its counting are."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Stats:
    """Figures of one source at one moment.

    `camera_fps` and `processed_fps` are means of the last seconds; `frames`, `processed` and
    `skipped` count since the source was added; `delay_ms` is the age of the picture counted last
    (from its arrival on this machine; None before the first); `reconnects` how often the source
    came back; `seconds` how long the model took for the last picture.
    """

    camera_fps: float
    processed_fps: float
    frames: int
    processed: int
    skipped: int
    delay_ms: float | None
    reconnects: int
    seconds: float | None


class Rate:
    """Events a second over the last WINDOW_S seconds; memory bounded by MOST events."""

    WINDOW_S = 5.0
    MOST = 1000

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=self.MOST)

    def tick(self, now: float) -> None:
        self._times.append(now)

    def per_second(self, now: float) -> float:
        """Return the rate at `now`; it falls to 0 when nothing comes any more."""
        while self._times and self._times[0] < now - self.WINDOW_S:
            self._times.popleft()
        if len(self._times) < 2:
            return 0.0
        # Up to now and not up to the last event: a source that stalls slows down at once. Over a
        # second at least: a connection begins with a burst.
        return (len(self._times) - 1) / max(now - self._times[0], 1.0)
