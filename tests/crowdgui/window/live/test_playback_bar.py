"""The bar below a video: what a person does reaches the playback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crowdgui.live.demo import DemoFeed
from crowdgui.live.reader import State
from crowdgui.live.session import LiveSession, LiveSource
from crowdgui.live.videos import VideoFeed
from crowdgui.window.live import playback_bar
from crowdgui.window.live.playback_bar import PlaybackBar
from small_streams import brightness_counter, write_video

LIMIT = 30_000


@pytest.fixture
def feed(tmp_path: Path) -> VideoFeed:
    """Ten seconds."""
    return VideoFeed(write_video(tmp_path / "video.mp4", frames=100, fps=10))


@pytest.fixture
def bar(feed: VideoFeed, qtbot: QtBot) -> PlaybackBar:
    bar = PlaybackBar()
    qtbot.addWidget(bar)
    bar.resize(600, 40)
    bar.show_feed(feed)
    qtbot.waitExposed(bar)
    return bar


@pytest.fixture
def source(feed: VideoFeed) -> Iterator[LiveSource]:
    session = LiveSession(brightness_counter())
    yield session.add(feed)
    session.close()


def test_it_is_there_for_videos_alone(bar: PlaybackBar) -> None:
    assert bar.isVisible()
    assert bar.time.text() == "0:00 / 0:10"
    bar.show_feed(DemoFeed())
    assert not bar.isVisible()
    bar.show_feed(None)
    assert not bar.isVisible()


def test_play_and_pause(bar: PlaybackBar, feed: VideoFeed) -> None:
    assert bar.play_button.toolTip() == "Pause"
    bar.play_button.click()
    assert feed.playback.paused
    assert bar.play_button.toolTip() == "Play"
    bar.play_button.click()
    assert not feed.playback.paused
    # As the live page's own action does where a video is opened again.
    bar.play_button.click()
    feed.playback.play()
    bar.show_position(1.0)
    assert bar.play_button.toolTip() == "Pause"


def test_speed(bar: PlaybackBar, feed: VideoFeed) -> None:
    assert bar.speed.currentText() == "1 ×"
    bar.speed.setCurrentIndex(bar.speed.findText("4 ×"))
    bar.speed.activated.emit(bar.speed.currentIndex())
    assert feed.playback.speed == 4
    other = PlaybackBar()
    other.show_feed(feed)
    assert other.speed.currentText() == "4 ×"


def test_the_groove_is_gone_to_at_once(bar: PlaybackBar, feed: VideoFeed) -> None:
    width = bar.slider.width()
    place = QPoint(width * 3 // 4, bar.slider.height() // 2)
    QTest.mousePress(bar.slider, Qt.MouseButton.LeftButton, pos=place)
    assert feed.playback.take_target() == pytest.approx(7.5, abs=0.3)
    # What is in a person's hand does not follow the video.
    bar.show_position(1.0)
    assert bar.slider.value() > 7000
    QTest.mouseRelease(bar.slider, Qt.MouseButton.LeftButton, pos=place)


def test_the_handle_waits_for_the_picture_of_its_place(
    bar: PlaybackBar, feed: VideoFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(playback_bar, "monotonic", lambda: now[0])
    bar.show_position(2.0)
    assert bar.time.text() == "0:02 / 0:10"
    # To follow the video is no wish of a person's.
    assert feed.playback.take_target() is None
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, Qt.Key.Key_Right)
    assert feed.playback.take_target() == 7
    bar.show_position(2.1)
    assert bar.slider.value() == 7000
    bar.show_position(7.1)
    assert bar.slider.value() == 7100
    bar.show_position(7.3)
    assert bar.slider.value() == 7300
    # A place that never comes is waited for, but not for ever.
    QTest.keyClick(bar.slider, Qt.Key.Key_Left)
    now[0] += 60
    bar.show_position(9.0)
    assert bar.slider.value() == 9000


def test_a_playing_video_goes_where_it_is_told(
    bar: PlaybackBar, source: LiveSource, qtbot: QtBot
) -> None:
    def position() -> float:
        latest = source.state().latest
        return -1.0 if latest is None else latest.frame.position or 0.0

    qtbot.waitUntil(lambda: position() >= 0, timeout=LIMIT)
    bar.play_button.click()
    bar.slider.setValue(8000)
    # Paused, it shows the frame there and stays.
    qtbot.waitUntil(lambda: abs(position() - 8) < 0.5, timeout=LIMIT)
    bar.play_button.click()
    qtbot.waitUntil(lambda: source.reader.state is State.ENDED, timeout=LIMIT)


def test_after_the_end_it_begins_again(bar: PlaybackBar, source: LiveSource, qtbot: QtBot) -> None:
    bar.again.connect(source.reader.restart)
    assert bar.feed is not None
    bar.feed.playback.seek(9.5)
    qtbot.waitUntil(lambda: source.reader.state is State.ENDED, timeout=LIMIT)
    bar.show_position(9.9, ended=True)
    assert bar.play_button.toolTip() == "Play"
    bar.play_button.click()
    assert bar.play_button.toolTip() == "Pause"

    def began() -> bool:
        latest = source.state().latest
        return latest is not None and (latest.frame.position or 9) < 5

    qtbot.waitUntil(began, timeout=LIMIT)


def test_to_go_somewhere_after_the_end_begins_again(bar: PlaybackBar, feed: VideoFeed) -> None:
    asked: list[float | None] = []
    bar.again.connect(lambda: asked.append(feed.playback.take_target()))
    bar.show_position(10.0, ended=True)
    bar.slider.setValue(3000)
    assert asked == [3]
    assert bar.play_button.toolTip() == "Pause"


def test_a_paused_video_that_ended_plays_when_it_begins_again(
    bar: PlaybackBar, feed: VideoFeed
) -> None:
    bar.play_button.click()
    bar.show_position(10.0, ended=True)
    bar.play_button.click()
    assert not feed.playback.paused
    assert bar.play_button.toolTip() == "Pause"


def test_another_video_is_shown_from_where_it_is(bar: PlaybackBar, tmp_path: Path) -> None:
    bar.slider.setValue(8000)
    bar.show_feed(VideoFeed(write_video(tmp_path / "other.mp4", frames=60, fps=10)))
    assert bar.time.text() == "0:00 / 0:06"
    # What was gone to in the one before is not waited for.
    bar.show_position(2.0)
    assert bar.slider.value() == 2000


def test_a_file_without_a_length_has_no_places(bar: PlaybackBar, feed: VideoFeed) -> None:
    feed.facts = type(feed.facts)(25.0, 0)
    bar.show_feed(feed)
    assert not bar.slider.isEnabled()
    bar.show_position(3.0)
    assert bar.time.text() == "0:00"
