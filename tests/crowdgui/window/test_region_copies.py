"""Copies of regions: aside, in the picture, undone; and actions that follow what is selected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.viewing.picture_view import ASIDE_PX

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(
    window: MainWindow, grey: Callable[..., str], wait_idle: Callable[[MainWindow], None]
) -> MainWindow:
    """A window with a picture of 320 x 240; the fake counts it all in the first cell of 8 px."""
    window.open_words([grey(80)])
    wait_idle(window)
    return window


def draw(window: MainWindow, left: float, top: float, right: float, bottom: float) -> None:
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    window.page.view._region_drawn(corners, True)


def labels(window: MainWindow) -> list[str]:
    return [item.label for item in window.page.view._region_items]


def corners_of(window: MainWindow) -> list[list[tuple[int, int]]]:
    regions = window.page.session.regions
    return [[(round(x), round(y)) for x, y in region.corners] for region in regions]


def test_a_region_is_duplicated_aside_and_that_is_undone(opened: MainWindow, qtbot: QtBot) -> None:
    view, action = opened.page.view, opened.actions_["duplicate-region"]
    assert not action.isEnabled()
    draw(opened, 0, 0, 100, 100)
    qtbot.keyClick(opened, Qt.Key.Key_C)
    first, second = opened.page.session.regions
    assert (second.name, second.rectangle) == ("B", True)
    step = second.corners[0][0] - first.corners[0][0]
    assert step * view.transform().m11() == pytest.approx(ASIDE_PX)
    assert second.corners == [(x + step, y + step) for x, y in first.corners]
    assert labels(opened) == ["A  80.0", "B  0.0"]
    # The copy is a region of its own, and it is selected.
    second.drag_corner(0, 5, 5)
    assert view.chosen_region() is second
    assert first.corners[0] == (0, 0)
    opened.actions_["undo"].trigger()
    assert labels(opened) == ["A  80.0"]
    opened.actions_["redo"].trigger()
    assert labels(opened) == ["A  80.0", "B  0.0"]


def test_what_was_removed_comes_back_corner_by_corner(opened: MainWindow) -> None:
    view, session = opened.page.view, opened.page.session
    view._region_drawn([(10, 10), (90, 10), (120, 60), (50, 100), (5, 60)], False)
    draw(opened, 150, 20, 250, 120)
    before = [(list(region.corners), region.rectangle) for region in session.regions]
    view.scene().clearSelection()
    opened.actions_["remove-regions"].trigger()
    assert session.regions == []
    opened.actions_["undo"].trigger()
    assert [(region.corners, region.rectangle) for region in session.regions] == before


def test_a_copy_stays_in_the_picture_and_covers_no_other(opened: MainWindow) -> None:
    view = opened.page.view
    draw(opened, 220, 20, 320, 240)
    for _ in range(3):
        view._region_items[0].setSelected(True)
        for item in view._region_items[1:]:
            item.setSelected(False)
        opened.actions_["duplicate-region"].trigger()
    places = corners_of(opened)
    assert len({tuple(place) for place in places}) == 4
    assert all(0 <= x <= 320 and 0 <= y <= 240 for place in places for x, y in place)
    # It goes to the left where the right has no room, and is as large as it was.
    assert all(place[0][0] < 220 and place[1][0] - place[0][0] == 100 for place in places[1:])


def test_a_region_that_fills_the_picture_is_duplicated_where_it_is(opened: MainWindow) -> None:
    draw(opened, 0, 0, 320, 240)
    opened.actions_["duplicate-region"].trigger()
    first, second = corners_of(opened)
    assert first == second


def test_actions_on_a_region_follow_what_is_selected(opened: MainWindow) -> None:
    view = opened.page.view
    for left in (0, 120):
        draw(opened, left, 0, left + 80, 80)
    assert opened.actions_["duplicate-region"].isEnabled()
    view.scene().clearSelection()
    assert not opened.actions_["duplicate-region"].isEnabled()
    QTest.mouseClick(view.viewport(), LEFT, pos=view.mapFromScene(QPointF(40, 60)))
    assert opened.actions_["rename-region"].isEnabled()
    opened.actions_["duplicate-region"].trigger()
    first, _second, copy = corners_of(opened)
    assert copy[0][0] == pytest.approx(first[0][0] + ASIDE_PX / view.transform().m11(), abs=1)


def test_regions_are_gone_through_by_keys(opened: MainWindow, qtbot: QtBot) -> None:
    assert not opened.actions_["next-region"].isEnabled()
    for left in (0, 100, 200):
        draw(opened, left, 0, left + 50, 50)
    opened.page.view.scene().clearSelection()
    chosen = []
    for modifier in [Qt.KeyboardModifier.NoModifier] * 4 + [Qt.KeyboardModifier.ShiftModifier] * 2:
        qtbot.keyClick(opened, Qt.Key.Key_G, modifier)
        chosen.append(opened.page.view.chosen_region().name)
    assert chosen == ["A", "B", "C", "A", "C", "B"]


def test_a_double_click_while_a_rectangle_is_drawn_alters_no_region(opened: MainWindow) -> None:
    draw(opened, 0, 0, 100, 100)
    opened.actions_["rectangle"].trigger()
    view = opened.page.view
    edge = view.mapFromScene(QPointF(50, 0))
    QTest.mouseDClick(view.viewport(), LEFT, pos=edge)
    assert corners_of(opened) == [[(0, 0), (100, 0), (100, 100), (0, 100)]]


def test_a_drag_that_the_key_of_a_tool_ends_is_undone(opened: MainWindow) -> None:
    draw(opened, 0, 0, 100, 100)
    view = opened.page.view
    QTest.mousePress(view.viewport(), LEFT, pos=view.mapFromScene(QPointF(50, 50)))
    QTest.mouseMove(view.viewport(), view.mapFromScene(QPointF(90, 70)))
    opened.actions_["rectangle"].trigger()
    assert corners_of(opened) != [[(0, 0), (100, 0), (100, 100), (0, 100)]]
    opened.actions_["undo"].trigger()
    assert corners_of(opened) == [[(0, 0), (100, 0), (100, 100), (0, 100)]]
