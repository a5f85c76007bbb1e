"""The zones of a source in their table."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from crowdgui.live.levels import ZoneReading
from crowdgui.live.zones import Zone
from crowdgui.window.live.zone_table import ZoneTable

WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def test_the_whole_name_follows_the_name(qtbot: QtBot) -> None:
    table = ZoneTable()
    qtbot.addWidget(table)
    # The source without levels keeps its mark; another one is shown in the same row.
    for name in ("Gate", "Way"):
        table.show_readings([ZoneReading(Zone(name, WHOLE), 3.0, None, None, alert=False)])
        cell = table.item(0, 0)
        assert cell is not None
        assert (cell.text(), cell.toolTip()) == (name, name)
