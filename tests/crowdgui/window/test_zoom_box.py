"""The zoom in the status bar: told, typed, chosen, and out of the way otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.viewing.picture_view import LARGEST_ZOOM

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def opened(window: MainWindow, grey: Grey, wait_idle: Wait) -> MainWindow:
    """A window with a picture of 320 x 240."""
    window.open_words([grey(10)])
    wait_idle(window)
    window.activateWindow()
    window.page.view.setFocus()
    return window


def type_zoom(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.actions_["zoom-to"].trigger()
    qtbot.keyClicks(window.status.zoom, text)
    qtbot.keyClick(window.status.zoom, RETURN)


def focused(window: MainWindow) -> object:
    return QApplication.focusWidget() or window.focusWidget()


@pytest.mark.parametrize(
    ("typed", "zoom"), [("50", 0.5), ("150 %", 1.5), ("1,200%", 12), (" 62.5 ", 0.625)]
)
def test_a_zoom_is_typed(opened: MainWindow, qtbot: QtBot, typed: str, zoom: float) -> None:
    view, box = opened.page.view, opened.status.zoom
    type_zoom(qtbot, opened, typed)
    assert view.zoom() == pytest.approx(zoom)
    assert box.text() == f"{zoom * 100:,.0f} %"
    assert focused(opened) is view


@pytest.mark.parametrize("typed", ["much", "-50", "0", "%", "1e3", "nan", "5 0"])
def test_what_is_no_percentage_is_put_back(opened: MainWindow, qtbot: QtBot, typed: str) -> None:
    box, before = opened.status.zoom, opened.page.view.zoom()
    told = box.text()
    type_zoom(qtbot, opened, typed)
    assert opened.page.view.zoom() == before
    assert opened.page.view.is_fitting()
    assert box.text() == told
    # It can be typed anew at once.
    assert focused(opened) is box
    assert box.selectedText() == told


def test_a_zoom_too_large_is_the_largest(opened: MainWindow, qtbot: QtBot) -> None:
    type_zoom(qtbot, opened, "9" * 400)
    assert opened.page.view.zoom() == LARGEST_ZOOM
    assert opened.status.zoom.text() == "3,200 %"


def test_esc_leaves_the_zoom_and_nothing_else(opened: MainWindow, qtbot: QtBot) -> None:
    box = opened.status.zoom
    opened.actions_["polygon"].trigger()
    told = box.text()
    opened.actions_["zoom-to"].trigger()
    qtbot.keyClicks(box, "77")
    qtbot.keyClick(box, ESCAPE)
    assert box.text() == told
    assert focused(opened) is opened.page.view
    assert opened.page.view.tool.mode == "polygon"


def test_letters_are_keys_until_the_zoom_is_typed(opened: MainWindow, qtbot: QtBot) -> None:
    box = opened.status.zoom
    qtbot.keyClick(opened, Qt.Key.Key_D)
    assert not opened.settings.overlay
    opened.actions_["zoom-to"].trigger()
    qtbot.keyClicks(box, "d1")
    assert box.text() == "d1"
    assert not opened.settings.overlay
    assert opened.page.view.is_fitting()


def test_what_is_typed_outlasts_a_wheel_but_not_another_place(
    opened: MainWindow, qtbot: QtBot
) -> None:
    box, view = opened.status.zoom, opened.page.view
    opened.actions_["zoom-to"].trigger()
    qtbot.keyClicks(box, "64")
    view.zoom_by(2)
    assert box.text() == "64"
    view.setFocus()
    assert box.text() == f"{view.zoom() * 100:,.0f} %"


def test_a_usual_zoom_is_chosen(opened: MainWindow) -> None:
    box, view = opened.status.zoom, opened.page.view
    usual = {action.text(): action for action in box.menu.actions()}
    usual["200 %"].trigger()
    assert view.zoom() == pytest.approx(2)
    assert box.text() == "200 %"
    usual["Fit to window"].trigger()
    assert view.is_fitting()


def test_the_arrow_opens_the_usual_zooms_and_leaves_the_keys(
    opened: MainWindow, qtbot: QtBot
) -> None:
    box = opened.status.zoom
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(box.hasSelectedText)
    (arrow,) = box.findChildren(QToolButton)
    qtbot.mouseClick(arrow, Qt.MouseButton.LeftButton)
    assert box.menu.isVisible()
    box.menu.close()
    QApplication.processEvents()
    assert focused(opened) is opened.page.view
    assert not box.hasSelectedText()


def test_down_opens_the_usual_zooms(opened: MainWindow, qtbot: QtBot) -> None:
    box = opened.status.zoom
    opened.actions_["zoom-to"].trigger()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.menu.isVisible()
    box.menu.close()


def test_the_zoom_is_there_where_something_zooms(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    box = window.status.zoom
    assert not box.isVisible()
    window.open_words([grey(10)])
    wait_idle(window)
    assert box.isVisible()
    window.show_page("compare")
    assert box.isVisible()
    type_zoom(qtbot, window, "300")
    panels = window.pages["compare"].panels.values()
    assert {round(panel.view.zoom(), 3) for panel in panels} == {3}
    window.show_page("models")
    assert not box.isVisible()
    assert not window.actions_["zoom-to"].isEnabled()


def test_the_zoom_speaks_the_language_of_the_window(window: MainWindow) -> None:
    window.choose_language("ko")
    QApplication.processEvents()
    assert window.status.zoom.menu.actions()[0].text() == "창에 맞춤"
    assert window.status.zoom.accessibleName() != "Zoom"
