"""Webcams, at the seam: no virtual camera can be had here. Real ones were not tried."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import cv2_enumerate_cameras
import numpy as np
import pytest

from crowdgui.live import cameras
from crowdgui.live.cameras import Camera, CameraFeed, Wish, list_cameras
from models.errors import UserError


class Device:
    """What OpenCV gives for a camera; `after` reads it is unplugged."""

    def __init__(self, after: int = 1000, silent: int = 0) -> None:
        self.after = after
        self.silent = silent
        self.reads = 0
        self.released = False
        self.settings: dict[int, float] = {cv2.CAP_PROP_FPS: 30.0}

    def read(self) -> tuple[bool, Any]:
        self.reads += 1
        there = self.silent < self.reads <= self.after
        return there, np.full((48, 64, 3), (255, 0, 0), np.uint8) if there else None

    def set(self, key: int, value: float) -> bool:
        self.settings[key] = value
        return True

    def get(self, key: int) -> float:
        return self.settings.get(key, 0.0)

    def release(self) -> None:
        self.released = True


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [Camera(0, "HD Cam"), Camera(2, "Front Camera")]
    monkeypatch.setattr(cameras, "list_cameras", lambda: there)


def install(monkeypatch: pytest.MonkeyPatch, devices: dict[int, Device | None]) -> list[Any]:
    """Let each backend give its device; returns what was asked for."""
    asked: list[Any] = []

    def opened(index: int, backend: int, settings: Any = ()) -> Device | None:
        asked.append((index, backend))
        return devices.get(backend)

    monkeypatch.setattr(cameras, "open_capture", opened)
    monkeypatch.setattr(cameras, "_backends", lambda: (700, 1400))
    return asked


def list_by_backend(monkeypatch: pytest.MonkeyPatch, listed: dict[int, list[Camera]]) -> None:
    """Let each backend list cameras in its own order."""

    def found(backend: int) -> list[Any]:
        info = cv2_enumerate_cameras.CameraInfo
        return [info(c.index, c.name, c.path, None, None, backend) for c in listed[backend]]

    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", found)


def test_backends_are_tried_in_turn(monkeypatch: pytest.MonkeyPatch, two: None) -> None:
    monkeypatch.setattr(cameras, "FIRST_PICTURE_S", 1.0)
    list_by_backend(monkeypatch, {1400: [Camera(5, "Front Camera")]})
    dead, good = Device(after=0), Device(silent=1)
    asked = install(monkeypatch, {700: dead, 1400: good})
    capture = CameraFeed("camera:2?size=1280x720&fps=15").open()
    assert asked == [(2, 700), (5, 1400)]
    assert dead.released
    assert capture.fps == 15
    assert good.settings[cv2.CAP_PROP_FRAME_WIDTH] == 1280
    # OpenCV's blue is the first channel; here pictures are RGB.
    assert capture.read()[0, 0].tolist() == [0, 0, 255]
    good.after = 0
    with pytest.raises(UserError, match="Front Camera was lost"):
        capture.read()
    capture.close()
    assert good.released


def test_a_camera_that_another_program_holds(monkeypatch: pytest.MonkeyPatch, two: None) -> None:
    install(monkeypatch, {})
    list_by_backend(monkeypatch, {1400: []})
    with pytest.raises(UserError, match="HD Cam gives no picture") as caught:
        CameraFeed("camera:hd").open()
    assert caught.value.code == "camera-busy"


SHOWN, FOUND = (f"#{{{kind}}}\\global" for kind in ("65e8773d", "e5323777"))


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        # The same device, at another place of the list.
        (["usb#A", "usb#B"], ["usb#B", "usb#A"], 1),
        # Of the same make, and it is not there.
        (["usb#A", "usb#B"], ["usb#B"], None),
        # By their names, where one has no path.
        (["", "usb#B"], ["swd#A"], 0),
        (["", "usb#B"], ["swd#A", "swd#C"], None),
    ],
)
def test_another_backend_opens_the_same_camera_or_none(
    monkeypatch: pytest.MonkeyPatch, first: list[str], second: list[str], wanted: int | None
) -> None:
    list_by_backend(
        monkeypatch,
        {
            700: [Camera(i, "Cam", path and path + SHOWN) for i, path in enumerate(first)],
            1400: [Camera(i, "Cam", path.lower() + FOUND) for i, path in enumerate(second)],
        },
    )
    asked = install(monkeypatch, {})
    monkeypatch.setattr(cameras, "sys", SimpleNamespace(platform="win32"))
    with pytest.raises(UserError) as caught:
        CameraFeed("camera:0").open()
    assert caught.value.code == "camera-busy"
    assert asked == [(0, 700)] + ([] if wanted is None else [(wanted, 1400)])


def test_a_number_is_tried_where_nothing_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    list_by_backend(monkeypatch, {700: [], 1400: []})
    asked = install(monkeypatch, {})
    monkeypatch.setattr(cameras, "sys", SimpleNamespace(platform="win32"))
    with pytest.raises(UserError):
        CameraFeed("camera:3").open()
    assert asked == [(3, 700), (3, 1400)]


@pytest.mark.parametrize("word", ["camera:1", "camera:", "camera:back", "camera:cam"])
def test_a_camera_that_is_not_there_or_not_one(word: str, two: None) -> None:
    with pytest.raises(UserError) as caught:
        CameraFeed(word).open()
    assert caught.value.code == "camera-unknown"
    assert "0 (HD Cam), 2 (Front Camera)" in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="devices are files on Linux alone")
def test_a_camera_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [Camera(0, "HD Cam", "/dev/video-not-there")]
    monkeypatch.setattr(cameras, "list_cameras", lambda: there)
    with pytest.raises(UserError, match="usermod -aG video") as caught:
        CameraFeed("camera:0").open()
    assert caught.value.code == "camera-permission"


def test_wishes(two: None) -> None:
    assert CameraFeed("camera:0").wish == Wish()
    assert CameraFeed("camera:0?size=640x480").wish == Wish(640, 480)
    assert CameraFeed("camera:0?fps=12.5").wish == Wish(fps=12.5)
    for wrong in ("camera:0?size=big", "camera:0?fps=fast", "camera:0?colour=red"):
        with pytest.raises(UserError, match="a camera's wish looks like"):
            CameraFeed(wrong)


def test_cameras_are_listed_by_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    info = cv2_enumerate_cameras.CameraInfo
    found = [info(3, "B", "/dev/video3", None, None, 200), info(1, None, None, None, None, 200)]
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda _backend: found)
    assert list_cameras() == [Camera(1, "Camera 1"), Camera(3, "B", "/dev/video3")]


def test_listing_works_on_this_machine() -> None:
    assert isinstance(list_cameras(), list)


def test_opencv_is_told_what_it_must_know_before_it_is_imported() -> None:
    """Whatever of the program comes first."""
    names = ("OPENCV_FFMPEG_LOGLEVEL", "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    code = f"""
import os, sys
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "cv2":
            print([os.environ.get(name) for name in {names!r}])
sys.meta_path.insert(0, Watch())
import crowdgui.live.cameras
"""
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert said.splitlines()[0] == "['-8', '0']"
