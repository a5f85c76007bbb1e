"""What the log of the live page is told of, and what it tells."""

from __future__ import annotations

import csv
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from crowdgui.live import rows
from crowdgui.live.feed import Frame
from crowdgui.live.levels import Alert
from crowdgui.live.reader import Timing
from crowdgui.live.session import LiveSource
from crowdgui.live.zones import Zone
from crowdgui.window.live import log_keeper
from crowdgui.window.live.log_keeper import LogKeeper, LogOrder
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add
from models.errors import UserError
from small_streams import brightness_counter, wait_until

# A race that is lost once in three would go unseen.
pytestmark = pytest.mark.flaky(reruns=0)
WHOLE = ((0, 0), (1, 0), (1, 1), (0, 1))
WHITE = np.full((16, 16, 3), 255, np.uint8)


def lines_of(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def session_of(sources: list[Any], alerts: list[tuple[int, Alert]]) -> Any:
    return SimpleNamespace(
        sources=sources,
        alerts_after=lambda number: [pair for pair in alerts if pair[0] > number],
    )


def test_a_video_whose_name_is_no_text_is_logged(tmp_path: Path) -> None:
    feed: Any = SimpleNamespace(name="caf\udce9.mp4", kind="video")
    zones = [Zone("Gate", WHOLE, capacity=1, hold_s=0)]
    source = LiveSource(feed, zones, lambda: None, Timing())
    alerts: list[tuple[int, Alert]] = []
    order = LogOrder(tmp_path, csv=True, sqlite=True, interval_s=0.05)
    keeper = LogKeeper(session_of([source], alerts), order, pytest.fail)
    wait_until((tmp_path / "live-counts.csv").exists)
    alerts += enumerate(source.count(Frame(WHITE, 1, 0.0), brightness_counter(), 0), start=1)
    told, counted = tmp_path / "live-counts-alerts.csv", tmp_path / "live-counts.csv"
    wait_until(lambda: lines_of(told) and lines_of(counted))
    assert {line[1] for line in [*lines_of(told), *lines_of(counted)]} == {"caf\ufffd.mp4"}
    assert keeper._thread.is_alive()
    assert keeper.close()


def test_what_ends_a_log_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_facts: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(log_keeper.CsvLog, "write", write)
    said: list[Exception] = []
    order = LogOrder(tmp_path, csv=True, sqlite=False, interval_s=0.05)
    LogKeeper(session_of([], []), order, said.append)
    wait_until(lambda: [str(error) for error in said] == ["a bug"])


def test_alerts_between_two_logs_are_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, begun, write = threading.Event(), threading.Event(), log_keeper.CsvLog.write

    def slow(log: log_keeper.CsvLog, found: Any) -> None:
        begun.set()
        assert gate.wait(20)
        write(log, found)

    alerts: list[tuple[int, Alert]] = []
    session, told = session_of([], alerts), tmp_path / "live-counts-alerts.csv"
    order = LogOrder(tmp_path, csv=True, sqlite=False, interval_s=0.05)
    first = LogKeeper(session, order, pytest.fail)
    wait_until((tmp_path / "live-counts.csv").exists)
    monkeypatch.setattr(log_keeper.CsvLog, "write", slow)
    assert begun.wait(20)
    # The disk holds the first one up; it is stopped before it has looked again.
    alerts.append((1, Alert(10.0, "camera:0", "Gate", True, "high", 9.0)))
    first.stop()
    second = LogKeeper(session, replace(order, interval_s=0.1), pytest.fail, first)
    gate.set()
    wait_until(lambda: lines_of(told))
    second.leave()
    assert second.close()
    assert [line[3] for line in lines_of(told)] == ["raised", "ended"]


def test_alerts_of_a_time_without_a_log_are_ended_alone(tmp_path: Path) -> None:
    alerts: list[tuple[int, Alert]] = []
    session, told = session_of([], alerts), tmp_path / "live-counts-alerts.csv"
    order = LogOrder(tmp_path, csv=True, sqlite=False, interval_s=300)
    first = LogKeeper(session, order, pytest.fail)
    wait_until((tmp_path / "live-counts.csv").exists)
    alerts.append((1, Alert(10.0, "camera:0", "Gate", True, "high", 9.0)))
    wait_until(lambda: lines_of(told))
    assert first.close()
    alerts += [
        (2, Alert(20.0, "camera:0", "Exit", True, "high", 9.0)),
        (3, Alert(30.0, "camera:0", "Gate", False, "free", 1.0)),
    ]
    second = LogKeeper(session, order, pytest.fail, first)
    wait_until(lambda: len(lines_of(told)) == 2)
    second.leave()
    assert second.close()
    found = [(line[2], line[3]) for line in lines_of(told)]
    assert found == [("Gate", "raised"), ("Gate", "ended")]


def test_a_log_that_is_written_again_takes_its_message_back(
    live: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "RETRY_S", 0.0)
    (tmp_path / "log").write_text("in the way")
    live.settings.live |= {"csv": True, "log_folder": str(tmp_path / "log"), "interval": 1}
    live.notices.complain(UserError("path-missing", path="another"))
    add(live, qtbot, "demo:")
    qtbot.waitUntil(lambda: len(live.notices.bars()) == 2, timeout=LIMIT_MS)
    (tmp_path / "log").unlink()
    qtbot.waitUntil(lambda: len(live.notices.bars()) == 1, timeout=LIMIT_MS)
    assert "another" in live.notices.bars()[0].notice.text()


def test_a_broker_that_is_there_again_is_told(tmp_path: Path) -> None:
    said: list[Exception] = []
    over: list[Exception] = []
    order = LogOrder(tmp_path, csv=False, sqlite=False, interval_s=300)
    keeper = LogKeeper(session_of([], []), order, said.append, None, over.append)
    away, refused = (UserError(code, broker="b") for code in ("broker-away", "broker-refused"))
    publisher: Any = SimpleNamespace(problem=away)
    keeper._publisher = publisher
    wait_until(lambda: said == [away])
    publisher.problem = refused
    wait_until(lambda: said == [away, refused] and over == [away])
    assert keeper.refused
    publisher.problem = None
    wait_until(lambda: over == [away, refused])
    assert not keeper.refused
    assert keeper.close()
