"""The training benchmark measures all ways on the same pictures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crowdgui.app import app
from models.errors import UserError
from small_data import make_part
from trainer import benchmark
from trainer.scenes import scene_set


def test_every_way_is_measured_and_compared(tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", [f"IMG_{n}" for n in range(1, 14)])
    words = ["benchmark", "--training", "--data", str(part), "--rounds", "1", "--threads", "1"]
    result = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
    rows = json.loads(result.stdout)["results"]
    assert [row["way"] for row in rows] == ["plain loop", "fp32", "bf16"]
    plain = rows[0]["pictures_per_s"]
    for row in rows:
        assert row["ratio"] == pytest.approx(row["pictures_per_s"] / plain)
        assert 0 <= row["data_share"] < 1


def test_all_ways_train_on_the_processor(tmp_path: Path) -> None:
    assert benchmark._config(tmp_path, 1).device == "cpu"


def test_what_the_trainer_would_refuse_shows_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1"])
    monkeypatch.setattr(benchmark, "_plain_loop", lambda *_words: pytest.fail("it was begun"))
    with pytest.raises(UserError, match="The split val of"):
        list(benchmark.benchmark_training(part, 1, 1))


def test_the_rendered_set_is_a_data_set() -> None:
    from trainer.datasets import recognise

    data = recognise(scene_set(3))
    examples = data.examples("all")
    assert len(examples) == 3
    assert all(len(example.heads) > 0 for example in examples)
