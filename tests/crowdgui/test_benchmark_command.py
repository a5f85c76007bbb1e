"""`crowdgui benchmark`: what it prints, and what it refuses. How fast it is is nobody's test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from crowdgui import speed
from crowdgui.app import app
from crowdgui.commands import benchmark as command
from crowdgui.commands.benchmark import markdown
from models import catalogue
from models.catalogue import find_model
from models.errors import UserError
from models.export import export_onnx
from models.probe import network_work
from small_models import save_mcnn


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = save_mcnn(tmp_path / "m.safetensors")
    export_onnx(path, path.with_suffix(".onnx"))
    return path


def test_every_way_is_measured_and_drawn(weights: Path, tmp_path: Path) -> None:
    chart = tmp_path / "c.png"
    words = ["--models", weights, "--sizes", "64x48,32x32", "--rounds", 1, "--threads", 1]
    words += ["--json", "--chart", chart]
    result = CliRunner().invoke(app, ["benchmark", *map(str, words)])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    ways = {(row["engine"], row["precision"]) for row in found["results"]}
    assert {("torch-eager", "fp32"), ("torch", "fp32"), ("openvino", "fp32")} <= ways
    assert {row["size"] for row in found["results"]} == {"64x48", "32x32"}
    for row in found["results"]:
        plain = next(
            other["ms"]
            for other in found["results"]
            if other["engine"] == "torch-eager" and other["size"] == row["size"]
        )
        assert row["ratio"] == pytest.approx(plain / row["ms"], rel=0.01, abs=0.01)
        assert row["ms"] > 0
        assert row["first_ms"] > 0
        assert row["ceiling"] > 0
    assert found["gflops"]["fp32"] > 0
    with Image.open(chart) as image:
        assert image.width > image.height / 2
    assert markdown(found).count("| m |") == len(found["results"])


def test_weights_alone_are_measured_in_both_engines(tmp_path: Path) -> None:
    alone = save_mcnn(tmp_path / "alone.safetensors")
    opened = speed.ways(find_model(str(alone)), 1)
    assert {"torch", "openvino"} <= {way.engine for way in opened}


def test_one_damaged_model_does_not_cost_the_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    save_mcnn(catalogue.user_folder() / "whole.safetensors")
    (catalogue.user_folder() / "broken.safetensors").write_bytes(b"x")
    words = ["--sizes", "32x32", "--rounds", "1", "--json"]
    result = CliRunner().invoke(app, ["benchmark", *words])
    assert result.exit_code == 0, result.output
    assert {row["model"] for row in json.loads(result.stdout)["results"]} == {"whole"}
    assert "broken.safetensors is not a readable weights file" in result.stderr


def test_without_torch_there_are_fewer_ways(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str) -> object:
        return None if name == "torch" else name

    monkeypatch.setattr(speed, "find_spec", found)
    words = ["--models", str(weights), "--sizes", "32x32", "--rounds", "1", "--json"]
    result = CliRunner().invoke(app, ["benchmark", *words])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)["results"]
    assert {row["engine"] for row in rows} == {"openvino"}
    assert {row["ratio"] for row in rows} == {None}
    monkeypatch.setattr(command, "find_spec", found)
    refused = CliRunner().invoke(app, ["benchmark", "--training"])
    assert "benchmark --training needs torch" in str(refused.exception)


def test_a_live_video_is_measured_by_stage(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crowdgui.live_speed.VIDEO", (160, 96))
    monkeypatch.setattr("crowdgui.live_speed.COUNTED", (64, 48))
    monkeypatch.setattr("crowdgui.live_speed.FRAMES", 4)
    words = ["--models", str(weights), "--sizes", "32x32", "--rounds", "1", "--live", "--json"]
    result = CliRunner().invoke(app, ["benchmark", *words])
    assert result.exit_code == 0, result.output
    for row in json.loads(result.stdout)["live"]:
        parts = [row[f"{stage}_ms"] for stage in ("decode", "resize", "count", "overlay")]
        assert min(parts) > 0
        assert row["fps"] > 0
        assert 0 < row["count_share"] < 1


def test_work_of_a_network_is_its_convolutions(weights: Path) -> None:
    # Of each column: kernel², channels in and out, and the share of the pixels that it works on.
    columns = (
        ((9, 3, 16, 1), (7, 16, 32, 4), (7, 32, 16, 16), (7, 16, 8, 16)),
        ((7, 3, 20, 1), (5, 20, 40, 4), (5, 40, 20, 16), (5, 20, 10, 16)),
        ((5, 3, 24, 1), (3, 24, 48, 4), (3, 48, 24, 16), (3, 24, 12, 16)),
    )
    macs = sum(k * k * i * o * 64 * 64 / part for column in columns for k, i, o, part in column)
    macs += 30 * 64 * 64 / 16
    assert network_work(weights.with_suffix(".onnx"), 64, 64) == pytest.approx(2 * macs / 1e9)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--sizes", "2x2"), "--sizes cannot be 2x2: sides are 4 to"),
        (("--sizes", "64x48,3x64"), "--sizes cannot be 3x64: sides are 4 to"),
        (("--sizes", "64x999999"), "sides are 4 to 10000 pixels"),
        (("--sizes", "large"), "write widths and heights as in 1024x768"),
        (("--sizes", ""), "write widths and heights as in 1024x768"),
        (("--models", "nobody"), "no model called nobody"),
        (("--threads", "99999"), "99999 threads are not possible"),
        (("--chart", "/proc/c.png"), "/proc/c.png cannot be written"),
        (("--chart", str(Path(__file__))), "--chart cannot be"),
        (("--data", "somewhere"), "--data cannot be given: it does nothing without --training"),
        (("--training",), "--models cannot be given: it does nothing with --training"),
    ],
)
def test_bad_words(weights: Path, words: tuple[str, ...], sentence: str) -> None:
    result = CliRunner().invoke(app, ["benchmark", "--models", str(weights), *words])
    assert isinstance(result.exception, UserError)
    assert sentence in str(result.exception)
