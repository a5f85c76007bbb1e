"""The list: counts fill in, it sorts, finds, and leads from picture to picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crowdgui.sources import Source
from crowdgui.window.action_table import LIST_MENU
from crowdgui.window.counting import thumbnails as thumbnails_module
from crowdgui.window.counting.entries import Entry
from crowdgui.window.counting.list_model import THUMBNAIL_ROLE
from crowdgui.window.counting.picture_list import SETTLE_MS
from crowdgui.window.counting.thumbnails import (
    MOST_KEPT,
    MOST_WAITING,
)
from crowdgui.window.main_window import MainWindow
from crowdgui.window.pages import SEPARATOR

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def counted(window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot) -> MainWindow:
    """Four pictures; one of them cannot be read."""
    words = [grey(30, "b2.png"), grey(10, "b10.png"), grey(20, "a.png")]
    broken = words[0].replace("b2.png", "broken.png")
    with open(broken, "wb") as file:  # noqa: PTH123
        file.write(b"x")
    window.open_words([*words, broken])
    wait_idle(window)
    window.actions_["count-all"].trigger()
    qtbot.waitUntil(lambda: window.page.all.work is None)
    return window


def shown(window: MainWindow) -> list[str]:
    rows = window.page.list.rows
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def test_count_all_fills_the_list_in(counted: MainWindow, qtbot: QtBot) -> None:
    rows = counted.page.list.rows
    assert [rows.index(row, 1).data() for row in range(4)] == ["30", "10", "20", "failed"]
    qtbot.wait(2 * SETTLE_MS)
    assert counted.page.list.summary.text() == "3 of 4 counted: 60 people in these"
    # Counted once, it is not counted again.
    assert [len(entry.results) for entry in counted.page.session.entries] == [1, 1, 1, 0]


def test_sorting_by_count_and_back(counted: MainWindow) -> None:
    tree = counted.page.list.tree
    tree.sortByColumn(1, DOWN)
    assert shown(counted) == ["b2.png", "a.png", "b10.png", "broken.png"]
    tree.sortByColumn(1, UP)
    assert shown(counted) == ["b10.png", "a.png", "b2.png", "broken.png"]
    tree.sortByColumn(0, UP)
    assert shown(counted) == ["a.png", "b2.png", "b10.png", "broken.png"]
    tree.sortByColumn(-1, UP)
    assert shown(counted) == ["b2.png", "b10.png", "a.png", "broken.png"]


def test_the_selection_follows_the_sorting(counted: MainWindow) -> None:
    assert counted.page.list.tree.currentIndex().data() == "b2.png"
    counted.page.list.tree.sortByColumn(1, UP)
    assert counted.page.list.tree.currentIndex().data() == "b2.png"
    assert counted.windowTitle().startswith("b2.png")


def test_next_is_the_next_in_the_list(counted: MainWindow, wait_idle: Wait) -> None:
    counted.page.list.tree.sortByColumn(1, DOWN)
    counted.actions_["next"].trigger()
    wait_idle(counted)
    assert counted.windowTitle().startswith("a.png")
    counted.actions_["previous"].trigger()
    wait_idle(counted)
    assert counted.windowTitle().startswith("b2.png")
    assert not counted.actions_["previous"].isEnabled()


def test_find_leaves_what_is_shown(counted: MainWindow, wait_idle: Wait, tmp_path: Path) -> None:
    counted.page.list.search.setText("B1")
    assert shown(counted) == ["b10.png"]
    assert counted.windowTitle().startswith("b2.png")
    counted.actions_["next"].trigger()
    wait_idle(counted)
    assert counted.windowTitle().startswith("b10.png")
    counted.page.list.search.setText(tmp_path.name)
    assert shown(counted) == []
    counted.page.list.search.clear()
    assert len(shown(counted)) == 4
    assert counted.page.list.tree.currentIndex().data() == "b10.png"


def click(window: MainWindow, row: int) -> None:
    tree = window.page.list.tree
    place = tree.visualRect(window.page.list.rows.index(row, 0)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_what_was_cancelled_is_counted_after_a_click(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    session, asked = window.page.session, list[int]()
    window.page.list.chosen.connect(asked.append)
    fakes["alpha"].gate.clear()
    click(window, 1)
    # It is on its way already.
    click(window, 1)
    assert asked == [1]
    window.actions_["cancel"].trigger()
    fakes["alpha"].gate.set()
    click(window, 1)
    wait_idle(window)
    assert session.prediction.count == pytest.approx(20)
    # It is there now.
    click(window, 1)
    assert asked == [1, 1]


def test_what_could_not_be_read_is_tried_again_by_enter_or_a_click(
    counted: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    session, tree = counted.page.session, counted.page.list.tree
    click(counted, 3)
    wait_idle(counted)
    assert session.shown is session.entries[0]
    asked: list[int] = []
    counted.page.list.chosen.connect(asked.append)
    for again in (lambda: click(counted, 3), lambda: qtbot.keyClick(tree, Qt.Key.Key_Return)):
        again()
        wait_idle(counted)
    assert asked == [3, 3]
    grey(50, "broken.png")
    click(counted, 3)
    wait_idle(counted)
    assert session.shown is session.entries[3]
    assert session.prediction.count == pytest.approx(50)


def test_rows_find_their_place_while_counts_come_in(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10), grey(30), grey(20)])
    wait_idle(window)
    window.page.list.tree.sortByColumn(1, DOWN)
    assert shown(window) == ["grey10.png", "grey30.png", "grey20.png"]
    window.actions_["count-all"].trigger()
    names = ["grey30.png", "grey20.png", "grey10.png"]
    qtbot.waitUntil(lambda: shown(window) == names)


def test_count_all_can_be_stopped(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10), grey(20), grey(30)])
    wait_idle(window)
    alpha = fakes["alpha"]
    alpha.begun.clear()
    alpha.gate.clear()
    window.actions_["count-all"].trigger()
    assert alpha.begun.wait(60)
    assert window.works.isVisible()
    assert not window.actions_["count-all"].isEnabled()
    window.works.cancel_button.click()
    assert window.works.text.text() == "Stopping…"
    alpha.gate.set()
    qtbot.waitUntil(lambda: not window.works.isVisible())
    assert alpha.seen == [10.0, 20.0]
    assert window.actions_["count-all"].isEnabled()


def test_panels_are_closed_brought_back_and_remembered(
    counted: MainWindow, new_window: Callable[..., MainWindow]
) -> None:
    page = counted.page
    assert page.list_panel.isVisible()
    page.list_panel.title.close_button.click()
    assert not page.list_panel.isVisible()
    assert not counted.actions_["list"].isChecked()
    counted.actions_["list"].trigger()
    assert page.list_panel.isVisible()
    counted.actions_["facts"].trigger()
    assert not page.facts_panel.isVisible()
    counted.close()
    again = new_window()
    assert not again.settings.facts_shown
    assert again.settings.list_shown


def test_recent_files_are_offered(
    counted: MainWindow, new_window: Callable[..., MainWindow], wait_idle: Wait
) -> None:
    counted.close()
    again = new_window()
    button = again.page.empty.recent[0]
    assert button.isVisible()
    assert button.toolTip().endswith("b2.png")
    menu = next(menu for menu, _title in again.actions_._menus if not menu.actions())
    menu.aboutToShow.emit()
    assert len(menu.actions()) == 4
    menu.actions()[1].trigger()
    wait_idle(again)
    assert again.windowTitle().startswith("b10.png")
    # What was opened last stands first.
    assert [Path(word).name for word in again.settings.recent[:2]] == ["b10.png", "b2.png"]
    again.page.clear()
    again.page.empty.recent[1].click()
    wait_idle(again)
    assert again.windowTitle().startswith("b2.png")


def test_actions_belong_to_their_pages(counted: MainWindow) -> None:
    counted.show_page("models")
    assert not counted.actions_["count-all"].isEnabled()
    assert not counted.actions_["save"].isEnabled()
    assert counted.actions_["open"].isEnabled()
    counted.show_page("count")
    assert counted.actions_["save"].isEnabled()


def test_small_pictures_come_into_the_list(counted: MainWindow, qtbot: QtBot) -> None:
    rows, thumbnails = counted.page.list.rows, counted.page.list.thumbnails
    qtbot.waitUntil(lambda: len(thumbnails._kept) == 4 and thumbnails._work is None)
    for row, value in ((0, 30), (1, 10), (2, 20)):
        small = rows.index(row, 0).data(THUMBNAIL_ROLE)
        assert abs(small.toImage().pixelColor(5, 5).red() - value) <= 2
    # What cannot be read has none, and is not tried again and again.
    assert rows.index(3, 0).data(THUMBNAIL_ROLE) is None
    assert thumbnails._work is None


def test_twenty_thousand_pictures_have_few_small_ones(
    window: MainWindow, grey: Grey, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are asked for last come first, and the oldest are let go."""
    made: list[str] = []
    gate = threading.Event()

    def small(entry: Entry) -> QImage:
        assert gate.wait(20)
        made.append(entry.source.path)
        return QImage(2, 2, QImage.Format.Format_RGB32)

    monkeypatch.setattr(thumbnails_module, "small_picture", small)
    found = window.page.list.thumbnails
    entries = [Entry(Source(f"{number}.png", lambda: None)) for number in range(20_000)]
    for entry in entries:
        assert found.of(entry) is None
    assert len(found._waiting) <= MOST_WAITING
    gate.set()
    qtbot.waitUntil(lambda: found._work is None)
    # The thread may have taken one before the others were asked for.
    assert len(made) <= MOST_WAITING + 1
    assert "19999.png" in made[:2]
    for entry in entries[:2000]:
        found._made((entry.source.path, None))
    assert len(found._kept) == MOST_KEPT


def test_one_picture_is_closed_and_the_next_is_shown(counted: MainWindow, wait_idle: Wait) -> None:
    counted.page.list.tree.sortByColumn(1, DOWN)
    assert shown(counted) == ["b2.png", "a.png", "b10.png", "broken.png"]
    counted.actions_["close-picture"].trigger()
    wait_idle(counted)
    assert shown(counted) == ["a.png", "b10.png", "broken.png"]
    assert counted.windowTitle().startswith("a.png")
    # The last of the list leads back to the one before it.
    counted.page.choose(counted.page.list.rows.entry_at(2))
    wait_idle(counted)
    counted.actions_["close-picture"].trigger()
    wait_idle(counted)
    assert counted.windowTitle().startswith("b10.png")
    for _ in range(2):
        counted.actions_["close-picture"].trigger()
        wait_idle(counted)
    assert counted.page.empty.isVisible()
    assert not counted.actions_["close-picture"].isEnabled()
    assert counted.page.session.entries == []


def test_a_closed_picture_can_be_opened_again(
    counted: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    counted.actions_["close-picture"].trigger()
    counted.open_words([grey(30, "b2.png")])
    wait_idle(counted)
    assert shown(counted) == ["b10.png", "a.png", "broken.png", "b2.png"]
    assert counted.windowTitle().startswith("b2.png")


def test_files_are_dragged_and_copied_out(counted: MainWindow, grey: Grey) -> None:
    rows, path = counted.page.list.rows, grey(30, "b2.png")
    assert rows.flags(rows.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled
    dragged = rows.mimeData([rows.index(0, 0), rows.index(0, 1)])
    assert [url.toLocalFile() for url in dragged.urls()] == [path]
    counted.actions_["copy-path"].trigger()
    assert counted.statusBar().currentMessage() == "b2.png copied"
    assert QGuiApplication.clipboard().text() == path
    assert [u.toLocalFile() for u in QGuiApplication.clipboard().mimeData().urls()] == [path]


def test_what_is_no_file_has_no_folder(
    window: MainWindow, grey: Grey, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    path = Path(grey(30))
    window.open_words(["demo:"])
    wait_idle(window)
    assert not window.actions_["show-in-folder"].isEnabled()
    assert not window.actions_["copy-path"].isEnabled()
    window.files.show_folder()
    window.clipboard.copy_file()
    window.open_words([str(path)])
    wait_idle(window)
    window.actions_["show-in-folder"].trigger()
    assert opened == [str(path.parent)]


def test_a_right_click_in_the_list_offers_its_actions(counted: MainWindow) -> None:
    names = [action.objectName() for action in counted.page.list.tree.actions()]
    assert [name for name in names if name] == [name for name in LIST_MENU if name != SEPARATOR]


def test_recent_words_of_every_kind_open_from_everywhere(
    window: MainWindow, grey: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    grey(3)
    monkeypatch.chdir(tmp_path)
    window.show_demo()
    assert window.settings.recent == []
    window.open_words(["grey3.png", "grey3.png"])
    assert window.settings.recent == [str(tmp_path / "grey3.png")]
    window.desk.words_wanted.disconnect(window.open_words)
    asked: list[list[str]] = []
    window.desk.words_wanted.connect(asked.append)
    window.page.empty.recent_wanted.emit("camera:7")
    assert asked == [["camera:7"]]


def test_keys_lead_to_either_end_of_the_list(counted: MainWindow, wait_idle: Wait) -> None:
    counted.page.choose(1)
    wait_idle(counted)
    counted.page.list.tree.sortByColumn(0, UP)
    counted.actions_["first"].trigger()
    assert counted.page.session.current_entry.file_name == shown(counted)[0] == "a.png"
    assert not counted.actions_["first"].isEnabled()
    counted.actions_["last"].trigger()
    assert counted.page.session.current_entry.file_name == shown(counted)[-1] == "broken.png"
    wait_idle(counted)
    assert not counted.actions_["last"].isEnabled()


def test_a_name_is_found_by_the_keyboard_alone(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot
) -> None:
    counted.show_page("count")
    counted.page.show_list(False)
    counted.actions_["find"].trigger()
    search = counted.page.list.search
    assert search.isVisible()
    assert counted.focusWidget() is search
    qtbot.keyClicks(search, "b10")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    wait_idle(counted)
    assert counted.page.session.current_entry.file_name == "b10.png"
    assert counted.focusWidget() is counted.page.list.tree


def test_esc_in_a_field_is_meant_for_it_alone(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait
) -> None:
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    fakes["alpha"].gate.clear()
    window.page.choose(1)
    search = window.page.list.search
    window.actions_["find"].trigger()
    search.setText("2")
    window.actions_["cancel"].trigger()
    assert search.text() == ""
    assert window.focusWidget() is window.page
    assert window.page.session.busy
    window.actions_["cancel"].trigger()
    assert not window.page.session.busy
    fakes["alpha"].gate.set()
