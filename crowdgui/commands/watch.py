"""`crowdgui watch`: live counting without a screen, to the terminal, files and a broker."""

from __future__ import annotations

import math
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crowdgui.commands.exit_codes import DONE, NOTHING_DONE
from crowdgui.commands.options import (
    DeviceOption,
    EngineOption,
    ModelOption,
    PrecisionOption,
    ThreadsOption,
    reader_gone,
    say,
    silence,
)

if TYPE_CHECKING:
    from crowdgui.commands.herald import Herald, Output
    from crowdgui.live.feed import Feed
    from crowdgui.live.publisher import Publisher
    from crowdgui.live.rows import Sink, Writing
    from crowdgui.live.second_opinion import SecondOpinion
    from crowdgui.live.session import LiveSession
    from crowdgui.live.zones import Zone
    from models.predictor import Predictor

TELL_S = 1.0
# The longest times that are meant: no clock waits for ever.
DAY_S, YEAR_S, WEEK_MIN = 86_400.0, 365 * 86_400.0, 7 * 1440.0


@dataclass(frozen=True)
class WatchOrder:
    """What is watched, with what, and where the counts go."""

    sources: list[str]
    model: str = ""
    interval: float = 1.0
    duration: float = 0.0
    zones: Path | None = None
    csv_file: Path | None = None
    sqlite: Path | None = None
    mqtt: str = ""
    mqtt_ca: Path | None = None
    name: str = ""
    second: str = ""
    second_every: float = 10.0
    soak: bool = False
    as_json: bool = False
    quiet: bool = False
    precision: str = "fp32"
    device: str = "auto"
    engine: str = "auto"
    threads: int = 0
    longest_side: int = 0


def watch(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="camera:N, camera:NAME, rtsp:// or http:// address, a video, or demo:",
            metavar="SOURCE...",
        ),
    ],
    model: ModelOption = "",
    interval: Annotated[
        float, typer.Option(min=0.1, max=DAY_S, help="Seconds between rows.")
    ] = 1.0,
    duration: Annotated[
        float, typer.Option(min=0, max=YEAR_S, help="End after so many seconds.")
    ] = 0.0,
    zones: Annotated[Path | None, typer.Option(help="A zones file (JSON).")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Append rows to a CSV.")] = None,
    sqlite: Annotated[Path | None, typer.Option(help="Append rows to an SQLite file.")] = None,
    mqtt: Annotated[
        str, typer.Option(help="mqtt://USER:${PASSWORD}@HOST/TOPIC, or mqtts://.")
    ] = "",
    mqtt_ca: Annotated[
        Path | None, typer.Option(help="Certificate authority of an mqtts:// broker.")
    ] = None,
    name: Annotated[str, typer.Option(help="This watcher's name; the machine's if none.")] = "",
    second: Annotated[str, typer.Option(help="A model for second opinions.")] = "",
    second_every: Annotated[
        float, typer.Option(min=0.05, max=WEEK_MIN, help="Minutes between second opinions.")
    ] = 10.0,
    soak: Annotated[
        bool, typer.Option(help="Print delay, memory and fps on standard error each minute.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, one object a row.")] = False,
    quiet: Annotated[bool, typer.Option(help="Print troubles and alerts alone.")] = False,
    precision: PrecisionOption = "fp32",
    device: DeviceOption = "auto",
    engine: EngineOption = "auto",
    threads: ThreadsOption = 0,
    longest_side: Annotated[
        int,
        typer.Option(min=0, help="Longer side of what is counted, in pixels; 0: as it is."),
    ] = 0,
) -> None:
    """Count live sources until Ctrl-C or SIGTERM. Pictures never leave this machine.

    Exit code 0: something was counted, or it was ended by Ctrl-C or SIGTERM; 2: wrong use, or
    nothing counted.
    """
    order = WatchOrder(
        sources, model, interval, duration, zones, csv_file, sqlite, mqtt, mqtt_ca, name, second,
        second_every, soak, as_json, quiet, precision, device, engine, threads, longest_side,
    )  # fmt: skip
    raise typer.Exit(run(order))


def run(order: WatchOrder) -> int:
    """Carry out an order; returns the exit code. Raises UserError when it cannot begin."""
    from crowdgui.commands.herald import Output
    from crowdgui.sources import live_feed

    output = Output(needed=not (order.csv_file or order.sqlite or order.mqtt))
    feeds = [live_feed(word) for word in order.sources]
    zones = [zones_for(order.zones, feed.name, output.say) for feed in feeds]
    try:
        counted = _watch(order, feeds, zones, output)
    except KeyboardInterrupt:
        # Whoever ended it before anything was watched meant to.
        return DONE
    return DONE if counted else NOTHING_DONE


def _watch(
    order: WatchOrder, feeds: Sequence[Feed], zones: Sequence[Sequence[Zone]], output: Output
) -> bool:
    """Watch until there is an end; whether anything was counted, or somebody ended it.

    Raises KeyboardInterrupt where it was ended before it began.
    """
    from crowdgui.commands.herald import Herald
    from crowdgui.live.rows import Writing
    from crowdgui.live.session import LiveSession

    with ExitStack() as stack:
        stop = stack.enter_context(_stop_signals())
        # Whatever cannot be written is said before a model is loaded.
        writing = Writing(_sinks(order, zones, stack))
        publisher = _publisher(order, stack)
        if publisher is not None:
            writing.add(publisher)
        session = LiveSession(_predictor(order, order.model), longest_side=order.longest_side)
        stack.callback(session.close)
        stop.interrupts = False
        for feed, theirs in zip(feeds, zones, strict=True):
            session.add(feed, theirs)
        herald = Herald(output, session, publisher, _second_opinion(order, session, stack))
        try:
            _keep_watching(order, session, writing, herald, output, stop)
        except OSError as error:
            if not reader_gone(error):
                raise
            silence(sys.stdout)
        # Whoever ended it meant to: that is no failure, however early it came.
        return stop.is_set() or any(state.stats.processed for state in session.states())


def _keep_watching(
    order: WatchOrder,
    session: LiveSession,
    writing: Writing,
    herald: Herald,
    output: Output,
    stop: threading.Event,
) -> None:
    """Write rows each interval until there is an end, and end the session."""
    from crowdgui.commands.herald import Soak
    from crowdgui.live.reader import State
    from crowdgui.live.rows import RowMaker, next_turn

    soak = Soak(output, session) if order.soak else None
    started = time.monotonic()
    last = started + order.duration if order.duration else math.inf
    maker, turn, ended = RowMaker(), 0, False

    def tell() -> None:
        herald.tell(writing)
        if soak is not None:
            soak.tell()

    while not ended:
        # Counted from the start: rows do not drift, and the wall clock may jump.
        turn = next_turn(turn, order.interval, time.monotonic() - started)
        due = min(started + turn * order.interval, last)
        # Alerts and troubles do not wait for the end of a long interval.
        while not ended and (left := due - time.monotonic()) > 0:
            ended = stop.wait(min(left, TELL_S))
            ended = ended or all(state.state is State.ENDED for state in session.states())
            tell()
        ended = ended or stop.is_set() or time.monotonic() >= last
        rows = maker.make(session.sources, time.time())
        for trouble in writing.write(rows):
            output.say(f"crowdgui: {trouble}")
        if not order.quiet:
            output.rows(rows, as_json=order.as_json)
        herald.tell(writing)
    if soak is not None:
        soak.tell(at_once=True)
    # What is raised still ends with it.
    session.close()
    herald.tell(writing)


def zones_for(
    path: Path | None, source: str, tell: Callable[[str], None] = say
) -> tuple[Zone, ...]:
    """Return a source's zones of a file, and say where it has none; UserError as read_zones."""
    from crowdgui.live.zones import read_zones

    if path is None:
        return ()
    zones = read_zones(path, source)
    if not zones:
        tell(f"crowdgui: {path} holds no zones for {source}; it is counted as a whole.")
    return zones


def _sinks(order: WatchOrder, zones: Sequence[Sequence[Zone]], stack: ExitStack) -> Iterator[Sink]:
    from crowdgui.live.csv_log import CsvLog
    from crowdgui.live.sqlite_log import SqliteLog

    if order.csv_file is not None:
        names = [zone.name for theirs in zones for zone in theirs]
        csv_log = CsvLog(order.csv_file, names)
        stack.callback(csv_log.close)
        yield csv_log
    if order.sqlite is not None:
        sqlite_log = SqliteLog(order.sqlite)
        stack.callback(sqlite_log.close)
        yield sqlite_log


def _publisher(order: WatchOrder, stack: ExitStack) -> Publisher | None:
    if not order.mqtt:
        return None
    from crowdgui.live.broker import Broker
    from crowdgui.live.capture import can_be_named
    from crowdgui.live.credentials import mask_mistyped
    from crowdgui.live.publisher import Publisher
    from models.errors import UserError
    from models.reasons import Reason

    if not can_be_named(order.mqtt):
        raise UserError("broker-invalid", address=mask_mistyped(order.mqtt))
    broker = Broker.parse(order.mqtt, order.mqtt_ca)
    name = order.name or socket.gethostname()
    if not can_be_named(name):
        raise UserError("setting-invalid", name="--name", value=name, reason=Reason("no-text"))
    publisher = Publisher(broker, name, interval_s=order.interval)
    stack.callback(publisher.close)
    return publisher


def _second_opinion(
    order: WatchOrder, session: LiveSession, stack: ExitStack
) -> SecondOpinion | None:
    if not order.second:
        return None
    from crowdgui.live.second_opinion import SecondOpinion
    from models.catalogue import find_model

    # A wrong name is said now and not in ten minutes.
    find_model(order.second)
    second = SecondOpinion(
        lambda: _predictor(order, order.second),
        lambda: session.sources,
        order.second_every * 60,
    )
    stack.callback(second.close)
    return second


def _predictor(order: WatchOrder, model: str) -> Predictor:
    from models.catalogue import find_model
    from models.loading import open_predictor

    return open_predictor(
        find_model(model),
        device=order.device,
        precision=order.precision,
        threads=order.threads,
        engine=order.engine,
        convert=True,
    )


class _Stop(threading.Event):
    """Set by a signal; where it `interrupts`, the first one raises KeyboardInterrupt too."""

    interrupts = True

    def hear(self, *_facts: object) -> None:
        is_first = not self.is_set()
        self.set()
        if is_first and self.interrupts:
            raise KeyboardInterrupt


@contextmanager
def _stop_signals() -> Iterator[_Stop]:
    """Give an event that Ctrl-C, SIGTERM and SIGHUP set: no row is cut in the middle."""
    stop = _Stop()
    wanted = [signal.SIGINT, signal.SIGTERM]
    # Under nohup a closed terminal is to end nothing.
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        wanted.append(signal.SIGHUP)
    before = {number: signal.signal(number, stop.hear) for number in wanted}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
