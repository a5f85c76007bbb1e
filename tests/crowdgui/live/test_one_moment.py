"""What is told of a source at one moment belongs together."""

from __future__ import annotations

import threading

from crowdgui.live.reader import State
from crowdgui.live.session import LiveSource, LiveState
from models.errors import UserError
from small_taps import QUICK, Tap


def test_a_state_and_its_problem_are_of_one_moment(tap: Tap) -> None:
    source, told = LiveSource(tap, (), lambda: None, QUICK), list[LiveState]()
    reader = source.reader
    reader.state = State.LIVE
    thread = threading.Thread(target=lambda: told.append(source.state()))
    with reader._lock:
        # As where a connection is found to hang: one after the other.
        reader.problem = UserError("source-silent", source="tap")
        thread.start()
        thread.join(0.3)
        reader.state, reader.retry_at = State.STALLED, 1e9
    thread.join()
    (state,) = told
    assert state.state is State.STALLED
    assert state.problem is reader.problem
    assert state.retry_s is not None


def test_a_broken_video_lives_without_a_problem_until_its_last_picture_is_counted(
    tap: Tap,
) -> None:
    source = LiveSource(tap, (), lambda: None, QUICK)
    reader = source.reader
    reader.state, reader.problem = State.ENDED, UserError("source-silent", source="tap")
    reader.slot._at_hand = True
    assert (source.state().state, source.state().problem) == (State.LIVE, None)
    reader.slot.done()
    assert (source.state().state, source.state().problem) == (State.ENDED, reader.problem)
