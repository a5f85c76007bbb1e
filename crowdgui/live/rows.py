"""What an interval gives: one row a source, for the terminal, the logs and the broker alike."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from crowdgui.live.clock import monotonic
from crowdgui.live.levels import Alert
from crowdgui.live.reader import State
from crowdgui.live.session import LiveSource
from crowdgui.printable import printable
from models.errors import UserError

# The columns of a log; the zones follow.
COLUMNS = ("time", "source", "state", "frames", "count", "delay_ms")
# A clock that goes back by less is being corrected.
CLOCK_STEP_S = 1.0
# When a sink that cannot be opened is tried again; alerts that are kept for one meanwhile.
RETRY_S, MOST_OWED = 10.0, 1000


@dataclass(frozen=True)
class Row:
    """One interval of one source.

    `time`: seconds since 1970; `state`: live, stalled or ended; `frames`: read since the beginning;
    `count` and `zones`: means over the interval, None and empty where nothing was counted;
    `delay_ms`: age of the picture counted last; `levels`: of those zones that have any.
    """

    time: float
    source: str
    state: str
    frames: int
    count: float | None
    delay_ms: float | None
    zones: dict[str, float]
    levels: dict[str, str]
    model: str | None

    def cells(self) -> tuple[str, ...]:
        """Return the values of COLUMNS as text."""
        count = "" if self.count is None else f"{self.count:.3f}"
        delay = "" if self.delay_ms is None else f"{self.delay_ms:.0f}"
        return (iso(self.time), self.source, self.state, str(self.frames), count, delay)


class Sink(Protocol):
    """Somewhere that rows go. Used by one thread."""

    def write(self, rows: Sequence[Row]) -> None:
        """Keep the rows of an interval; raises UserError and may be tried again with the next."""

    def alert(self, alert: Alert) -> None:
        """Keep an alert that was raised or ended."""

    def close(self) -> None:
        """Keep what there is, and let go."""


class LateSink:
    """A sink that is opened when it is first wanted, and tried again until it can be.

    Not each time: who waits for a place that another program holds keeps the other sinks waiting.
    """

    def __init__(self, open_sink: Callable[[], Sink]) -> None:
        self._open_sink = open_sink
        self._sink: Sink | None = None
        self._problem: UserError | None = None
        self._again = 0.0

    def write(self, rows: Sequence[Row]) -> None:
        self._ready().write(rows)

    def alert(self, alert: Alert) -> None:
        self._ready().alert(alert)

    def close(self) -> None:
        if self._sink is not None:
            self._sink.close()

    def _ready(self) -> Sink:
        if self._sink is not None:
            return self._sink
        if self._problem is not None and monotonic() < self._again:
            raise self._problem
        try:
            self._sink = self._open_sink()
        except UserError as error:
            self._problem, self._again = error, monotonic() + RETRY_S
            raise
        return self._sink


class Writing:
    """All sinks as one: what one of them cannot keep does not concern the others.

    Rows come again with the next interval. An alert comes once: a sink that cannot take it now
    gets it before whatever is next.
    """

    def __init__(self, sinks: Iterable[Sink] = ()) -> None:
        self._sinks: list[Sink] = []
        self._owed: list[deque[Alert]] = []
        self._failing: dict[int, UserError] = {}
        self._over: list[UserError] = []
        for sink in sinks:
            self.add(sink)

    def add(self, sink: Sink) -> None:
        self._sinks.append(sink)
        self._owed.append(deque(maxlen=MOST_OWED))

    def write(self, rows: Sequence[Row]) -> list[UserError]:
        """Write rows everywhere; returns troubles that are new."""
        return self._each(lambda sink: sink.write(rows), proof=bool(rows))

    def alert(self, alert: Alert) -> list[UserError]:
        """Write an alert everywhere, at once or later; returns troubles that are new."""
        for owed in self._owed:
            owed.append(alert)
        return self._each(lambda _sink: None, proof=False)

    def over(self) -> list[UserError]:
        """Return the troubles that have ended since the last call."""
        over, self._over = self._over, []
        return over

    def _each(self, work: Callable[[Sink], None], *, proof: bool) -> list[UserError]:
        """Work with each sink; where it gives `proof` that a sink writes, its trouble is over."""
        troubles = []
        for number, (sink, owed) in enumerate(zip(self._sinks, self._owed, strict=True)):
            try:
                while owed:
                    sink.alert(owed[0])
                    owed.popleft()
                work(sink)
            except UserError as error:
                if number not in self._failing:
                    troubles.append(error)
                    self._failing[number] = error
            else:
                if proof and number in self._failing:
                    self._over.append(self._failing.pop(number))
        return troubles


class RowMaker:
    """Closes the intervals of sources.

    A video that is over and a source that was removed get one last row, state ended.
    """

    def __init__(self) -> None:
        self._known: list[LiveSource] = []
        self._over: set[LiveSource] = set()

    def make(self, sources: Iterable[LiveSource], now: float) -> list[Row]:
        """Return the rows of an interval that ends at `now` (seconds since 1970)."""
        rows, there, over = [], list(sources), set()
        for source in there:
            row = make_row(source, now)
            if row.state == "ended":
                over.add(source)
            if source not in over & self._over:
                rows.append(row)
        # What was counted of one that was removed since belongs to this interval.
        removed = [one for one in self._known if one not in there and one not in self._over]
        rows += [replace(make_row(one, now), state="ended", levels={}) for one in removed]
        self._known, self._over = there, over
        return rows


def make_row(source: LiveSource, now: float) -> Row:
    """Close the interval of a source at `now` (seconds since 1970)."""
    interval, state = source.drain(), source.state()
    ended, latest = state.state is State.ENDED, state.latest
    # What was counted since then has its row too.
    live = state.state is State.LIVE or (ended and not interval.over)
    count, zones = interval.count, interval.zones
    if live and count is None and latest is not None and source.is_current(latest):
        # The model is slower than the interval: the picture counted last is still the newest.
        count = latest.prediction.count
        zones = {reading.zone.name: reading.count for reading in latest.zones}
    return Row(
        time=now,
        source=printable(source.name),
        state="live" if live else "ended" if ended else "stalled",
        frames=state.stats.frames,
        count=count,
        delay_ms=state.stats.delay_ms if count is not None else None,
        zones=zones,
        # Nobody knows how full a place is that is not seen.
        levels=interval.levels if live and count is not None else {},
        model=interval.model,
    )


def next_turn(turn: int, interval: float, passed: float) -> int:
    """Return the number of the next row to write, after the `turn`-th; `passed`: seconds so far.

    Rows that were missed, as by a machine that slept, are not made up for: they would all say the
    same.
    """
    return max(turn + 1, math.ceil(passed / interval))


def iso(seconds: float) -> str:
    """Return a time of the log: this machine's local time with its offset, to milliseconds."""
    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="milliseconds")


class WallClock:
    """The wall clock, watched: rows keep their order by themselves, but a person should know."""

    def __init__(self) -> None:
        self._offset = time.time() - monotonic()

    def set_back(self) -> float:
        """Return by how many seconds the clock was set back since the last call, 0 if not."""
        offset = time.time() - monotonic()
        step, self._offset = self._offset - offset, offset
        return step if step > CLOCK_STEP_S else 0.0
