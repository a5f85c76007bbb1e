"""A camera that goes down is told of on every page, and so is its return."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

import crowdgui.live.reader
import crowdgui.live.session
from crowdgui.live.reader import DOWN_S
from crowdgui.live.session import LiveSource
from crowdgui.window.live import downs
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add
from small_taps import Tap

WALL = time.mktime((2026, 1, 1, 12, 0, 0, 0, 0, -1))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds since noon: they pass when a test says so."""
    now = [0.0]
    for module in (crowdgui.live.reader, crowdgui.live.session, downs):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])
    monkeypatch.setattr(crowdgui.live.reader, "time", lambda: WALL + now[0])
    return now


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    heard = list[bool]()
    fake = SimpleNamespace(beep=lambda: heard.append(True))
    monkeypatch.setattr(downs, "QApplication", fake)
    return heard


@pytest.fixture
def tap() -> Iterator[Tap]:
    tap = Tap()
    tap.name = "camera:0"
    yield tap
    tap.may_read.set()


@pytest.fixture
def camera(clock: list[float], live: MainWindow, qtbot: QtBot, tap: Tap) -> LiveSource:
    """A camera beside the demo, which is the chosen one."""
    add(live, qtbot, "demo:")
    session = live.live.hub.session
    assert session is not None
    source = session.add(tap)
    qtbot.waitUntil(lambda: source.reader.frames > 0, timeout=LIMIT_MS)
    return source


def go_down(
    live: MainWindow, source: LiveSource, tap: Tap, clock: list[float], seconds: float = DOWN_S
) -> None:
    tap.hang()
    clock[0] += seconds
    source.reader.check(clock[0])
    live.live.hub.downs.look()


def said(live: MainWindow) -> list[str]:
    return [bar.notice.text() for bar in live.notices.bars()]


def test_a_camera_that_is_down_is_told_of_on_another_page(
    camera: LiveSource, live: MainWindow, qtbot: QtBot, clock: list[float], tap: Tap,
    beeps: list[bool],
) -> None:  # fmt: skip
    page = live.live
    live.show_page("count")
    go_down(live, camera, tap, clock, DOWN_S - 0.1)
    assert said(live) == []
    clock[0] += 0.1
    for _ in range(3):
        page.hub.downs.look()
    assert said(live) == ["camera:0 has given no picture since 2026-01-01 12:00."]
    assert beeps == [True]
    (bar,) = live.notices.bars()
    bar.action_button.click()
    assert live.front == "live"
    assert page.source is camera
    assert page.figures.state.text().startswith("Down since 2026-01-01 12:00. Reconnecting")
    # It lasts until pictures come.
    assert said(live) == ["camera:0 has given no picture since 2026-01-01 12:00."]
    tap.may_read.set()
    qtbot.waitUntil(lambda: camera.reader.retry_at is not None, timeout=LIMIT_MS)
    clock[0] += 60
    qtbot.waitUntil(lambda: said(live) == ["camera:0 is back."], timeout=LIMIT_MS)
    page.render_figures()
    assert "Down" not in page.figures.state.text()
    assert beeps == [True]
    live.show_page("count")


def test_one_that_is_ended_is_told_of_no_more(
    camera: LiveSource, live: MainWindow, qtbot: QtBot, clock: list[float], tap: Tap,
    beeps: list[bool],
) -> None:  # fmt: skip
    live.settings.live["sound"] = False
    go_down(live, camera, tap, clock)
    assert len(said(live)) == 1
    live.live.hub.remove(camera)
    live.live.hub.downs.look()
    assert said(live) == []
    assert beeps == []
    tap.may_read.set()
