"""How full a zone is stands beside the people in it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.live.levels import Level, ZoneReading
from crowdgui.live.zones import Zone
from crowdgui.window.live.zone_table import ZoneTable

WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (Zone("Gate", WHOLE), "37.3"),
        (Zone("Gate", WHOLE, capacity=40), "37 / 40"),
        (Zone("Gate", WHOLE, area_m2=600), "37 / 1,200"),
    ],
)
def test_the_capacity_stands_beside_the_count(qtbot: QtBot, zone: Zone, text: str) -> None:
    table = ZoneTable()
    qtbot.addWidget(table)
    table.show_readings([ZoneReading(zone, 37.3, None, Level.FREE, alert=False)])
    cell = table.item(0, 1)
    assert cell is not None
    assert cell.text() == text


def test_the_density_yields_to_the_names_where_room_is_short(qtbot: QtBot) -> None:
    table = ZoneTable()
    qtbot.addWidget(table)
    zone = Zone("Platform 2 north", WHOLE, capacity=400, area_m2=200)
    readings = [ZoneReading(zone, 399.0, 1.995, Level.VERY_CROWDED, alert=False)]
    table.show_readings(readings)
    for width, hidden in ((286, True), (370, False), (286, True)):
        table.resize(width, table.height())
        table.show_readings(readings)
        assert table.isColumnHidden(2) is hidden
