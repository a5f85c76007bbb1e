"""A place that is not seen any more has no level, neither on its picture nor in the table."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from crowdgui.live.levels import Level, ZoneReading
from crowdgui.live.zones import Zone
from crowdgui.window.live import view as view_module
from crowdgui.window.live.view import LiveView
from crowdgui.window.live.words import NOTHING
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add

WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def test_the_outline_and_the_words_of_an_old_picture_tell_no_level(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    zone_text = view_module.zone_text

    def spied(reading: ZoneReading) -> str:
        drawn.append(zone_text(reading))
        return drawn[-1]

    monkeypatch.setattr(view_module, "zone_text", spied)
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(0)
    zone = ZoneReading(Zone("Gate", WHOLE, capacity=1), 4.0, None, Level.VERY_CROWDED, True)
    made: Any = SimpleNamespace(image=image, counted=SimpleNamespace(zones=(zone,)))
    view = LiveView()
    qtbot.addWidget(view)
    view.resize(320, 180)
    view.show_made(made)

    def edge() -> tuple[int, int, int]:
        colour = view.grab().toImage().pixelColor(160, 1)
        return colour.red(), colour.green(), colour.blue()

    red, _green, blue = edge()
    assert red > blue
    assert drawn[-1] == "Gate  4.0 · very crowded"
    view.set_stale(True)
    red, _green, blue = edge()
    assert blue > red
    assert drawn[-1] == "Gate  4.0"


def test_the_table_has_a_dash_for_the_level(
    live: MainWindow, qtbot: QtBot, fakes: dict[str, Any]
) -> None:
    page = live.live
    add(live, qtbot, "demo:")
    source = page.source
    assert source is not None
    source.set_zones([Zone("Gate", WHOLE, capacity=1, hold_s=0)])

    def level() -> str:
        page.render_figures()
        item = page.zones.item(0, 3)
        return item.text() if item is not None else ""

    qtbot.waitUntil(lambda: level() == "very crowded", timeout=LIMIT_MS)
    fakes["alpha"].gate.clear()
    try:
        # It is open anew, and nothing was counted of that yet.
        source.reader._connections += 1
        qtbot.waitUntil(lambda: level() == NOTHING, timeout=LIMIT_MS)
    finally:
        fakes["alpha"].gate.set()
