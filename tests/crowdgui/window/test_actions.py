"""Every action works, and every widget that takes the focus says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from crowdgui.window.action_table import MENUS, RECENT, ROWS
from crowdgui.window.actions_dialog import ActionsDialog
from crowdgui.window.main_window import MainWindow
from crowdgui.window.pages import PAGES, SEPARATOR
from crowdgui.window.theme import ICONS, current_scheme

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


def finish_dialogs(window: MainWindow) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
@pytest.mark.parametrize("opened", [False, True], ids=["empty", "opened"])
def test_action_triggers(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, row: object, opened: bool
) -> None:
    """pytest-qt fails a test in whose slots an exception was raised."""
    if opened:
        window.open_words([grey(10), grey(20), grey(30)])
        wait_idle(window)
        window.page.step(1)
    wait_idle(window)
    action = window.actions_[row.id]
    action.setEnabled(True)
    with qtbot.waitSignal(action.triggered):
        action.trigger()
    finish_dialogs(window)
    if row.id != "quit":
        wait_idle(window)


def listed(items: tuple) -> list[str]:
    """Return the actions of a menu with those of the menus in it."""
    found: list[str] = []
    for item in items:
        found += listed(item[1]) if isinstance(item, tuple) else [item]
    return [name for name in found if name not in (SEPARATOR, RECENT)]


def test_every_action_is_in_one_menu() -> None:
    names = [name for _title, items in MENUS for name in listed(items)]
    assert sorted(names) == sorted(row.id for row in ROWS)
    in_toolbars = {name for page in PAGES for name in page.toolbar}
    assert in_toolbars - {SEPARATOR} <= {row.id for row in ROWS if row.icon}


def test_no_shortcut_stands_twice_on_a_page() -> None:
    for page in PAGES:
        rows = [row for row in ROWS if not row.pages or page.id in row.pages]
        keys = [key for row in rows for key in row.shortcuts]
        assert len(keys) == len(set(keys)), page.id


def test_shortcut_works(window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    assert window.page.view._density.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_D)
    assert not window.page.view._density.isVisible()
    assert not window.page.controls.density.isChecked()
    assert not window.actions_["density"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "10.0"


def test_the_zoom_is_told(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    window.actions_["actual"].trigger()
    assert window.status.zoom.text() == "100 %"
    window.actions_["zoom-in"].trigger()
    assert window.status.zoom.text() == "125 %"
    window.show_page("models")
    assert window.status.zoom.text() == ""


def test_opacity_slider_reaches_the_map(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    window.page.controls.opacity.setValue(35)
    assert window.page.view._density.opacity() == pytest.approx(0.35)
    assert window.settings.opacity == 35


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_theme_reaches_palette_and_icons(window: MainWindow, theme: str) -> None:
    window.actions_[f"theme-{theme}"].trigger()
    assert current_scheme().dark == (theme == "dark")
    image = window.actions_["open"].icon().pixmap(20, 20).toImage()
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    strong = [image.pixelColor(x, y) for x, y in points if image.pixelColor(x, y).alpha() > 200]
    assert strong
    # An icon of the ground's own colour would vanish.
    assert all((colour.lightness() > 128) == (theme == "dark") for colour in strong)


def test_every_icon_is_there_and_takes_the_colour_of_the_theme() -> None:
    names = {row.icon for row in ROWS if row.icon} | {"close", "info", "warning", "error"}
    for name in names:
        assert "currentColor" in (ICONS / f"{name}.svg").read_text(encoding="utf-8"), name


def test_widgets_that_take_the_focus_have_a_name(
    window: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    window.open_words(["/no/such/picture.png", grey(10), grey(20)])
    wait_idle(window)
    window.page.notices.complain(RuntimeError("x"))
    nameless, named = [], 0
    for widget in window.findChildren(QWidget):
        # Parts that Qt makes within its own widgets answer for themselves.
        inner = widget.objectName().startswith("qt_") or "Private" in type(widget).__name__
        popup = widget.window() is not window
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or inner or popup:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
        named += 1
    assert nameless == []
    assert named >= 8


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_two_entries_of_a_menu_share_their_letter(window: MainWindow, language: str) -> None:
    """A letter that two entries have chooses neither of them."""
    window.choose_language(language)
    QApplication.processEvents()
    menus = [window.menuBar(), *window.findChildren(QMenu)]
    assert len(menus) > 5
    for menu in menus:
        letters = [
            match[1].lower()
            for action in menu.actions()
            if (match := re.search(r"&([^&])", action.text()))
        ]
        shared = {letter for letter in letters if letters.count(letter) > 1}
        assert not shared, f"{menu.objectName()} {[a.text() for a in menu.actions()]}"


def test_the_place_in_the_list_is_told(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    assert window.status.place.text() == ""
    window.open_words([grey(20), grey(30)])
    wait_idle(window)
    assert window.status.place.text() == "2 / 3"
    window.actions_["last"].trigger()
    assert window.status.place.text() == "3 / 3"
    window.show_page("models")
    assert window.status.place.text() == ""


def test_status_line_says_how_to_draw(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    window.actions_["polygon"].trigger()
    window.page.hovered.emit(3.0)
    assert "Ctrl+Z" in window.status.near.text()
    window.choose_language("ko")
    QApplication.processEvents()
    assert "꼭짓점" in window.status.near.text()
    # Nothing is drawn on another page.
    window.show_page("models")
    assert "꼭짓점" not in window.status.near.text()
    window.show_page("count")
    assert "꼭짓점" in window.status.near.text()
    window.actions_["cancel"].trigger()
    assert "3.0" in window.status.near.text()


def test_an_action_is_found_by_a_word_and_carried_out(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    window.actions_["actions"].trigger()
    (dialog,) = window.findChildren(ActionsDialog)
    qtbot.keyClicks(dialog.search, "pixel of the screen")
    rows = [dialog.table.topLevelItem(row) for row in range(len(ROWS))]
    assert [row.text(1) for row in rows if not row.isHidden()] == ["1, Ctrl+1"]
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert window.status.zoom.text() == "100 %"
    assert not dialog.isVisible()


def test_an_action_is_found_by_its_english_in_korean(window: MainWindow, qtbot: QtBot) -> None:
    window.choose_language("ko")
    QApplication.processEvents()
    window.actions_["actions"].trigger()
    (dialog,) = window.findChildren(ActionsDialog)
    qtbot.keyClicks(dialog.search, "zoom in")
    rows = [dialog.table.topLevelItem(row) for row in range(len(ROWS))]
    assert [row.text(0) for row in rows if not row.isHidden()] == ["확대"]
    dialog.close()


def test_an_action_that_cannot_be_used_is_listed_but_not_carried_out(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.actions_["actions"].trigger()
    (dialog,) = window.findChildren(ActionsDialog)
    qtbot.keyClicks(dialog.search, "Ctrl+Shift+C")
    row = next(
        row for row in map(dialog.table.topLevelItem, range(len(ROWS))) if not row.isHidden()
    )
    assert row.text(0) == "Copy picture"
    with qtbot.assertNotEmitted(window.actions_["copy-picture"].triggered):
        dialog.table.itemActivated.emit(row, 0)
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    finish_dialogs(window)
