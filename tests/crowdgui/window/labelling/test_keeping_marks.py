"""Marks are kept whatever happens to the files, and what others wrote is not written over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crowdgui.window.labelling import keeper
from crowdgui.window.main_window import MainWindow
from models.errors import UserError
from trainer.marks import Heads, read_marks, write_marks

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


@pytest.fixture
def show(window: MainWindow, wait_idle: Wait, qtbot: QtBot) -> Callable[[int], None]:
    """Show a picture by its place in the list, once its marks are read."""

    def shown(place: int) -> None:
        window.page.choose(place)
        wait_idle(window)
        page = window.labelling
        qtbot.waitUntil(lambda: page.path == window.page.session.entries[place].source.path)
        qtbot.waitUntil(lambda: page.sheet is not None and page.keeper._saving is None)

    return shown


def open_pictures(window: MainWindow, wait_idle: Wait, paths: list[str]) -> None:
    window.open_words(paths)
    wait_idle(window)
    window.show_page("label")


def test_a_picture_that_cannot_be_written_keeps_no_other_from_it(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, show: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first, second = grey(10), grey(20)
    open_pictures(window, wait_idle, [first, second])
    page = window.labelling

    def write(picture: Path, heads: Heads | None) -> None:
        if picture == Path(first):
            raise UserError("path-unwritable", path=picture, reason="Permission denied")
        write_marks(picture, heads)

    monkeypatch.setattr(keeper, "write_marks", write)
    show(0)
    page._add(QPointF(10, 20))
    show(1)
    page._add(QPointF(30, 40))
    qtbot.waitUntil(lambda: page.keeper.unsaved == [first])
    assert read_marks(Path(second)).heads == ((30.0, 40.0),)
    assert not page.keeper.close()
    assert page.keeper.unsaved == [first]


def test_what_is_undone_and_done_again_is_saved_at_the_end(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, show: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = grey(10)
    open_pictures(window, wait_idle, [path])
    page, go_on = window.labelling, threading.Event()
    show(0)

    def write(picture: Path, heads: Heads | None) -> None:
        assert go_on.wait(60)
        write_marks(picture, heads)

    monkeypatch.setattr(keeper, "write_marks", write)
    page._add(QPointF(10, 20))
    page.undo()
    page.redo()
    assert page.keeper.unsaved == [path]
    go_on.set()
    qtbot.waitUntil(lambda: not page.keeper.unsaved)
    assert read_marks(Path(path)).heads == ((10.0, 20.0),)


def test_what_another_program_wrote_meanwhile_stays(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, show: Callable[[int], None]
) -> None:
    path = grey(10)
    open_pictures(window, wait_idle, [path])
    page = window.labelling
    show(0)
    others = ((1.0, 2.0), (3.0, 4.0))
    write_marks(Path(path), others)
    page._add(QPointF(10, 20))
    qtbot.waitUntil(lambda: page.heads == others)
    assert read_marks(Path(path)).heads == others
    assert "changed by another program" in window.notices.bars()[0].notice.text()
    page._add(QPointF(10, 20))
    qtbot.waitUntil(lambda: not page.keeper.unsaved)
    assert read_marks(Path(path)).heads == (*others, (10.0, 20.0))


def test_a_drag_ends_where_its_marks_change(
    window: MainWindow, grey: Grey, wait_idle: Wait, show: Callable[[int], None]
) -> None:
    path = grey(10)
    write_marks(Path(path), ((100, 60), (200, 120)))
    open_pictures(window, wait_idle, [path])
    page = window.labelling
    show(0)
    view, left = page.view.viewport(), Qt.MouseButton.LeftButton
    start = page.view.mapFromScene(QPointF(100, 60))
    QTest.mousePress(view, left, pos=start)
    page.remove_chosen()
    QTest.mouseRelease(view, left, pos=start * 1.5)
    assert page.heads == ((200.0, 120.0),)


def test_a_mark_that_is_dragged_over_the_edge_still_counts(
    window: MainWindow, grey: Grey, wait_idle: Wait, show: Callable[[int], None]
) -> None:
    path = grey(10)
    write_marks(Path(path), ((300, 60),))
    open_pictures(window, wait_idle, [path])
    page = window.labelling
    show(0)
    held = page.view._within(page.view.mapFromScene(QPointF(400, 500)))
    page._move(0, held)
    assert page.heads == ((319.9, 239.9),)
