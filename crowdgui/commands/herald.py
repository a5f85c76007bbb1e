"""What `crowdgui watch` says: rows, troubles, recoveries, alerts, and how a long run goes."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from crowdgui.commands.options import say, silence
from crowdgui.live.levels import Alert
from crowdgui.live.publisher import Publisher
from crowdgui.live.rows import Row, WallClock, Writing, iso
from crowdgui.live.second_opinion import SecondOpinion
from crowdgui.live.session import LiveSession
from models.errors import UserError

SOAK_S = 60.0


class Output:
    """Standard output and error, flushed.

    Where it is not `needed`, since rows go to a sink too, one that takes nothing (a full disk, a
    pipe whose reader has gone) ends nothing: from then on it stays silent.
    """

    def __init__(self, *, needed: bool) -> None:
        self._needed = needed

    def rows(self, rows: Sequence[Row], *, as_json: bool) -> None:
        """Print rows; raises OSError where that is needed and cannot be."""
        with self._going_on(sys.stdout):
            if rows:
                typer.echo("\n".join(_json(row) if as_json else _line(row) for row in rows))

    def say(self, sentence: str) -> None:
        """Print on standard error; raises OSError where that is needed and cannot be."""
        with self._going_on(sys.stderr):
            say(sentence)

    @contextmanager
    def _going_on(self, stream: TextIO) -> Iterator[None]:
        try:
            yield
        except OSError:
            if self._needed:
                raise
            silence(stream)


class Herald:
    """Says each trouble once, and when it is over."""

    def __init__(
        self,
        output: Output,
        session: LiveSession,
        publisher: Publisher | None,
        second: SecondOpinion | None,
    ) -> None:
        self._say = output.say
        self._session = session
        self._publisher = publisher
        self._second = second
        self._clock = WallClock()
        self._troubles: dict[str, str] = {}
        self._alerts = 0
        self._dropped = 0
        self._opinion = 0.0

    def tell(self, writing: Writing) -> None:
        """Say what is new since the last call; alerts go to the sinks too."""
        for state in self._session.states():
            self._trouble(state.name, state.problem, f"{state.name} is live again.")
        for number, alert in self._session.alerts_after(self._alerts):
            self._alerts = number
            self._say(_alert_line(alert))
            for trouble in writing.alert(alert):
                self._say(f"crowdgui: {trouble}")
        for trouble in writing.over():
            self._say(f"{trouble.facts['path']} is written again.")
        if (back := self._clock.set_back()) > 0:
            self._say(
                f"The clock was set back by {back:.0f} s; rows keep their order, times repeat."
            )
        if self._publisher is not None:
            self._tell_broker(self._publisher)
        if self._second is not None:
            self._tell_opinions(self._second)

    def _tell_broker(self, publisher: Publisher) -> None:
        over = f"The broker is there again; {publisher.waiting} messages wait for it."
        self._trouble("broker", publisher.problem, over)
        if publisher.dropped > self._dropped:
            if self._dropped == 0:
                self._say("The queue for the broker is full; its oldest messages are given up.")
            self._dropped = publisher.dropped

    def _tell_opinions(self, second: SecondOpinion) -> None:
        self._trouble("second opinion", second.problem, "The second opinion works again.")
        for opinion in second.opinions():
            if opinion.time > self._opinion:
                self._opinion = opinion.time
                self._say(
                    f"Second opinion on {opinion.source}: {opinion.second_model}"
                    f" {opinion.second:.1f}, {opinion.first_model} {opinion.first:.1f}"
                    f" ({opinion.drift:+.0%})"
                )

    def _trouble(self, about: str, problem: UserError | None, over: str) -> None:
        before, now = self._troubles.get(about, ""), str(problem or "")
        self._troubles[about] = now
        if now and now != before:
            self._say(f"crowdgui: {now}")
        elif before and not now:
            self._say(over)


class Soak:
    """Once a minute: delay, memory and speed since the minute before, a line a source."""

    def __init__(self, output: Output, session: LiveSession) -> None:
        self._say = output.say
        self._session = session
        self._started = self._told = time.monotonic()
        self._delays: dict[str, list[float]] = {}

    def tell(self, *, at_once: bool = False) -> None:
        """Take a look; print when a minute is over, or at once."""
        states = self._session.states()
        for state in states:
            if state.stats.delay_ms is not None:
                self._delays.setdefault(state.name, []).append(state.stats.delay_ms)
        now = time.monotonic()
        if now - self._told < SOAK_S and not at_once:
            return
        self._told = now
        memory = memory_mb()
        used = "unknown" if memory is None else f"{memory:.1f} MB"
        for state in states:
            delays, stats = self._delays.pop(state.name, [0.0]), state.stats
            self._say(
                f"soak {(now - self._started) / 60:.1f} min: delay {sum(delays) / len(delays):.0f}"
                f" ms mean, {max(delays):.0f} ms at most; memory {used};"
                f" camera {stats.camera_fps:.1f} fps, processed {stats.processed_fps:.1f} fps;"
                f" {stats.frames} frames, {stats.skipped} skipped, {stats.reconnects} reconnects;"
                f" {state.name}"
            )


def memory_mb() -> float | None:
    """Return the memory that this process holds now, in MB; None where it cannot be known."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _line(row: Row) -> str:
    count = "       -" if row.count is None else f"{row.count:8.1f}"
    delay = "" if row.delay_ms is None else f"{row.delay_ms:5.0f} ms"
    text = f"{iso(row.time)}  {row.state:7}  {count}  {delay:8}  {row.source}"
    for name, inside in row.zones.items():
        level = f" ({row.levels[name]})" if name in row.levels else ""
        text += f"  {name} {inside:.1f}{level}"
    return text


def _json(row: Row) -> str:
    facts = {
        "time": iso(row.time), "source": row.source, "state": row.state, "frames": row.frames,
        "count": row.count, "delay_ms": row.delay_ms, "zones": row.zones, "levels": row.levels,
        "model": row.model,
    }  # fmt: skip
    return json.dumps(facts, ensure_ascii=False)


def _alert_line(alert: Alert) -> str:
    what = "ALERT" if alert.raised else "Alert ended"
    # Its crowd may still be there.
    level = (alert.level or "no level") if alert.watched else "watched no more"
    return f"{what}: {alert.source}, {alert.zone} is {level} ({alert.count:.0f} people)"
