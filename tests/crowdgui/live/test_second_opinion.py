"""Another model on the newest pictures: asked for, or now and then of what is seen now."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crowdgui.live.second_opinion import SecondOpinion
from crowdgui.live.session import LiveSession, LiveSource
from crowdgui.live.videos import VideoFeed
from models.errors import UserError
from models.predictor import Predictor
from small_streams import brightness_counter, pause, wait_until, write_video


@pytest.fixture
def session() -> Iterator[LiveSession]:
    session = LiveSession(brightness_counter())
    yield session
    session.close()


def test_one_that_has_ended_keeps_no_model(tmp_path: Path, session: LiveSession) -> None:
    counter = brightness_counter()
    model, held = weakref.ref(counter), [counter]
    del counter
    second = SecondOpinion(held.pop, lambda: session.sources)
    source = session.add(VideoFeed(write_video(tmp_path / "v.mp4", frames=100)))
    wait_until(lambda: source.latest is not None)
    second.ask()
    wait_until(second.opinions)
    assert model() is not None
    assert second.close()
    assert model() is None


def test_a_second_opinion_on_the_same_picture(tmp_path: Path, session: LiveSession) -> None:
    class Doubled(Predictor):
        def predict(self, picture: np.ndarray) -> object:  # type: ignore[override, type-arg]
            prediction = super().predict(picture)
            object.__setattr__(prediction, "count", prediction.count * 2)
            return prediction

    opened = []

    def open_model() -> Predictor:
        opened.append(1)
        if len(opened) == 1:
            raise UserError("model-none")
        first = brightness_counter()
        return Doubled(first.engine, first.header, "teacher")

    second = SecondOpinion(open_model, lambda: session.sources)
    second.ask()
    feed = VideoFeed(write_video(tmp_path / "v.mp4", frames=100))
    source = session.add(feed)
    wait_until(lambda: source.latest is not None)
    feed.playback.pause()
    second.ask()
    wait_until(lambda: second.problem is not None)
    for wanted in (1, 2):
        second.ask()
        wait_until(lambda wanted=wanted: len(second.opinions(source.name)) == wanted)
    second.close()
    opinion = second.opinions()[0]
    assert opinion.second == pytest.approx(2 * opinion.first)
    assert opinion.drift == pytest.approx(-0.5)
    assert (opinion.first_model, opinion.second_model) == ("brightness", "teacher")
    assert len(opened) == 2
    assert second.problem is None
    assert second.opinions("other") == []


def test_second_opinions_are_of_what_is_seen_now(tmp_path: Path, session: LiveSession) -> None:
    feed = VideoFeed(write_video(tmp_path / "v.mp4", frames=40))
    source = session.add(feed)
    wait_until(lambda: source.latest is not None)
    pause(source)
    looks: list[LiveSource] = []

    def look() -> tuple[LiveSource, ...]:
        looks.append(source)
        return session.sources

    def look_again() -> None:
        """Wait for looks that begin from now on, and for the end of the first of them."""
        before = len(looks)
        wait_until(lambda: len(looks) > before + 2)

    second = SecondOpinion(brightness_counter, look, every_s=0.02)
    wait_until(second.opinions)
    # The picture of a paused video stays the same: only a person may ask about it again.
    look_again()
    assert len(second.opinions()) == 1
    second.ask()
    wait_until(lambda: len(second.opinions()) == 2)
    feed.playback.play()
    wait_until(lambda: source.is_over)
    # The last picture may be asked about yet.
    look_again()
    before = len(second.opinions())
    look_again()
    assert len(second.opinions()) == before
    second.ask()
    wait_until(lambda: len(second.opinions()) == before + 1)
    second.close()


def test_both_models_count_as_many_pixels(tmp_path: Path) -> None:
    session = LiveSession(brightness_counter(), longest_side=80)
    second = SecondOpinion(brightness_counter, lambda: session.sources)
    source = session.add(VideoFeed(write_video(tmp_path / "v.mp4", frames=100)))
    wait_until(lambda: source.latest is not None)
    second.ask()
    wait_until(second.opinions)
    second.close()
    session.close()
    (opinion,) = second.opinions()
    # Of the whole frame it would be four times as many.
    assert opinion.second == opinion.first


def test_a_second_model_that_breaks_is_logged_without_passwords(
    session: LiveSession, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def open_model() -> Predictor:
        raise RuntimeError("rtsp://user:geheim@camera/s")

    feed = VideoFeed(write_video(tmp_path / "v.mp4", frames=100))
    source = session.add(feed)
    wait_until(lambda: source.latest is not None)
    second = SecondOpinion(open_model, lambda: session.sources)
    second.ask()
    wait_until(lambda: second.problem is not None)
    second.close()
    assert "rtsp://user:***@camera/s" in str(second.problem)
    assert "Traceback" in caplog.text
    assert "geheim" not in caplog.text + str(second.problem)
