"""Video files: their own pace when played, every frame when analysed; damage; recordings."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

import crowdgui.live.videos
from crowdgui.live.analysis import analyse, video_facts
from crowdgui.live.feed import Frame, Picture
from crowdgui.live.levels import ZoneWatch
from crowdgui.live.reader import Reader, State
from crowdgui.live.recording import (
    LOOK_EVERY,
    SPARE_BYTES,
    Recorder,
    annotate,
)
from crowdgui.live.session import LiveSession
from crowdgui.live.videos import FileClock, VideoFacts, VideoFeed, frames_of, missing_frames
from crowdgui.live.zones import Zone
from crowdgui.sources import kind_of, live_feed
from models.errors import UserError
from models.picture_files import save_picture
from models.pictures import read_picture
from small_disk import hold_files
from small_streams import brightness_counter, moving_picture, pause, stays, wait_until, write_video
from small_taps import QUICK

LEFT = Zone("left", ((0, 0), (0.5, 0), (0.5, 1), (0, 1)))
RIGHT = Zone("right", ((0.5, 0), (1, 0), (1, 1), (0.5, 1)))


@pytest.fixture
def session() -> Iterator[LiveSession]:
    session = LiveSession(brightness_counter())
    yield session
    session.close()


def test_every_frame_in_order_with_its_time(tmp_path: Path) -> None:
    path = write_video(tmp_path / "영상 1.mp4", frames=30, fps=10)
    counted = list(analyse(path, brightness_counter(), [LEFT, RIGHT]))
    assert [frame.number for frame in counted] == list(range(1, 31))
    assert [frame.time for frame in counted] == pytest.approx([n / 10 for n in range(30)], abs=0.01)
    for frame in counted:
        assert sum(zone.count for zone in frame.zones) == pytest.approx(
            frame.prediction.count, rel=1e-3
        )
    # The bright square wanders from left to right: so do the people.
    assert counted[0].zones[0].count > counted[-1].zones[0].count
    assert video_facts(path).frames == 30


def test_files_that_are_no_video(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "folder.mp4").mkdir()
    for name, code in (("text.mp4", "video-unknown"), ("empty.mp4", "video-unknown"),
                       ("folder.mp4", "video-unknown"), ("none.mp4", "path-missing")):  # fmt: skip
        with pytest.raises(UserError) as caught:
            VideoFeed(tmp_path / name)
        assert caught.value.code == code


def test_a_folder_that_windows_does_not_open_is_no_video(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_files(monkeypatch, "open", 1)
    with pytest.raises(UserError) as caught:
        VideoFeed(tmp_path)
    assert caught.value.code == "video-unknown"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text")
@pytest.mark.parametrize("name", [b"\xb0\xa1.mp4", b"\xb0\xa1/v.mp4"])
def test_names_that_are_no_text(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    shutil.copy(write_video(tmp_path / "v.mp4", frames=3), path)
    with pytest.raises(UserError) as caught:
        VideoFeed(path)
    assert caught.value.code == "video-unknown"
    with pytest.raises(UserError) as caught:
        Recorder(path, 25)
    assert caught.value.code == "path-unwritable"
    assert list(path.parent.glob(".*")) == []


def test_a_video_without_frames(tmp_path: Path, session: LiveSession) -> None:
    path = write_video(tmp_path / "v.avi", frames=20)
    data = path.read_bytes()
    # Its head is whole and promises 20 frames; none follows.
    path.write_bytes(data[: data.index(b"movi") + 4])
    feed = VideoFeed(path)
    assert feed.facts.frames == 20
    with pytest.raises(UserError, match="holds no frame"):
        list(frames_of(path))
    source = session.add(feed)
    wait_until(lambda: source.state().state is State.ENDED)
    problem = source.state().problem
    assert problem is not None
    assert problem.code == "video-empty"


def test_a_video_that_is_damaged_in_the_middle(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.mp4", frames=120)
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    third = (len(data) - start) // 3
    data[start + third : start + third + third // 2] = b"\xff" * (third // 2)
    path.write_bytes(data)
    counted = list(analyse(path, brightness_counter()))
    assert 40 <= len(counted) <= 120
    times = [frame.time for frame in counted]
    assert times == sorted(times)


@pytest.mark.parametrize(
    ("facts", "read", "time", "missing"),
    [
        (VideoFacts(25.0, 100), 100, 3.96, 0),
        (VideoFacts(25.0, 100), 99, 3.92, 0),
        (VideoFacts(25.0, 100), 103, 4.08, 0),
        (VideoFacts(25.0, 100), 60, 2.36, 40),
        (VideoFacts(0.0, 0), 60, 2.36, 0),
        # A rate that varies: whole, cut in half, and its last frame held for long.
        (VideoFacts(25.0, 241), 89, 9.6, 0),
        (VideoFacts(25.0, 241), 44, 4.78, 197),
        (VideoFacts(9.0, 90), 90, 5.0, 0),
    ],
)
def test_a_video_that_is_cut_off_is_missing_frames(
    facts: VideoFacts, read: int, time: float, missing: int
) -> None:
    assert missing_frames(facts, read, time) == missing


def test_a_played_video_that_is_cut_off_says_so(tmp_path: Path, session: LiveSession) -> None:
    data = write_video(tmp_path / "v.avi", frames=60, fps=50).read_bytes()
    (tmp_path / "cut.avi").write_bytes(data[: len(data) // 2])
    source = session.add(VideoFeed(tmp_path / "cut.avi"))
    wait_until(lambda: source.state().state is State.ENDED)
    problem = source.state().problem
    assert problem is not None
    assert problem.code == "video-cut-off"
    assert source.state().stats.processed > 0


def test_a_jump_behind_the_last_frame_is_no_damage(tmp_path: Path) -> None:
    data = write_video(tmp_path / "v.avi", frames=60, fps=50).read_bytes()
    (tmp_path / "cut.avi").write_bytes(data[: len(data) // 2])
    feed = VideoFeed(tmp_path / "cut.avi")
    feed.playback.seek(0.9)
    capture = feed.open()
    assert capture.read() is None
    capture.close()


def test_times_never_go_back() -> None:
    clock = FileClock(10)
    assert [round(clock.tick(t), 3) for t in (0.0, 0.1, 0.1, 0.0, 0.5)] == [0, 0.1, 0.2, 0.3, 0.5]
    assert FileClock(0).tick(0.0) == 0.0


def test_after_a_jump_of_the_stamps_frames_take_their_time_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowdgui.live.videos, "time", SimpleNamespace(monotonic=lambda: 0.0))
    feed, waits = VideoFeed(write_video(tmp_path / "v.mp4", frames=3)), list[float]()
    monkeypatch.setattr(feed.playback, "wait", lambda _seen, seconds: waits.append(seconds))
    capture = feed.open()
    for stamp in (0.25, 100.0, 100.5, 101.0):
        capture._clock.now = stamp
        capture._wait_until_due(0)
    capture.close()
    assert waits == [0.25, 0.5, 1.0]


def test_playing_pausing_seeking_and_the_end(
    tmp_path: Path, clock: list[float], session: LiveSession
) -> None:
    path = write_video(tmp_path / "v.mp4", frames=200, fps=50)
    feed = live_feed(str(path))
    assert isinstance(feed, VideoFeed)
    assert (feed.facts.frames, feed.facts.seconds) == (200, 4.0)
    source = session.add(feed)
    wait_until(lambda: source.state().stats.processed > 5)
    pause(source)
    frames = source.state().stats.frames
    stays(lambda: source.state().stats.frames == frames, 0.3)
    feed.playback.seek(3.0)
    wait_until(lambda: source.state().stats.frames == frames + 1)
    wait_until(lambda: _position(source.state().latest) == pytest.approx(3.0, abs=0.1))
    # Paused for longer than anything may be silent, it is no stall.
    clock[0] += 2 * QUICK.file
    source.reader.check(clock[0])
    assert source.state().state is State.LIVE
    feed.playback.set_speed(4)
    feed.playback.play()
    wait_until(lambda: source.state().state is State.ENDED)
    assert source.state().problem is None
    source.reader.restart()
    wait_until(lambda: source.state().state is State.LIVE)


def test_the_end_of_a_video_may_be_gone_to(tmp_path: Path, session: LiveSession) -> None:
    feed = VideoFeed(write_video(tmp_path / "v.mp4", frames=20, fps=20))
    source = session.add(feed)
    wait_until(lambda: source.state().state is State.ENDED)
    feed.playback.seek(feed.facts.seconds)
    source.reader.restart()
    wait_until(lambda: source.state().state is State.ENDED)
    assert source.state().problem is None


def test_a_video_that_hung_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, may_read = crowdgui.live.videos.read_rgb, threading.Event()
    may_read.set()

    def read_in_time(capture: cv2.VideoCapture) -> Picture | None:
        may_read.wait()
        return read(capture)

    monkeypatch.setattr(crowdgui.live.videos, "read_rgb", read_in_time)
    feed = VideoFeed(write_video(tmp_path / "v.mp4", frames=200, fps=20))
    reader = Reader(feed, lambda: None)
    reader.start()
    feed.playback.seek(5.0)
    wait_until(lambda: (frame := reader.slot.take()) and (frame.position or 0) >= 5)
    may_read.clear()
    reader.check(time.monotonic() + 60)
    assert reader.state is State.STALLED
    assert reader.retry_at is not None
    may_read.set()
    reader.slot.take()
    reader.check(reader.retry_at)
    frames: list[Frame] = []
    wait_until(lambda: (frame := reader.slot.take()) and frames.append(frame) is None)
    (frame,) = frames
    assert reader.state is State.LIVE
    assert frame.connection == 2
    assert frame.position is not None
    assert frame.position >= 4.9
    # Where a person went meanwhile comes first.
    feed.playback.seek(1.0)
    feed.playback.return_to(5.0)
    wait_until(lambda: (frame := reader.slot.take()) and (frame.position or 9) < 2)
    reader.stop()
    assert reader.wait(60)


def test_a_played_video_takes_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now, came = [0.0], list[float]()
    monkeypatch.setattr(crowdgui.live.videos, "time", SimpleNamespace(monotonic=lambda: now[0]))
    feed = VideoFeed(write_video(tmp_path / "v.mp4", frames=30, fps=20))

    def wait(_seen: int, seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(feed.playback, "wait", wait)
    capture = feed.open()
    while capture.read() is not None:
        came.append(now[0])
    capture.close()
    assert came == pytest.approx([number / 20 for number in range(30)], abs=0.001)


def test_a_recording_is_a_video_of_the_first_size(tmp_path: Path) -> None:
    path = tmp_path / "out" / "recording.mp4"
    with Recorder(path, 25) as recorder:
        for number in range(10):
            recorder.add(moving_picture(number, (161, 121) if number < 5 else (320, 240)))
        assert not path.exists()
    assert [picture.shape for _, picture in frames_of(path)] == [(120, 160, 3)] * 10
    assert [file.name for file in path.parent.iterdir()] == ["recording.mp4"]


def test_a_recording_of_nothing_and_one_that_cannot_be(tmp_path: Path) -> None:
    Recorder(tmp_path / "a.mp4", 25).close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match="a video ends in"):
        Recorder(tmp_path / "a.gif", 25)
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        Recorder(tmp_path / "file" / "a.mp4", 25)


def test_a_disk_that_fills_up_ends_a_recording_that_can_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, room = tmp_path / "a.mp4", [10 * SPARE_BYTES]
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=room[0]))

    def record() -> None:
        with Recorder(path, 25) as recorder:
            for number in range(200):
                recorder.add(moving_picture(number, (160, 120)))
                room[0] = 0

    with pytest.raises(UserError, match="No space left"):
        record()
    assert len(list(frames_of(path))) == LOOK_EVERY


def test_a_full_disk_leaves_the_older_video(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"what was there")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=0))
    with pytest.raises(UserError, match="No space left"), Recorder(path, 25) as recorder:
        recorder.add(moving_picture(0, (160, 120)))
    # Nor does one replace it that was begun and got no picture.
    recorder = Recorder(path, 25)
    recorder._begin(moving_picture(0, (160, 120)))
    recorder.close()
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path]


def test_a_recording_without_its_end_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"what was there")
    recorder = Recorder(path, 25)
    recorder.add(moving_picture(0, (160, 120)))
    assert recorder._writer is not None
    recorder._writer.release()
    # As on a disk that is full.
    recorder._writer = NoWriter()  # type: ignore[assignment]
    recorder._beside().write_bytes(recorder._beside().read_bytes()[:100])
    with pytest.raises(UserError, match="could not be written to its end"):
        recorder.close()
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path]


class NoWriter:
    def release(self) -> None:
        """What it would write does not fit."""


def test_annotation_and_snapshot(tmp_path: Path) -> None:
    picture = moving_picture(3, (320, 240))
    before = picture.copy()
    prediction = brightness_counter().predict(picture)
    readings, _ = ZoneWatch([LEFT, RIGHT]).read(prediction, 0)
    drawn = annotate(picture, prediction, readings, "정문")
    assert (picture == before).all()
    assert drawn.shape == picture.shape
    assert drawn.dtype == np.uint8
    assert (drawn != annotate(picture, prediction)).any()
    for name in ("snapshot.png", "snapshot.jpg"):
        save_picture(tmp_path / name, drawn)
        assert read_picture(tmp_path / name).shape == drawn.shape
    assert (read_picture(tmp_path / "snapshot.png") == drawn).all()


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("demo:", "demo"), ("camera:0", "camera"), ("camera:HD Cam", "camera"), ("a.MP4", "video"),
        ("rtsp://host/a.mp4", "stream"), ("${CAMERA}", "stream"), ("a.png", "pictures"),
        ("folder", "pictures"),
    ],
)  # fmt: skip
def test_kinds_of_sources(word: str, kind: str) -> None:
    assert kind_of(word) == kind


def _position(latest: object) -> float | None:
    return None if latest is None else latest.frame.position  # type: ignore[attr-defined, no-any-return]


def test_opencv_reads_what_the_tests_write(tmp_path: Path) -> None:
    capture = cv2.VideoCapture(str(write_video(tmp_path / "v.mp4", frames=3)))
    there, picture = capture.read()
    capture.release()
    assert there
    assert abs(picture.astype(int) - moving_picture(0)).mean() < 4
