"""The keys of the actions: changed in the dialog, kept, put back, and never two for one press."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from crowdgui.window.action_table import ROWS
from crowdgui.window.actions_dialog import ActionsDialog
from crowdgui.window.keys import BY_ID, Keys, is_needed, sign_of, tidy
from crowdgui.window.main_window import MainWindow
from crowdgui.window.settings import Settings, load_settings

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def keys_of(window: MainWindow, name: str) -> list[str]:
    return [shortcut.toString() for shortcut in window.actions_[name].shortcuts()]


def open_dialog(window: MainWindow, action: str) -> ActionsDialog:
    """Open the list of actions and choose one of them."""
    window.actions_["actions"].trigger()
    (dialog,) = window.findChildren(ActionsDialog)
    dialog.table.setCurrentItem(dialog._rows[action])
    return dialog


def close(dialog: ActionsDialog) -> None:
    window = dialog.parentWidget()
    dialog.close()
    QApplication.processEvents()
    window.activateWindow()
    QApplication.processEvents()


# What is kept


def test_the_table_is_written_as_keys_are_kept() -> None:
    for row in ROWS:
        assert tuple(map(tidy, row.shortcuts)) == row.shortcuts
        assert row.id == "cancel" or not any(map(is_needed, row.shortcuts)), row.id


def test_nothing_changed_are_the_keys_of_the_table() -> None:
    assert Keys(Settings()).all() == {row.id: row.shortcuts for row in ROWS}


def test_only_what_differs_is_kept() -> None:
    settings = Settings()
    keys = Keys(settings)
    keys.change("density", ("F6",))
    keys.change("rectangle", ())
    assert settings.keys == {"density": ["F6"], "rectangle": []}
    keys.change("rectangle", ("R",))
    keys.reset("density")
    assert settings.keys == {}
    assert not keys.any_changed()


def test_a_key_that_is_taken_over_comes_back_when_it_is_free() -> None:
    settings = Settings()
    keys = Keys(settings)
    keys.change("density", ("F6", "Ctrl+S"))
    assert keys.all()["save"] == ()
    keys.change("fit", ("Ctrl+S",))
    assert settings.keys == {"density": ["F6"], "fit": ["Ctrl+S"]}
    keys.reset("fit")
    assert keys.all()["save"] == ("Ctrl+S",)


def test_actions_of_different_pages_may_share_a_key() -> None:
    keys = Keys(Settings())
    # Ctrl+Shift+E is a key of the evaluating page; Ctrl+O is one of every page.
    assert keys.users("Ctrl+Shift+E", "duplicate-region") == []
    assert keys.users("Ctrl+Shift+E", "evaluate") == ["export-table"]
    assert keys.users("Ctrl+O", "duplicate-region") == ["open"]
    assert keys.users("Ctrl+Shift+E", "open") == ["export-table"]
    keys.change("duplicate-region", ("Ctrl+Shift+E",))
    assert keys.all()["export-table"] == ("Ctrl+Shift+E",)


@pytest.mark.parametrize(
    "damaged",
    [
        {"gone": ["F6"]},
        {"density": "F6"},
        {"density": None},
        {"density": ["No+Key"]},
        {"density": ["F6", 7]},
        {"density": ["Ctrl+K, Ctrl+B"]},
        {"density": [["F6"]]},
        {"density": ["Return"]},
        {"cancel": ["F6"]},
    ],
)
def test_damaged_entries_are_the_keys_of_the_table(damaged: dict[str, object]) -> None:
    assert Keys(Settings(keys=damaged)).all() == {row.id: row.shortcuts for row in ROWS}


def test_two_that_meet_never_have_one_key() -> None:
    """Qt would carry out neither; a file may say so, or another version's table."""
    wanted = {"density": ["Ctrl+S", "F6", "F6"], "fit": ["F6", "F9"], "evaluate": ["Ctrl+O"]}
    keys = Keys(Settings(keys=wanted)).all()
    assert (keys["fit"], keys["density"], keys["save"]) == (("F6", "F9"), ("Ctrl+S",), ())
    assert (keys["evaluate"], keys["open"]) == (("Ctrl+O",), ())
    for one, other in combinations(ROWS, 2):
        apart = one.pages and other.pages and not {*one.pages} & {*other.pages}
        assert apart or not {*keys[one.id]} & {*keys[other.id]}, (one.id, other.id)


def test_keys_that_widgets_need_are_known() -> None:
    assert all(map(is_needed, ("Return", "Shift+Tab", "Left", "Esc", "Alt+F", "Space")))
    assert not any(map(is_needed, ("Ctrl+Return", "Alt+1", "F", "Ctrl+Left", "Home", "Alt+Left")))


def test_a_sign_is_known_however_it_is_typed() -> None:
    def pressed(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> str:
        both = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            both |= modifier
        return sign_of(QKeyCombination(both, key))

    assert pressed(Key.Key_Question, CTRL, SHIFT) == "Ctrl+?"
    assert pressed(Key.Key_Percent, SHIFT) == "%"
    assert pressed(Key.Key_Question, CTRL) == ""
    assert pressed(Key.Key_S, CTRL, SHIFT) == ""
    assert pressed(Key.Key_F5, SHIFT) == ""


# What a person does


def test_a_key_is_changed_and_works(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, "full-screen")
    form = dialog.form
    assert "Full screen" in form.title.text()
    assert not form.change.isEnabled()
    qtbot.keyClick(form.edit, Key.Key_F6, SHIFT)
    form.change.click()
    assert dialog._rows["full-screen"].text(1) == "Shift+F6"
    assert dialog._rows["full-screen"].font(1).bold()
    assert form.edit.keySequence().isEmpty()
    assert window.actions_["full-screen"].toolTip() == "Fill the screen, or leave it (Shift+F6)"
    assert window.settings.keys == {"full-screen": ["Shift+F6"]}
    close(dialog)
    with qtbot.waitSignal(window.actions_["full-screen"].triggered):
        qtbot.keyClick(window, Key.Key_F6, SHIFT)
    with qtbot.assertNotEmitted(window.actions_["full-screen"].triggered):
        qtbot.keyClick(window, Key.Key_F11)


def test_a_key_is_added_and_removed(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, "zoom-out")
    form = dialog.form
    qtbot.keyClick(form.edit, Key.Key_Minus)
    assert not form.add.isEnabled()
    qtbot.keyClick(form.edit, Key.Key_J)
    form.add.click()
    assert keys_of(window, "zoom-out") == ["-", "Ctrl+-", "J"]
    form.remove.click()
    assert keys_of(window, "zoom-out") == []
    assert window.actions_["zoom-out"].toolTip() == "Zoom out"
    # Without keys there is nothing that a key could stand beside.
    qtbot.keyClick(form.edit, Key.Key_J)
    assert form.change.isEnabled()
    assert not form.add.isEnabled()
    assert not form.remove.isEnabled()
    form.reset.click()
    assert keys_of(window, "zoom-out") == ["-", "Ctrl+-"]
    assert not form.reset.isEnabled()
    close(dialog)


def test_a_key_in_use_is_said_before_it_is_taken_over(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, "density")
    form = dialog.form
    qtbot.keyClick(form.edit, Key.Key_O, CTRL)
    assert form.problem.isVisible()
    assert form.problem.text() == "Ctrl+O is the key of “Open”, which would lose it."
    assert form.change.text() == "Take over"
    assert not form.add.isEnabled()
    assert keys_of(window, "open") == ["Ctrl+O"]
    qtbot.keyClick(form.edit, Key.Key_Escape)
    assert not form.problem.isVisible()
    assert keys_of(window, "density") == ["D"]
    qtbot.keyClick(form.edit, Key.Key_O, CTRL)
    form.change.click()
    assert keys_of(window, "density") == ["Ctrl+O"]
    assert dialog._rows["open"].text(1) == ""
    dialog.table.setCurrentItem(dialog._rows["open"])
    form.reset.click()
    assert form.problem.text() == "Ctrl+O stays with “Density map”, which was given it."
    close(dialog)


def test_a_key_of_another_page_is_simply_given(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, "duplicate-region")
    qtbot.keyClick(dialog.form.edit, Key.Key_R, CTRL)
    assert not dialog.form.problem.isVisible()
    dialog.form.change.click()
    assert keys_of(window, "duplicate-region") == keys_of(window, "evaluate") == ["Ctrl+R"]
    close(dialog)


@pytest.mark.parametrize(
    ("key", "modifier"), [(Key.Key_Return, None), (Key.Key_Left, None), (Key.Key_F, ALT)]
)
def test_keys_that_widgets_need_are_refused(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None
) -> None:
    dialog = open_dialog(window, "density")
    qtbot.keyClick(dialog.form.edit, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert "is needed in menus" in dialog.form.problem.text()
    assert not dialog.form.change.isEnabled()
    assert not dialog.form.add.isEnabled()
    assert dialog.isVisible()
    close(dialog)


def test_the_key_that_cancels_stays(window: MainWindow) -> None:
    dialog = open_dialog(window, "cancel")
    assert not dialog.form.edit.isEnabled()
    assert not dialog.form.remove.isEnabled()
    assert dialog.form.problem.text().startswith("Esc always cancels")
    close(dialog)


def test_enter_carries_out_and_presses_no_button(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, "page-models")
    qtbot.keyClicks(dialog.search, "installed, and how")
    qtbot.keyClick(dialog.search, Key.Key_Return)
    qtbot.waitUntil(lambda: window.front == "models", timeout=60_000)
    assert keys_of(window, "page-models") == ["Alt+5"]


def test_an_action_that_cannot_be_used_now_takes_a_key(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, "evaluate")
    qtbot.keyClick(dialog.form.edit, Key.Key_F9)
    dialog.form.change.click()
    assert keys_of(window, "evaluate") == ["F9"]
    qtbot.keyClicks(dialog.search, "no such action")
    assert not dialog.form.edit.isEnabled()
    assert not dialog.form.reset.isEnabled()
    close(dialog)


def test_esc_closes_the_dialog_once_no_key_is_pressed(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, "density")
    qtbot.keyClick(dialog.form.edit, Key.Key_F9)
    qtbot.keyClick(dialog.form.edit, Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog.form.edit, Key.Key_Escape)
    assert not dialog.isVisible()
    assert keys_of(window, "density") == ["D"]


def test_all_keys_are_reset_after_a_question(window: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, "density")
    assert not dialog.form.reset_all.isEnabled()
    window.actions_.keys.change("fit", ("F9",))
    qtbot.keyClick(dialog.form.edit, Key.Key_F6)
    dialog.form.change.click()
    dialog.form.reset_all.click()
    (box,) = dialog.form.findChildren(QMessageBox)
    assert box.defaultButton() == box.button(QMessageBox.StandardButton.Cancel)
    box.close()
    assert keys_of(window, "density") == ["F6"]
    dialog.form.reset_all_keys()
    assert keys_of(window, "density") == ["D"]
    assert keys_of(window, "fit") == list(BY_ID["fit"].shortcuts)
    assert window.settings.keys == {}
    close(dialog)


# From one start to the next


@pytest.mark.usefixtures("fakes")
def test_keys_are_remembered_and_reset_with_the_settings(
    home: Path, new_window: Callable[..., MainWindow]
) -> None:
    first = new_window()
    first.actions_.keys.change("density", ("F6",))
    first.actions_.apply_keys()
    first.close()
    assert load_settings(home / "settings.json")[0].keys == {"density": ["F6"]}
    second = new_window()
    assert keys_of(second, "density") == ["F6"]
    assert second.actions_["density"].toolTip().endswith("(F6)")
    second.choose_language("ko")
    QApplication.processEvents()
    assert second.actions_["density"].toolTip().endswith("(F6)")
    second.help.reset()
    assert keys_of(second, "density") == ["D"]
    assert second.settings.keys == {}


@pytest.mark.parametrize(
    "keys", [7, [], {"density": {"deep": []}, "undo": ["\x00"], "open": ["F6"]}]
)
@pytest.mark.usefixtures("fakes")
def test_damaged_keys_do_not_keep_the_window_from_opening(
    home: Path, new_window: Callable[..., MainWindow], keys: object
) -> None:
    (home / "settings.json").write_text(json.dumps({"keys": keys, "toured": True}))
    window = new_window()
    assert window.settings.toured
    assert keys_of(window, "density") == ["D"]
    assert keys_of(window, "undo") == ["Ctrl+Z"]
    assert keys_of(window, "open") == (["F6"] if isinstance(keys, dict) else ["Ctrl+O"])


def test_the_status_line_says_the_present_key(
    window: MainWindow, grey: Callable[..., str], wait_idle: Callable[[MainWindow], None]
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    window.actions_.keys.change("undo", ("F9",))
    window.actions_.apply_keys()
    window.actions_["polygon"].trigger()
    assert "F9 takes one back" in window.status.near.text()


def test_the_tour_says_the_present_key(window: MainWindow) -> None:
    window.actions_.keys.change("density", ())
    window.actions_.apply_keys()
    window.help.show_tour()
    tour = window.help.tour
    assert tour is not None
    tour.number = 2
    tour.show_step()
    # An action without a key is called by its name.
    assert tour.text.text().endswith("Density map hides it.")


def test_delete_in_the_list_closes_a_picture_and_elsewhere_removes_regions(
    window: MainWindow,
    grey: Callable[..., str],
    wait_idle: Callable[[MainWindow], None],
    qtbot: QtBot,
) -> None:
    window.open_words([grey(20), grey(30)])
    wait_idle(window)
    window.page.view._region_drawn([(0, 0), (60, 0), (60, 60), (0, 60)], True)
    before = list(window.page.session.entries)
    window.page.list.tree.setFocus()
    qtbot.keyClick(window.page.list.tree, Qt.Key.Key_Delete)
    wait_idle(window)
    assert len(window.page.session.entries) == len(before) - 1
    assert len(window.page.session.regions) == 1
    window.page.view.setFocus()
    qtbot.keyClick(window.page.view, Qt.Key.Key_Delete)
    assert not window.page.session.regions
    assert len(window.page.session.entries) == len(before) - 1
