"""One source kept alive: always read, stalls noticed, opened again with back-off.

A read or an opening that hangs cannot be ended from outside. So each connection has a thread of
its own, and a watchdog calls `check` a few times a second: a connection that hangs is abandoned
(its thread ends when its call returns, and lets its capture go) and a new one is made.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import time

from crowdgui.live.clock import monotonic
from crowdgui.live.credentials import mask
from crowdgui.live.feed import Capture, Feed, Frame, Picture
from crowdgui.live.slot import Slot
from crowdgui.live.stats import Rate
from crowdgui.live.videos import LONGEST_WAIT_S, VideoFeed
from models.errors import UserError

log = logging.getLogger("crowdgui")

# Where nothing comes for longer, pictures are missing: a video was paused. No player waits so long
# between two.
PAUSE_S = LONGEST_WAIT_S + 1.0
# A camera or a stream that gives no picture for so long is down: a person is told.
DOWN_S = 10.0
# What a person must mend first: asked seldom, since many a wrong password locks an account.
SELDOM = ("stream-password", "stream-picture", "camera-permission")


class State(StrEnum):
    """Where a source stands. `Reader.problem` says why it is not LIVE."""

    OPENING = "opening"  # no frame has come yet
    LIVE = "live"
    STALLED = "stalled"  # frames came before; it is being opened again
    ENDED = "ended"  # a video file is over
    CLOSED = "closed"


@dataclass(frozen=True)
class Standing:
    """Where a reader stands at one moment, and why; attributes as those of Reader."""

    state: State
    problem: UserError | None
    retry_at: float | None


@dataclass(frozen=True)
class Timing:
    """Limits in seconds.

    A source that gives no frame for `stall` counts as stalled; a video file is no live stream, and
    may take `file` for its next frame. `back_off` are the pauses before
    the first, second, ... new attempt; the last one is repeated.
    """

    open: float = 9.0
    stall: float = 3.0
    file: float = 30.0
    back_off: tuple[float, ...] = (0.5, 1.0, 2.0, 2.5)
    seldom: float = 30.0
    abandoned: int = 4  # threads that may hang in a dead connection at once


class Bugs:
    """Errors of the program itself in one source: each kind is logged once, not at every try."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: set[str] = set()

    def report(self, error: Exception) -> UserError:
        """Log what is new, with its traceback; returns what a person sees.

        Neither holds a password, whatever the error says.
        """
        kind = type(error).__name__
        if kind not in self._known:
            self._known.add(kind)
            trace = "".join(traceback.format_exception(error))
            log.error("counting a source failed\n%s", mask(trace))
        return UserError("source-failed", source=self._source, reason=mask(str(error)))


class Connection:
    """One attempt: its thread, and whether anybody still waits for it."""

    def __init__(self, started: float, number: int) -> None:
        self.started = started
        self.number = number
        self.abandoned = False
        self.capture: Capture | None = None
        self.thread: threading.Thread | None = None


class Reader:
    """Reads one feed for ever and keeps the newest frame in `slot`.

    `changed` is called without arguments, from a thread of the reader's, when a frame or a new
    state is there. `check` must be called every 0.25 s or so.
    """

    def __init__(
        self, feed: Feed, changed: Callable[[], None], timing: Timing | None = None
    ) -> None:
        self.feed = feed
        self.slot: Slot[Frame] = Slot()
        self.state = State.OPENING
        self.problem: UserError | None = None
        self.retry_at: float | None = None  # clock.monotonic() of the next attempt
        self.frames = 0
        self.reconnects = 0
        self.bugs = Bugs(feed.name)
        self._changed = changed
        self._timing = timing or Timing()
        self._lock = threading.RLock()
        self._rate = Rate()
        self._last_frame = 0.0
        self._arrived = 0.0
        self._arrived_at = 0.0  # the same, in seconds since 1970
        self._pauses = 0
        self._position: float | None = None
        self._failures = 0
        self._connections = 0
        self._connection: Connection | None = None
        self._hanging: list[threading.Thread] = []

    def start(self) -> None:
        with self._lock:
            now = monotonic()
            # Until its first picture comes, it has given none since now.
            self._arrived, self._arrived_at = now, time()
            self._connect(now)

    def stop(self) -> None:
        """Let the source go; `wait` waits for it."""
        with self._lock:
            self.state = State.CLOSED
            self._abandon()

    def wait(self, limit: float) -> bool:
        """Wait up to `limit` seconds for the threads that were let go; whether all have ended."""
        until = monotonic() + limit
        for thread in self._hanging:
            thread.join(max(until - monotonic(), 0.0))
        return not any(thread.is_alive() for thread in self._hanging)

    def restart(self) -> None:
        """Open the source again at once: a person mended something, or replays a video."""
        with self._lock:
            if self.state is State.CLOSED:
                return
            self._abandon()
            self._failures, self._position = 0, None
            self._connect(monotonic())
        self._changed()

    def standing(self) -> Standing:
        """Return what belongs together: one after the other, each may be of another moment."""
        with self._lock:
            return Standing(self.state, self.problem, self.retry_at)

    @property
    def connection(self) -> int:
        """The number of the newest connection; frames carry that of their own."""
        return self._connections

    def fps(self, now: float) -> float:
        with self._lock:
            return self._rate.per_second(now)

    def down_since(self, now: float) -> float | None:
        """Return since when a camera or a stream has given no picture (seconds since 1970).

        None while it gives pictures, and for what owes none: a file, a demo, what is closed.
        """
        with self._lock:
            owes = self.feed.kind in ("camera", "stream") and self.state is not State.CLOSED
            return self._arrived_at if owes and now - self._arrived >= DOWN_S else None

    def check(self, now: float) -> None:
        """Notice what hangs, and open again what is due."""
        with self._lock:
            if self.state in (State.CLOSED, State.ENDED):
                return
            connection = self._connection
            if connection is None:
                if self.retry_at is not None and now >= self.retry_at:
                    self._connect(now)
                return
            if connection.capture is None:
                hangs = now - connection.started > self._timing.open
            elif self.feed.resting():
                self._last_frame, hangs = now, False
            else:
                timing = self._timing
                limit = timing.file if self.feed.kind == "video" else timing.stall
                hangs = now - max(self._last_frame, connection.started) > limit
            if hangs:
                self._fail(connection, UserError("source-silent", source=self.feed.name), now)

    def _connect(self, now: float) -> None:
        self._hanging = [thread for thread in self._hanging if thread.is_alive()]
        self.retry_at = None
        if len(self._hanging) >= self._timing.abandoned:
            # Every connection hangs: wait for one of them to end.
            self.retry_at = now + self._timing.back_off[-1]
            return
        self._connections += 1
        connection = self._connection = Connection(now, self._connections)
        if self.state is not State.STALLED:
            self.state = State.OPENING
        connection.thread = threading.Thread(
            target=self._run, args=(connection,), name=f"reader {self.feed.name}", daemon=True
        )
        connection.thread.start()

    def _run(self, connection: Connection) -> None:
        """One connection from beginning to end, in its own thread."""
        capture = None
        try:
            capture = self.feed.open()
            with self._lock:
                connection.capture = capture
                connection.started = monotonic()
            while not connection.abandoned:
                picture = capture.read()
                if picture is None:
                    self._end(connection)
                    return
                self._keep(connection, picture, capture.position)
        except UserError as error:
            self._fail(connection, error, monotonic())
        except Exception as error:  # a bug in one source must not end the others
            self._fail(connection, self.bugs.report(error), monotonic())
        finally:
            if capture is not None:
                capture.close()

    def _keep(self, connection: Connection, picture: Picture, position: float | None) -> None:
        now = monotonic()
        with self._lock:
            if connection is not self._connection:
                return
            self.frames += 1
            self._pauses += now - self._arrived > PAUSE_S
            self._last_frame = self._arrived = now
            self._arrived_at = time()
            self._position = position
            self._rate.tick(now)
            if self.state is State.STALLED:
                self.reconnects += 1
            self.state, self.problem, self._failures = State.LIVE, None, 0
            self.slot.put(
                Frame(picture, self.frames, now, position, connection.number, self._pauses)
            )
        self._changed()

    def _end(self, connection: Connection) -> None:
        with self._lock:
            if connection is not self._connection:
                return
            self.state, self._connection = State.ENDED, None
        self._changed()

    def _fail(self, connection: Connection, error: UserError, now: float) -> None:
        with self._lock:
            if connection is not self._connection:
                return
            self._abandon()
            self.problem = error
            if self.feed.kind == "video" and error.code != "source-silent":
                # A file that cannot be read will not come back by itself.
                self.state = State.ENDED
                self._changed()
                return
            if isinstance(self.feed, VideoFeed) and self._position is not None:
                # A drive may hang for a while; the file goes on where it was.
                self.feed.playback.return_to(self._position)
            if self.frames:
                self.state = State.STALLED
            pauses = self._timing.back_off
            pause = pauses[min(self._failures, len(pauses) - 1)]
            self.retry_at = now + (self._timing.seldom if error.code in SELDOM else pause)
            self._failures += 1
        self._changed()

    def _abandon(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.abandoned = True
            if connection.capture is not None:
                connection.capture.interrupt()
            if (
                connection.thread is not None
                and connection.thread is not threading.current_thread()
            ):
                self._hanging.append(connection.thread)
