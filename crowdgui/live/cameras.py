"""Webcams: which there are, and opening one with the size and speed that are wished for."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

import cv2

from crowdgui.live.capture import can_be_named, open_capture, read_rgb
from crowdgui.live.credentials import mask
from crowdgui.live.feed import Kind, Picture
from models.errors import UserError
from models.reasons import Reason

PREFIX = "camera:"
# The order in which OpenCV's backends are tried.
BACKENDS: dict[str, tuple[int, ...]] = {
    "win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF),
    "darwin": (cv2.CAP_AVFOUNDATION,),
    "linux": (cv2.CAP_V4L2,),
}
# A camera gives nothing for a moment after it was opened.
FIRST_PICTURE_S = 4.0


@dataclass(frozen=True)
class Camera:
    """A camera of this machine; `index` is what OpenCV calls it with the first backend."""

    index: int
    name: str
    path: str = ""


@dataclass(frozen=True)
class Wish:
    """What a camera should give; 0 leaves it to the camera, which gives what it can."""

    width: int = 0
    height: int = 0
    fps: float = 0.0


def list_cameras() -> list[Camera]:
    """Return the cameras that are plugged in now, by index. Call it again to see changes."""
    return _cameras_of(_backends()[0])


def _cameras_of(backend: int) -> list[Camera]:
    from cv2_enumerate_cameras import enumerate_cameras

    try:
        found = enumerate_cameras(backend)
    except OSError:
        # One that is being unplugged breaks the listing; the next one finds the others.
        return []
    cameras = {
        info.index: Camera(info.index, str(info.name or f"Camera {info.index}"), info.path or "")
        for info in found
    }
    return [cameras[index] for index in sorted(cameras)]


class CameraFeed:
    """camera:N or camera:NAME, with a wish: camera:0?size=1280x720&fps=30."""

    kind: Kind = "camera"

    def __init__(self, word: str) -> None:
        """Raise UserError setting-invalid for a wish that cannot be read, or for no UTF-8."""
        # It may be an address that was meant.
        self.name = mask(word)
        if not can_be_named(word):
            reason = Reason("no-text")
            raise UserError("setting-invalid", name="camera", value=self.name, reason=reason)
        called, _, wish = word.removeprefix(PREFIX).partition("?")
        self.called = called.strip()
        self.wish = _read_wish(word, wish)

    def open(self) -> CameraCapture:
        """Try the system's backends in turn.

        Raises UserError camera-unknown, camera-permission or camera-busy.
        """
        camera = self._find()
        if camera.path.startswith("/dev/") and not os.access(camera.path, os.R_OK | os.W_OK):
            raise UserError("camera-permission", camera=camera.name, hint=_permission_hint())
        for backend, index in _ways_to(camera):
            capture = open_capture(index, backend)
            if capture is None:
                continue
            _apply(self.wish, capture)
            opened = CameraCapture(capture, camera.name)
            if opened.wait_for_first():
                return opened
            opened.close()
        raise UserError("camera-busy", camera=camera.name, hint=_permission_hint())

    def resting(self) -> bool:
        return False

    def _find(self) -> Camera:
        cameras = list_cameras()
        if self.called.isdecimal():
            index = int(self.called)
            there = [camera for camera in cameras if camera.index == index]
            # Where none can be listed, the number is tried all the same.
            found = there or ([] if cameras or sys.platform == "linux" else [Camera(index, "")])
        else:
            wanted = self.called.casefold()
            same = [camera for camera in cameras if camera.name.casefold() == wanted]
            found = same or [c for c in cameras if wanted and wanted in c.name.casefold()]
        if len(found) != 1:
            names = ", ".join(f"{camera.index} ({camera.name})" for camera in cameras) or "none"
            raise UserError("camera-unknown", camera=mask(self.called), cameras=names)
        return found[0]


class CameraCapture:
    """An open camera; `fps` is what it promises."""

    position = None

    def __init__(self, capture: cv2.VideoCapture, name: str) -> None:
        self._capture = capture
        self._name = name
        self._first: Picture | None = None
        self.fps = max(capture.get(cv2.CAP_PROP_FPS), 0.0)

    def wait_for_first(self) -> bool:
        """Whether a picture really comes: another program may hold a camera that opens."""
        until = time.monotonic() + FIRST_PICTURE_S
        while self._first is None and time.monotonic() < until:
            self._first = read_rgb(self._capture)
            if self._first is None:
                # No call of OpenCV waits for a camera that has nothing to say yet.
                time.sleep(0.05)
        return self._first is not None

    def read(self) -> Picture:
        picture, self._first = self._first, None
        if picture is None:
            picture = read_rgb(self._capture)
        if picture is None:
            raise UserError("camera-lost", camera=self._name)
        return picture

    def interrupt(self) -> None:
        """A read ends by its own time limit."""

    def close(self) -> None:
        self._capture.release()


def _backends() -> tuple[int, ...]:
    return BACKENDS.get(sys.platform, (cv2.CAP_ANY,))


def _ways_to(camera: Camera) -> Iterator[tuple[int, int]]:
    """Yield backends in turn, each with the number that it gives this camera."""
    first, *others = _backends()
    yield first, camera.index
    for backend in others:
        if (index := _index_with(backend, camera)) is not None:
            yield backend, index
    # Windows' others count the cameras in orders of their own.
    if sys.platform != "win32":
        yield cv2.CAP_ANY, camera.index


def _index_with(backend: int, camera: Camera) -> int | None:
    if not camera.name:
        # It was not listed: the number is all that is known.
        return camera.index
    there = _cameras_of(backend)
    same = [one for one in there if one.path and _device(one.path) == _device(camera.path)]
    # One whose path is another is another camera of the same make.
    same = same or [
        one for one in there if one.name == camera.name and not (one.path and camera.path)
    ]
    return same[0].index if len(same) == 1 else None


def _device(path: str) -> str:
    r"""Return what the paths of a device share: \\?\usb#...#{INTERFACE}\global, without the end."""
    return path.casefold().partition("#{")[0]


def _apply(wish: Wish, capture: cv2.VideoCapture) -> None:
    if wish.width and wish.height:
        # Most webcams give their larger sizes at full speed as JPEG alone.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, wish.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wish.height)
    if wish.fps:
        capture.set(cv2.CAP_PROP_FPS, wish.fps)


def _read_wish(word: str, text: str) -> Wish:
    reason = "a camera's wish looks like camera:0?size=1280x720&fps=30"
    fields = dict(parse_qsl(text, keep_blank_values=True))
    size = re.fullmatch(r"(\d{2,5})x(\d{2,5})", fields.pop("size", "") or "00x00")
    fps = re.fullmatch(r"\d{1,3}(\.\d+)?", fields.pop("fps", "") or "0")
    if size is None or fps is None or fields:
        raise UserError("setting-invalid", name="camera", value=mask(word), reason=reason)
    return Wish(int(size[1]), int(size[2]), float(fps[0]))


def _permission_hint() -> str:
    """Return where this system grants programs the camera."""
    if sys.platform == "win32":
        return "Settings > Privacy & security > Camera"
    if sys.platform == "darwin":
        return "System Settings > Privacy & Security > Camera"
    return "sudo usermod -aG video $USER, then log in again"
