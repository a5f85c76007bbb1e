"""Zones that are too full are said, and so is the end of that."""

from __future__ import annotations

import time
from functools import partial

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from crowdgui.live.levels import Alert
from crowdgui.live.zones import Zone
from crowdgui.window.live import words
from crowdgui.window.live.alerts import tell_alert
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add
from models.errors import UserError

SHOW = (lambda: "Show", lambda: None)
WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def test_of_each_zone_the_newest_message_stays(live: MainWindow, qtbot: QtBot) -> None:
    noon = time.mktime((2026, 1, 1, 12, 0, 0, 0, 0, -1))
    tell = partial(tell_alert, notices=live.notices, sound=False, show=SHOW)
    live.notices.complain(UserError("path-missing", path="disk"))
    for n in range(3):
        for zone in ("Gate", "Way"):
            tell(Alert(noon + 60 * n, "camera:0", zone, True, "high", 120 + n))
    tell(Alert(noon + 300, "camera:0", "Gate", False, "", 7))
    texts = [bar.notice.text() for bar in live.notices.bars()]
    day = "2026-01-01 "
    assert texts[0] == f"Gate (camera:0) was too full until {day}12:05: 7 people now."
    assert texts[1].startswith("Way (camera:0) became ")
    assert texts[1].endswith(f" at {day}12:02 with 122 people.")
    assert "disk does not exist" in texts[2]
    # What stands is closed by its end alone.
    for n in range(3):
        tell(Alert(noon, "camera:1", f"Z{n}", True, "high", 9))
    for n in range(4):
        live.notices.inform(lambda n=n: f"Saved as {n}")
    texts = [bar.notice.text() for bar in live.notices.bars()]
    assert texts[0] == "Saved as 3"
    assert [text.partition(" ")[0] for text in texts[1:4]] == ["Z2", "Z1", "Z0"]
    assert any(text.startswith("Way (camera:0) became ") for text in texts)


def test_an_alert_of_today_has_no_date(live: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = time.mktime((2026, 1, 1, 12, 0, 0, 0, 0, -1))
    local = time.localtime
    monkeypatch.setattr(words.time, "localtime", lambda at=noon: local(at))
    alert = Alert(noon, "camera:0", "Gate", True, "crowded", 9)
    tell_alert(alert, live.notices, sound=False, show=SHOW)
    (bar,) = live.notices.bars()
    assert bar.label.text() == "Gate (camera:0) became crowded at 12:00 with 9 people."
    # Nobody closes it before the next day.
    monkeypatch.setattr(words.time, "localtime", local)
    for timer in bar.findChildren(QTimer):
        timer.timeout.emit()
    said = "Gate (camera:0) became crowded at 2026-01-01 12:00 with 9 people."
    assert bar.label.text() == said


@pytest.mark.parametrize("left", ["source", "zone", "page"])
def test_a_crowd_that_is_watched_no_more_is_not_said_to_be_gone(
    live: MainWindow, qtbot: QtBot, left: str
) -> None:
    def said(text: str) -> bool:
        return any(text in bar.notice.text() for bar in live.notices.bars())

    add(live, qtbot, "demo:")
    page = live.live
    page.hub.save_zones(page.source, (Zone("Gate", WHOLE, capacity=1.0, hold_s=0.0),))
    qtbot.waitUntil(lambda: said("Gate (demo:) became very crowded at "), timeout=LIMIT_MS)
    if left == "source":
        page.hub.remove(page.source)
    elif left == "page":
        page.hub.close()
    else:
        page.hub.save_zones(page.source, ())
    gone = "Gate (demo:) was too full, and is watched no more since "
    qtbot.waitUntil(lambda: said(gone), timeout=LIMIT_MS)
