"""What packaging/slim.py writes can be trained on."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
import slim as program
import torch

from models.compact import Compact
from models.header import read_header
from models.weights import load_network, save_weights
from small_data import make_part
from small_models import save_mcnn
from trainer.config import make_config
from trainer.setup import make_header, make_student


def call(monkeypatch: pytest.MonkeyPatch, *words: object) -> None:
    monkeypatch.setattr(sys, "argv", ["slim.py", *map(str, words)])
    program.main()


def test_a_wide_network_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    wide, config = Compact(), make_config({"network": "compact", "data": []})
    header = replace(
        make_header(config, wide), trained_on={"epochs": 5, "data": ["part_A"]},
        figures={"mae": 1.0},
    )  # fmt: skip
    save_weights(tmp_path / "wide.safetensors", wide.state_dict(), header)
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    cut = tmp_path / "slim.safetensors"
    words = ("--data", part, "--pictures", part, "--steps", 2)
    call(monkeypatch, tmp_path / "wide.safetensors", cut, *words)
    network, header = load_network(cut)
    assert isinstance(network, Compact)
    assert network.slim
    assert (header.margin, header.parameters) == (network.margin, 132_657)
    # Its epochs are added to; the figures were another's.
    assert header.trained_on["epochs"] == 5
    assert header.figures == {}
    facts = {"network": "compact", "data": [], "init": str(cut)}
    student = make_student(make_config({**facts, "options": {"batch_norm": True}}))
    assert torch.equal(student.state_dict()["head.weight"], wide.head.weight)


def test_others_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_mcnn(tmp_path / "mcnn.safetensors")
    with pytest.raises(SystemExit):
        call(monkeypatch, tmp_path / "mcnn.safetensors", tmp_path / "x", "--data", tmp_path)
    assert "is no wide compact network" in capsys.readouterr().err
    assert read_header(tmp_path / "mcnn.safetensors").network == "mcnn"
