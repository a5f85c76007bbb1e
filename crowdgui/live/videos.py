"""Video files: played at their own pace, or read frame by frame."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

from crowdgui.live.capture import open_capture, read_rgb
from crowdgui.live.edit_list import shown_seconds
from crowdgui.live.feed import Kind, Picture
from models.errors import UserError

VIDEO_SUFFIXES = frozenset(
    {".mp4", ".m4v", ".mov", ".mkv", ".avi", ".webm", ".mpg", ".mpeg", ".ts"}
)
SPEEDS = (0.25, 16.0)
# The longest that a player waits between two frames of a file whose time stamps jump.
LONGEST_WAIT_S = 5.0
# What a file says of its length is no more exact; a little more or less is no damage.
TOLERANCE = 0.02


@dataclass(frozen=True)
class VideoFacts:
    """What a file says of itself; 0 where it does not. `frames` is an estimate."""

    fps: float
    frames: int

    @property
    def seconds(self) -> float:
        return self.frames / self.fps if self.fps else 0.0


def missing_frames(facts: VideoFacts, read: int, time: float) -> int:
    """Return about how many frames are missing behind the last one read, which is at `time`.

    0 where either the frames or the seconds are as many as the file says.
    """
    missing = facts.frames - read
    if not facts.fps or missing <= max(facts.frames * TOLERANCE, 2):
        return 0
    # Where the rate varies, the number promised is a guess; the length is none.
    short = facts.seconds - time - 1 / facts.fps
    return missing if short > max(facts.seconds * TOLERANCE, 2 / facts.fps) else 0


def open_video(path: Path) -> tuple[cv2.VideoCapture, VideoFacts]:
    """Open a video file.

    Raises UserError path-missing, path-unreadable or video-unknown.
    """
    try:
        # Windows says of a folder that it may not be opened.
        if path.is_dir():
            raise UserError("video-unknown", path=path)
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise UserError("path-missing", path=path) from error
    except OSError as error:
        raise UserError("path-unreadable", path=path, reason=error.strerror or error) from error
    # FFmpeg takes a leading word with a colon for a protocol; a whole path is none.
    capture = open_capture(str(path.resolve()), cv2.CAP_FFMPEG)
    if capture is None:
        raise UserError("video-unknown", path=path)
    fps = max(capture.get(cv2.CAP_PROP_FPS), 0.0)
    frames = max(int(capture.get(cv2.CAP_PROP_FRAME_COUNT)), 0)
    if shown := shown_seconds(path):
        frames = min(frames, round(shown * fps))
    return capture, VideoFacts(fps, frames)


def frames_of(path: Path) -> Iterator[tuple[float, Picture]]:
    """Yield every frame in order with its seconds from the start, RGB uint8 (H, W, 3).

    Raises UserError as open_video, and video-empty where there is no frame at all.
    """
    capture, facts = open_video(path)
    try:
        clock = FileClock(facts.fps)
        picture = read_rgb(capture)
        if picture is None:
            raise UserError("video-empty", path=path)
        while picture is not None:
            yield clock.tick(capture.get(cv2.CAP_PROP_POS_MSEC) / 1000), picture
            picture = read_rgb(capture)
    finally:
        capture.release()


class FileClock:
    """Seconds of each frame, never backwards: some files have no time stamps, or broken ones."""

    def __init__(self, fps: float) -> None:
        self._step = 1 / fps if fps > 0 else 1 / 25
        self.now = -self._step

    def tick(self, stamp: float) -> float:
        """Return the seconds of the frame whose time stamp is `stamp` seconds."""
        self.now = stamp if stamp > self.now else self.now + self._step
        return self.now

    def jump(self, seconds: float) -> None:
        self.now = seconds - self._step


class Playback:
    """What a person does to a playing video: pause, seek, speed. Safe from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = False
        self._speed = 1.0
        self._target: float | None = None
        self.changes = 0

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def speed(self) -> float:
        return self._speed

    def play(self) -> None:
        self._set(paused=False)

    def pause(self) -> None:
        self._set(paused=True)

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast, within SPEEDS."""
        self._set(speed=min(max(speed, SPEEDS[0]), SPEEDS[1]))

    def seek(self, seconds: float) -> None:
        """Go to this place; a paused video shows the frame there."""
        self._set(target=max(seconds, 0.0))

    def return_to(self, seconds: float) -> None:
        """Go to this place with the next opening, unless a person wants to go elsewhere."""
        with self._changed:
            self._target = seconds if self._target is None else self._target

    def take_target(self) -> float | None:
        """Return where to jump to, once."""
        with self._changed:
            target, self._target = self._target, None
            return target

    def wait(self, seen: int, seconds: float | None = None) -> None:
        """Wait until there are other `changes` than those seen, or for so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.changes != seen, seconds)

    def nudge(self) -> None:
        """End a wait without changing anything."""
        self._set()

    def _set(
        self,
        paused: bool | None = None,
        speed: float | None = None,
        target: float | None = None,
    ) -> None:
        with self._changed:
            self._paused = self._paused if paused is None else paused
            self._speed = self._speed if speed is None else speed
            self._target = self._target if target is None else target
            self.changes += 1
            self._changed.notify_all()


class VideoFeed:
    """A video file played at its own pace; `playback` takes a person's wishes."""

    kind: Kind = "video"

    def __init__(self, path: Path) -> None:
        """Raise UserError path-missing, path-unreadable or video-unknown."""
        self.name = str(path)
        self.path = path
        self.playback = Playback()
        capture, self.facts = open_video(path)
        capture.release()

    def open(self) -> VideoCapture:
        return VideoCapture(self)

    def resting(self) -> bool:
        return self.playback.paused


class VideoCapture:
    """A playing file: each frame comes when its time has come."""

    def __init__(self, feed: VideoFeed) -> None:
        self._feed = feed
        self._capture, self._facts = open_video(feed.path)
        self.fps = self._facts.fps
        self._clock = FileClock(self.fps)
        self._closed = False
        self._may_be_empty = True
        self._jumped = False
        self._restart()

    @property
    def position(self) -> float | None:
        return max(self._clock.now, 0.0)

    def read(self) -> Picture | None:
        """Wait for the next frame; None at the end.

        Raises UserError video-empty, or video-cut-off where the end comes too soon.
        """
        playback = self._feed.playback
        # Looked at first: a change that comes while the rest is looked at ends the wait below.
        seen = playback.changes
        jumped = self._jump(playback.take_target())
        while playback.paused and not jumped and not self._closed:
            playback.wait(seen)
            seen = playback.changes
            jumped = self._jump(playback.take_target())
            self._restart()
        picture = read_rgb(self._capture)
        if picture is None:
            if self._may_be_empty:
                raise UserError("video-empty", path=self._feed.path)
            self._check_end()
            return None
        self._may_be_empty = self._jumped = False
        self._clock.tick(self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
        self._wait_until_due(seen)
        return picture

    def interrupt(self) -> None:
        self._closed = True
        self._feed.playback.nudge()

    def close(self) -> None:
        self._capture.release()

    def _jump(self, target: float | None) -> bool:
        if target is None:
            return False
        self._capture.set(cv2.CAP_PROP_POS_MSEC, target * 1000)
        self._clock.jump(target)
        # Behind its last frame there is none.
        self._may_be_empty, self._jumped = False, True
        self._restart()
        return True

    def _check_end(self) -> None:
        """Raise UserError video-cut-off where the file ends too soon."""
        if self._jumped:
            # Where the rate varies, OpenCV jumps too far: that is not the file's end.
            return
        # OpenCV's number: frames that were jumped over count as read.
        read = int(self._capture.get(cv2.CAP_PROP_POS_FRAMES))
        if missing := missing_frames(self._facts, read, self._clock.now):
            raise UserError("video-cut-off", path=self._feed.path, number=missing)

    def _restart(self) -> None:
        """Count the time from the place where the file is now."""
        self._since = time.monotonic()
        self._from = max(self._clock.now, 0.0)
        self._speed = self._feed.playback.speed

    def _wait_until_due(self, seen: int) -> None:
        if self._feed.playback.speed != self._speed:
            self._restart()
        due = self._since + (self._clock.now - self._from) / self._speed
        wait = due - time.monotonic()
        if wait > LONGEST_WAIT_S or wait < -1:
            # The stamps jump, or the machine cannot keep up: go on from here.
            self._restart()
        elif wait > 0:
            self._feed.playback.wait(seen, wait)
