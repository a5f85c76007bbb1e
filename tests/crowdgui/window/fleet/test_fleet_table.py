"""The table of the fleet: its order, its ages, and the courses it draws."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from crowdgui.live.fleet import Watched
from crowdgui.window.fleet.table import COURSE, FleetModel, FleetTable, age_text, in_order

ONE = Watched("hall", "camera:0", True, "live", 12.0, {}, None, "mcnn", 1.0, (10.0, 12.0))


def test_what_needs_a_look_stands_first() -> None:
    listed = [
        replace(ONE, watcher="a"),
        replace(ONE, watcher="b", state="stalled"),
        replace(ONE, watcher="e", state="ended"),
        replace(ONE, watcher="d", online=False),
        replace(ONE, watcher="c", online=False),
    ]
    assert [one.watcher for one in in_order(listed)] == ["c", "d", "b", "a", "e"]


def test_ages_as_text() -> None:
    found = [age_text(seconds) for seconds in (0.4, 59.9, 61, 3599, 3661, 90_000)]
    assert found == [
        "0 s ago", "59 s ago", "1 min ago", "59 min ago", "1 h 1 min ago", "25 h 0 min ago",
    ]  # fmt: skip


def test_the_course_is_drawn(qtbot: QtBot) -> None:
    model = FleetModel()
    table = FleetTable(model)
    qtbot.addWidget(table)
    table.resize(1100, 200)

    def inked(recent: tuple[float, ...]) -> int:
        """Return how many pixels of the first row's course are not of its ground."""
        table.show_watchers([replace(ONE, recent=recent)])
        table.show()
        picture = table.viewport().grab(table.visualRect(model.index(0, COURSE))).toImage()
        ground = picture.pixel(2, 2)
        return sum(
            picture.pixel(x, y) != ground
            for x in range(picture.width())
            for y in range(picture.height())
        )

    assert inked(()) == 0
    assert 0 < inked((5.0,)) < inked((5.0, 0.0, 9.0, 3.0))
    assert inked((0.0, 0.0)) > 0


def test_rows_that_move_leave_what_is_looked_at(qtbot: QtBot) -> None:
    table = FleetTable(FleetModel())
    qtbot.addWidget(table)
    table.resize(900, 300)
    watchers = [replace(ONE, watcher=f"w{number:02}") for number in range(60)]
    table.show_watchers(watchers)
    table.show()
    qtbot.waitExposed(table)
    table.selectRow(0)
    bar = table.verticalScrollBar()
    bar.setValue(40)
    table.show_watchers([*watchers[:-1], replace(watchers[-1], online=False)])
    qtbot.wait(50)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    assert bar.value() == 40
