"""What is shipped counts as its card says."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import torch

from models.catalogue import SHIPPED_FOLDER, Model, find_model
from models.engines.openvino_engine import read_onnx_header
from models.folding import fold_norms
from models.header import read_header
from models.loading import open_predictor
from models.precision import ROUNDED, is_steady_in_bf16
from models.weights import load_network
from trainer.datasets import recognise
from trainer.evaluate import evaluate, summarise
from trainer.scenes import FIRST_TRAINING_SEED
from trainer.synthetic import DEMO_SEED, render_scene

# Fixed before any of them was counted; training uses seeds from FIRST_TRAINING_SEED on.
UNSEEN_SEEDS = (1, 2, 3, 4, 5)
NAMES = sorted(path.stem for path in SHIPPED_FOLDER.glob("*.safetensors"))
# The teacher's engine files are several times its weights: the program makes them itself.
STUDENTS = [name for name in NAMES if name != "m-sfanet"]


@pytest.fixture(params=NAMES)
def model(request: pytest.FixtureRequest) -> Model:
    return find_model(request.param)


def test_something_is_shipped() -> None:
    assert "mcnn" in NAMES


def test_cards_belong_to_the_weights(model: Model) -> None:
    assert model.weights is not None
    assert model.card is not None
    header = read_header(model.weights)
    card = model.card.read_text("utf-8")
    assert f"MAE {header.figures['mae']}, RMSE {header.figures['rmse']}" in card
    assert f"{model.weights.stat().st_size:,} bytes" in card
    assert header.licence == "research use only"


def test_the_readme_tells_the_figures_of_the_weights(model: Model) -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    (row,) = [line for line in text.splitlines() if re.match(rf"\| `{model.name}`.*MB", line)]
    figures = {facts["data"]: facts for facts in model.header().figures["all"]}
    told = [float(word) for cell in row.split("|")[3:5] for word in cell.split("/")]
    wanted = [figures[data][kind] for data in ("part_A", "part_B") for kind in ("mae", "rmse")]
    # Those were rounded to hundredths before.
    assert told == pytest.approx(wanted, abs=0.0551)


@pytest.mark.parametrize("name", STUDENTS)
def test_engine_files_belong_to_the_weights(name: str) -> None:
    model = find_model(name)
    assert model.onnx is not None
    assert read_onnx_header(model.onnx) == model.header()


def test_engines_agree_on_a_scene(model: Model) -> None:
    picture = render_scene(UNSEEN_SEEDS[0]).picture[:384, :512]
    counts = [
        open_predictor(model, engine=engine, convert=True).predict(picture).count
        for engine in ("torch", "openvino")
    ]
    assert counts[1] == pytest.approx(counts[0], rel=1e-3, abs=0.01)


def test_bf16_counts_the_same(model: Model) -> None:
    """Without a processor of bf16 torch computes in it all the same, only slowly."""
    picture = render_scene(UNSEEN_SEEDS[0]).picture[:256, :384]
    counts = [
        open_predictor(model, engine="torch", precision=precision).predict(picture).count
        for precision in ("fp32", "bf16")
    ]
    assert is_steady_in_bf16(model.header())
    assert counts[1] == pytest.approx(counts[0], rel=0.02, abs=0.1)


@pytest.mark.parametrize("name", STUDENTS)
def test_students_weights_are_bf16_numbers(name: str) -> None:
    model = find_model(name)
    assert model.weights is not None
    network, header = load_network(model.weights)
    fold_norms(network, header.channels)
    assert header.trained_on["rounded"] == ROUNDED["rounded"]
    for name, tensor in network.state_dict().items():
        if name.endswith(("weight", "bias")):
            # To the last bits of fp32, in which norms are folded.
            torch.testing.assert_close(tensor.bfloat16().float(), tensor, rtol=1e-5, atol=1e-6)


def test_unseen_scenes_are_counted_within_a_quarter() -> None:
    assert DEMO_SEED < FIRST_TRAINING_SEED
    predictor = open_predictor(find_model())
    errors = []
    for seed in UNSEEN_SEEDS:
        scene = render_scene(seed)
        errors.append(abs(predictor.predict(scene.picture).count - scene.count) / scene.count)
    assert np.mean(errors) <= 0.25


def test_empty_pictures_count_next_to_nobody() -> None:
    predictor = open_predictor(find_model())
    pictures = [np.full((768, 1024, 3), value, np.uint8) for value in (0, 60, 128, 255)]
    counts = [predictor.predict(picture).count for picture in pictures]
    assert np.mean(counts) < 3
    assert max(counts) < 6


def test_validation_figure_of_the_card(part_a: Path) -> None:
    model = find_model("mcnn")
    rows = list(evaluate(open_predictor(model), recognise(part_a).examples("val")))
    summary = summarise(rows)
    # The engine here may differ from the one the card was measured with.
    assert summary.mae == pytest.approx(model.header().figures["mae"], rel=1e-3)
    # Always saying the mean of the training pictures would give 354.6.
    assert summary.mae < 135
