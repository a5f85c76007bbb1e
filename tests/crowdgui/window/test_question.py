"""Questions: only the answer that was asked for does anything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.question import ask


@pytest.mark.parametrize("no", ["", "Keep open"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys_that_one_presses_without_reading_do_nothing(
    qtbot: QtBot, no: str, key: Qt.Key
) -> None:
    parent, done = QWidget(), list[str]()
    qtbot.addWidget(parent)
    parent.show()
    ask(parent, "Close", "Lose it?", yes="Lose", no=no, then=lambda: done.append("lost"))
    box = parent.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    qtbot.waitExposed(box)
    qtbot.keyClick(box.defaultButton() if key == Qt.Key.Key_Return else box, key)
    qtbot.waitUntil(lambda: parent.findChild(QMessageBox) is None)
    assert done == []


def test_the_answer_is_done(qtbot: QtBot) -> None:
    parent, done = QWidget(), list[str]()
    qtbot.addWidget(parent)
    ask(parent, "Close", "Lose it?", yes="Lose", then=lambda: done.append("lost"))
    box = parent.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == "Lose").click()
    assert done == ["lost"]
    qtbot.waitUntil(lambda: parent.findChild(QMessageBox) is None)


def test_the_text_is_as_wide_as_it_needs(window: MainWindow) -> None:
    ask(window, "Close", "word " * 12, yes="Lose", then=lambda: None)
    label = window.findChild(QLabel, "qt_msgbox_label")
    assert isinstance(label, QLabel)
    label.ensurePolished()
    # Where the screen lets it have one line, a least width would be all the box has.
    assert not label.minimumWidth()
