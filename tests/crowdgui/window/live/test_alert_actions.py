"""From the message of a zone that is too full a person gets to its source."""

from __future__ import annotations

import time
from functools import partial

from pytestqt.qtbot import QtBot

from crowdgui.live.levels import Alert
from crowdgui.live.zones import Zone
from crowdgui.window.live.alerts import tell_alert
from crowdgui.window.main_window import MainWindow
from crowdgui.window.notifications import Notice, NoticeBar
from live_pages import LIMIT_MS, add

WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def alert_of(live: MainWindow) -> list[NoticeBar]:
    return [bar for bar in live.notices.bars() if bar.notice.text().startswith("Gate (demo:)")]


def test_an_alert_leads_to_its_source(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    page = live.live
    page.hub.save_zones(page.source, (Zone("Gate", WHOLE, capacity=1.0, hold_s=0.0),))
    qtbot.waitUntil(lambda: bool(alert_of(live)), timeout=LIMIT_MS)
    source = page.source
    live.show_page("count")
    page.choose(None)
    (bar,) = alert_of(live)
    assert bar.action_button.text() == "Show"
    bar.action_button.click()
    assert live.front == "live"
    assert page.source is source
    # It stands until the zone is free.
    assert alert_of(live) == [bar]
    page.hub.save_zones(source, ())
    qtbot.waitUntil(lambda: alert_of(live)[0].notice.action is None, timeout=LIMIT_MS)


def test_an_alert_names_the_file_alone(live: MainWindow) -> None:
    tell = partial(tell_alert, notices=live.notices, sound=False, show=(str, lambda: None))
    for path in ("/media/videos/gate.mp4", r"C:\videos\gate.mp4"):
        tell(Alert(time.time(), path, "Gate", True, "crowded", 9))
    texts = [bar.notice.text() for bar in live.notices.bars()]
    assert all(text.startswith("Gate (gate.mp4) became crowded at ") for text in texts)
    # Two files of one name stay two messages.
    assert len(texts) == 2


def test_what_lasts_looks_unlike_other_warnings(live: MainWindow) -> None:
    live.notices.show_notice(Notice("warning", lambda: "full", lasts=True))
    live.notices.warn(lambda: "renamed")
    roles = {bar.notice.text(): bar.property("role") for bar in live.notices.bars()}
    assert roles == {"full": "alarm", "renamed": "notice"}
