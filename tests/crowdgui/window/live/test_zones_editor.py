"""Zones are drawn, altered and saved; what is wrong is said, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from crowdgui.live.zones import Zone, read_zones, save_zones
from crowdgui.window.language import install_language, say
from crowdgui.window.live.zones_dialog import ZonesDialog
from crowdgui.window.live.zones_drafts import MOST_STEPS, Draft, Drafts
from crowdgui.window.live.zones_editor import ZonesEditor
from models.errors import UserError

SQUARE = ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))
BOW = ((0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9))
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def still() -> np.ndarray:
    return np.full((240, 320, 3), 90, np.uint8)


@pytest.fixture
def make(qtbot: QtBot) -> Callable[..., ZonesEditor]:
    def begin(*zones: Zone) -> ZonesEditor:
        editor = ZonesEditor(still(), zones)
        qtbot.addWidget(editor)
        editor.resize(1000, 640)
        editor.show()
        qtbot.waitExposed(editor)
        return editor

    return begin


def at(editor: ZonesEditor, x: float, y: float) -> QPoint:
    """Return where a share of the picture lies in the view."""
    return editor.view.mapFromScene(QPointF(x * 320, y * 240))


def draw(editor: ZonesEditor, *points: tuple[float, float], close: bool = True) -> None:
    editor.buttons["polygon"].click()
    port = editor.view.viewport()
    for point in points:
        QTest.mouseClick(port, LEFT, pos=at(editor, *point))
    if close:
        QTest.keyClick(editor.view, Qt.Key.Key_Return)


def drag(editor: ZonesEditor, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with the left button in three moves."""
    port = editor.view.viewport()
    QTest.mousePress(port, LEFT, pos=at(editor, *start))
    for share in (0.3, 0.7, 1.0):
        x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
        place = at(editor, x, y)
        where = QPointF(place), QPointF(port.mapToGlobal(place))
        move = QMouseEvent(QEvent.Type.MouseMove, *where, Qt.MouseButton.NoButton, LEFT,
                           Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(port, move)
    QTest.mouseRelease(port, LEFT, pos=at(editor, *end))


def points(editor: ZonesEditor, row: int = 0) -> list[tuple[float, float]]:
    return [(round(x, 2), round(y, 2)) for x, y in editor.drafts.now[row].points]


def test_a_polygon_becomes_a_zone(make: Callable[..., ZonesEditor], qtbot: QtBot) -> None:
    editor = make()
    assert editor.problem.text().startswith("Choose Polygon")
    with qtbot.waitSignal(editor.changed) as heard:
        draw(editor, (0.1, 0.1), (0.6, 0.15), (0.3, 0.8))
    (zones,) = heard.args
    assert [zone.name for zone in zones] == ["Zone 1"]
    wanted = np.array([(0.1, 0.1), (0.6, 0.15), (0.3, 0.8)])
    assert np.abs(np.array(zones[0].points) - wanted).max() < 0.01
    # Its name is to be typed at once.
    QTest.keyClicks(editor.form.name, "Gate")
    assert editor.drafts.zones()[0].name == "Gate"
    assert editor.list.item(0).text() == "Gate"
    draw(editor, (0.6, 0.6), (0.9, 0.6), (0.9, 0.9))
    assert [zone.name for zone in editor.drafts.zones()] == ["Gate", "Zone 1"]
    assert editor.list.currentRow() == 1


def test_two_points_are_refused_in_a_sentence(make: Callable[..., ZonesEditor]) -> None:
    editor = make()
    draw(editor, (0.1, 0.1), (0.6, 0.15))
    said = "The zone Zone 1 has 2 different points; it needs three or more."
    assert editor.problem.text() == said
    assert editor.drafts.now == ()
    # The tool is still in hand: three points more make a zone.
    assert editor.is_drawing()
    for point in ((0.1, 0.1), (0.6, 0.15), (0.3, 0.8)):
        QTest.mouseClick(editor.view.viewport(), LEFT, pos=at(editor, *point))
    QTest.mouseClick(editor.view.viewport(), RIGHT, pos=at(editor, 0.5, 0.5))
    assert len(editor.drafts.zones()) == 1
    assert editor.problem.text() != said


def test_a_zone_that_crosses_itself_is_kept_and_said(
    make: Callable[..., ZonesEditor], qtbot: QtBot
) -> None:
    editor = make()
    with qtbot.assertNotEmitted(editor.changed):
        draw(editor, *BOW)
    assert "crosses or touches itself" in editor.problem.text()
    assert editor.list.item(0).text() == "Zone 1 ⚠"
    # Moved straight, it can be used.
    with qtbot.waitSignal(editor.changed) as heard:
        drag(editor, (0.9, 0.9), (0.5, 0.02))
    assert len(heard.args[0]) == 1
    assert "crosses" not in editor.problem.text()


def test_a_drag_is_one_step(make: Callable[..., ZonesEditor], qtbot: QtBot) -> None:
    editor = make(Zone("Hall", SQUARE))
    drag(editor, (0.75, 0.75), (0.9, 0.9))
    assert points(editor)[2] == (0.9, 0.9)
    drag(editor, (0.4, 0.4), (0.45, 0.4))
    qtbot.waitUntil(lambda: points(editor)[0] == (0.3, 0.25))
    editor.undo()
    assert points(editor)[0] == (0.25, 0.25)
    assert points(editor)[2] == (0.9, 0.9)
    editor.undo()
    assert tuple(points(editor)) == SQUARE
    assert not editor.buttons["undo"].isEnabled()
    editor.redo()
    assert points(editor)[2] == (0.9, 0.9)


def test_undo_takes_back_the_corners_of_a_zone_being_drawn_first(
    make: Callable[..., ZonesEditor], qtbot: QtBot
) -> None:
    editor = make()
    undo = editor.buttons["undo"]
    draw(editor, (0.1, 0.1), (0.6, 0.15), (0.3, 0.8), close=False)
    qtbot.waitUntil(undo.isEnabled)
    QTest.keyClick(editor.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(editor.view.viewport(), LEFT, pos=at(editor, 0.4, 0.9))
    QTest.keyClick(editor.view, Qt.Key.Key_Return)
    assert points(editor) == [(0.1, 0.1), (0.6, 0.15), (0.4, 0.9)]
    draw(editor, (0.7, 0.7), (0.9, 0.7), close=False)
    undo.click()
    undo.click()
    assert len(editor.drafts.now) == 1
    undo.click()
    assert editor.drafts.now == ()
    assert not undo.isEnabled()


def test_corners_come_and_go_by_double_clicks(
    make: Callable[..., ZonesEditor], qtbot: QtBot
) -> None:
    editor = make(Zone("Hall", SQUARE))
    port = editor.view.viewport()
    QTest.mouseDClick(port, LEFT, pos=at(editor, 0.5, 0.25))
    assert [*points(editor)] == [SQUARE[0], (0.5, 0.25), *SQUARE[1:]]
    QTest.mouseRelease(port, LEFT, pos=at(editor, 0.5, 0.25))
    # The new one can be dragged like the others.
    drag(editor, (0.5, 0.25), (0.5, 0.1))
    assert points(editor)[1] == (0.5, 0.1)
    QTest.mouseDClick(port, LEFT, pos=at(editor, 0.5, 0.1))
    QTest.mouseRelease(port, LEFT, pos=at(editor, 0.5, 0.1))
    assert tuple(points(editor)) == SQUARE
    # In the middle there is neither corner nor edge.
    QTest.mouseDClick(port, LEFT, pos=at(editor, 0.5, 0.5))
    QTest.mouseRelease(port, LEFT, pos=at(editor, 0.5, 0.5))
    assert tuple(points(editor)) == SQUARE
    for _ in range(3):
        editor.undo()
    assert tuple(points(editor)) == SQUARE
    assert not editor.buttons["undo"].isEnabled()


def test_a_zone_stays_in_the_picture(make: Callable[..., ZonesEditor], qtbot: QtBot) -> None:
    editor = make(Zone("Hall", SQUARE))
    drag(editor, (0.5, 0.5), (0.95, 0.5))
    # It keeps its shape at the edge, and is drawn where it is.
    moved = [(0.5, 0.25), (1.0, 0.25), (1.0, 0.75), (0.5, 0.75)]
    assert points(editor) == moved
    qtbot.waitUntil(lambda: max(x for x, _ in editor._regions[0].corners) <= 320.01)


def test_facts_of_a_zone(make: Callable[..., ZonesEditor]) -> None:
    editor = make(Zone("Hall", SQUARE), Zone("Gate", SQUARE, capacity=20.0))
    form = editor.form
    assert "no levels" in form.note.text()
    assert not form.hold.isEnabled()
    form.area.setValue(30)
    assert form.note.text() == "Full at 60 people (2 a m²)."
    form.capacity.setValue(50)
    assert form.note.text() == "Full at 50 people."
    for box, percent in zip(form.limits, (40, 70, 95), strict=True):
        box.setValue(percent)
    form.hysteresis.setValue(20)
    form.hold.setValue(2.5)
    form.alert.setCurrentIndex(form.alert.findData(2))
    form.alert.activated.emit(form.alert.currentIndex())
    hall, gate = editor.drafts.zones()
    assert hall == Zone("Hall", SQUARE, 50.0, 30.0, (0.4, 0.7, 0.95), 0.2, 2.5, 2)
    assert gate == Zone("Gate", SQUARE, capacity=20.0)
    editor.list.setCurrentRow(1)
    assert (form.name.text(), form.capacity.value(), form.hold.value()) == ("Gate", 20.0, 5.0)
    # To look at a zone alters nothing.
    assert editor.drafts.zones() == (hall, gate)
    form.capacity.setValue(0)
    assert editor.drafts.zones()[1].capacity is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "the name is empty"), ("count", "a log has a column"), ("Gate", "two zones")],
)
def test_names_that_cannot_be_used(
    make: Callable[..., ZonesEditor], qtbot: QtBot, name: str, reason: str
) -> None:
    editor = make(Zone("Hall", SQUARE), Zone("Gate", SQUARE))
    editor.form.name.selectAll()
    with qtbot.assertNotEmitted(editor.changed):
        editor.form.name.setText(name)
        editor.form.name.textEdited.emit(name)
    assert reason in editor.problem.text()


def test_delete_and_undo(make: Callable[..., ZonesEditor]) -> None:
    editor = make(Zone("Hall", SQUARE), Zone("Gate", SQUARE))
    editor.list.setCurrentRow(1)
    editor.buttons["clear"].click()
    assert [draft.name for draft in editor.drafts.now] == ["Hall"]
    editor.buttons["clear"].click()
    assert editor.drafts.now == ()
    assert not editor.form.isEnabled()
    editor.undo()
    editor.undo()
    assert [draft.name for draft in editor.drafts.now] == ["Hall", "Gate"]
    assert editor.list.count() == 2


def test_what_is_dragged_or_deleted_is_the_zone_that_was_clicked(
    make: Callable[..., ZonesEditor], qtbot: QtBot
) -> None:
    hall = Zone("Hall", ((0.05, 0.05), (0.4, 0.05), (0.4, 0.4), (0.05, 0.4)), 30.0, alert_at=2)
    gate = Zone("Gate", ((0.6, 0.6), (0.9, 0.6), (0.9, 0.9), (0.6, 0.9)), 20.0, hold_s=2.0)
    editor = make(hall, gate)
    drag(editor, (0.75, 0.75), (0.7, 0.75))
    qtbot.waitUntil(lambda: editor.form.name.text() == "Gate")
    left, moved = editor.drafts.zones()
    assert left == hall
    assert moved.points != gate.points
    # It is elsewhere, and as it was in all else.
    assert replace(moved, points=gate.points) == gate
    for name, place in (("Hall", (0.2, 0.2)), ("Gate", (0.7, 0.75)), ("Hall", (0.2, 0.2))):
        QTest.mouseClick(editor.view.viewport(), LEFT, pos=at(editor, *place))
        qtbot.waitUntil(lambda name=name: editor.form.name.text() == name)
    editor.buttons["clear"].click()
    assert editor.drafts.zones() == (moved,)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ZonesDialog]:
    dialog = ZonesDialog("demo:", still(), [Zone("Hall", SQUARE)], Path("zones.json"))
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    # Closed, it deletes itself.
    if shiboken6.isValid(dialog):
        dialog.discard()


def test_saved_zones_are_those_that_watch_reads(
    dialog: ZonesDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "zones.json"
    dialog.saved.connect(lambda zones: save_zones(path, "demo:", zones))
    dialog.editor.form.capacity.setValue(80)
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    assert read_zones(path, "demo:") == (Zone("Hall", SQUARE, capacity=80.0),)


def test_a_zone_that_cannot_be_used_is_not_saved(dialog: ZonesDialog, qtbot: QtBot) -> None:
    draw(dialog.editor, *BOW)
    assert not dialog.save_button.isEnabled()
    with qtbot.assertNotEmitted(dialog.saved):
        dialog.save()
    assert dialog.isVisible()
    dialog.editor.undo()
    assert dialog.save_button.isEnabled()


def test_what_was_not_saved_is_asked_about(dialog: ZonesDialog, qtbot: QtBot) -> None:
    draw(dialog.editor, (0.1, 0.1), (0.6, 0.15), close=False)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    # Escape ended the drawing; there is nothing new to save.
    assert dialog.isVisible()
    assert not dialog.editor.is_drawing()
    dialog.editor.form.capacity.setValue(80)
    dialog.close()
    assert dialog.isVisible()
    box = dialog.findChild(QMessageBox)
    assert box is not None
    with qtbot.waitSignal(dialog.saved):
        box.button(QMessageBox.StandardButton.Save).click()


def test_everything_that_takes_the_focus_has_a_name(dialog: ZonesDialog) -> None:
    nameless = []
    for widget in dialog.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or "Private" in type(widget).__name__
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or inner or not widget.isVisible():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


@pytest.mark.parametrize(
    ("make_one", "said"),
    [
        (lambda: Zone("", SQUARE), "이름이 비어 있거나"),
        (lambda: Zone("count", SQUARE), "로그에 같은 이름의 열"),
        (lambda: Drafts([Zone("a", SQUARE), Zone("a", SQUARE)]).zones(), "구역이 두 개"),
        (lambda: Zone("a", SQUARE, limits=(0.5, 0.4, 1.0)), "세 기준은"),
        (lambda: Zone("a", ((0.1, 0.1), (0.10001, 0.1), (0.1, 0.10001))), "넓이"),
    ],
)
def test_reasons_are_said_in_the_language_of_the_window(
    qapp: QApplication, make_one: Callable[[], object], said: str
) -> None:
    with pytest.raises(UserError) as caught:
        make_one()
    install_language(qapp, "ko")
    try:
        assert said in say(caught.value)
    finally:
        install_language(qapp, "en")


def test_steps_are_bounded_and_merged() -> None:
    drafts = Drafts([])
    for number in range(500):
        drafts.change([Draft(str(number), SQUARE)])
    for number in range(50):
        drafts.change([Draft(f"typed {number}", SQUARE)], "name 0")
    steps = 0
    while drafts.can_undo:
        drafts.undo()
        steps += 1
    assert steps == MOST_STEPS - 1
    assert drafts.now == ()
    assert not drafts.altered
