"""Training as a process of its own: killed for real, given orders, left by its parent."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models import catalogue
from models.weights import load_network
from small_data import make_part
from small_models import save_mcnn
from trainer.follow import read_events

RECIPE = """
network = "mcnn"
options = { batch_norm = true }
epochs = 4
batch = 1
crop = 64
precision = "fp32"
threads = 1
validate_every = 1
save_every = 2
log_every = 1
"""


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_3", "IMG_4"])
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(RECIPE)
    return ["train", "--data", str(part), "--recipe", str(recipe), "--events", "json"]


def start(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crowdgui", *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> list[dict[str, object]]:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return [json.loads(line) for line in out.splitlines()]


def losses(folder: Path) -> dict[str, object]:
    """The loss at each place of a run, the last one told where a place was done twice."""
    events = read_events(folder / "events.jsonl")
    return {f"{e['epoch']}.{e['step']}": e["loss"] for e in events if e["event"] == "step"}


# Run again it would be killed at other instants, and a defect of one in three go unseen.
@pytest.mark.flaky(reruns=0)
def test_kill_9_at_many_instants_continues_on_the_same_curve(
    words: list[str], tmp_path: Path
) -> None:
    finish(start(*words, "--run", str(tmp_path / "whole")))
    killed = tmp_path / "killed"
    process = start(*words, "--run", str(killed))
    for lines in (1, 3, 4, 6):
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        process.kill()
        process.communicate()
        process = start("train", "--resume", str(killed), "--events", "json")
    events = finish(process)
    assert events[-1]["event"] == "finished"
    whole = losses(tmp_path / "whole")
    assert len(whole) == 12
    assert losses(killed) == pytest.approx(whole)
    load_network(killed / "best.safetensors")


@pytest.mark.flaky(reruns=0)
@pytest.mark.parametrize("taught", [False, True], ids=["plain", "taught in bf16"])
def test_kill_9_at_random_instants_continues_on_the_same_curve(
    words: list[str], tmp_path: Path, taught: bool
) -> None:
    words += ["--epochs", "12"]
    if taught:
        save_mcnn(catalogue.user_folder() / "teacher.safetensors", seed=5)
        recipe = tmp_path / "tiny.toml"
        recipe.write_text(RECIPE.replace("fp32", "bf16"))
        words = ["distill", *words[1:], "--teacher", "teacher", "--alpha", "0.5"]
    killed = tmp_path / "killed"
    process = start(*words, "--run", str(killed))
    draw, longest, kills = random.Random(7), 0.6, 0
    while kills < 4:
        assert process.stdout is not None
        # Before that it has nothing to lose; where it is after so many seconds is chance.
        process.stdout.readline()
        time.sleep(draw.uniform(0, longest))
        assert process.poll() in (None, 0)
        process.kill()
        process.communicate()
        if process.returncode == 0:
            # It was over before: once more from the beginning, and sooner.
            shutil.rmtree(killed)
            longest, kills = longest / 2, 0
            process = start(*words, "--run", str(killed))
        else:
            kills += 1
            process = start("train", "--resume", str(killed), "--events", "json")
    assert finish(process)[-1]["event"] == "finished"
    finish(start(*words, "--run", str(tmp_path / "whole")))
    whole = losses(tmp_path / "whole")
    assert len(whole) == 36
    # Not only the last word of a place: what was done twice was the same both times.
    events = read_events(killed / "events.jsonl")
    told = [(f"{e['epoch']}.{e['step']}", e["loss"]) for e in events if e["event"] == "step"]
    assert {place for place, _ in told} == whole.keys()
    assert [loss for _, loss in told] == pytest.approx([whole[place] for place, _ in told])
    assert (killed / "best.safetensors").read_bytes() == (
        tmp_path / "whole" / "best.safetensors"
    ).read_bytes()
    assert not list(killed.glob(".*.part"))


def test_orders_come_on_standard_input(words: list[str], tmp_path: Path) -> None:
    process = start(*words, "--epochs", "500", "--run", str(tmp_path / "run"), "--follow-parent")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    process.stdin.write("pause\nresume\nstop\n")
    process.stdin.flush()
    events = finish(process)
    kinds = [event["event"] for event in events]
    assert kinds[-1] == "stopped"
    assert "parent_gone" not in events[-1]
    assert kinds.index("paused") < kinds.index("resumed") < kinds.index("stopped")


def test_a_parent_that_dies_leaves_no_orphan(words: list[str], tmp_path: Path) -> None:
    run = str(tmp_path / "run")
    process = start(*words, "--epochs", "500", "--run", run, "--follow-parent")
    assert process.stdout is not None
    process.stdout.readline()
    # communicate() closes the child's standard input, as the end of its parent would.
    stopped = finish(process)[-1]
    assert (stopped["event"], stopped["parent_gone"]) == ("stopped", True)
