"""What is opened, by whatever way, is shown and counted, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from crowdgui.window.counting.list_model import COUNT_ROLE
from crowdgui.window.main_window import MainWindow

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
COPY, LEFT, NO_KEY = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)


def rows(window: MainWindow) -> list[tuple[str, str]]:
    """Return the list as a person reads it: names and counts."""
    model = window.page.list.rows
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [(index.data(), index.data(COUNT_ROLE)) for index in indexes]


def drag(window: MainWindow, urls: list[str]) -> tuple[QDragEnterEvent, QMimeData]:
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    event = QDragEnterEvent(QPoint(50, 50), COPY, mime, LEFT, NO_KEY)
    QApplication.sendEvent(window, event)
    return event, mime


def test_empty_state_says_what_to_do(window: MainWindow) -> None:
    assert window.page.empty.isVisible()
    assert window.page.empty.title.text() == "Open a picture or drop one here"
    assert not window.page.view.isVisible()
    assert not window.page.side.isVisible()
    assert not window.actions_["save"].isEnabled()


def test_one_word_is_shown_and_counted(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    window.open_words([grey(40)])
    wait_idle(window)
    facts = window.page.facts
    assert window.page.view.isVisible()
    assert facts.count.text() == "40"
    assert facts.time.text() == "12 ms"
    assert facts.values["model"].text() == "alpha (1.0 MB)"
    assert facts.values["engine"].text() == "fake fp32"
    assert facts.values["size"].text() == "320 × 240 px"
    assert window.windowTitle() == "grey40.png — crowdgui"
    assert not window.page.list.isVisible()


def test_several_words_lose_none(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    window.open_words([grey(10), grey(20), grey(30)])
    wait_idle(window)
    assert window.page.list.isVisible()
    assert rows(window) == [("grey10.png", "10"), ("grey20.png", ""), ("grey30.png", "")]
    window.actions_["next"].trigger()
    wait_idle(window)
    assert rows(window) == [("grey10.png", "10"), ("grey20.png", "20"), ("grey30.png", "")]
    assert window.page.facts.count.text() == "20"
    window.page.list.tree.setCurrentIndex(window.page.list.rows.index(2, 0))
    wait_idle(window)
    assert [count for _name, count in rows(window)] == ["10", "20", "30"]
    assert not window.actions_["next"].isEnabled()
    window.actions_["previous"].trigger()
    wait_idle(window)
    assert window.page.facts.count.text() == "20"
    assert window.page.list.tree.currentIndex().row() == 1


def test_opening_more_appends_and_opens_none_twice(
    window: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    window.open_words([grey(20), grey(30)])
    wait_idle(window)
    assert [name for name, _count in rows(window)] == ["grey10.png", "grey20.png", "grey30.png"]
    assert window.page.facts.count.text() == "20"


def test_arrow_keys_step(window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot) -> None:
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    qtbot.keyClick(window.page.view, Qt.Key.Key_Right)
    wait_idle(window)
    assert window.page.facts.count.text() == "20"
    qtbot.keyClick(window.page.view, Qt.Key.Key_Left)
    wait_idle(window)
    assert window.page.facts.count.text() == "10"


def test_a_folder_gives_all_its_pictures(
    window: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path
) -> None:
    (tmp_path / "album").mkdir()
    for value in (2, 10):
        grey(value, f"album/p{value}.png")
    window.open_words([str(tmp_path / "album")])
    wait_idle(window)
    assert rows(window) == [("p2.png", "2"), ("p10.png", "")]


def test_what_is_missing_is_said_and_the_rest_opens(
    window: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path
) -> None:
    (tmp_path / "bare").mkdir()
    window.open_words([str(tmp_path / "bare"), grey(10)])
    wait_idle(window)
    assert window.page.facts.count.text() == "10"
    assert [bar.notice.severity for bar in window.notices.bars()] == ["error"]
    assert "holds no pictures" in window.notices.bars()[0].notice.text()


def test_drop_opens_files_and_shows_where(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    event, mime = drag(window, [QUrl.fromLocalFile(grey(value)).toString() for value in (7, 8)])
    assert event.isAccepted()
    assert window.drop_hint.isVisible()
    assert window.drop_hint.size() == window.centralWidget().size()
    QApplication.sendEvent(window, QDropEvent(QPoint(50, 50), COPY, mime, LEFT, NO_KEY))
    assert not window.drop_hint.isVisible()
    wait_idle(window)
    assert rows(window) == [("grey7.png", "7"), ("grey8.png", "")]


def test_leaving_takes_the_hint_away(window: MainWindow, grey: Grey) -> None:
    drag(window, [QUrl.fromLocalFile(grey(7)).toString()])
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drop_hint.isVisible()


def test_addresses_are_not_taken(window: MainWindow) -> None:
    event, _mime = drag(window, ["https://example.org/crowd.jpg"])
    assert not event.isAccepted()
    assert not window.drop_hint.isVisible()


@pytest.mark.parametrize("target", ["view", "empty"])
def test_no_widget_swallows_a_drop(window: MainWindow, target: str) -> None:
    widget = getattr(window.page, target)
    assert not widget.acceptDrops()
    if target == "view":
        assert not widget.viewport().acceptDrops()


@pytest.mark.parametrize("page", ["count", "evaluate", "train", "live", "fleet", "models"])
def test_no_field_swallows_a_drop(window: MainWindow, page: str) -> None:
    window.show_page(page)
    fields = [*window.stack.page(page).findChildren(QLineEdit), window.status.zoom]
    assert not [field for field in fields if field.acceptDrops()]


def test_dialog_opens_what_is_chosen(
    window: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path
) -> None:
    window.actions_["open"].trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert "*.jpg" in dialog.nameFilters()[0]
    dialog.filesSelected.emit([grey(9)])
    dialog.close()
    wait_idle(window)
    assert window.page.facts.count.text() == "9"
    assert window.settings.folder == str(tmp_path)


def test_dialog_opens_a_folder_and_begins_there_the_next_time(
    window: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path
) -> None:
    (tmp_path / "album").mkdir()
    grey(9, "album/p9.png")
    window.actions_["open-folder"].trigger()
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "album")])
    dialog.close()
    wait_idle(window)
    assert rows(window) == [("p9.png", "9")]
    assert window.settings.folder == str(tmp_path / "album")


def test_a_dialog_that_is_refused_opens_nothing(
    window: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    window.actions_["open"].trigger()
    dialog = window.findChild(QFileDialog)
    dialog.selectFile(grey(9))
    assert len(dialog.selectedFiles()) == 1
    dialog.reject()
    window.open_words([grey(10)])
    wait_idle(window)
    assert rows(window) == [("grey10.png", "10")]


def test_demo_scene_shows_its_true_count(window: MainWindow, wait_idle: Wait, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.page.empty.demo_button, Qt.MouseButton.LeftButton)
    wait_idle(window)
    picture, prediction = window.page.session.picture, window.page.session.prediction
    assert picture is not None
    assert picture.truth
    assert prediction is not None
    error = (float(np.sum(prediction.density)) - picture.truth) / picture.truth * 100
    text = window.page.facts.truth.text().replace("−", "-")
    assert text == f"true count {picture.truth}, error {error:+.0f} %"
    assert window.windowTitle() == "Demo scene — crowdgui"


def test_close_all_leads_back_to_the_empty_state(
    window: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    window.actions_["clear"].trigger()
    assert window.page.empty.isVisible()
    assert rows(window) == []
    assert window.windowTitle() == "crowdgui"


def test_the_window_may_be_narrow_beside_a_picture(
    window: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    QApplication.processEvents()
    page = window.page
    panels = page.list_panel.minimumWidth() + page.facts_panel.minimumWidth()
    assert page.stack.minimumSizeHint().width() < 200
    assert page.minimumSizeHint().width() < panels + 250
    page.clear()
    assert page.stack.minimumSizeHint().width() >= page.empty.minimumSizeHint().width()
