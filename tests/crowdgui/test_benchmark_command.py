"""`crowdgui benchmark`: what it prints, and what it refuses. How fast it is is nobody's test."""

from __future__ import annotations

import json
import platform
import shutil
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
import torch
from PIL import Image
from typer.testing import CliRunner

from crowdgui import speed
from crowdgui.app import app
from crowdgui.commands import benchmark as command
from crowdgui.commands.benchmark import markdown
from models import catalogue
from models.catalogue import Model, find_model
from models.engine_cache import engine_file
from models.errors import UserError
from models.export import export_onnx
from models.predictor import Predictor
from models.probe import Probe, network_work
from small_models import save_mcnn


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = save_mcnn(tmp_path_factory.mktemp("model") / "m.safetensors")
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


def run(*words: object) -> tuple[int, dict[str, Any], str]:
    """Measure little; returns the exit code, what was printed, and what was said."""
    few = ["--sizes", "32x32", "--rounds", "1", "--json"]
    result = CliRunner().invoke(app, ["benchmark", *few, *map(str, words)])
    return result.exit_code, json.loads(result.stdout or "{}"), result.stderr


def test_what_figures_are_of_is_said(weights: Path) -> None:
    found = run("--models", weights)[1]
    # More than the kind of processor, which says nothing of its speed.
    assert found["processor"] not in ("", platform.machine())
    assert f"{found['processor']}, openvino {version('openvino')}" in markdown(found)


@pytest.mark.parametrize(("gflops", "disturbed"), [(1e-3, True), (1e9, False)])
def test_more_than_the_ceiling_is_a_disturbance(
    weights: Path, monkeypatch: pytest.MonkeyPatch, gflops: float, disturbed: bool
) -> None:
    def run_probe(probe: Probe) -> None:
        probe.best = dict.fromkeys(("fp32", "bf16", "int8"), gflops)

    monkeypatch.setattr(Probe, "run", run_probe)
    code, _, said = run("--models", weights)
    assert code == 0
    assert ("at work on something else" in said) == disturbed


def ways_of(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(row["model"], row["engine"], row["precision"]) for row in found["results"]}


def test_weights_alone_are_measured_in_both_engines(tmp_path: Path) -> None:
    alone = save_mcnn(tmp_path / "alone.safetensors")
    kept = engine_file(alone)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"cut off")
    opened, problems = speed.open_ways([find_model(str(alone))], 1)
    assert {"torch", "openvino"} <= {way.engine for way in opened}
    assert problems == []


def test_models_of_one_name_have_their_own_plain_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(_model: Model, _engine: str, precision: str, _threads: int) -> Any:
        return SimpleNamespace(engine=SimpleNamespace(precision=precision))

    monkeypatch.setattr(speed, "_open", opened)
    places = [tmp_path / run / "best.safetensors" for run in "ab"]
    ways, _problems = speed.open_ways([Model(p.stem, p, None) for p in places], 1)
    ways = [way for way in ways if way.engine in (speed.PLAIN, "torch")]
    for way in ways:
        plain = {places[0]: 3.0, places[1]: 8.0}[way.model.file]
        way.first[8, 8] = 1.0
        way.seconds[8, 8] = [plain if way.engine == speed.PLAIN else 1.0]
    ratios = {(r["model"], r["engine"]): r["ratio"] for r in speed.rows(ways, {})}
    assert {name for name, _engine in ratios} == {str(place) for place in places}
    assert [ratios[str(place), "torch"] for place in places] == [3.0, 8.0]


def test_one_model_and_one_size_are_measured_once(weights: Path) -> None:
    models = command._named(f"mcnn,{find_model('mcnn').file},{weights},{weights}")
    assert [model.name for model in models] == ["mcnn", "m"]
    assert speed.parse_sizes("64x48,32x32,64x48", 4) == [(64, 48), (32, 32)]


def test_a_stale_engine_file_costs_its_own_ways_alone(weights: Path, tmp_path: Path) -> None:
    stale = save_mcnn(tmp_path / "stale.safetensors", seed=1)
    shutil.copy(weights.with_suffix(".onnx"), stale.with_suffix(".onnx"))
    code, found, said = run("--models", f"{stale},{weights}", "--threads", 1)
    assert code == 0
    engines = {(model, engine) for model, engine, _precision in ways_of(found)}
    assert engines == {
        ("stale", "torch-eager"), ("stale", "torch"),
        ("m", "torch-eager"), ("m", "torch"), ("m", "openvino"),
    }  # fmt: skip
    assert said.count("The ONNX file of stale was made from other weights") == 1


def test_nothing_to_measure_is_an_error(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"x")
    code, found, said = run("--models", broken)
    assert (code, found, said.count("is not a readable weights file")) == (2, {}, 1)
    stale = save_mcnn(tmp_path / "stale.safetensors", seed=1)
    shutil.copy(weights.with_suffix(".onnx"), stale.with_suffix(".onnx"))
    monkeypatch.setattr(speed, "find_spec", lambda _name: None)
    code, found, said = run("--models", stale)
    assert (code, found, said.count("was made from other weights")) == (2, {}, 1)


def test_a_file_of_int8_alone_is_measured_as_such(tmp_path: Path) -> None:
    shipped = find_model("mcnn").int8
    assert shipped is not None
    alone = Path(shutil.copy(shipped, tmp_path / "alone.onnx"))
    code, found, _said = run("--models", alone, "--threads", 1)
    assert code == 0
    assert ways_of(found) == {("alone", "openvino", "int8")}
    assert found["results"][0]["ceiling"] > 0


def test_all_engines_take_as_many_threads_as_torch(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    opener = speed.open_predictor

    def opened(model: Model, **words: Any) -> Predictor:
        given.append(words["threads"])
        return opener(model, **words)

    monkeypatch.setattr(speed, "open_predictor", opened)
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    _code, found, _said = run("--models", weights)
    assert {found["threads"], *given} == {torch.get_num_threads()}


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
    assert json.loads(result.stdout)["threads"] > 0
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


def test_a_live_video_that_cannot_be_made_shows_before_the_work(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = SimpleNamespace(isOpened=lambda: False)
    maker = MagicMock(return_value=writer)
    monkeypatch.setattr("crowdgui.live_speed.cv2.VideoWriter", maker)
    monkeypatch.setattr("crowdgui.live_speed.VIDEO", (160, 96))
    monkeypatch.setattr(speed, "open_ways", lambda *_words: pytest.fail("work was begun"))
    result = CliRunner().invoke(app, ["benchmark", "--models", str(weights), "--live"])
    assert isinstance(result.exception, UserError)
    assert "OpenCV cannot write and read a video here" in str(result.exception)


def test_a_name_does_not_break_the_table() -> None:
    row = {
        "model": "a|b", "engine": "torch", "precision": "fp32", "size": "8x8", "ms": 1.0,
        "ratio": None, "ceiling": None, "first_ms": 1.0, "fps": 1.0, "count_share": 0.5,
        "decode_ms": 1.0, "resize_ms": 1.0, "count_ms": 1.0, "overlay_ms": 1.0,
    }  # fmt: skip
    text = markdown(
        {
            "processor": "p",
            "versions": {},
            "rounds": 1,
            "threads": 1,
            "gflops": {},
            "results": [row],
            "live": [row],
        }
    )
    assert text.count("| a\\|b | torch | fp32 |") == 2


def test_sizes_do_nothing_with_a_training() -> None:
    result = CliRunner().invoke(app, ["benchmark", "--training", "--sizes", "64x64"])
    assert "--sizes cannot be given: it does nothing with --training" in str(result.exception)


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
        (("--sizes", "9" * 5000 + "x64"), "write widths and heights as in 1024x768"),
        (("--models", "nobody"), "no model called nobody"),
        (("--models", ","), "--models cannot be ,: it names no model"),
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
