"""What a log is told of a source: levels and counts only while they are known, and its end once."""

from __future__ import annotations

import numpy as np

from crowdgui.live.feed import Frame
from crowdgui.live.reader import State
from crowdgui.live.rows import RowMaker, make_row
from crowdgui.live.session import LiveSession, LiveSource
from crowdgui.live.zones import Zone
from models.errors import UserError
from small_streams import brightness_counter, wait_until
from small_taps import QUICK, Tap


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
