"""Live counting: reader threads, one inference thread, one watchdog, and states to be polled."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import time

from crowdgui.live.clock import monotonic
from crowdgui.live.feed import Feed, Frame
from crowdgui.live.interval import Interval, Sums
from crowdgui.live.levels import Alert, LevelHold, ZoneReading, ZoneWatch
from crowdgui.live.reader import Reader, Standing, State, Timing
from crowdgui.live.smoothing import Smoother
from crowdgui.live.stats import Rate, Stats
from crowdgui.live.timeline import Timeline
from crowdgui.live.zones import Zone, check_names
from crowdgui.printable import printable
from models.errors import UserError
from models.prediction import Prediction
from models.predictor import Predictor
from models.reduced import reduced

WATCH_S = 0.25
ALERTS_KEPT = 1000
# How long the end waits for all that is to end.
CLOSE_S = 3.0


@dataclass(frozen=True, eq=False)
class Counted:
    """One counted picture: the frame and the result belong together.

    `smooth` is the smoothed count; `counted` is `clock.monotonic` when the result was there;
    `longest_side` is the session's of that moment.
    """

    frame: Frame
    prediction: Prediction
    smooth: float
    zones: tuple[ZoneReading, ...]
    counted: float
    longest_side: int = 0


@dataclass(frozen=True, eq=False)
class LiveState:
    """All of a source at one moment. `problem` is None while it is live.

    A video is live until its last picture is counted.
    """

    name: str
    state: State
    problem: UserError | None
    retry_s: float | None  # seconds to the next attempt
    latest: Counted | None  # stays while the source is stalled: `stats.delay_ms` says how old
    stats: Stats
    fresh: bool  # whether `latest` is what the source shows now, or what a video showed last
    down_since: float | None  # as Reader.down_since


class LiveSource:
    """One source of a session. Its methods may be called from any thread."""

    def __init__(
        self, feed: Feed, zones: Sequence[Zone], changed: Callable[[], None], timing: Timing
    ) -> None:
        self.feed = feed
        self.timeline = Timeline()
        self.reader = Reader(feed, changed, timing)
        self._changed = changed
        self._lock = threading.Lock()
        self._smoother = Smoother()
        self._rate = Rate()
        self._processed = 0
        self._latest: Counted | None = None
        self._problem: UserError | None = None
        self._unbroken = (0, 0)
        self._watch = ZoneWatch()
        self._sums = Sums()
        self.set_zones(zones)

    @property
    def name(self) -> str:
        """What it is called wherever it is shown: passwords are masked."""
        return self.feed.name

    @property
    def zones(self) -> tuple[Zone, ...]:
        return self._watch.zones

    @property
    def latest(self) -> Counted | None:
        """What was counted last; stays while the source is stalled."""
        with self._lock:
            return self._latest

    def is_current(self, counted: Counted) -> bool:
        """Whether a picture is of the connection that is open, and counting has not failed since.

        A camera that comes back after an hour has not been counted yet.
        """
        with self._lock:
            return self._problem is None and counted.frame.connection == self.reader.connection

    @property
    def is_seen(self) -> bool:
        """Whether what was counted last is what a camera or a stream shows now."""
        latest, state = self.latest, self._stand().state
        return latest is not None and state is State.LIVE and self.is_current(latest)

    def set_zones(self, zones: Sequence[Zone]) -> None:
        """Count these zones from the next picture on; raises UserError zone-invalid.

        Alerts of those that are watched no more end without one: a camera may be dead.
        """
        check_names(zones)
        with self._lock:
            # Whatever is raised goes on, or is ended: nobody must wait for an end that never comes.
            self._watch = ZoneWatch(zones, self._watch)
            self._sums.forget_zones()
        self._changed()

    def state(self) -> LiveState:
        now, reader = monotonic(), self.reader
        # Looked at first: nothing is counted of what is over.
        stands = self._stand()
        with self._lock:
            latest, problem = self._latest, self._problem
            processed, processed_fps = self._processed, self._rate.per_second(now)
        stats = Stats(
            camera_fps=reader.fps(now),
            processed_fps=processed_fps,
            frames=reader.frames,
            processed=processed,
            skipped=reader.slot.skipped,
            delay_ms=None if latest is None else (now - latest.frame.arrived) * 1000,
            reconnects=reader.reconnects,
            seconds=None if latest is None else latest.prediction.seconds,
        )
        current = latest is not None and self.is_current(latest)
        return LiveState(
            name=self.name,
            state=stands.state,
            problem=stands.problem or problem,
            retry_s=None if stands.retry_at is None else max(stands.retry_at - now, 0.0),
            latest=latest,
            stats=stats,
            fresh=(current and stands.state is State.LIVE) or stands.state is State.ENDED,
            down_since=reader.down_since(now),
        )

    def drain(self) -> Interval:
        """Return the means since the last call and begin anew: for the one that writes rows."""
        # Looked at first, as in `state`.
        over = self.is_over
        with self._lock:
            sums, self._sums = self._sums, Sums()
            readings = () if self._latest is None else self._latest.zones
            model = None if self._latest is None else self._latest.prediction.model
        levels = {r.zone.name: r.level.word for r in readings if r.level is not None}
        return Interval(sums.count, sums.zones, levels, model, over)

    def _stand(self) -> Standing:
        """Return where the source stands: while a last picture is still to be counted, it lives."""
        stands = self.reader.standing()
        if stands.state is State.ENDED and not self.reader.slot.idle:
            return Standing(State.LIVE, None, None)
        return stands

    def count(self, frame: Frame, predictor: Predictor, longest_side: int) -> list[Alert]:
        """Count a frame, for the inference thread alone; returns alerts that turned.

        The prediction speaks of the whole frame, however small it was made for the network.
        """
        prediction = predictor.predict(reduced(frame.picture, longest_side))
        height, width = frame.picture.shape[:2]
        prediction = replace(prediction, grid=prediction.grid.stretched(width, height))
        now = monotonic()
        with self._lock:
            unbroken = frame.connection, frame.pauses
            if unbroken != self._unbroken:
                self._unbroken = unbroken
                self._watch.interrupt()
            smooth = self._smoother.add(prediction.count, now)
            readings, turned = self._watch.read(prediction, now)
            # Nobody would hear of the end of what a removed source raises.
            turned = () if self.reader.state is State.CLOSED else turned
            self._latest = Counted(frame, prediction, smooth, readings, now, longest_side)
            self._sums.add(prediction.count, readings)
            self._rate.tick(now)
            self._processed += 1
            self._problem = None
        self.timeline.add(now, prediction.count)
        return [self._alert(turn) for turn in turned]

    @property
    def is_over(self) -> bool:
        """Whether it is a video, and its last picture is counted."""
        return self._stand().state is State.ENDED

    def end_alerts(self) -> list[Alert]:
        """Return the ends of all alerts that are raised: the source is removed, or over."""
        with self._lock:
            held = [hold for hold in self._watch.holds() if hold.said]
            if held:
                # A video that is replayed begins anew.
                self._watch = ZoneWatch(self.zones)
        return self._ends(held)

    def end_unwatched(self) -> list[Alert]:
        """Return the ends of alerts of zones that are watched no more; for the inference thread."""
        seen = self.is_seen
        with self._lock:
            held = self._watch.end_unwatched(seen=seen)
        return self._ends(held)

    def _ends(self, held: Sequence[LevelHold]) -> list[Alert]:
        latest = self.latest
        counts = {} if latest is None else {r.zone.name: r.count for r in latest.zones}
        return [self._alert(hold.unwatched(counts.get(hold.zone.name, 0.0))) for hold in held]

    def _alert(self, turn: ZoneReading) -> Alert:
        source, zone, word = printable(self.name), turn.zone.name, _word(turn)
        return Alert(time(), source, zone, turn.alert, word, turn.count, turn.watched)

    def failed(self, problem: UserError) -> None:
        """Keep what went wrong with the counting itself, until a picture is counted."""
        with self._lock:
            self._problem = problem
            # What is not counted is missing as well.
            self._watch.interrupt()


class LiveSession:
    """Counts any number of sources with one model; every source gets its turn.

    Frames with a longer side than `longest_side` pixels are made smaller first; 0 lets them be.
    `wake` takes nothing, is called from other threads whenever something changed, and must
    return at once. Whoever is woken asks `states`; nothing is queued for those who do not ask.
    """

    def __init__(
        self,
        predictor: Predictor,
        wake: Callable[[], None] | None = None,
        timing: Timing | None = None,
        longest_side: int = 0,
    ) -> None:
        self.longest_side = longest_side
        self._predictor = predictor
        self._wake = wake or (lambda: None)
        self._timing = timing or Timing()
        self._lock = threading.Lock()
        self._sources: list[LiveSource] = []
        self._alerts: deque[tuple[int, Alert]] = deque(maxlen=ALERTS_KEPT)
        self._alert_number = 0
        self._work = threading.Event()
        self._end = threading.Event()
        self._threads = [
            threading.Thread(target=self._infer, name="live inference", daemon=True),
            threading.Thread(target=self._watch, name="live watchdog", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def sources(self) -> tuple[LiveSource, ...]:
        with self._lock:
            return tuple(self._sources)

    def add(self, feed: Feed, zones: Sequence[Zone] = ()) -> LiveSource:
        """Begin with a source; it is opened in its own thread. Raises UserError zone-invalid."""
        source = LiveSource(feed, zones, self._changed, self._timing)
        with self._lock:
            self._sources.append(source)
        source.reader.start()
        return source

    def remove(self, source: LiveSource) -> None:
        """End a source and its alerts; waits up to 3 s for its reading to end."""
        with self._lock:
            self._sources.remove(source)
        source.reader.stop()
        self._add_alerts(source.end_alerts())
        self._wake()
        source.reader.wait(3.0)

    def use(self, predictor: Predictor) -> None:
        """Count with another model from the next picture on. The session owns it from here."""
        self._predictor = predictor

    def states(self) -> list[LiveState]:
        return [source.state() for source in self.sources]

    def alerts_after(self, number: int) -> list[tuple[int, Alert]]:
        """Return the alerts numbered above `number` (from 1), oldest first."""
        with self._lock:
            return [(n, alert) for n, alert in self._alerts if n > number]

    def close(self) -> bool:
        """End everything: sources first, then the threads, then alerts. Waits CLOSE_S at most.

        False if a thread still runs then: a connection or a network that does not return.
        """
        self._end.set()
        self._work.set()
        # All are told before any is waited for.
        for source in self.sources:
            source.reader.stop()
        until = monotonic() + CLOSE_S
        read = [source.reader.wait(max(until - monotonic(), 0.0)) for source in self.sources]
        for thread in self._threads:
            thread.join(max(until - monotonic(), 0.0))
        for source in self.sources:
            self._add_alerts(source.end_alerts())
        return all(read) and not any(thread.is_alive() for thread in self._threads)

    def _changed(self) -> None:
        self._work.set()
        self._wake()

    def _infer(self) -> None:
        while not self._end.is_set():
            self._work.wait()
            self._work.clear()
            # A source at a time, so that a fast camera cannot starve a slow one.
            for source in self.sources:
                if self._end.is_set():
                    return
                if (frame := source.reader.slot.take()) is not None:
                    self._count(source, frame)
                # Looked at after each picture too: it may have been the last one.
                if ends := source.end_alerts() if source.is_over else source.end_unwatched():
                    self._add_alerts(ends)
                    self._wake()

    def _count(self, source: LiveSource, frame: Frame) -> None:
        alerts: list[Alert] = []
        try:
            alerts = source.count(frame, self._predictor, self.longest_side)
        except UserError as error:
            source.failed(error)
        except Exception as error:  # a bug in one picture must not end the counting
            source.failed(source.reader.bugs.report(error))
        self._add_alerts(alerts)
        source.reader.slot.done()
        self._wake()

    def _add_alerts(self, alerts: Sequence[Alert]) -> None:
        with self._lock:
            for alert in alerts:
                self._alert_number += 1
                self._alerts.append((self._alert_number, alert))

    def _watch(self) -> None:
        while not self._end.wait(WATCH_S):
            for source in self.sources:
                source.reader.check(monotonic())


def _word(reading: ZoneReading) -> str:
    return "" if reading.level is None else reading.level.word
