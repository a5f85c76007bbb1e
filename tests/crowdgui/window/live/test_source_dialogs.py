"""Choosing a camera that may be busy, gone or slow."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from crowdgui.live import cameras
from crowdgui.live.cameras import Camera
from crowdgui.live.feed import Picture
from crowdgui.window.live import camera_dialog, camera_still
from crowdgui.window.live.camera_dialog import CameraDialog
from crowdgui.window.main_window import MainWindow
from models.errors import UserError

LIMIT_MS = 30_000
OK = QDialogButtonBox.StandardButton.Ok


class FakeCameras:
    """Two cameras that are plugged in; what is done with them is noted, by their words."""

    def __init__(self) -> None:
        self.found = [Camera(0, "Front"), Camera(2, "Door? left")]
        self.threads: list[str] = []
        self.opened: list[str] = []
        self.open: list[str] = []
        self.errors: dict[str, Exception] = {}
        self.broken: Exception | None = None
        self.read = 0
        self.gate = threading.Event()
        self.gate.set()

    def listed(self) -> list[Camera]:
        self.threads.append(QThread.currentThread().objectName())
        return list(self.found)

    def feed(self, word: str) -> FakeFeed:
        return FakeFeed(self, word)


class FakeFeed:
    """A camera of 640 × 360 pixels that grow lighter from picture to picture."""

    fps = 30.0
    position = None

    def __init__(self, all_: FakeCameras, word: str) -> None:
        self._all, self._word = all_, word

    def open(self) -> FakeFeed:
        self._all.threads.append(QThread.currentThread().objectName())
        self._all.opened.append(self._word)
        assert self._all.gate.wait(20)
        if self._word in self._all.errors:
            raise self._all.errors[self._word]
        self._all.open.append(self._word)
        return self

    def read(self) -> Picture:
        # The camera's own pace: its reader would turn without a pause, and nobody else would.
        time.sleep(0.01)
        self._all.read += 1
        if self._all.broken is not None:
            raise self._all.broken
        return np.full((360, 640, 3), min(100 + self._all.read, 255), np.uint8)

    def close(self) -> None:
        self._all.open.remove(self._word)


@pytest.fixture
def fake_cameras(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCameras]:
    """Cameras that nobody plugged in; all must be let go in the end."""
    fake = FakeCameras()
    monkeypatch.setattr(cameras, "list_cameras", fake.listed)
    monkeypatch.setattr(cameras, "CameraFeed", fake.feed)
    monkeypatch.setattr(camera_still, "REFRESH_S", 0.1)
    monkeypatch.setattr(camera_still, "RETRY_MS", 100)
    yield fake
    fake.gate.set()


def camera_dialog_of(window: MainWindow) -> CameraDialog:
    window.show_page("live")
    window.actions_["live-camera"].trigger()
    (dialog,) = window.findChildren(CameraDialog)
    return dialog


def wait_for_still(dialog: CameraDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.still.pixmap().isNull(), timeout=LIMIT_MS)


def test_cameras_come_and_go_in_the_list(
    window: MainWindow, qtbot: QtBot, fake_cameras: FakeCameras
) -> None:
    found = fake_cameras.found
    dialog = camera_dialog_of(window)
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=LIMIT_MS)
    assert fake_cameras.threads[0] == "opening"
    assert dialog.word() == "camera:0"
    dialog.list.setCurrentRow(1)
    dialog.size_.setCurrentIndex(dialog.size_.findData("1280x720"))
    dialog.rate.setCurrentIndex(dialog.rate.findData("30"))
    assert dialog.word() == "camera:2?size=1280x720&fps=30"
    # The chosen one stays chosen when another is unplugged.
    del found[0]
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=LIMIT_MS)
    assert dialog.word().startswith("camera:2?")
    found.clear()
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.list.count() == 0, timeout=LIMIT_MS)
    assert not dialog.none.isHidden()
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()


def test_the_chosen_camera_is_shown_and_no_other_is_opened(
    window: MainWindow, qtbot: QtBot, fake_cameras: FakeCameras
) -> None:
    dialog = camera_dialog_of(window)
    wait_for_still(dialog, qtbot)
    assert fake_cameras.opened == ["camera:0"]
    assert set(fake_cameras.threads) == {"opening", "camera stills"}
    still = dialog.still
    assert (still.pixmap().width(), still.pixmap().height()) == (240, 135)
    assert still.accessibleName() == "Preview of Front"
    first = still.pixmap().toImage().pixelColor(0, 0).red()
    qtbot.waitUntil(
        lambda: still.pixmap().toImage().pixelColor(0, 0).red() > first, timeout=LIMIT_MS
    )
    # Other cameras beside it do not disturb it.
    fake_cameras.found.append(Camera(4, "New"))
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.list.count() == 3, timeout=LIMIT_MS)
    assert fake_cameras.opened == ["camera:0"]
    dialog.list.setCurrentRow(1)
    assert still.pixmap().isNull()
    wait_for_still(dialog, qtbot)
    assert fake_cameras.open == ["camera:2"]
    assert fake_cameras.opened == ["camera:0", "camera:2"]
    dialog.close()
    qtbot.waitUntil(lambda: not fake_cameras.open, timeout=LIMIT_MS)


def test_a_camera_that_may_not_be_used_says_why_in_place_of_its_still(
    window: MainWindow, qtbot: QtBot, fake_cameras: FakeCameras
) -> None:
    fake_cameras.errors["camera:0"] = UserError(
        "camera-permission", camera="Front", hint="the settings"
    )
    dialog = camera_dialog_of(window)
    still = dialog.still
    said = "This program may not use the camera Front. Permit it: the settings."
    qtbot.waitUntil(lambda: still.text() == said, timeout=LIMIT_MS)
    assert dialog.buttons.button(OK).isEnabled()
    # It is tried again by itself, and shown once it is permitted.
    fake_cameras.errors.clear()
    wait_for_still(dialog, qtbot)
    # One that breaks while it is shown is let go.
    fake_cameras.errors["camera:0"] = fake_cameras.broken = ValueError("broken")
    qtbot.waitUntil(lambda: still.text() == "This camera cannot be shown.", timeout=LIMIT_MS)
    assert not fake_cameras.open
    dialog.reject()


def test_a_camera_is_let_go_before_it_is_opened(
    window: MainWindow, qtbot: QtBot, fake_cameras: FakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[str, list[str]]] = []
    dialog = camera_dialog_of(window)
    dialog.chosen.disconnect()
    dialog.chosen.connect(lambda word: begun.append((word, list(fake_cameras.open))))
    wait_for_still(dialog, qtbot)
    assert fake_cameras.open == ["camera:0"]
    dialog.accept()
    qtbot.waitUntil(lambda: bool(begun), timeout=LIMIT_MS)
    assert begun == [("camera:0", [])]
    qtbot.waitUntil(lambda: not window.findChildren(CameraDialog), timeout=LIMIT_MS)
    # One that hangs is not waited for for ever.
    fake_cameras.gate.clear()
    dialog = camera_dialog_of(window)
    dialog.chosen.disconnect()
    dialog.chosen.connect(lambda word: begun.append((word, ["hangs"])))
    qtbot.waitUntil(lambda: len(fake_cameras.opened) == 2, timeout=LIMIT_MS)
    monkeypatch.setattr(camera_dialog, "RELEASE_MS", 50)
    dialog.accept()
    assert len(begun) == 1
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: len(begun) == 2, timeout=LIMIT_MS)


def test_a_camera_that_hangs_can_be_left_by_cancel(
    window: MainWindow, qtbot: QtBot, fake_cameras: FakeCameras
) -> None:
    fake_cameras.gate.clear()
    begun: list[str] = []
    dialog = camera_dialog_of(window)
    dialog.chosen.disconnect()
    dialog.chosen.connect(begun.append)
    qtbot.waitUntil(lambda: bool(fake_cameras.opened), timeout=LIMIT_MS)
    dialog.accept()
    dialog.reject()
    qtbot.waitUntil(lambda: not window.findChildren(CameraDialog), timeout=LIMIT_MS)
    fake_cameras.gate.set()
    # It opens after all, and is let go at once.
    qtbot.waitUntil(lambda: not window.live.hub.stills.works, timeout=LIMIT_MS)
    assert fake_cameras.open == []
    assert begun == []


def test_a_camera_that_is_counted_is_not_opened_again(
    window: MainWindow, qtbot: QtBot, fake_cameras: FakeCameras
) -> None:
    hub = window.live.hub
    dialog = CameraDialog(hub.openers, hub.stills, ["camera:0?fps=30"], window)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=LIMIT_MS)
    assert dialog.still.text() == "This camera is open already."
    dialog.list.setCurrentRow(1)
    wait_for_still(dialog, qtbot)
    assert fake_cameras.opened == ["camera:2"]
    dialog.reject()


def test_a_camera_that_is_not_there_is_tried_again_and_said_why(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cameras, "list_cameras", list)
    window.open_words(["camera:7"])
    assert window.front == "live"
    page = window.live
    qtbot.waitUntil(lambda: "Reconnecting" in page.figures.state.text(), timeout=LIMIT_MS)
    assert "7" in page.figures.problem.text()
    assert page.figures.problem.text() in page.live_view.message
    assert page.figures.count.text() == "–"


def test_dialogs_leave_nothing_behind(
    window: MainWindow, qtbot: QtBot, fake_cameras: FakeCameras
) -> None:
    window.show_page("live")
    for name in ("live-camera", "live-address", "live-video"):
        window.actions_[name].trigger()
        for dialog in window.findChildren(QDialog):
            dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(QDialog), timeout=LIMIT_MS)
    assert QApplication.activeModalWidget() is None
    qtbot.waitUntil(lambda: not window.live.hub.stills.works, timeout=LIMIT_MS)
    assert not fake_cameras.open
