"""Regions: drawn with the mouse, counted exactly, moved, removed, kept with their pictures."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crowdgui.live import zones
from crowdgui.live.zones import ANY_SOURCE, Zone, read_zones, save_zones
from crowdgui.window.action_table import PICTURE_MENU
from crowdgui.window.main_window import MainWindow
from crowdgui.window.pages import SEPARATOR

# Ends the program where the scene remembers regions by the bounds they had at another zoom.
DRAWN_AND_REMOVED = """
import gc
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from crowdgui.window.viewing.picture_view import PictureView
app = QApplication([])
view = PictureView()
view.resize(900, 700)
view.show()
view.set_picture((QImage(4000, 3000, QImage.Format.Format_RGB32),))
view.set_regions([])
for turn in range(40):
    view.fit()
    x, y = turn * 397 % 3700, turn * 613 % 2700
    view._region_drawn([(x, y), (x + 120, y), (x + 120, y + 120), (x, y + 120)], True)
    app.processEvents()
    view.grab()
    view.actual_size()
    app.processEvents()
    view.remove_regions()
    gc.collect()
    view.fit()
    view.grab()
    names = [type(item).__name__ for item in view.scene().items(view.sceneRect())]
    assert "RegionItem" not in names, names
"""

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(window: MainWindow, grey: Grey, wait_idle: Wait) -> MainWindow:
    """A window with a picture of 320 x 240; the fake counts it all in the first cell of 8 px."""
    window.open_words([grey(80), grey(40)])
    wait_idle(window)
    return window


def at(window: MainWindow, x: float, y: float) -> QPoint:
    """Return where a pixel of the picture is in the view."""
    return window.page.view.mapFromScene(QPointF(x, y))


def drag(window: MainWindow, start: tuple[float, float], end: tuple[float, float]) -> None:
    port = window.page.view.viewport()
    QTest.mousePress(port, LEFT, pos=at(window, *start))
    QTest.mouseMove(port, at(window, *end))
    QTest.mouseRelease(port, LEFT, pos=at(window, *end))


def labels(window: MainWindow) -> list[str]:
    return [item.label for item in window.page.view._region_items]


def test_rectangle_shows_the_count_inside(opened: MainWindow) -> None:
    opened.actions_["rectangle"].trigger()
    assert opened.actions_["rectangle"].isChecked()
    drag(opened, (-30, -30), (200, 150))
    (region,) = opened.page.session.regions
    assert region.corners[0] == (0, 0)
    assert labels(opened) == ["A  80.0"]
    assert opened.page.regions.rows[0][2].text() == "80.0"
    # One region drawn, the mouse pans again.
    assert not opened.actions_["rectangle"].isChecked()


def test_polygon_is_closed_by_a_double_click(opened: MainWindow) -> None:
    port = opened.page.view.viewport()
    opened.actions_["polygon"].trigger()
    for corner in ((0, 0), (8, 0)):
        QTest.mouseClick(port, LEFT, pos=at(opened, *corner))
    QTest.mouseClick(port, LEFT, pos=at(opened, 0, 8))
    QTest.keyClick(opened.page.view, Qt.Key.Key_Return)
    (region,) = opened.page.session.regions
    assert len(region.corners) == 3
    # Half of the one cell that holds everybody, as exactly as a mouse can point.
    counted = float(labels(opened)[0].split()[1])
    assert counted == pytest.approx(40, abs=12)


def test_escape_leaves_no_region(opened: MainWindow) -> None:
    port = opened.page.view.viewport()
    opened.actions_["polygon"].trigger()
    for corner in ((0, 0), (80, 0), (0, 80)):
        QTest.mouseClick(port, LEFT, pos=at(opened, *corner))
    opened.actions_["cancel"].trigger()
    assert opened.page.session.regions == []
    assert opened.page.view.tool.mode == "pan"
    opened.actions_["rectangle"].trigger()
    drag(opened, (10, 10), (11, 10))
    assert opened.page.session.regions == []


def test_moving_and_reshaping_count_anew(opened: MainWindow) -> None:
    page = opened.page
    page.view._region_drawn([(0, 0), (100, 0), (100, 100), (0, 100)], True)
    assert labels(opened) == ["A  80.0"]
    drag(opened, (50, 50), (150, 120))
    (region,) = page.session.regions
    assert region.corners[0][0] == pytest.approx(100, abs=2)
    assert labels(opened) == ["A  0.0"]
    drag(opened, region.corners[0], (0, 0))
    assert region.corners[0] == pytest.approx((0, 0), abs=2)
    # A rectangle stays one.
    assert region.corners[1][1] == region.corners[0][1]
    assert region.corners[3][0] == region.corners[0][0]
    assert float(labels(opened)[0].split()[1]) == pytest.approx(80, abs=28)


def test_a_half_drawn_region_stays_with_its_picture(opened: MainWindow, wait_idle: Wait) -> None:
    page, port = opened.page, opened.page.view.viewport()
    opened.actions_["polygon"].trigger()
    for corner in ((20, 20), (100, 20)):
        QTest.mouseClick(port, LEFT, pos=at(opened, *corner))
    page.choose_model("beta")
    wait_idle(opened)
    # The same picture, counted anew.
    assert page.view.tool.is_drawing()
    opened.actions_["next"].trigger()
    wait_idle(opened)
    assert not page.view.tool.is_drawing()
    QTest.mouseClick(port, LEFT, pos=at(opened, 100, 100))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.session.regions == []


def test_what_is_dragged_stays_in_the_picture(opened: MainWindow) -> None:
    page = opened.page
    page.view._region_drawn([(200, 140), (300, 140), (300, 220), (200, 220)], True)
    (region,) = page.session.regions
    drag(opened, (250, 180), (400, 300))
    assert region.corners == [(220, 160), (320, 160), (320, 240), (220, 240)]
    drag(opened, (220, 160), (-60, -60))
    assert region.corners == [(0, 0), (320, 0), (320, 240), (0, 240)]


def test_a_region_that_came_back_follows_the_mouse_again(opened: MainWindow) -> None:
    view, port = opened.page.view, opened.page.view.viewport()
    view._region_drawn([(100, 100), (200, 100), (200, 200)], False)
    (region,) = opened.page.session.regions
    QTest.mousePress(port, LEFT, pos=at(opened, 180, 150))
    for place in ((500, 150), (180, 150)):
        QTest.mouseMove(port, at(opened, *place))
    QTest.mouseRelease(port, LEFT, pos=at(opened, 180, 150))
    assert region.corners[0] == pytest.approx((100, 100), abs=1)


def test_remove_takes_the_selected_one_then_all(opened: MainWindow) -> None:
    view = opened.page.view
    for left in (0, 50, 100):
        view._region_drawn([(left, 0), (left + 40, 0), (left + 40, 40), (left, 40)], True)
    for item in view._region_items:
        item.setSelected(False)
    view._region_items[1].setSelected(True)
    opened.actions_["remove-regions"].trigger()
    assert [region.name for region in opened.page.session.regions] == ["A", "C"]
    opened.actions_["remove-regions"].trigger()
    assert opened.page.session.regions == []
    assert not opened.page.regions.isVisible()
    assert not opened.actions_["remove-regions"].isEnabled()


def test_pictures_of_one_size_share_their_regions(
    opened: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    opened.page.view._region_drawn([(0, 0), (100, 0), (100, 100), (0, 100)], True)
    opened.open_words([grey(30, "other.png", size=(100, 100)), grey(50)])
    wait_idle(opened)
    assert labels(opened) == []
    opened.page.choose(1)
    wait_idle(opened)
    assert labels(opened) == ["A  40.0"]


def test_parts_of_a_picture_sum_to_its_count(opened: MainWindow) -> None:
    page = opened.page
    for left, right in ((0, 3), (3, 320)):
        page.view._region_drawn([(left, 0), (right, 0), (right, 240), (left, 240)], True)
    assert page.session.prediction is not None
    counts = [float(label.split()[1]) for label in labels(opened)]
    assert counts == [30.0, 50.0]
    assert sum(counts) == pytest.approx(page.session.prediction.count)


def test_copied_picture_shows_the_regions(opened: MainWindow, qtbot: QtBot) -> None:

    opened.actions_["density"].trigger()
    opened.actions_["copy-picture"].trigger()
    plain = QGuiApplication.clipboard().image()
    opened.page.view._region_drawn([(50, 50), (200, 50), (200, 200), (50, 200)], True)
    opened.actions_["copy-picture"].trigger()
    assert not plain.isNull()
    assert QGuiApplication.clipboard().image() != plain


def names_of(window: MainWindow) -> list[str]:
    return [region.name for region in window.page.session.regions]


def test_regions_are_undone_and_done_again(opened: MainWindow) -> None:
    undo, redo = opened.actions_["undo"], opened.actions_["redo"]
    assert not undo.isEnabled()
    for start, end in (((0, 0), (100, 100)), ((120, 0), (200, 100))):
        opened.actions_["rectangle"].trigger()
        drag(opened, start, end)
    opened.page.view.scene().clearSelection()
    before = opened.page.session.regions[0].corners[0]
    drag(opened, (40, 40), (60, 70))
    moved = opened.page.session.regions[0].corners[0]
    assert moved != before
    # A drag is one thing, however many steps the mouse made.
    undo.trigger()
    assert opened.page.session.regions[0].corners[0] == before
    redo.trigger()
    assert opened.page.session.regions[0].corners[0] == moved
    opened.page.view.scene().clearSelection()
    opened.actions_["remove-regions"].trigger()
    assert names_of(opened) == []
    undo.trigger()
    assert names_of(opened) == ["A", "B"]
    assert [label[0] for label in labels(opened)] == ["A", "B"]
    for _ in range(3):
        undo.trigger()
    assert names_of(opened) == []
    assert not undo.isEnabled()
    redo.trigger()
    assert names_of(opened) == ["A"]
    # Something new: what had been taken back is over.
    opened.actions_["rectangle"].trigger()
    drag(opened, (120, 120), (200, 200))
    assert not redo.isEnabled()


def test_a_corner_is_taken_back(opened: MainWindow) -> None:
    port = opened.page.view.viewport()
    opened.actions_["polygon"].trigger()
    for corner in ((0, 0), (80, 0), (200, 200), (0, 80)):
        QTest.mouseClick(port, LEFT, pos=at(opened, *corner))
        if corner == (200, 200):
            opened.actions_["undo"].trigger()
    QTest.keyClick(opened.page.view, Qt.Key.Key_Return)
    (region,) = opened.page.session.regions
    assert len(region.corners) == 3
    assert max(x for x, _y in region.corners) < 100


def test_each_size_of_picture_has_its_own_history(
    opened: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    opened.actions_["rectangle"].trigger()
    drag(opened, (0, 0), (100, 100))
    opened.open_words([grey(70, size=(200, 200))])
    wait_idle(opened)
    assert not opened.actions_["undo"].isEnabled()
    opened.page.choose(0)
    wait_idle(opened)
    opened.actions_["undo"].trigger()
    assert names_of(opened) == []
    opened.actions_["redo"].trigger()
    opened.actions_["clear"].trigger()
    assert not opened.actions_["undo"].isEnabled()
    opened.open_words([grey(80)])
    wait_idle(opened)
    # They are kept for the folder; what was done to them is over.
    assert not opened.actions_["undo"].isEnabled()
    assert names_of(opened) == ["A"]


def test_regions_can_be_removed_at_another_zoom() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DRAWN_AND_REMOVED], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_middle_button_pans_while_a_region_is_drawn(opened: MainWindow) -> None:
    view = opened.page.view
    view.zoom_by(8)
    opened.actions_["polygon"].trigger()
    place, corner = view.viewport().rect().center(), view.mapToScene(QPoint(0, 0))
    QTest.mousePress(view.viewport(), Qt.MouseButton.MiddleButton, pos=place)
    QTest.mouseMove(view.viewport(), place - QPoint(40, 24))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.MiddleButton, pos=place - QPoint(40, 24))
    moved = (view.mapToScene(QPoint(0, 0)) - corner) * view.transform().m11()
    assert (round(moved.x()), round(moved.y())) == (40, 24)
    assert view.tool.mode == "polygon"
    assert not view.tool.is_drawing()


def right_click(window: MainWindow, x: float, y: float) -> bool:
    """Press the right button on a pixel of the picture; True where a menu follows."""
    view, place = window.page.view, at(window, x, y)
    QTest.mousePress(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    return view.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu


def test_right_click_selects_the_region_and_offers_a_menu(opened: MainWindow) -> None:
    for corner in (20, 120):
        opened.actions_["rectangle"].trigger()
        drag(opened, (corner, corner), (corner + 60, corner + 60))
    assert right_click(opened, 40, 40)
    offered = [action.objectName() for action in opened.page.view.actions()]
    assert [name for name in offered if name] == [n for n in PICTURE_MENU if n != SEPARATOR]
    opened.actions_["remove-regions"].trigger()
    assert [region.name for region in opened.page.session.regions] == ["B"]


def test_right_click_that_ends_a_polygon_opens_no_menu(opened: MainWindow) -> None:
    opened.actions_["polygon"].trigger()
    for corner in ((20, 20), (90, 20), (90, 90)):
        QTest.mouseClick(opened.page.view.viewport(), LEFT, pos=at(opened, *corner))
    assert not right_click(opened, 90, 90)
    assert len(opened.page.session.regions) == 1
    assert right_click(opened, 200, 200)


def test_regions_are_saved_and_loaded_for_pictures_of_any_size(
    opened: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    opened.actions_["rectangle"].trigger()
    drag(opened, (0, 0), (160, 120))
    (before,) = opened.page.session.regions
    before.name = "문"
    file = tmp_path / "regions.json"
    opened.region_files.save(file, (320, 240), [before])
    qtbot.waitUntil(lambda: len(opened.notices.bars()) == 1)
    (zone,) = read_zones(file, "camera:0")
    assert zone.name == "문"
    opened.open_words([grey(60, "large.png", (640, 480))])
    wait_idle(opened)
    opened.region_files.load(file)
    qtbot.waitUntil(lambda: bool(opened.page.session.regions))
    (region,) = opened.page.session.regions
    assert region.rectangle
    assert region.corners[2] == pytest.approx([2 * at for at in before.corners[2]])
    assert labels(opened) == ["문  60.0"]
    opened.actions_["undo"].trigger()
    assert opened.page.session.regions == []


def test_regions_that_come_late_go_into_no_other_picture(
    opened: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file, gate = tmp_path / "regions.json", threading.Event()
    save_zones(file, ANY_SOURCE, [Zone("A", ((0, 0), (1, 0), (1, 1)))])
    monkeypatch.setattr(zones, "read_zones", lambda *facts: gate.wait(20) and read_zones(*facts))
    opened.region_files.load(file)
    opened.open_words([grey(60, "large.png", (640, 480))])
    wait_idle(opened)
    gate.set()
    qtbot.waitUntil(lambda: not opened.desk.folders.works)
    assert opened.page.session.regions == []


@pytest.mark.parametrize("content", ['{"version": 1, "sources": {}}', "no zones"])
def test_a_file_without_regions_leaves_those_there_are(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, content: str
) -> None:
    opened.actions_["rectangle"].trigger()
    drag(opened, (0, 0), (160, 120))
    file = tmp_path / "regions.json"
    file.write_text(content, encoding="utf-8")
    opened.region_files.load(file)
    qtbot.waitUntil(lambda: bool(opened.notices.bars()))
    assert len(opened.page.session.regions) == 1
    assert str(file) in opened.notices.bars()[0].notice.text()
