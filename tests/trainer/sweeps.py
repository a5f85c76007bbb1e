"""Sweeps of a test's own, and results of their runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models import catalogue
from small_models import save_mcnn
from trainer.sweep import (
    Result,
    Run,
    Settings,
    make_settings,
    parse_alphas,
)

FACTS = {
    "network": "mcnn",
    "data": ["/somewhere/part_A"],
    "teacher": "teacher",
    "recipe": "mine",
    "epochs": 7,
    "options": {"batch_norm": True},
}


def install_teacher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let nothing be installed but the teacher of FACTS; returns its file."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    return save_mcnn(catalogue.user_folder() / "teacher.safetensors", seed=5)


def settings(alphas: str = "0,0.1,0.3", seeds: int = 3, others: int = 1, **facts: Any) -> Settings:
    return make_settings(parse_alphas(alphas), seeds, others, {**FACTS, **facts})


def result(alpha: float, seed: int, mae: float, rmse: float = 200.0) -> Result:
    return Result(
        Run(alpha, seed), mae, rmse, n=43, selected_by="lowest validation MAE", size=537_828,
        parameters=133_705, seconds=60.0,
    )  # fmt: skip
