"""Names of regions: given by a person, each once; long ones, and many of them, in the panel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from crowdgui.window.counting.region_list import MOST_SHOWN
from crowdgui.window.main_window import MainWindow

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


@pytest.fixture
def opened(window: MainWindow, grey: Grey, wait_idle: Wait) -> MainWindow:
    """A window with a picture of 320 x 240; the fake counts it all in the first cell of 8 px."""
    window.open_words([grey(80)])
    wait_idle(window)
    return window


def draw(window: MainWindow, low: float, high: float) -> None:
    window.page.view._region_drawn([(low, low), (high, low), (high, high), (low, high)], True)


def labels(window: MainWindow) -> list[str]:
    return [item.label for item in window.page.view._region_items]


def test_a_region_takes_another_name(opened: MainWindow, qtbot: QtBot) -> None:
    assert not opened.actions_["rename-region"].isEnabled()
    for corner in (0, 120):
        draw(opened, corner, corner + 60)
    assert opened.actions_["rename-region"].isEnabled()
    opened.actions_["rename-region"].trigger()
    (dialog,) = opened.page.view.findChildren(QInputDialog)
    dialog.setTextValue("Nobody")
    dialog.reject()
    assert labels(opened) == ["A  80.0", "B  0.0"]
    qtbot.waitUntil(lambda: not opened.page.view.findChildren(QInputDialog))
    opened.actions_["rename-region"].trigger()
    (dialog,) = opened.page.view.findChildren(QInputDialog)
    assert dialog.textValue() == "B"
    dialog.setTextValue(" Gate ")
    dialog.accept()
    assert labels(opened) == ["A  80.0", "Gate  0.0"]
    # The region stays selected: what is done next is done to it.
    assert opened.page.view.chosen_region() is opened.page.session.regions[1]
    opened.actions_["undo"].trigger()
    assert [region.name for region in opened.page.session.regions] == ["A", "B"]
    first, second = opened.page.session.regions
    opened.page.naming.rename(second, "A", [first, second])
    assert (first.name, second.name) == ("A", "B")
    assert "called A already" in opened.notices.bars()[0].notice.text()


def test_a_picture_that_comes_meanwhile_lends_no_name(
    opened: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    draw(opened, 0, 60)
    draw(opened, 120, 180)
    first, second = opened.page.session.regions
    opened.actions_["rename-region"].trigger()
    (dialog,) = opened.page.view.findChildren(QInputDialog)
    opened.open_words([grey(40, "larger.png", (640, 480))])
    wait_idle(opened)
    assert opened.page.session.regions == []
    dialog.setTextValue("A")
    dialog.accept()
    assert (first.name, second.name) == ("A", "B")
    assert "called A already" in opened.notices.bars()[0].notice.text()


def test_a_long_name_leaves_room_for_its_count_and_the_rest(opened: MainWindow) -> None:
    for number in range(MOST_SHOWN + 3):
        draw(opened, number, number + 60)
    page = opened.page
    page.session.regions[0].name = "Where the northern stairs come down to the platform"
    page.view.redraw_regions()
    assert page.side.widget().minimumSizeHint().width() <= page.side.viewport().width()
    _swatch, name, count = page.regions.rows[0]
    assert name.toolTip() == page.session.regions[0].name
    assert count.isVisible()
    assert page.regions.rest.text() == "and 3 more"
    assert page.regions.rest.isVisible()
    opened.actions_["remove-regions"].trigger()
    draw(opened, 0, 60)
    assert not page.regions.rest.isVisible()


def test_a_long_name_in_the_picture_leaves_room_for_the_count(opened: MainWindow) -> None:
    view = opened.page.view
    draw(opened, 0, 60)
    before = view.grab().toImage()
    opened.page.session.regions[0].name = "Where the northern stairs come down to the platform"
    view.redraw_regions()
    item = view._region_items[0]
    edge = view.mapFromScene(item.boundingRect().topRight()).x()
    after = view.grab().toImage()
    changed = [
        x
        for x in range(before.width())
        if any(before.pixel(x, y) != after.pixel(x, y) for y in range(before.height()))
    ]
    assert changed
    # Within what the item says it draws, so nothing of it is cut off.
    assert max(changed) < edge - 1
