"""Marking heads: by clicks and keys, saved at once, undone, measured and trained on."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from crowdgui.window import dialogs
from crowdgui.window.labelling import keeper
from crowdgui.window.labelling.page import LabellingPage
from crowdgui.window.main_window import MainWindow
from models.errors import UserError
from trainer.marks import Heads, read_marks, write_marks

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def open_page(window: MainWindow, wait_idle: Wait, qtbot: QtBot) -> Callable[..., LabellingPage]:
    """Open pictures, and the page once their marks are read."""

    def opened(*paths: str) -> LabellingPage:
        window.open_words(list(paths))
        wait_idle(window)
        window.show_page("label")
        page = window.labelling
        qtbot.waitUntil(lambda: page.sheet is not None and keeper_rests(page))
        return page

    return opened


def keeper_rests(page: LabellingPage) -> bool:
    return not page.keeper.unsaved and page.keeper._saving is None


def at(page: LabellingPage, x: float, y: float) -> QPoint:
    """Return where a point of the picture is in the view."""
    return page.view.mapFromScene(QPointF(x, y))


def click(page: LabellingPage, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseClick(page.view.viewport(), button, pos=at(page, x, y))


def drag(page: LabellingPage, start: QPoint, end: QPoint) -> None:
    target = page.view.viewport()
    QTest.mousePress(target, LEFT, pos=start)
    for part in (0.3, 0.6, 1.0):
        QTest.mouseMove(target, start + (end - start) * part)
    QTest.mouseRelease(target, LEFT, pos=end)


def press_again(page: LabellingPage, x: float, y: float) -> None:
    """Press and release as Qt tells it when the button was pressed a moment ago."""
    target, place = page.view.viewport(), QPointF(at(page, x, y))
    for kind, buttons in (
        (QEvent.Type.MouseButtonDblClick, LEFT),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        where = QPointF(target.mapToGlobal(place))
        event = QMouseEvent(kind, place, where, LEFT, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(target, event)


def refuse(picture: Path, _heads: Heads | None) -> None:
    raise UserError("path-unwritable", path=picture, reason="No space left on device")


def near(heads: Heads | None, *points: tuple[float, float]) -> bool:
    """A pixel of the screen is more than one of the picture."""
    assert heads is not None
    assert len(heads) == len(points)
    pairs = zip(heads, points, strict=True)
    return all(abs(x - u) < 2 and abs(y - v) < 2 for (x, y), (u, v) in pairs)


def saved(page: LabellingPage, qtbot: QtBot) -> Heads | None:
    qtbot.waitUntil(lambda: keeper_rests(page))
    return read_marks(Path(page.path)).heads


def test_clicks_mark_heads_and_are_saved_beside_the_picture(
    open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot
) -> None:
    page = open_page(grey(10))
    assert page.people.text() == "not marked yet"
    click(page, 100, 60)
    click(page, 200, 120)
    # In a crowd two quick clicks are two heads; Qt calls the second press another thing.
    press_again(page, 220, 125)
    assert page.people.text() == "3 marked"
    assert near(saved(page, qtbot), (100, 60), (200, 120), (220, 125))
    assert page.saved.text() == "saved in grey10.csv"


def test_a_right_click_takes_a_mark_away_and_a_drag_moves_it(
    open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot
) -> None:
    path = grey(10)
    write_marks(Path(path), ((100, 60), (200, 120)))
    page = open_page(path)
    drag(page, at(page, 200, 120), at(page, 150, 90))
    assert near(saved(page, qtbot), (100, 60), (150, 90))
    click(page, 100, 60, RIGHT)
    assert near(saved(page, qtbot), (150, 90))
    click(page, 10, 10, RIGHT)
    assert near(saved(page, qtbot), (150, 90))


def test_a_drag_elsewhere_moves_the_picture_and_marks_nobody(
    open_page: Callable[..., LabellingPage], grey: Grey
) -> None:
    page = open_page(grey(10, size=(640, 480)))
    page.view.zoom_by(8)
    seen = page.view.mapToScene(QPoint(0, 0))
    drag(page, QPoint(200, 150), QPoint(150, 120))
    moved = page.view.mapToScene(QPoint(0, 0)) - seen
    assert moved.x() > 0
    assert moved.y() > 0
    assert page.heads == ()


def test_a_click_beside_the_picture_marks_nobody(
    open_page: Callable[..., LabellingPage], grey: Grey
) -> None:
    page = open_page(grey(10))
    click(page, -5, 60)
    assert page.heads == ()


def test_keys_choose_take_away_undo_and_redo(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot
) -> None:
    path = grey(10)
    write_marks(Path(path), ((100, 60), (200, 120)))
    page = open_page(path)
    assert not window.actions_["label-remove"].isEnabled()
    click(page, 100, 60)
    assert near(page.heads, (100, 60), (200, 120)), "a click on a mark chooses it"
    qtbot.keyClick(window, Qt.Key.Key_Delete)
    assert near(saved(page, qtbot), (200, 120))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert near(saved(page, qtbot), (100, 60), (200, 120))
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert near(saved(page, qtbot), (200, 120))


def test_nobody_here_is_said_and_taken_back(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot
) -> None:
    page = open_page(grey(10))
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert saved(page, qtbot) == ()
    assert page.people.text() == "nobody here"
    assert not window.actions_["label-nobody"].isEnabled()
    window.actions_["label-clear"].trigger()
    assert saved(page, qtbot) is None
    assert not Path(page.path).with_suffix(".csv").exists()
    window.actions_["undo"].trigger()
    assert saved(page, qtbot) == ()


def test_the_next_picture_without_marks(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, wait_idle: Wait,
    qtbot: QtBot,
) -> None:  # fmt: skip
    paths = [grey(value) for value in (10, 20, 30, 40)]
    write_marks(Path(paths[1]), ())
    page = open_page(*paths)
    qtbot.waitUntil(lambda: page.progress.text() == "1 of 4 pictures marked")
    qtbot.keyClick(window, Qt.Key.Key_E)
    seen = [page.path]
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_U)
        wait_idle(window)
        qtbot.waitUntil(lambda: page.sheet is not None)
        seen.append(page.path)
        qtbot.keyClick(window, Qt.Key.Key_E)
    assert seen == [paths[0], paths[2], paths[3]]
    assert page.progress.text() == "4 of 4 pictures marked"
    assert not window.actions_["label-next"].isEnabled()


def test_each_picture_has_its_own_steps(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, wait_idle: Wait,
    qtbot: QtBot,
) -> None:  # fmt: skip
    page = open_page(grey(10), grey(20))
    click(page, 100, 60)
    saved(page, qtbot)
    page._counting.step(1)
    wait_idle(window)
    qtbot.waitUntil(lambda: page.sheet is not None)
    assert not window.actions_["undo"].isEnabled()
    page._counting.step(-1)
    wait_idle(window)
    assert near(page.heads, (100, 60))
    window.actions_["undo"].trigger()
    assert saved(page, qtbot) is None


def test_marks_of_another_program_are_shown_and_not_changed(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey
) -> None:
    path = Path(grey(10))
    path.with_suffix(".json").write_text(json.dumps([[100, 60]]))
    page = open_page(str(path))
    assert page.people.text() == "1 marked"
    assert str(path.with_suffix(".json")) in page.how.text()
    click(page, 200, 120)
    click(page, 100, 60, RIGHT)
    assert page.heads == ((100.0, 60.0),)
    assert not path.with_suffix(".csv").exists()
    for name in ("label-nobody", "label-clear", "label-remove", "undo"):
        assert not window.actions_[name].isEnabled(), name


def test_a_rendered_scene_shows_its_heads(window: MainWindow, wait_idle: Wait) -> None:
    window.open_words(["demo:"])
    wait_idle(window)
    window.show_page("label")
    page = window.labelling
    picture = window.page.session.picture
    assert picture is not None
    assert page.people.text() == f"{picture.truth} marked"
    click(page, 10, 10)
    assert len(page.heads) == picture.truth
    assert page.how.text() == "Only pictures that are files can be marked."


def test_the_count_page_knows_the_new_truth(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey
) -> None:
    page = open_page(grey(10))
    click(page, 100, 60)
    window.show_page("count")
    assert "true count 1" in window.page.facts.truth.text()
    assert window.page.session.picture is not None
    assert window.page.session.picture.truth == 1


def test_marks_that_cannot_be_saved_stay_and_are_saved_later(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = open_page(grey(10))
    monkeypatch.setattr(keeper, "write_marks", refuse)
    click(page, 100, 60)
    qtbot.waitUntil(lambda: page.keeper._saving is None)
    assert page.saved.text() == "not saved yet"
    assert page.keeper.unsaved == [page.path]
    assert any("No space left" in bar.notice.text() for bar in window.notices.bars())
    monkeypatch.setattr(keeper, "write_marks", write_marks)
    click(page, 200, 120)
    assert near(saved(page, qtbot), (100, 60), (200, 120))


def test_who_closes_is_asked_about_marks_that_cannot_be_saved(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = open_page(grey(10))
    monkeypatch.setattr(keeper, "write_marks", refuse)
    click(page, 100, 60)
    qtbot.waitUntil(lambda: page.keeper._saving is None)
    window.close()
    assert window.isVisible()
    [box] = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert box.text() == "The marks of 1 pictures cannot be saved."
    box.reject()
    monkeypatch.setattr(keeper, "write_marks", write_marks)
    window.close()
    assert not window.isVisible()
    assert near(read_marks(Path(page.path)).heads, (100, 60))


def test_what_waits_is_written_before_the_window_closes(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A folder that is far away answers late; what was done last is what is in the file."""
    page = open_page(grey(10))
    begun, go_on, path = threading.Event(), threading.Event(), Path(page.path)

    def wait(_picture: Path, _heads: Heads | None) -> None:
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            assert go_on.wait(60)
        write_marks(_picture, _heads)

    monkeypatch.setattr(keeper, "write_marks", wait)
    click(page, 100, 60)
    qtbot.waitUntil(begun.is_set)
    click(page, 200, 120)
    # The step that the thread is at ends within the patience of the window.
    threading.Timer(0.2, go_on.set).start()
    window.close()
    assert near(read_marks(path).heads, (100, 60), (200, 120))


def test_a_file_that_another_program_changes_is_read_again(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot
) -> None:
    page = open_page(grey(10))
    click(page, 100, 60)
    saved(page, qtbot)
    write_marks(Path(page.path), ((1, 2), (3, 4)))
    window.show_page("models")
    window.show_page("label")
    qtbot.waitUntil(lambda: page.heads == ((1.0, 2.0), (3.0, 4.0)))
    assert not window.actions_["undo"].isEnabled()


def test_marked_pictures_are_measured_and_trained_on(
    window: MainWindow, open_page: Callable[..., LabellingPage], grey: Grey, qtbot: QtBot
) -> None:
    page = open_page(grey(10), grey(20), grey(30))
    assert not window.actions_["label-measure"].isEnabled()
    click(page, 100, 60)
    assert window.actions_["label-measure"].isEnabled()
    window.actions_["label-measure"].trigger()
    qtbot.waitUntil(lambda: window.front == "evaluate" and window.evaluating.data is not None)
    data = window.evaluating.data
    assert data is not None
    assert data.folder == Path(page.path).parent
    assert data.splits["all"] == 1
    window.show_page("label")
    window.actions_["label-train"].trigger()
    qtbot.waitUntil(lambda: window.front == "train" and window.training.data is not None)
    assert window.training.form.presets.currentData() == "camera"
    qtbot.waitUntil(lambda: not window.training.looking)


def test_without_a_picture_it_says_what_to_do(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page("label")
    page = window.labelling
    assert page.hint.isVisible()
    assert not any(window.actions_[name].isEnabled() for name in ("label-next", "label-nobody"))
    folder = str(Path(grey(10)).parent)
    monkeypatch.setattr(dialogs, "ask_for_folder", lambda *words: words[-1]([folder]))
    page.hint.button.click()
    wait_idle(window)
    qtbot.waitUntil(lambda: page.sheet is not None)
    assert window.front == "label"
    assert not page.hint.isVisible()
