"""Since when a camera has given no picture."""

from __future__ import annotations

import pytest

import crowdgui.live.reader
from crowdgui.live.feed import Kind
from crowdgui.live.reader import DOWN_S, Reader
from small_streams import wait_until
from small_taps import Tap


@pytest.fixture
def wall(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> float:
    """The clock on the wall is so many seconds before that of the program."""
    monkeypatch.setattr(crowdgui.live.reader, "time", lambda: clock[0] + 500)
    return 500


@pytest.mark.parametrize(
    ("kind", "told"), [("camera", True), ("stream", True), ("video", False), ("demo", False)]
)
def test_only_what_owes_pictures_is_down(
    clock: list[float], wall: float, tap: Tap, kind: Kind, told: bool
) -> None:
    tap.kind = kind
    tap.may_read.clear()
    begun = clock[0]
    reader = Reader(tap, lambda: None)
    reader.start()
    assert reader.down_since(begun + DOWN_S - 0.1) is None
    assert reader.down_since(begun + DOWN_S) == (begun + wall if told else None)
    reader.stop()
    assert reader.down_since(begun + DOWN_S) is None


def test_the_last_picture_is_what_counts(clock: list[float], wall: float, tap: Tap) -> None:
    reader = Reader(tap, lambda: None)
    reader.start()
    clock[0] += 60
    seen = reader.frames
    wait_until(lambda: reader.frames > seen + 1)
    assert reader.down_since(clock[0]) is None
    tap.hang()
    last = clock[0]
    # Opening it again in vain is no picture.
    reader.restart()
    assert reader.down_since(last + DOWN_S - 0.1) is None
    assert reader.down_since(last + DOWN_S) == last + wall
    tap.may_read.set()
    reader.stop()
