"""`crowdgui watch` as a person and a service meet it: rows, files, the broker, the end."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import crowdgui.commands.watch
import crowdgui.live.session
from crowdgui.live.broker import Broker
from crowdgui.live.fleet import Fleet
from crowdgui.live.session import LiveSession, LiveState
from crowdgui.live.zones import Zone, save_zones
from models import catalogue
from small_streams import (
    MjpegServer,
    brightness_counter,
    free_port,
    mosquitto,
    rtsp_server,
    wait_until,
    write_video,
)

Run = Callable[..., tuple[int, str, str]]
COLUMNS = ["time", "source", "state", "frames", "count", "delay_ms"]
HALVES = (
    Zone("left", ((0, 0), (0.5, 0), (0.5, 1), (0, 1)), capacity=0.001, hold_s=0),
    Zone("right", ((0.5, 0), (1, 0), (1, 1), (0.5, 1))),
)


@pytest.fixture
def mjpeg() -> Iterator[MjpegServer]:
    server = MjpegServer()
    yield server
    server.close()


@pytest.fixture
def paced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time of a watch pass with what comes: each wait lasts until all sources have news."""
    sessions, now = list[LiveSession](), [0.0]

    class Kept(LiveSession):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            sessions.append(self)

    def wait(stop: threading.Event, seconds: float) -> bool:
        (session,) = sessions
        before = {state.name: state.stats.processed for state in session.states()}

        def is_news(state: LiveState) -> bool:
            return state.problem is not None or state.stats.processed > before[state.name]

        wait_until(lambda: stop.is_set() or all(map(is_news, session.states())))
        now[0] += seconds
        return stop.is_set()

    clock = SimpleNamespace(monotonic=lambda: now[0], time=time.time)
    monkeypatch.setattr(crowdgui.live.session, "LiveSession", Kept)
    monkeypatch.setattr(crowdgui.commands.watch, "time", clock)
    monkeypatch.setattr(crowdgui.commands.watch._Stop, "wait", wait)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("paced")
def test_two_sources_with_zones_into_files(
    command: Run, only_mcnn: Path, tmp_path: Path, mjpeg: MjpegServer
) -> None:
    address = f"http://127.0.0.1:{mjpeg.port}/stream"
    zones, log, base = (tmp_path / name for name in ("zones.json", "c.csv", "c.sqlite"))
    save_zones(zones, address, HALVES)
    code, out, err = command(
        "watch", address, "demo:", "--zones", zones, "--csv", log, "--sqlite", base,
        "--interval", 0.5, "--duration", 3, "--json",
    )  # fmt: skip
    assert code == 0
    printed, rows = [json.loads(line) for line in out.splitlines()], rows_of(log)
    assert len(rows) == len(printed) == 12
    assert list(rows[0]) == [*COLUMNS, "left", "right"]
    assert {row["source"] for row in rows} == {address, "demo:"}
    live = [row for row in rows if row["source"] == address and row["count"]]
    assert len(live) == 6
    for row in live:
        total = float(row["left"]) + float(row["right"])
        assert total == pytest.approx(float(row["count"]), rel=1e-3, abs=0.002)
        assert row["state"] == "live"
        assert float(row["delay_ms"]) >= 0
    frames = [int(row["frames"]) for row in live]
    assert frames == sorted(frames)
    assert f"ALERT: {address}, left is very crowded" in err
    file = sqlite3.connect(base)
    assert file.execute("SELECT count(*) FROM counts").fetchone() == (12,)
    assert file.execute("SELECT zone, raised FROM alerts").fetchall() == [
        ("left", 1), ("left", 0),
    ]  # fmt: skip
    file.close()
    assert f"Alert ended: {address}, left is watched no more" in err
    told = [(row["zone"], row["event"]) for row in rows_of(tmp_path / "c-alerts.csv")]
    assert told == [("left", "raised"), ("left", "ended")]


def test_alerts_do_not_wait_for_a_long_interval(only_mcnn: Path, tmp_path: Path) -> None:
    zones, log = tmp_path / "zones.json", tmp_path / "c.csv"
    save_zones(zones, "demo:", HALVES)
    words = ("demo:", "--zones", str(zones), "--csv", str(log), "--interval", "600")
    with start(tmp_path, *words) as child:
        try:
            wait_until((tmp_path / "c-alerts.csv").exists)
            assert rows_of(log) == []
            child.send_signal(signal.SIGTERM)
            assert child.wait(120) == 0
        finally:
            child.kill()
    assert len(rows_of(log)) == 1


def test_zones_that_are_there_for_no_source_are_missed(
    command: Run, only_mcnn: Path, tmp_path: Path
) -> None:
    zones = tmp_path / "zones.json"
    save_zones(zones, "camera:0", HALVES)
    _, _, err = command("watch", "demo:", "--zones", zones, "--duration", 0.2)
    assert f"{zones} holds no zones for demo:" in err
    assert err.count("holds no zones") == 1
    save_zones(zones, "demo:", HALVES)
    _, _, err = command("watch", "demo:", "--zones", zones, "--duration", 0.2)
    assert "holds no zones" not in err


def test_a_video_ends_the_watch_and_soak_says_how_it_went(
    command: Run, only_mcnn: Path, tmp_path: Path
) -> None:
    video = write_video(tmp_path / "v.mp4", frames=30)
    code, out, err = command("watch", video, "--interval", 0.3, "--soak", "--second", "mcnn",
                         "--second-every", 0.05)  # fmt: skip
    assert code == 0
    assert str(video) in out
    assert "30 frames" in err
    assert "memory" in err
    assert "delay" in err


def test_a_video_is_watched_until_its_last_picture_is_counted(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = brightness_counter(delay=1.5)
    monkeypatch.setattr(crowdgui.commands.watch, "_predictor", lambda _order, _model: slow)
    video, log = write_video(tmp_path / "v.mp4", frames=2), tmp_path / "c.csv"
    code, _, _ = command("watch", video, "--interval", 0.2, "--csv", log)
    assert code == 0
    *_, last = rows_of(log)
    assert last["state"] == "ended"
    assert last["count"] != ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["rtsp://"], "is no address of a stream"),
        (["rtsp://u:${NOT_SET}@host/x"], "environment variable NOT_SET"),
        (["nothing.mp4"], "does not exist"),
        (["camera:0?size=huge"], "cannot be camera:0?size=huge"),
        (["demo:", "--model", "soup"], "There is no model called soup"),
        (["demo:", "--second", "soup"], "There is no model called soup"),
        (["demo:", "--zones", "nothing.json"], "does not exist"),
        (["demo:", "--csv", "file/c.csv"], "cannot be written"),
        (["demo:", "--sqlite", "file/c.sqlite"], "cannot be written"),
        (["demo:", "--mqtt", "http://host"], "is no address of a broker"),
        (["demo:", "--mqtt", "mqtts://127.0.0.1", "--mqtt-ca", "ca.pem"], "does not exist"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(
    command: Run, only_mcnn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    words: list[str], sentence: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    code, out, err = command("watch", *words)
    assert code == 2
    assert out == ""
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


def test_a_zone_of_two_points_and_one_that_crosses_itself(
    command: Run, only_mcnn: Path, tmp_path: Path
) -> None:
    for points, sentence in (
        ([[0, 0], [1, 1]], "has 2 different points"),
        ([[0, 0], [1, 1], [1, 0], [0, 1]], "crosses or touches itself"),
    ):
        path = tmp_path / "zones.json"
        facts = {"version": 1, "sources": {"*": [{"name": "Gate", "points": points}]}}
        path.write_text(json.dumps(facts))
        code, _, err = command("watch", "demo:", "--zones", path)
        assert code == 2
        assert sentence in err


@pytest.mark.usefixtures("paced")
def test_a_source_that_never_comes_is_said_once(command: Run, only_mcnn: Path) -> None:
    address = f"rtsp://user:geheim@127.0.0.1:{free_port()}/x"
    code, out, err = command("watch", address, "--interval", 0.2, "--duration", 2)
    assert code == 2
    assert err.count("nothing answers") == 1
    assert "geheim" not in out + err
    assert "stalled" in out
    assert "live" not in out


@pytest.mark.usefixtures("paced")
def test_a_camera_that_is_not_there(command: Run, only_mcnn: Path) -> None:
    code, _, err = command("watch", "camera:no such camera", "--duration", 1)
    assert code == 2
    assert "There is no camera no such camera" in err


def start(tmp_path: Path, *words: str) -> subprocess.Popen[str]:
    weights = str(catalogue.user_folder() / "mcnn.safetensors")
    command = [sys.executable, "-m", "crowdgui", "watch", *words, "--model", weights]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        # The tests themselves may run under nohup.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )  # fmt: skip


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_cleanly(only_mcnn: Path, tmp_path: Path, ending: signal.Signals) -> None:
    process = start(tmp_path, "demo:", "--interval", "0.3", "--csv", "c.csv")
    assert process.stdout is not None
    for line in process.stdout:
        # A row with a delay has a count.
        if "live" in line and " ms" in line:
            break
    process.send_signal(ending)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "Traceback" not in err
    assert (tmp_path / "c.csv").read_bytes().endswith(b"\n")
    assert any(row["count"] for row in rows_of(tmp_path / "c.csv"))


def test_no_qt_is_needed_and_none_is_loaded(only_mcnn: Path, tmp_path: Path) -> None:
    code = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "torch", "scipy", "matplotlib", "pyqtgraph", "h5py"):
            raise ImportError(name + " is not installed here")
sys.meta_path.insert(0, Blocked())
sys.argv = ["crowdgui", "watch", "demo:", "--interval", "0.5", "--model", sys.argv[1],
            "--mqtt", "mqtt://127.0.0.1:9", "--sqlite", "c.sqlite"]
from crowdgui.app import main
main()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(only_mcnn.with_suffix(".onnx"))],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert process.stdout is not None
    said, awaited = "", ("live", "cannot be reached")
    while line := process.stdout.readline():
        said += line
        if all(words in said for words in awaited):
            process.send_signal(signal.SIGTERM)
            break
    process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert [words for words in awaited if words not in said] == []


def test_from_an_rtsp_camera_to_the_fleet(only_mcnn: Path, tmp_path: Path) -> None:
    with rtsp_server("geheim") as camera, mosquitto(tmp_path) as server:
        fleet = Fleet(Broker.parse(f"mqtt://127.0.0.1:{server.port}/station"))
        wait_until(lambda: fleet.connected)
        os.environ["CAMERA_PASSWORD"] = "geheim"
        address = f"rtsp://user:${{CAMERA_PASSWORD}}@127.0.0.1:{camera.port}/test"
        process = start(
            tmp_path, address, "--interval", "0.3", "--quiet", "--name", "north",
            "--mqtt", f"mqtt://127.0.0.1:{server.port}/station",
        )  # fmt: skip
        del os.environ["CAMERA_PASSWORD"]
        wait_until(lambda: fleet.watchers() and len(fleet.watchers()[0].recent) > 3)
        camera.kill()
        wait_until(lambda: fleet.watchers()[0].state == "stalled")
        (watched,) = fleet.watchers()
        assert (watched.watcher, watched.source) == ("north", address)
        assert watched.online
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=120)
        wait_until(lambda: not fleet.watchers()[0].online)
        fleet.close()
    assert process.returncode == 0
    assert out == ""
    assert "geheim" not in err
    assert fleet.roster.repeats == fleet.roster.unreadable == 0


def test_without_a_screen_a_video_is_watched(
    command: Run, only_mcnn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`crowdgui VIDEO` opens the window; where there can be none, it does what watch does."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    video = str(write_video(tmp_path / "short.mp4", frames=30))
    code, out, err = command(video)
    assert code == 0
    assert "no screen" in err
    assert video in out
