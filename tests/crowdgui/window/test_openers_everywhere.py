"""What opens something can be used on every page, and brings its own to the front."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crowdgui.window import dialogs, states
from crowdgui.window.action_table import ROWS
from crowdgui.window.live.address_dialog import AddressDialog
from crowdgui.window.main_window import MainWindow

OPENERS = {row.id: row.opens for row in ROWS if row.opens}


def test_these_open_something() -> None:
    assert OPENERS == {
        "live-camera": "live", "live-video": "live", "live-address": "live", "live-demo": "live",
        "train-data": "train", "import-model": "models", "fleet-connect": "fleet",
        "choose-data": "evaluate", "label-video": "label",
    }  # fmt: skip


def test_they_can_be_used_on_the_first_page_and_what_works_on_something_cannot(
    window: MainWindow,
) -> None:
    for name in OPENERS:
        assert window.actions_[name].isEnabled(), name
    for name in ("live-zones", "train-start", "fleet-disconnect", "evaluate", "remove-model"):
        assert not window.actions_[name].isEnabled(), name


def test_an_address_is_asked_for_by_its_key_on_another_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.findChildren(AddressDialog)))
    assert window.front == "live"
    (dialog,) = window.findChildren(AddressDialog)
    dialog.reject()
    QApplication.processEvents()


@pytest.mark.parametrize(
    "name", ["train-data", "import-model", "live-video", "choose-data", "label-video"]
)
def test_a_file_is_asked_for_on_its_page(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked: list[str] = []
    for function in ("ask_for_folder", "ask_for_files"):
        monkeypatch.setattr(dialogs, function, lambda *_a, **_k: asked.append(window.front))
    window.actions_[name].trigger()
    qtbot.waitUntil(lambda: asked == [OPENERS[name]])


def test_a_broker_is_asked_for_on_its_page(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["fleet-connect"].trigger()
    qtbot.waitUntil(lambda: window.front == "fleet")
    assert window.fleet.connection.state == "off"


def test_their_page_may_say_that_they_cannot(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(dialogs, "ask_for_folder", lambda *_a: asked.append(Path()))
    # Nobody knows before the page is made.
    page = window.training
    monkeypatch.setattr(page, "action_states", lambda: {"train-data": False})
    window.actions_["train-data"].trigger()
    qtbot.waitUntil(lambda: window.front == "train")
    assert not asked
    window.show_page("count")
    assert not window.actions_["train-data"].isEnabled()


def test_a_program_that_does_not_train_has_no_training_data(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "PAGE_IDS", ("count", "live"))
    window.render_session()
    assert not window.actions_["train-data"].isEnabled()
    assert window.actions_["live-camera"].isEnabled()
