"""The reader: newest frame only, stalls noticed, hung connections left behind, back-off."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

import crowdgui.live.reader
import crowdgui.live.session
from crowdgui.live.feed import Frame, Kind, Picture
from crowdgui.live.reader import Connection, Reader, State, Timing
from crowdgui.live.rows import RowMaker, make_row
from crowdgui.live.session import LiveSession, LiveSource
from crowdgui.live.zones import Zone
from models.errors import UserError
from small_streams import brightness_counter, stays, wait_until

QUICK = Timing(open=0.6, stall=0.4, back_off=(0.05, 0.1), seldom=5.0)


class Tap:
    """A feed that a test turns on and off; its captures hang, end or fail as they are told."""

    name = "tap"
    kind: Kind = "camera"

    def __init__(self, fps: float = 100.0) -> None:
        self.may_read = threading.Event()
        self.may_open = threading.Event()
        self.may_read.set()
        self.may_open.set()
        self.broken: UserError | None = None
        self.wait = 1 / fps
        self.opened = self.closed = 0
        self.read_count = 0
        self.rests = False

    def open(self) -> TapCapture:
        self.opened += 1
        self.may_open.wait()
        if self.broken is not None:
            raise self.broken
        return TapCapture(self)

    def resting(self) -> bool:
        return self.rests


class TapCapture:
    fps = 100.0
    position = None

    def __init__(self, tap: Tap) -> None:
        self.tap = tap

    def read(self) -> Picture | None:
        self.tap.may_read.wait()
        time.sleep(self.tap.wait)
        if self.tap.broken is not None:
            raise self.tap.broken
        self.tap.read_count += 1
        return np.full((16, 16, 3), self.tap.read_count % 256, np.uint8)

    def interrupt(self) -> None:
        """A hung read cannot be ended."""

    def close(self) -> None:
        self.tap.closed += 1


@pytest.fixture
def tap() -> Iterator[Tap]:
    tap = Tap()
    yield tap
    tap.may_open.set()
    tap.may_read.set()


@pytest.fixture
def session() -> Iterator[LiveSession]:
    session = LiveSession(brightness_counter(), timing=QUICK)
    yield session
    session.close()


def test_a_slow_model_sees_the_newest_frame_and_the_delay_stays(tap: Tap) -> None:
    woken = threading.Event()
    session = LiveSession(brightness_counter(delay=0.1), woken.set)
    source = session.add(tap)
    ages = []
    for _ in range(15):
        woken.clear()
        wait_until(woken.is_set)
        before = source.state().stats.processed
        wait_until(lambda before=before: source.state().stats.processed > before)
        latest = source.state().latest
        assert latest is not None
        # What counts is how many newer frames there were when it was taken, not the clock.
        ages.append(tap.read_count - latest.frame.number)
    stats = source.state().stats
    session.close()
    assert stats.skipped > stats.processed
    assert stats.frames >= stats.processed + stats.skipped
    assert np.mean(ages[-5:]) < np.mean(ages[:5]) + 15
    assert tap.closed == tap.opened == 1


def test_a_level_does_not_hold_across_missing_pictures(
    tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(crowdgui.live.session, "monotonic", lambda: clock[0])
    zone = Zone("Gate", ((0, 0), (1, 0), (1, 1), (0, 1)), capacity=1, hold_s=5)
    source = LiveSource(tap, [zone], lambda: None, QUICK)
    white, counter = np.full((16, 16, 3), 255, np.uint8), brightness_counter()

    def alerts(at: float, connection: int, pauses: int) -> list[bool]:
        clock[0] = at
        found = source.count(Frame(white, 1, at, None, connection, pauses), counter, 0)
        return [alert.raised for alert in found]

    assert alerts(0, 1, 1) == []
    # A stall, a video that was paused, and a picture that could not be counted.
    assert alerts(60, 2, 1) == []
    assert alerts(120, 2, 2) == []
    source.failed(UserError("memory-short", batch=1, crop=1, path="x"))
    assert alerts(126, 2, 2) == []
    # Many sources and a slow model: nothing is missing but what nobody had time for.
    assert alerts(150, 2, 2) == [True]


def test_a_reader_knows_of_its_pauses(tap: Tap, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(crowdgui.live.reader, "monotonic", lambda: clock[0])
    tap.rests = True
    reader, pauses = Reader(tap, lambda: None), list[int]()
    connection = reader._connection = Connection(0.0, 1)
    connection.capture = tap.open()
    for clock[0] in (100, 102, 104, 164, 165):
        # What rests is no stall, but its pictures are missing all the same.
        reader.check(clock[0] - 0.1)
        reader._keep(connection, np.zeros((16, 16, 3), np.uint8), None)
        frame = reader.slot.take()
        assert frame is not None
        pauses.append(frame.pauses)
    assert pauses == [1, 1, 1, 2, 2]


def test_frames_are_made_smaller_before_they_are_counted(tap: Tap) -> None:
    half = Zone("Half", ((0, 0), (0.5, 0), (0.5, 1), (0, 1)))
    source = LiveSource(tap, [half], lambda: None, QUICK)
    white = np.full((480, 640, 3), 255, np.uint8)
    counts = []
    for longest in (0, 320, 1280):
        source.count(Frame(white, 1, 0.0, None, 1), brightness_counter(), longest)
        latest = source.latest
        assert latest is not None
        counts.append(latest.prediction.count)
        # Zones and whatever is drawn go by the frame as it came.
        assert latest.prediction.size == (640, 480)
        assert latest.zones[0].count == pytest.approx(latest.prediction.count / 2, rel=1e-3)
    assert counts == [60 * 80, 30 * 40, 60 * 80]


def test_pictures_know_their_connection(session: LiveSession, tap: Tap) -> None:
    source = session.add(tap)
    wait_until(lambda: source.latest is not None and source.latest.frame.connection == 1)
    tap.may_read.clear()
    wait_until(lambda: source.state().state is State.STALLED)
    tap.may_read.set()
    wait_until(lambda: source.latest is not None and source.latest.frame.connection > 1)


def test_levels_of_a_stalled_source_are_not_known(session: LiveSession, tap: Tap) -> None:
    zone = Zone("Gate", ((0, 0), (1, 0), (1, 1), (0, 1)), capacity=1, hold_s=0)
    source = session.add(tap, [zone])
    wait_until(lambda: make_row(source, 0.0).levels)
    tap.may_read.clear()
    wait_until(lambda: source.state().state is State.STALLED)
    assert make_row(source, 0.0).levels == {}


def test_a_camera_that_is_back_has_no_count_before_it_is_counted(tap: Tap) -> None:
    zone = Zone("Gate", ((0, 0), (1, 0), (1, 1), (0, 1)), capacity=1, hold_s=0)
    source, counter = LiveSource(tap, [zone], lambda: None, QUICK), brightness_counter()
    white = np.full((16, 16, 3), 255, np.uint8)
    source.reader.state = State.LIVE
    source.reader._connections = 1
    source.count(Frame(white, 1, 0.0, None, 1), counter, 0)
    first, slow = make_row(source, 0.0), make_row(source, 1.0)
    # The model is slower than the interval.
    assert first.count == slow.count == 4
    assert source.state().fresh
    source.reader._connections = 2
    back = make_row(source, 2.0)
    assert not source.state().fresh
    assert (back.state, back.count, back.zones, back.levels) == ("live", None, {}, {})
    source.count(Frame(white, 2, 0.0, None, 2), counter, 0)
    assert make_row(source, 3.0).count == make_row(source, 4.0).count == 4
    source.failed(UserError("memory-short", batch=1, crop=1, path="x"))
    assert make_row(source, 5.0).count is None


def test_what_a_removed_source_raised_ends(session: LiveSession, tap: Tap) -> None:
    zone = Zone("Gate", ((0, 0), (1, 0), (1, 1), (0, 1)), capacity=1, hold_s=0)
    source = session.add(tap, [zone])
    wait_until(lambda: session.alerts_after(0))
    session.remove(source)
    wait_until(lambda: len(session.alerts_after(0)) == 2)
    told = [(alert.raised, alert.watched) for _number, alert in session.alerts_after(0)]
    # The crowd may still be there.
    assert told == [(True, True), (False, False)]
    assert source.end_alerts() == []


def test_a_slow_video_is_not_stalled(tap: Tap) -> None:
    tap.kind = "video"
    tap.may_read.clear()
    reader = Reader(tap, lambda: None)
    reader.start()
    wait_until(lambda: reader._connection is not None and reader._connection.capture is not None)
    now = time.monotonic()
    reader.check(now + 20)
    assert reader.state is State.OPENING
    reader.check(now + 40)
    assert reader.problem is not None
    assert reader.problem.code == "source-silent"
    # It says that it is being opened again, and it is.
    assert reader.state is State.OPENING
    assert reader.retry_at is not None
    tap.may_read.set()
    reader.check(reader.retry_at)
    wait_until(lambda: reader.state is State.LIVE)
    assert reader.problem is None
    assert tap.opened == 2
    reader.stop()


def test_what_was_counted_before_a_removal_has_its_row(session: LiveSession, tap: Tap) -> None:
    source, maker = session.add(tap), RowMaker()
    wait_until(lambda: source.latest is not None)
    assert [row.state for row in maker.make(session.sources, 0.0)] == ["live"]
    processed = source.state().stats.processed
    wait_until(lambda: source.state().stats.processed > processed)
    session.remove(source)
    (last,) = maker.make(session.sources, 1.0)
    assert (last.source, last.state, last.levels) == ("tap", "ended", {})
    assert last.count is not None
    assert maker.make(session.sources, 2.0) == []


def test_what_is_over_has_one_last_row(session: LiveSession, tap: Tap) -> None:
    tap.kind = "video"
    source, maker = session.add(tap), RowMaker()
    wait_until(lambda: source.latest is not None)
    assert [row.state for row in maker.make([source], 0.0)] == ["live"]
    tap.broken = UserError("video-empty", path="v.mp4")
    wait_until(lambda: source.state().state is State.ENDED)
    assert [row.state for row in maker.make([source], 1.0)] == ["ended"]
    assert maker.make([source], 2.0) == maker.make([source], 3.0) == []
    tap.broken = None
    source.reader.restart()
    wait_until(lambda: source.state().state is State.LIVE)
    assert [row.state for row in maker.make([source], 4.0)] == ["live"]


def test_a_hung_read_is_left_behind(session: LiveSession, tap: Tap) -> None:
    source = session.add(tap)
    wait_until(lambda: source.state().state is State.LIVE)
    tap.may_read.clear()
    wait_until(lambda: source.state().state is State.STALLED)
    state = source.state()
    assert state.problem is not None
    assert state.problem.code == "source-silent"
    assert state.latest is not None
    wait_until(lambda: tap.opened >= 2)
    tap.may_read.set()
    wait_until(lambda: source.state().state is State.LIVE)
    assert source.state().problem is None
    assert source.state().stats.reconnects == 1
    # The captures that were left behind let their connection go.
    wait_until(lambda: tap.closed == tap.opened - 1)


def test_hung_connections_are_bounded(session: LiveSession, tap: Tap) -> None:
    tap.may_open.clear()
    source = session.add(tap)
    wait_until(lambda: tap.opened == QUICK.abandoned)
    stays(lambda: tap.opened <= QUICK.abandoned + 1, 1.5)
    assert source.state().state is State.OPENING
    tap.may_open.set()
    wait_until(lambda: source.state().state is State.LIVE)
    wait_until(lambda: tap.closed == tap.opened - 1)


def test_what_a_person_must_mend_is_asked_seldom(session: LiveSession, tap: Tap) -> None:
    tap.broken = UserError("stream-password", address="tap")
    source = session.add(tap)
    wait_until(lambda: source.state().problem is not None)
    stays(lambda: tap.opened == 1, 0.5)
    retry = source.state().retry_s
    assert retry is not None
    assert retry > 3
    tap.broken = None
    source.reader.restart()
    wait_until(lambda: source.state().state is State.LIVE)


def test_back_off_grows_and_a_frame_resets_it() -> None:
    tap = Tap()
    tap.broken = UserError("camera-lost", camera="tap")
    reader = Reader(tap, lambda: None, Timing(back_off=(1.0, 2.0, 3.0)))
    reader.start()
    pauses = []
    for _ in range(4):
        wait_until(lambda: reader.retry_at is not None)
        assert reader.retry_at is not None
        pauses.append(round(reader.retry_at - time.monotonic()))
        reader.check(reader.retry_at + 0.01)
    tap.broken = None
    wait_until(lambda: reader.retry_at is not None)
    assert reader.retry_at is not None
    reader.check(reader.retry_at)
    wait_until(lambda: reader.state is State.LIVE)
    reader.stop()
    assert reader.wait(3.0)
    assert pauses == [1, 2, 3, 3]


def test_a_bug_in_one_source_leaves_the_other_alone(
    session: LiveSession, tap: Tap, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Tap):
        name = "broken"

        def open(self) -> TapCapture:
            self.opened += 1
            raise ZeroDivisionError("a bug at rtsp://user:geheim@camera")

    broken, healthy = session.add(Broken()), session.add(tap)
    wait_until(lambda: broken.state().problem is not None)
    problem = broken.state().problem
    assert problem is not None
    assert problem.code == "source-failed"
    wait_until(lambda: broken.reader.feed.opened > 3)  # type: ignore[attr-defined]
    wait_until(lambda: healthy.state().stats.processed > 5)
    # Its traceback is in the log once, however often it is tried.
    assert caplog.text.count("ZeroDivisionError: a bug") == 1
    assert "geheim" not in caplog.text
    # It is the log that the program's file is kept of.
    assert {record.name for record in caplog.records} == {"crowdgui"}


def test_a_model_that_breaks_is_said_and_the_next_picture_is_counted(tap: Tap) -> None:
    predictor = brightness_counter()
    whole, calls = predictor.predict, []

    def flaky(picture: Picture) -> object:
        calls.append(1)
        if len(calls) < 20:
            raise RuntimeError("out of memory")
        return whole(picture)

    predictor.predict = flaky  # type: ignore[method-assign, assignment]
    session = LiveSession(predictor)
    source = session.add(tap)
    wait_until(lambda: source.state().problem is not None)
    wait_until(lambda: source.state().latest is not None)
    wait_until(lambda: source.state().problem is None)
    session.close()


def test_a_fast_source_does_not_starve_a_slow_one() -> None:
    fast, slow = Tap(fps=500), Tap(fps=10)
    session = LiveSession(brightness_counter(delay=0.03))
    sources = [session.add(fast), session.add(slow)]
    wait_until(lambda: sources[0].state().stats.processed >= 20)
    processed = [source.state().stats.processed for source in sources]
    skipped = [source.state().stats.skipped for source in sources]
    session.close()
    assert processed[1] >= 4
    assert skipped[0] > skipped[1]


def test_sources_come_and_go(session: LiveSession, tap: Tap) -> None:
    source = session.add(tap)
    wait_until(lambda: source.state().stats.processed > 2)
    session.remove(source)
    assert session.sources == ()
    assert source.state().state is State.CLOSED
    assert tap.closed == 1
    assert not [t for t in threading.enumerate() if t.name == "reader tap"]
