"""`crowdgui train` and `distill` on the command line: what a resumed run keeps and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from small_data import make_part
from trainer.config import make_config
from trainer.events import read_events
from trainer.runs import begin_run, occupied

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run of one epoch over two pictures that has not started."""
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    facts = {"network": "mcnn", "epochs": 1, "batch": 2, "crop": 64, "precision": "fp32"}
    return begin_run(make_config({**facts, "data": [str(part)]}), tmp_path / "run")


@pytest.mark.parametrize(
    "words",
    [
        ("train", "--seed", 0),
        ("train", "--threads", 0),
        ("train", "--device", "cpu"),
        ("train", "--limit", 1),
        ("train", "--trunk", "x.safetensors"),
        ("train", "--negatives", "empty"),
        ("train", "--network", "mcnn"),
        ("distill", "--alpha", 0),
        ("distill", "--teacher", "mcnn"),
        ("distill", "--student", "mcnn"),
        ("distill", "--unlabelled", "pictures"),
        ("distill", "--no-trust"),
        ("distill", "--teacher-block-weight", 1),
    ],
)
def test_a_resumed_run_refuses_what_it_would_ignore(
    command: Run, folder: Path, words: tuple[object, ...]
) -> None:
    kind, option, *value = words
    code, _, err = command(kind, "--resume", folder, option, *value)
    assert code == 2
    name = str(option).replace("--no-", "--")
    assert f"{name} cannot be given: a resumed run keeps its own" in err
    assert not (folder / "events.jsonl").exists()


def test_other_epochs_hold_for_every_later_resumption(command: Run, folder: Path) -> None:
    with occupied(folder):
        code, _, err = command("train", "--resume", folder, "--epochs", 2)
    assert code == 2
    assert "Another training is at work" in err
    assert json.loads((folder / "config.json").read_text())["epochs"] == 1
    assert command("train", "--resume", folder, "--epochs", 2)[0] == 0
    assert json.loads((folder / "config.json").read_text())["epochs"] == 2
    assert command("train", "--resume", folder)[0] == 0
    started = [e["epochs"] for e in read_events(folder / "events.jsonl") if e["event"] == "started"]
    assert started == [2, 2]
