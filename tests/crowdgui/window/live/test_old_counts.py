"""A count of before is told from a new one wherever it is shown."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from crowdgui.window.live.view import LiveView
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add
from small_streams import MjpegServer


def test_a_count_of_before_is_old_everywhere(
    live: MainWindow, qtbot: QtBot, fakes: dict[str, Any]
) -> None:
    server = MjpegServer()
    page = live.live
    try:
        add(live, qtbot, f"http://127.0.0.1:{server.port}/stream", "demo:")
        view, tile, source = page.live_view, page.tiles.views[page.source], page.source
        qtbot.waitUntil(lambda: not view.stale and not tile.stale, timeout=LIMIT_MS)
        fakes["alpha"].gate.clear()
        # It is open anew, and nothing was counted of that yet.
        source.reader._connections += 1
        page.render_figures()
        assert view.stale
        assert tile.stale
        assert view.accessibleName().endswith(" people, Live")
        server.held.set()
        page.choose(page.hub.sources[0])
        qtbot.waitUntil(lambda: "people, Reconnecting" in view.accessibleName(), timeout=LIMIT_MS)
    finally:
        fakes["alpha"].gate.set()
        server.close()


def test_an_old_number_is_drawn_as_faint_as_its_picture(qtbot: QtBot) -> None:
    view = LiveView(small=True)
    qtbot.addWidget(view)
    view.resize(192, 108)
    view.say("", "", "88", "")

    def brightest() -> int:
        image = view.grab().toImage()
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        return max(image.pixelColor(*point).lightness() for point in points)

    view.set_stale(True)
    faint = brightest()
    view.set_stale(False)
    assert faint < brightest() == 255
