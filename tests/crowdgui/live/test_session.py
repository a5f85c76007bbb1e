"""What a session says of a source while it is counted."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from crowdgui.live.feed import Frame, Kind, Picture
from crowdgui.live.reader import State, Timing
from crowdgui.live.rows import RowMaker
from crowdgui.live.session import LiveSession, LiveSource
from crowdgui.live.zones import Zone
from models.prediction import Prediction
from small_streams import brightness_counter, wait_until

WHITE = np.full((16, 16, 3), 255, np.uint8)
WHOLE = ((0, 0), (1, 0), (1, 1), (0, 1))


class OnePicture:
    """A video of one picture, and its capture."""

    name = "video"
    kind: Kind = "video"
    fps = 25.0
    position = None

    def __init__(self) -> None:
        self._left = [WHITE]

    def open(self) -> OnePicture:
        return self

    def resting(self) -> bool:
        return False

    def read(self) -> Picture | None:
        return self._left.pop() if self._left else None

    def interrupt(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def may_count() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_a_video_is_over_when_its_last_picture_is_counted(may_count: threading.Event) -> None:
    predictor = brightness_counter()
    whole = predictor.predict

    def wait_and_count(picture: Picture) -> Prediction:
        may_count.wait()
        return whole(picture)

    predictor.predict = wait_and_count  # type: ignore[method-assign, assignment]
    session, maker = LiveSession(predictor), RowMaker()
    source = session.add(OnePicture())
    wait_until(lambda: source.reader.state is State.ENDED)
    assert source.state().state is State.LIVE
    assert [row.state for row in maker.make(session.sources, 0.0)] == ["live"]
    may_count.set()
    wait_until(lambda: source.state().state is State.ENDED)
    assert [(row.state, row.count) for row in maker.make(session.sources, 1.0)] == [("ended", 4)]
    assert maker.make(session.sources, 2.0) == []
    session.close()


def test_other_zones_leave_the_count_of_the_interval() -> None:
    source, counter = LiveSource(OnePicture(), (), lambda: None, Timing()), brightness_counter()
    source.count(Frame(WHITE // 5, 1, 0.0), counter, 0)
    source.set_zones([Zone("Gate", WHOLE)])
    source.count(Frame(WHITE, 2, 0.0), counter, 0)
    interval = source.drain()
    assert interval.count == pytest.approx((0.8 + 4) / 2)
    # A zone was counted on the pictures since it was drawn.
    assert interval.zones == {"Gate": pytest.approx(4)}
