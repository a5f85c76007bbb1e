"""A card tells what its header says of the training, whatever that is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crowdgui.window.catalogue.training_facts import all_figures, remarks, training_facts
from models.catalogue import SHIPPED_FOLDER
from models.header import Header, ScaleRule, read_header

SHIPPED = sorted(SHIPPED_FOLDER.glob("*.safetensors"))


def header(trained_on: Any = None, figures: Any = None) -> Header:
    return Header(
        "mcnn", stride=4, pad_to=4, margin=40, parameters=1,
        trained_on=trained_on or {}, figures=figures or {},
    )  # fmt: skip


def test_a_distilled_student() -> None:
    trained = {
        "data": ["part_A", "part_B"], "scenes": 160, "negatives": 0, "unlabelled": ["platform"],
        "teacher": ["3ea0"], "teachers": ["assistant"], "alpha": 0.2, "epochs": 30, "seed": 0,
        "recipe": "r",
    }  # fmt: skip
    rows = [{"data": "part_A", "mae": 10.04, "rmse": 20.0, "n": 43}]
    figures = {"split": "val", "selected_by": "lowest validation MAE", "all": rows}
    student = header(trained, figures)
    assert training_facts(student) == [
        ("Trained on", "part_A, part_B, 160 rendered scenes, platform without ground truth"),
        ("Taught by", "assistant, α = 0.2"),
        ("Epochs", "30"),
        ("Seed", "0"),
        ("Recipe", "r"),
        ("Epoch chosen by", "lowest validation MAE"),
    ]
    assert all_figures(student) == ["10.0 / 20.0 (part_A val, 43 pictures)"]


def test_what_nobody_said_is_not_shown() -> None:
    assert training_facts(header()) == []
    assert all_figures(header()) == []
    assert remarks(header(), shipped=False) == []


@pytest.mark.parametrize(
    "figures", [{"all": 3}, {"all": ["x"]}, {"all": [{"mae": "x"}]}, {"selected_by": None}]
)
def test_headers_come_from_anywhere(figures: dict[str, Any]) -> None:
    odd = header({"data": "part_A", "teacher": 1, "teachers": None, "scenes": "many"}, figures)
    assert ("Taught by", "unknown, α = None") in training_facts(odd)
    assert all_figures(odd) == []


def test_how_a_network_sees_pictures() -> None:
    small = replace(header(), scale_rule=ScaleRule(min_side=384, shrink=0.7))
    assert remarks(small, shipped=False) == [
        "The network sees pictures 70 % as wide and high.",
        "Pictures whose short side is below 384 pixels are enlarged.",
    ]


def test_the_slim_layout_is_said() -> None:
    slim = replace(header(), network="compact", options={"slim": True})
    assert remarks(slim, shipped=False) == [
        "Half the arithmetic: its first layers were cut from a wide network's."
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_came_with_the_program_tells_all(path: Path) -> None:
    shipped = read_header(path)
    captions = [caption for caption, _ in training_facts(shipped)]
    assert captions == ["Trained on", "Taught by", "Epochs", "Seed", "Recipe", "Epoch chosen by"]
    assert len(all_figures(shipped)) == 2
