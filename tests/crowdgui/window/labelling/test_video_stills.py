"""Pictures out of a video, from the window: taken beside it, and opened to be marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from small_streams import write_video

Wait = Callable[[MainWindow], None]


def test_a_video_becomes_pictures_to_mark(
    window: MainWindow, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    video = write_video(tmp_path / "gate.mp4", frames=40)
    window.labelling.stills.take(video)
    qtbot.waitUntil(lambda: window.front == "label" and bool(window.page.session.entries))
    wait_idle(window)
    files = sorted((tmp_path / "gate-pictures").iterdir())
    assert len(files) == 30
    assert [entry.source.path for entry in window.page.session.entries] == list(map(str, files))
    qtbot.waitUntil(lambda: window.labelling.progress.text() == "0 of 30 pictures marked")


def test_what_is_no_video_is_said_and_opens_nothing(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "gate.mp4").write_bytes(b"no video")
    window.labelling.stills.take(tmp_path / "gate.mp4")
    qtbot.waitUntil(lambda: bool(window.notices.bars()))
    assert not window.page.session.entries
    assert not (tmp_path / "gate-pictures").exists()
