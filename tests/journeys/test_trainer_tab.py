"""A person trains a student on the built-in scenes, with mouse and keyboard, and counts with it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screens import Screen, wait_until

SETTINGS = {
    "preset": "own", "network": "mcnn", "alpha": 0.0, "epochs": 10_000, "batch": 2, "crop": 64,
    "t0": 4, "t_mult": 2, "threads": 1, "precision": "fp32", "validate_every": 2, "scenes": 4,
}  # fmt: skip
WATCHED = Path(__file__).with_name("watched.py")
# A first start without compiled files, on a machine that does other things too.
PATIENCE_S = 180
# Of computing: 0.04 where nothing else runs, 0.17 was seen on two virtual cores that others shared.
LONGEST_S = 0.25
AT_WORK = ("running", "pausing", "paused", "resuming", "stopping")


class Person:
    """Somebody at a window in a home of its own, and what lies in that home."""

    def __init__(self, screen: Screen, home: Path) -> None:
        self.screen, self.home = screen, home
        for name in ("config", "data", "cache", "state"):
            screen.environment[f"XDG_{name.upper()}_HOME"] = str(home / name)
        self.settings = home / "config" / "crowdgui" / "settings.json"
        self.settings.parent.mkdir(parents=True)
        self.settings.write_text(json.dumps({"language": "en", "training": SETTINGS}))
        self.report = home

    def open(self, report: Path) -> subprocess.Popen[bytes]:
        """Start the program with a heart, on the training page."""
        report.mkdir()
        self.report = report
        words = [sys.executable, str(WATCHED), str(report), "demo:"]
        program = subprocess.Popen(words, env=self.screen.environment)
        self.waits("the window", lambda s: s["active"] and "Demo" in s["title"])
        self.keys("alt+6")
        self.waits("the page", lambda s: s["page"] == "train" and "train-start" in s["enabled"])
        return program

    def keys(self, *keys: str) -> None:
        self.screen.hands("key", "--delay", "80", *keys)

    def sees(self) -> dict[str, Any]:
        try:
            return json.loads((self.report / "state.json").read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}

    def waits(self, for_: str, holds: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until the window shows something."""
        seen: dict[str, Any] = {}

        def look() -> bool:
            seen.update(self.sees())
            return bool(seen) and bool(holds(seen))

        assert wait_until(look, PATIENCE_S), f"{for_}: {seen}"

    def run(self) -> Path | None:
        runs = sorted((self.home / "data" / "crowdgui" / "runs").glob("mcnn-*"))
        return runs[-1] if runs else None

    def events(self) -> list[dict[str, object]]:
        run = self.run()
        path = run / "events.jsonl" if run else None
        if path is None or not path.exists():
            return []
        return [json.loads(line) for line in path.read_text().splitlines() if line.endswith("}")]

    def kinds(self) -> list[str]:
        return [str(event["event"]) for event in self.events()]

    def finds(self, kind: str, number: int = 1) -> bool:
        """Wait for so many events of a kind."""
        return wait_until(lambda: self.kinds().count(kind) >= number, PATIENCE_S)

    def trained(self, more: int) -> bool:
        """Wait for so many steps more."""
        return self.finds("step", self.kinds().count("step") + more)

    def starts(self) -> None:
        """Begin a training on the built-in scenes."""
        self.keys("ctrl+Return")
        assert self.finds("validated"), f"no training began: {self.sees()}"


@pytest.fixture
def person(screen: Screen, tmp_path: Path) -> Person:
    return Person(screen, tmp_path / "home")


def children(pid: int) -> list[int]:
    words = ["ps", "-o", "pid=", "--ppid", str(pid)]
    out = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return [int(word) for word in out.split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_train_pause_resume_stop_use_and_count(person: Person, tmp_path: Path) -> None:
    report = tmp_path / "watched"
    program = person.open(report)
    try:
        person.starts()
        look_at_curves(person, tmp_path)
        person.keys("ctrl+p")
        assert person.finds("paused")
        person.waits("the pause", lambda s: s["phase"] == "paused")
        steps = person.kinds().count("step")
        # What must not happen gives no sign to wait for.
        time.sleep(2)
        assert person.kinds().count("step") == steps
        person.keys("ctrl+p")
        assert person.finds("resumed")
        assert person.trained(2)
        person.waits("the training", lambda s: s["phase"] == "running")
        person.keys("ctrl+period")
        assert person.finds("stopped")
        person.waits("the end", lambda s: s["phase"] == "stopped" and "use-run" in s["enabled"])
        use_and_count(person, tmp_path / "counts.csv")
        person.keys("ctrl+q")
        assert program.wait(timeout=60) == 0
    finally:
        program.kill()
        program.wait()
    look_at_beats(report / "beats.jsonl")


def look_at_curves(person: Person, folder: Path) -> None:
    """Look at curves that grow on the screen."""
    person.waits("the percentage", lambda s: "% trained" in s["title"])
    before = person.screen.photograph(folder / "before.png")

    def grown() -> bool:
        after = person.screen.photograph(folder / "after.png")
        return bool((before != after).any(axis=2).mean() > 0.002)

    assert person.trained(12)
    assert wait_until(grown, PATIENCE_S), "the curves stand still"


def use_and_count(person: Person, table: Path) -> None:
    """Put what was trained to use, and count the demo picture with it."""
    person.keys("ctrl+u")
    person.waits("the question for a name", lambda s: s["dialog"])
    # The name that is suggested will do; what few pictures chose counts if a person says so.
    person.keys("alt+c", "Return")
    model = person.home / "data" / "crowdgui" / "models" / "my-mcnn.safetensors"
    assert wait_until(model.exists, PATIENCE_S)
    person.waits("the model's turn", lambda s: s["model"] == "my-mcnn" and not s["dialog"])
    person.keys("alt+1")
    person.waits("the count", lambda s: s["page"] == "count" and s["counted"] and not s["busy"])
    person.keys("ctrl+e")
    person.waits("the question for a file", lambda s: s["dialog"])
    person.screen.hands("type", "--delay", "30", str(table))
    person.keys("Return")
    assert wait_until(table.exists, PATIENCE_S)
    with table.open(newline="", encoding="utf-8") as file:
        assert "my-mcnn" in {row["model"] for row in csv.DictReader(file)}


def look_at_beats(report: Path) -> None:
    """While it trains, the window's own thread never computes for long.

    The gaps themselves are as the machine is, which is shared and gives a thread its turn or not.
    """
    beats = [json.loads(line) for line in report.read_text().splitlines()]
    assert beats[-1]["beats"] > 500
    trained = [b for b in beats[:-1] if b["page"] == "train" and b["phase"] in AT_WORK]
    assert [beat for beat in trained if beat["busy"] >= LONGEST_S] == []


def test_a_window_that_is_killed_leaves_no_orphan(person: Person, tmp_path: Path) -> None:
    program = person.open(tmp_path / "first")
    try:
        person.starts()
        (child,) = children(program.pid)
    finally:
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
    assert wait_until(lambda: not alive(child), PATIENCE_S), "the training went on"
    assert person.kinds()[-1] == "stopped"
    assert person.run() is not None


def test_a_training_that_is_killed_goes_on_at_the_next_start(
    person: Person, tmp_path: Path
) -> None:
    program = person.open(tmp_path / "first")
    try:
        person.starts()
        (child,) = children(program.pid)
    finally:
        # As when the power fails: neither of the two says goodbye.
        os.kill(program.pid, signal.SIGKILL)
        os.kill(child, signal.SIGKILL)
        program.wait()
    assert "stopped" not in person.kinds()
    program = person.open(tmp_path / "second")
    try:
        person.waits("the offer", lambda s: "notice" in s["places"])
        x, y = person.sees()["places"]["notice"]
        person.screen.hands("mousemove", str(x), str(y), "click", "1")
        assert person.finds("started", 2), "it was not continued"
        again = [event for event in person.events() if event["event"] == "started"][-1]
        assert again["resumed_from"] is not None
        assert person.trained(2)
    finally:
        program.kill()
        program.wait()
