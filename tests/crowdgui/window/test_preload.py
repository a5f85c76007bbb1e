"""Pages are imported while the person rests, one by one."""

from __future__ import annotations

from importlib import import_module

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from crowdgui.window import preload
from crowdgui.window.actions import Actions
from crowdgui.window.main_window import MainWindow


def test_pages_are_imported_one_by_one_while_the_person_rests(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[tuple[str, str]] = []
    rests = [False]

    def importing(name: str) -> object:
        imported.append((name, QThread.currentThread().objectName()))
        rests[0] = False
        return import_module(name)

    monkeypatch.setattr(preload, "import_module", importing)
    monkeypatch.setattr(preload, "LOOK_MS", 1)
    owner = QObject()
    preload.Preload(window.desk, lambda: rests[0], owner)
    qtbot.wait(30)
    assert imported == []
    for number, name in enumerate(preload.PRELOADED):
        rests[0] = True
        qtbot.waitUntil(lambda number=number: len(imported) > number)
        qtbot.wait(20)
        assert imported[number:] == [(name, "files")]


def test_who_waits_or_is_asked_does_not_rest(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: not window.page.session.busy and not window.desk.bench.works)
    assert not window.is_resting()
    monkeypatch.setattr(Actions, "rested_s", lambda _self: 60.0)
    assert window.is_resting()
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    qtbot.waitUntil(lambda: not window.is_resting())
    dialog.close()
    qtbot.waitUntil(window.is_resting)


def test_an_action_ends_the_rest(window: MainWindow) -> None:
    window.actions_._called -= 60
    assert window.actions_.rested_s() > 59
    window.actions_["theme-dark"].trigger()
    assert window.actions_.rested_s() < 59
