"""How the large picture, its tiles and the timeline share the height of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.live.tiles import SMALL_TILE, TILE
from crowdgui.window.main_window import MainWindow
from live_pages import add
from small_streams import MjpegServer


@pytest.fixture
def two(live: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The live page with two sources."""
    server = MjpegServer()
    add(live, qtbot, "demo:", f"http://127.0.0.1:{server.port}/stream")
    yield live
    server.close()


def test_a_low_window_leaves_the_picture_its_room(two: MainWindow, qtbot: QtBot) -> None:
    page = two.live
    two.resize(1280, 700)
    qtbot.waitUntil(lambda: page.tiles.height() < TILE[1])
    assert all(view.size().toTuple() == SMALL_TILE for view in page.tiles.views.values())
    assert page.live_view.height() > page.height() / 2
    two.resize(1280, 1000)
    qtbot.waitUntil(lambda: page.tiles.height() > TILE[1])
    assert all(view.size().toTuple() == TILE for view in page.tiles.views.values())


def test_what_a_person_dragged_stays(two: MainWindow, qtbot: QtBot) -> None:
    page = two.live
    two.resize(1280, 1000)
    qtbot.waitUntil(lambda: page.tiles.height() > TILE[1])
    page.splitter.setSizes([500, 400])
    page.splitter.splitterMoved.emit(500, 1)
    lower = page.timeline.height()
    two.resize(1280, 990)
    qtbot.waitUntil(lambda: two.height() == 990)
    assert abs(page.timeline.height() - lower) < 20
