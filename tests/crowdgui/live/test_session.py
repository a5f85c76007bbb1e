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
        self._interrupted = threading.Event()
        self.ends = True

    def show_again(self) -> None:
        self._left.append(WHITE)

    def open(self) -> OnePicture:
        return self

    def resting(self) -> bool:
        return False

    def read(self) -> Picture | None:
        if not self._left and not self.ends:
            self._interrupted.wait()
        return self._left.pop() if self._left else None

    def interrupt(self) -> None:
        self._interrupted.set()

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


def test_an_alert_ends_with_its_video_and_may_come_again() -> None:
    session, video = LiveSession(brightness_counter()), OnePicture()
    source = session.add(video, [Zone("Gate", WHOLE, capacity=1, hold_s=0)])

    def told() -> list[tuple[bool, bool]]:
        return [(alert.raised, alert.watched) for _number, alert in session.alerts_after(0)]

    wait_until(lambda: told() == [(True, True), (False, False)])
    video.show_again()
    source.reader.restart()
    wait_until(lambda: told() == [(True, True), (False, False)] * 2)
    assert session.close()
    assert len(told()) == 4


def test_what_is_raised_ends_with_the_session() -> None:
    session, video = LiveSession(brightness_counter()), OnePicture()
    video.ends = False
    session.add(video, [Zone("Gate", WHOLE, capacity=1, hold_s=0)])
    wait_until(lambda: session.alerts_after(0))
    session.close()
    told = [(alert.raised, alert.watched) for _number, alert in session.alerts_after(0)]
    assert told == [(True, True), (False, False)]


@pytest.mark.parametrize("left", [[], [Zone("Gate", WHOLE, capacity=1, alert_at=0)]])
def test_an_alert_of_a_zone_that_is_taken_ends_though_no_picture_comes(left: list[Zone]) -> None:
    session, camera = LiveSession(brightness_counter()), OnePicture()
    camera.ends = False
    source = session.add(camera, [Zone("Gate", WHOLE, capacity=1, hold_s=0)])
    wait_until(lambda: session.alerts_after(0))
    source.set_zones(left)
    wait_until(lambda: len(session.alerts_after(0)) == 2)
    (_number, end) = session.alerts_after(1)[0]
    assert (end.raised, end.watched, end.count) == (False, False, 4)
    # It is not ended again with the source.
    assert session.close()
    assert len(session.alerts_after(0)) == 2


def test_other_zones_leave_the_count_of_the_interval() -> None:
    source, counter = LiveSource(OnePicture(), (), lambda: None, Timing()), brightness_counter()
    source.count(Frame(WHITE // 5, 1, 0.0), counter, 0)
    source.set_zones([Zone("Gate", WHOLE)])
    source.count(Frame(WHITE, 2, 0.0), counter, 0)
    interval = source.drain()
    assert interval.count == pytest.approx((0.8 + 4) / 2)
    # A zone was counted on the pictures since it was drawn.
    assert interval.zones == {"Gate": pytest.approx(4)}
