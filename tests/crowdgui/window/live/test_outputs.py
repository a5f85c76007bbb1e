"""What the live page leaves behind: the log, snapshots, recordings."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from socket import gethostname
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from crowdgui.live import rows
from crowdgui.live.broker import Broker
from crowdgui.live.csv_log import CsvLog
from crowdgui.live.fleet import Fleet
from crowdgui.live.interval import Interval
from crowdgui.live.levels import Alert
from crowdgui.live.reader import State
from crowdgui.live.videos import frames_of
from crowdgui.live.zones import Zone, save_zones
from crowdgui.window import dialogs
from crowdgui.window.live import log_keeper
from crowdgui.window.live.log_keeper import LogKeeper, LogOrder
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add, colours_drawn, live_threads
from models.errors import UserError
from models.pictures import read_picture
from small_streams import free_port, mosquitto, stays, wait_until, write_video


def test_the_log_is_written_as_csv_and_sqlite(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    add(live, qtbot, "demo:")
    panel = live.live.settings_panel
    live.settings.live["log_folder"] = str(tmp_path / "log")
    panel.csv.setChecked(True)
    panel.sqlite.setChecked(True)
    table = tmp_path / "log" / "live-counts.csv"

    def rows() -> list[str]:
        return table.read_text(encoding="utf-8").splitlines() if table.exists() else []

    qtbot.waitUntil(lambda: len(rows()) >= 3, timeout=LIMIT_MS)
    assert rows()[0].startswith("time,source,state,frames,count,delay_ms")
    assert ",demo:,live," in rows()[1]
    panel.csv.setChecked(False)
    panel.sqlite.setChecked(False)
    qtbot.waitUntil(lambda: "live log" not in live_threads(), timeout=LIMIT_MS)
    assert (tmp_path / "log" / "live-counts.sqlite").stat().st_size > 0
    assert live.live.outputs.keeper is None


def test_counts_are_sent_to_the_broker_of_the_fleet_page(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = live.live.settings_panel
    assert not panel.mqtt.isEnabled()
    with mosquitto(tmp_path) as server:
        live.settings.broker = f"mqtt://127.0.0.1:{server.port}/hall"
        add(live, qtbot, "demo:")
        live.live.render_page()
        assert panel.mqtt.isEnabled()
        fleet = Fleet(Broker.parse(live.settings.broker), lambda: None)

        def online() -> list[str]:
            return [one.source for one in fleet.watchers() if one.online]

        try:
            panel.mqtt.setChecked(True)
            qtbot.waitUntil(lambda: online() == ["demo:"], timeout=LIMIT_MS)
            # `crowdgui watch` of the same machine is another watcher.
            assert {one.watcher for one in fleet.watchers()} == {f"{gethostname()}-window"}
            panel.mqtt.setChecked(False)
            qtbot.waitUntil(lambda: not online(), timeout=LIMIT_MS)
        finally:
            fleet.close()


def test_another_broker_of_the_fleet_page_gets_the_log_from_then_on(
    live: MainWindow, qtbot: QtBot
) -> None:
    live.settings.broker = f"mqtt://127.0.0.1:{free_port()}/a"
    add(live, qtbot, "demo:")
    live.live.settings_panel.mqtt.setChecked(True)
    first = live.live.outputs.keeper
    assert first is not None
    live.show_page("fleet")
    live.fleet.form.address.setText(f"mqtt://127.0.0.1:{free_port()}/b")
    live.actions_["fleet-connect"].trigger()
    second = live.live.outputs.keeper
    assert second is not None
    assert second.order.broker == live.settings.broker
    assert second.order.broker.endswith("/b")
    live.actions_["fleet-disconnect"].trigger()


def test_a_log_knows_the_zones_of_sources_that_waited(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    live.settings.live |= {"csv": True, "log_folder": str(tmp_path / "log")}
    save_zones(live.live.hub.zones_file, "demo:", [Zone("Gate", ((0, 0), (1, 0), (1, 1), (0, 1)))])
    add(live, qtbot, "demo:")
    table = tmp_path / "log" / "live-counts.csv"
    qtbot.waitUntil(lambda: table.exists() and "Gate" in table.read_text(), timeout=LIMIT_MS)
    assert list(table.parent.glob("live-counts.*.csv")) == []


def test_a_broker_that_is_away_is_said_once(live: MainWindow, qtbot: QtBot) -> None:
    live.settings.broker = f"mqtt://127.0.0.1:{free_port()}"
    add(live, qtbot, "demo:")
    live.live.settings_panel.mqtt.setChecked(True)
    qtbot.waitUntil(lambda: bool(live.notices.bars()), timeout=LIMIT_MS)
    assert "127.0.0.1" in live.notices.bars()[0].notice.text()


def test_a_log_folder_that_cannot_be_written_is_said(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    add(live, qtbot, "demo:")
    live.settings.live["log_folder"] = str(tmp_path / "file")
    live.live.settings_panel.csv.setChecked(True)
    qtbot.waitUntil(lambda: bool(live.notices.bars()), timeout=LIMIT_MS)
    assert "file" in live.notices.bars()[0].notice.text()
    assert live.live.source.latest is not None


def test_snapshot_and_recording(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    add(live, qtbot, "demo:")
    page = live.live
    page.outputs.save_snapshot(page.source, tmp_path / "now.png")
    qtbot.waitUntil((tmp_path / "now.png").exists, timeout=LIMIT_MS)
    with Image.open(tmp_path / "now.png") as snapshot:
        assert snapshot.size == (640, 360)
    video = tmp_path / "crowd.mp4"
    page.outputs.record(page.source, video)
    assert page.action_states()["live-stop-recording"]
    qtbot.waitUntil(lambda: page.outputs.recorded_for(page.source) >= "0:01", timeout=LIMIT_MS)
    live.actions_["live-stop-recording"].trigger()
    qtbot.waitUntil(lambda: page.outputs.recording is None, timeout=LIMIT_MS)
    frames = list(frames_of(video))
    assert len(frames) >= 5
    assert frames[0][1].shape == (360, 640, 3)
    assert live.notices.bars()[0].notice.text().startswith("Recorded as ")


def test_snapshots_and_recordings_have_the_colours_that_are_chosen(
    live: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = colours_drawn(monkeypatch)
    live.settings.colour_map = "viridis"
    add(live, qtbot, "demo:")
    page = live.live
    page.outputs.save_snapshot(page.source, tmp_path / "now.png")
    qtbot.waitUntil((tmp_path / "now.png").exists, timeout=LIMIT_MS)
    page.outputs.record(page.source, tmp_path / "crowd.mp4")
    qtbot.waitUntil(lambda: len(drawn) >= 2, timeout=LIMIT_MS)
    page.outputs.stop_recording()
    qtbot.waitUntil(lambda: page.outputs.recording is None, timeout=LIMIT_MS)
    assert set(drawn) == {"viridis"}


def test_a_picture_to_mark_heads_in_has_nothing_drawn_on_it(
    live: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[list[str], Any, Any]] = []
    monkeypatch.setattr(
        dialogs, "ask_where_to_save",
        lambda _page, _title, _folder, filters, _name, use, chosen: asked.append(
            (filters, use, chosen)
        ),
    )  # fmt: skip
    add(live, qtbot, "demo:")
    source, path = live.live.source, tmp_path / "gate.png"
    assert source is not None
    live.live.outputs.ask_where_to_save_snapshot()
    [(filters, use, chosen)] = asked
    chosen(filters[2])
    # The newest picture is another one a moment later.
    newest = source.latest
    monkeypatch.setattr(type(source), "latest", property(lambda _source: newest))
    use([str(path)])
    qtbot.waitUntil(path.exists, timeout=LIMIT_MS)
    assert newest is not None
    assert np.array_equal(read_picture(path), newest.frame.picture)


def test_closing_ends_a_recording_whole(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    add(live, qtbot, "demo:")
    page, video = live.live, tmp_path / "crowd.mkv"
    page.outputs.record(page.source, video)
    qtbot.waitUntil(lambda: page.outputs.recorded_for(page.source) >= "0:01", timeout=LIMIT_MS)
    live.close()
    assert live_threads() == []
    assert list(frames_of(video))


def test_a_recording_ends_with_its_source_and_is_said(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    add(live, qtbot, "demo:")
    page, video = live.live, tmp_path / "crowd.mp4"
    page.outputs.record(page.source, video)
    qtbot.waitUntil(lambda: page.outputs.recorded_for(page.source) >= "0:01", timeout=LIMIT_MS)
    live.actions_["live-remove"].trigger()
    qtbot.waitUntil(lambda: page.outputs.recording is None, timeout=LIMIT_MS)
    assert live.notices.bars()[0].notice.text() == f"Recorded as {video}"
    assert list(frames_of(video))


def test_a_recording_without_a_picture_leaves_no_file(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    add(live, qtbot, "demo:")
    page, video = live.live, tmp_path / "crowd.mp4"
    page.outputs.record(page.source, video)
    page.outputs.stop_recording()
    qtbot.waitUntil(lambda: page.outputs.recording is None, timeout=LIMIT_MS)
    assert not video.exists()
    assert live.notices.bars()[0].notice.text().startswith("Nothing was recorded")


def test_a_log_that_cannot_be_opened_is_tried_again_and_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "RETRY_S", 0.0)
    (tmp_path / "log").write_text("in the way")
    said: list[UserError] = []
    session: Any = SimpleNamespace(sources=[], alerts_after=lambda _number: [])
    order = LogOrder(tmp_path / "log", csv=True, sqlite=True, interval_s=0.05)
    keeper = LogKeeper(session, order, said.append)
    wait_until(lambda: len(said) == 2)
    stays(lambda: len(said) == 2, 0.3)
    (tmp_path / "log").unlink()
    wait_until(lambda: len(list((tmp_path / "log").glob("live-counts.*"))) >= 2)
    assert keeper.close()
    assert len(said) == 2


def test_a_changed_log_waits_for_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that begin the same file at once would both write its header."""
    gate, begun, seen = threading.Event(), [], []

    def slow(path: Path, zones: list[str]) -> CsvLog:
        begun.append(path)
        assert gate.wait(20)
        seen.append(len(begun))
        return CsvLog(path, zones)

    monkeypatch.setattr(log_keeper, "CsvLog", slow)
    session: Any = SimpleNamespace(sources=[], alerts_after=lambda _number: [])
    order = LogOrder(tmp_path, csv=True, sqlite=False, interval_s=60)
    first = LogKeeper(session, order, pytest.fail)
    second = LogKeeper(session, replace(order, interval_s=30), pytest.fail, first)
    first.stop()
    threading.Timer(0.2, gate.set).start()
    assert second.close()
    assert seen == [1, 2]
    assert len((tmp_path / "live-counts.csv").read_text().splitlines()) == 1


def test_another_folder_does_not_wait_for_one_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow(path: Path, zones: list[str]) -> CsvLog:
        if path.parent.name == "gone":
            assert gate.wait(60)
        return CsvLog(path, zones)

    monkeypatch.setattr(log_keeper, "CsvLog", slow)
    session: Any = SimpleNamespace(sources=[], alerts_after=lambda _number: [])
    order = LogOrder(tmp_path / "gone", csv=True, sqlite=False, interval_s=60)
    first = LogKeeper(session, order, pytest.fail)
    first.stop()
    second = LogKeeper(session, replace(order, folder=tmp_path / "here"), pytest.fail, first)
    try:
        wait_until((tmp_path / "here" / "live-counts.csv").exists)
        assert second.close()
    finally:
        gate.set()
    wait_until(first.close)


@pytest.mark.parametrize("leaving", [True, False])
@pytest.mark.parametrize("changed", [True, False])
def test_a_log_ends_what_it_said_is_raised_when_the_window_closes(
    tmp_path: Path, changed: bool, leaving: bool
) -> None:
    alerts: list[tuple[int, Alert]] = []
    session: Any = SimpleNamespace(
        sources=[], alerts_after=lambda number: [pair for pair in alerts if pair[0] > number]
    )
    order = LogOrder(tmp_path, csv=True, sqlite=False, interval_s=300)
    keeper = LogKeeper(session, order, pytest.fail)
    log = tmp_path / "live-counts-alerts.csv"
    wait_until((tmp_path / "live-counts.csv").exists)
    alerts += [
        (1, Alert(10.0, "camera:0", "Gate", True, "high", 9.0)),
        (2, Alert(20.0, "camera:0", "Gate", False, "normal", 2.0)),
        (3, Alert(30.0, "camera:0", "Exit", True, "high", 7.0)),
    ]
    wait_until(lambda: log.exists() and len(log.read_text().splitlines()) == 4)
    if changed:
        keeper.stop()
        keeper = LogKeeper(session, replace(order, interval_s=60), pytest.fail, keeper)
    if leaving:
        keeper.leave()
    # A log that is changed or switched off goes on, or says nothing: its zones are watched still.
    assert keeper.close()
    rows = log.read_text().splitlines()[4:]
    assert [("Exit" in row, "ended" in row) for row in rows] == [(True, True)] * leaving


def test_a_recording_ends_with_its_video(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    add(live, qtbot, str(write_video(tmp_path / "short.mp4", 12)))
    page, video = live.live, tmp_path / "crowd.mp4"
    page.outputs.record(page.source, video)
    qtbot.waitUntil(lambda: page.source.reader.state is State.ENDED, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: page.outputs.recording is None, timeout=LIMIT_MS)
    assert list(frames_of(video))


class Counting:
    """A source that has counted twelve people since the last row."""

    name, zones = "camera:0", ()
    drained = 0

    def drain(self) -> Interval:
        self.drained += 1
        return Interval(12.0, {}, {}, "alpha", over=False)

    def state(self) -> Any:
        stats = SimpleNamespace(frames=3, delay_ms=40.0)
        return SimpleNamespace(state=State.CLOSED, latest=None, stats=stats)


def test_a_source_that_is_removed_within_the_first_interval_has_its_row(tmp_path: Path) -> None:
    session: Any = SimpleNamespace(sources=(Counting(),), alerts_after=lambda _number: [])
    order = LogOrder(tmp_path, csv=True, sqlite=False, interval_s=300)
    keeper = LogKeeper(session, order, pytest.fail)
    # What was counted before the log began is taken away first.
    wait_until(lambda: session.sources[0].drained == 1)
    session.sources = ()
    assert keeper.close()
    (row,) = (tmp_path / "live-counts.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert ",camera:0,ended,3,12.000,40" in row
