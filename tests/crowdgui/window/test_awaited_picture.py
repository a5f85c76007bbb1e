"""While another picture is on its way, no number of the one before stands for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.viewing.regions import Region

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
WHOLE = [(0.0, 0.0), (320.0, 0.0), (320.0, 240.0), (0.0, 240.0)]


@pytest.fixture
def counted(window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot) -> MainWindow:
    """Pictures of 10 and 20 people, both counted, with a region; the first is shown."""
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    window.actions_["count-all"].trigger()
    qtbot.waitUntil(lambda: window.page.all.work is None)
    window.page.view._add_region(Region("Gate", list(WHOLE), True))
    assert labels(window) == ["Gate  10.0"]
    return window


def labels(window: MainWindow) -> list[str]:
    return [item.label for item in window.page.view._region_items]


def test_what_is_chosen_is_spoken_of_before_it_is_read(
    counted: MainWindow, wait_idle: Wait
) -> None:
    page = counted.page
    page.view._mouse = page.view.mapFromScene(2, 2)
    near: list[float | None] = []
    page.hovered.connect(near.append)
    page.choose(1)
    assert page.view._picture.boundingRect().width() == 320
    assert labels(counted) == ["Gate"]
    assert page.regions.rows[0][2].text() == "–"
    assert page.facts.values["size"].text() == "–"
    assert page.facts.values["picture"].text().replace("\u200b", "") == "grey20.png"
    assert counted.windowTitle() == "grey20.png — crowdgui"
    assert not counted.actions_["copy"].isEnabled()
    assert near == [None]
    # The list knows its count already.
    assert page.facts.count.text() == "20"
    assert not page.facts.count.isEnabled()
    wait_idle(counted)
    assert labels(counted) == ["Gate  20.0"]
    assert page.facts.count.isEnabled()
    assert counted.actions_["copy"].isEnabled()


def test_the_listed_count_stays_faint_until_the_picture_is_counted(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot, fakes: dict
) -> None:
    page = counted.page
    fakes["alpha"].gate.clear()
    page.choose(1)
    qtbot.waitUntil(lambda: page.session.shown is page.session.entries[1])
    assert page.facts.count.text() == "20"
    assert not page.facts.count.isEnabled()
    assert page.facts.time.text() == "…"
    fakes["alpha"].gate.set()
    wait_idle(counted)
    assert page.facts.count.isEnabled()


def test_what_is_given_up_leaves_the_picture_on_the_screen_with_its_count(
    counted: MainWindow,
) -> None:
    counted.page.choose(1)
    counted.page.stop_waiting()
    assert labels(counted) == ["Gate  10.0"]
    assert counted.page.facts.count.text() == "10"
    assert counted.windowTitle() == "grey10.png — crowdgui"


def test_regions_lose_their_old_numbers_when_another_model_takes_long(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot, fakes: dict
) -> None:
    fakes["beta"].gate.clear()
    counted.page.choose_model("beta")
    qtbot.waitUntil(lambda: labels(counted) == ["Gate"])
    fakes["beta"].gate.set()
    wait_idle(counted)
    assert labels(counted) == ["Gate  1,010.0"]
