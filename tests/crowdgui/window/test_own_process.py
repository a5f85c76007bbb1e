"""Commands in a process of their own: what they print, why they fail, and that they end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window import own_process
from crowdgui.window.background import Background, Work
from crowdgui.window.own_process import lines_of
from models.errors import UserError
from models.weights import save_weights
from small_models import mcnn_header, random_mcnn
from trainer.datasets import recognise

LIMIT_MS = 60_000
NO_SIGNALS = pytest.mark.skipif(sys.platform == "win32", reason="a process is only killed there")
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("begun", flush=True)
time.sleep(60)
"""
THOROUGH = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.default_int_handler)
try:
    print("begun", flush=True)
    time.sleep(60)
finally:
    time.sleep(0.5)
    pathlib.Path(sys.argv[1]).write_text("cleared")
"""
# An export that is at its file until it is ended.
HELD = """
import time
from contextlib import contextmanager
from models import files
replacing = files.replacing
@contextmanager
def held(path, keep=False):
    with replacing(path, keep) as temporary:
        print("begun", flush=True)
        time.sleep(120)
        yield temporary
files.replacing = held
from crowdgui.app import main
main()
"""
Begin = Callable[..., Work]


class HeldTimer:
    """A timer that goes off when a test says so."""

    def __init__(self, seconds: float, do: Callable[[], None]) -> None:
        self.seconds, self.do, self.begun = seconds, do, False

    def start(self) -> None:
        self.begun = True


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Begin]:
    """Begin a command in a lane of works; `seen` gets its lines."""
    lane = Background("commands")

    def start(*words: str, seen: list[str]) -> Work:
        work = Work(lambda: "", lambda _work: lines_of(*words), seen.append, lambda _error: None)
        lane.start(work)
        return work

    yield start
    assert lane.close()


def test_scenes_are_drawn_one_a_line_into_a_data_set(tmp_path: Path) -> None:
    lines = list(lines_of("scenes", str(tmp_path), "--number", "2"))
    assert [Path(line) for line in lines] == sorted(tmp_path.glob("*.jpg"))
    assert len(lines) == 2
    assert recognise(tmp_path).labelled


def test_what_went_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UserError) as caught:
        list(lines_of("scenes", str(tmp_path / "file"), "--number", "1"))
    assert caught.value.code == "command-failed"
    assert "cannot be written" in str(caught.value)


def watch_processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """Return the list that every process comes into that is started from now on."""
    started: list[subprocess.Popen[str]] = []
    popen = subprocess.Popen

    def remembered(*words: Any, **options: Any) -> subprocess.Popen[str]:
        started.append(popen(*words, **options))
        return started[-1]

    monkeypatch.setattr(own_process.subprocess, "Popen", remembered)
    return started


def test_closing_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = watch_processes(monkeypatch)
    lines = lines_of("scenes", str(tmp_path), "--number", "100000")
    next(lines)
    assert started[0].poll() is None
    lines.close()  # type: ignore[attr-defined]
    assert started[0].poll() is not None


@NO_SIGNALS
def test_an_export_that_is_cancelled_leaves_nothing_half_written(
    tmp_path: Path, qtbot: QtBot, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A busy machine may need longer to clear up.
    monkeypatch.setattr(own_process, "PATIENCE_S", 60.0)
    monkeypatch.setattr(own_process, "own_command", lambda: [sys.executable, "-c", HELD])
    network, weights = random_mcnn(), tmp_path / "one.safetensors"
    save_weights(weights, network.state_dict(), mcnn_header(network))
    folder = tmp_path / "out"
    seen: list[str] = []
    ended: list[int] = []
    words = ("export", "--model", str(weights), "--output", str(folder / "one.onnx"))
    work = begin(*words, seen=seen)
    work.on_end = lambda _error: ended.append(1)
    qtbot.waitUntil(lambda: seen == ["begun"], timeout=LIMIT_MS)
    assert len(list(folder.glob(".*.part"))) == 1
    work.cancel()
    qtbot.waitUntil(lambda: bool(ended), timeout=LIMIT_MS)
    assert list(folder.iterdir()) == []


@NO_SIGNALS
def test_a_command_that_does_not_end_is_killed_and_nobody_waits(
    qtbot: QtBot, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_process, "own_command", lambda: [sys.executable, "-c", STUBBORN])
    timers: list[HeldTimer] = []

    def hold(seconds: float, do: Callable[[], None]) -> HeldTimer:
        timers.append(HeldTimer(seconds, do))
        return timers[-1]

    monkeypatch.setattr(own_process.threading, "Timer", hold)
    started = watch_processes(monkeypatch)
    seen: list[str] = []
    ended: list[int] = []
    work = begin(seen=seen)
    work.on_end = lambda _error: ended.append(1)
    qtbot.waitUntil(lambda: seen == ["begun"], timeout=LIMIT_MS)
    work.cancel()
    # Whoever cancels was not held up until its end.
    assert started[0].poll() is None
    (timer,) = timers
    assert (timer.seconds, timer.begun) == (own_process.PATIENCE_S, True)
    timer.do()
    qtbot.waitUntil(lambda: bool(ended), timeout=LIMIT_MS)


@NO_SIGNALS
def test_a_command_is_told_once_so_that_it_can_clear_up(
    tmp_path: Path, qtbot: QtBot, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A busy machine may need longer to clear up.
    monkeypatch.setattr(own_process, "PATIENCE_S", 60.0)
    monkeypatch.setattr(own_process, "own_command", lambda: [sys.executable, "-c", THOROUGH])
    seen: list[str] = []
    work = begin(str(tmp_path / "told"), seen=seen)
    qtbot.waitUntil(lambda: seen == ["begun"], timeout=LIMIT_MS)
    work.cancel()
    work.cancel()
    qtbot.waitUntil((tmp_path / "told").exists)
