"""Which messages stay when there are too many, and that they never fill the window."""

from __future__ import annotations

from crowdgui.window.main_window import MainWindow
from crowdgui.window.notifications import MOST_PX, Notice, Notifications


def texts(notices: Notifications) -> list[str]:
    return [bar.notice.text() for bar in notices.bars()]


def show(notices: Notifications, severity: str, text: str, subject: object = None) -> None:
    notices.show_notice(Notice(severity, lambda: text, subject=subject))


def raise_alert(notices: Notifications, zone: str) -> None:
    notices.show_notice(Notice("warning", lambda: f"{zone} is full", subject=zone, lasts=True))


def test_an_alert_that_stands_is_never_closed_for_room(window: MainWindow) -> None:
    notices = window.notices
    for zone in "ABCD":
        raise_alert(notices, zone)
    for number in range(4):
        show(notices, "error", f"{number} is broken")
    assert texts(notices)[3:] == ["D is full", "C is full", "B is full", "A is full"]
    assert texts(notices)[:3] == ["3 is broken", "2 is broken", "1 is broken"]
    show(notices, "warning", "A is free", "A")
    assert "A is full" not in texts(notices)
    assert "B is full" in texts(notices)


def test_the_least_goes_first(window: MainWindow) -> None:
    notices = window.notices
    show(notices, "error", "disk")
    show(notices, "warning", "gate is over", "gate")
    show(notices, "info", "saved 1")
    show(notices, "info", "saved 2")
    assert texts(notices) == ["saved 2", "gate is over", "disk"]
    show(notices, "warning", "renamed")
    assert texts(notices) == ["renamed", "gate is over", "disk"]
    show(notices, "info", "saved 3")
    assert texts(notices) == ["saved 3", "gate is over", "disk"]
    show(notices, "error", "network")
    assert texts(notices) == ["network", "gate is over", "disk"]
    show(notices, "error", "camera")
    assert texts(notices) == ["camera", "network", "disk"]


def test_many_alerts_do_not_make_the_window_higher(window: MainWindow) -> None:
    window.resize(1240, 780)
    height = window.height()
    for number in range(30):
        raise_alert(window.notices, f"Zone {number}")
    window.layout().activate()
    assert len(window.notices.bars()) == 30
    assert window.minimumSizeHint().height() <= height
    assert window.notices.heightForWidth(1000) == MOST_PX
    for bar in window.notices.bars():
        bar.close_notice()
    assert not window.notices.isVisible()
