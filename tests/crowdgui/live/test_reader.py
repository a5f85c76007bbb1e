"""The reader: newest frame only, stalls noticed, hung connections left behind, back-off."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import crowdgui.live.reader
import crowdgui.live.session
from crowdgui.live.clock import monotonic
from crowdgui.live.feed import Frame, Picture
from crowdgui.live.levels import Alert
from crowdgui.live.reader import Connection, Reader, State, Timing
from crowdgui.live.session import LiveSession, LiveSource
from crowdgui.live.zones import Zone
from models.errors import UserError
from models.prediction import Prediction
from models.predictor import Predictor
from small_streams import brightness_counter, wait_until
from small_taps import QUICK, Tap, TapCapture


def threads_of(tap: Tap) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == f"reader {tap.name}"]


def test_a_slow_model_sees_the_newest_frame(clock: list[float], tap: Tap) -> None:
    predictor, counting, may_count = brightness_counter(), threading.Event(), threading.Event()
    whole, counted = predictor.predict, list[int]()

    def wait_and_count(picture: Picture) -> Prediction:
        # Every picture is as bright as its number; from the fifth on nothing is held any more.
        counted.append(int(picture[0, 0, 0]))
        counting.set()
        may_count.wait()
        if len(counted) < 5:
            may_count.clear()
        return whole(picture)

    predictor.predict = wait_and_count  # type: ignore[method-assign, assignment]
    session = LiveSession(predictor)
    source = session.add(tap)
    newest = []
    for _ in range(3):
        wait_until(counting.is_set)
        counting.clear()
        frames = source.reader.frames
        wait_until(lambda frames=frames: source.reader.frames > frames + 5)
        tap.hang()
        newest.append(source.reader.frames % 256)
        may_count.set()
        wait_until(counting.is_set)
        tap.may_read.set()
    may_count.set()
    wait_until(lambda: source.state().stats.processed >= 4)
    stats = source.state().stats
    may_count.set()
    assert session.close()
    assert counted[1:4] == newest
    assert stats.skipped > stats.processed
    assert stats.frames >= stats.processed + stats.skipped
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


def test_pictures_know_their_connection(clock: list[float], session: LiveSession, tap: Tap) -> None:
    source = session.add(tap)
    wait_until(lambda: source.latest is not None and source.latest.frame.connection == 1)
    tap.hang()
    clock[0] += 2 * QUICK.stall
    wait_until(lambda: source.state().retry_s is not None)
    tap.may_read.set()
    clock[0] += QUICK.back_off[0]
    wait_until(lambda: source.latest is not None and source.latest.frame.connection == 2)


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
    now = monotonic()
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


def test_a_hung_read_is_left_behind(clock: list[float], session: LiveSession, tap: Tap) -> None:
    source = session.add(tap)
    wait_until(lambda: source.latest is not None)
    tap.hang()
    clock[0] += 2 * QUICK.stall
    wait_until(lambda: source.state().retry_s is not None)
    state = source.state()
    assert state.state is State.STALLED
    assert state.problem is not None
    assert state.problem.code == "source-silent"
    assert state.latest is not None
    assert state.retry_s == pytest.approx(QUICK.back_off[0])
    clock[0] += QUICK.back_off[0]
    wait_until(lambda: tap.opened == 2)
    tap.may_read.set()
    wait_until(lambda: source.state().state is State.LIVE)
    wait_until(lambda: source.state().problem is None)
    assert source.state().stats.reconnects == 1
    # The capture that was left behind lets its connection go.
    wait_until(lambda: tap.closed == 1)
    assert tap.opened == 2


@pytest.mark.flaky(reruns=0)
def test_hung_connections_are_bounded(tap: Tap) -> None:
    # A name of its own: threads of earlier tests may be ending yet.
    tap.name = "hanging"
    tap.may_open.clear()
    reader = Reader(tap, lambda: None, QUICK)
    reader.start()
    now = monotonic()
    for _ in range(4 * QUICK.abandoned):
        now += 2 * QUICK.open
        reader.check(now)
    assert len(threads_of(tap)) == QUICK.abandoned
    assert reader.state is State.OPENING
    tap.may_open.set()
    wait_until(lambda: not threads_of(tap))
    reader.check(now + 2 * QUICK.open)
    wait_until(lambda: reader.state is State.LIVE)
    assert tap.closed == tap.opened - 1 == QUICK.abandoned
    reader.stop()


def test_what_a_person_must_mend_is_asked_seldom(
    clock: list[float], session: LiveSession, tap: Tap
) -> None:
    tap.broken = UserError("stream-password", address="tap")
    source = session.add(tap)
    wait_until(lambda: source.state().retry_s == QUICK.seldom)
    clock[0] += QUICK.seldom - 0.1
    source.reader.check(clock[0])
    assert source.reader.connection == 1
    clock[0] += 0.1
    source.reader.check(clock[0])
    assert source.reader.connection == 2
    tap.broken = None
    source.reader.restart()
    wait_until(lambda: source.state().state is State.LIVE)


@pytest.mark.flaky(reruns=0)
def test_back_off_grows_and_a_frame_resets_it(tap: Tap, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(crowdgui.live.reader, "monotonic", lambda: clock[0])
    tap.broken = lost = UserError("camera-lost", camera="tap")
    reader = Reader(tap, lambda: None, Timing(back_off=(1.0, 2.0, 3.0)))

    def pause() -> float:
        """The pause before the next attempt, which is made."""
        wait_until(lambda: reader.retry_at is not None)
        assert reader.retry_at is not None
        found, clock[0] = reader.retry_at - clock[0], reader.retry_at
        reader.check(clock[0])
        return found

    reader.start()
    pauses = [pause() for _ in range(4)]
    wait_until(lambda: reader.retry_at is not None)
    tap.broken = None
    pauses.append(pause())
    wait_until(lambda: reader.state is State.LIVE)
    tap.broken = lost
    pauses.append(pause())
    reader.stop()
    assert reader.wait(60)
    assert pauses == [1, 2, 3, 3, 3, 1]


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


def test_a_source_that_always_has_a_picture_does_not_starve_the_other(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, enough = list[str](), 8
    taps, session = (Tap(), Tap()), LiveSession(brightness_counter())
    for tap in taps:
        tap.may_read.clear()
    first, second = (session.add(tap) for tap in taps)

    def follow(source: LiveSource, other: LiveSource, name: str) -> None:
        whole = source.count

        def count(frame: Frame, predictor: Predictor, longest_side: int) -> list[Alert]:
            # Both have something to be counted whenever one of them is chosen.
            slots = source.reader.slot, other.reader.slot
            wait_until(lambda: len(turns) >= enough or all(slot._item for slot in slots))
            turns.append(name)
            return whole(frame, predictor, longest_side)

        monkeypatch.setattr(source, "count", count)

    follow(first, second, "first")
    follow(second, first, "second")
    for tap in taps:
        tap.may_read.set()
    wait_until(lambda: len(turns) >= enough)
    assert session.close()
    assert turns[:enough] in (["first", "second"] * 4, ["second", "first"] * 4)


def test_sources_come_and_go(clock: list[float], session: LiveSession, tap: Tap) -> None:
    # A name of its own: threads of earlier tests may be ending yet.
    tap.name = "leaving"
    source = session.add(tap)
    wait_until(lambda: source.state().stats.processed > 2)
    session.remove(source)
    assert session.sources == ()
    assert source.state().state is State.CLOSED
    assert tap.closed == tap.opened == 1
    assert not threads_of(tap)
