"""A sheet of marks: what was done is undone and done again."""

from __future__ import annotations

from crowdgui.window.labelling.sheet import Sheet
from models.errors import UserError


def test_changes_are_undone_one_by_one_and_done_again() -> None:
    sheet = Sheet()
    assert sheet.add(1.04, 2.06)
    assert sheet.add(5, 6)
    assert sheet.move(0, 3, 4)
    assert sheet.remove(1)
    assert sheet.heads == ((3.0, 4.0),)
    states = []
    while sheet.can_undo:
        sheet.undo()
        states.append(sheet.heads)
    assert states == [((3, 4), (5, 6)), ((1.0, 2.1), (5, 6)), ((1.0, 2.1),), None]
    while sheet.can_redo:
        sheet.redo()
    assert sheet.heads == ((3.0, 4.0),)
    sheet.undo()
    sheet.add(9, 9)
    assert not sheet.can_redo, "what was undone is gone once something else is done"


def test_the_last_mark_taken_away_leaves_nobody_and_not_nothing() -> None:
    sheet = Sheet(((1, 2),))
    assert sheet.remove(0)
    assert sheet.heads == ()


def test_what_changes_nothing_is_no_step() -> None:
    sheet = Sheet(((1.0, 2.0),))
    assert not sheet.change(((1.0, 2.0),))
    assert not sheet.can_undo
    sheet.undo()
    sheet.redo()
    assert sheet.heads == ((1.0, 2.0),)


def test_marks_of_another_maker_stay() -> None:
    sheet = Sheet(((1, 2),), UserError("marks-foreign", path="a.json"))
    assert not sheet.add(3, 4)
    assert not sheet.change(None)
    assert sheet.heads == ((1, 2),)
