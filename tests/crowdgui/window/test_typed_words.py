"""Mistyped addresses: the password in them is neither kept nor shown."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.settings import settings_text
from crowdgui.window.typed_words import is_mistyped, whole

MISTYPED = (
    "rtsp:/admin:S3cret@10.0.0.5/s",
    "admin:S3cret@10.0.0.5/s",
    "rtsp:/admin:S3cret@10.0.0.5/s.mp4",
)


@pytest.mark.parametrize("word", MISTYPED)
def test_no_password_is_kept_said_or_logged(
    window: MainWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture, word: str
) -> None:
    with caplog.at_level(logging.INFO, "crowdgui"):
        window.open_words([word])
        qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=60_000)
    said = window.notices.bars()[0].notice.text()
    assert "***" in said
    assert window.settings.recent == []
    for text in (said, caplog.text, settings_text(window.settings)):
        assert "S3cret" not in text


@pytest.mark.parametrize("word", MISTYPED)
def test_mistyped_words_stay_as_they_are(word: str) -> None:
    assert is_mistyped(word)
    assert whole(word) == word


@pytest.mark.parametrize(
    "word", ["", "demo:", "camera:Cam: 1@2", "rtsp://admin:S3cret@host/s", "a@b.png", "a:b.png"]
)
def test_other_words_are_not_mistyped(word: str) -> None:
    assert not is_mistyped(word)


@pytest.mark.skipif(sys.platform == "win32", reason="no file is called so there")
def test_a_file_that_is_called_like_an_address_is_opened_and_kept(
    window: MainWindow,
    grey: Callable[..., str],
    wait_idle: Callable[[MainWindow], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = Path(grey(30, "admin:b@c.png"))
    monkeypatch.chdir(path.parent)
    window.open_words([path.name])
    wait_idle(window)
    assert [entry.source.path for entry in window.page.session.entries] == [str(path)]
    assert json.loads(settings_text(window.settings))["recent"] == [str(path)]
