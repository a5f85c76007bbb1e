"""MAE against alpha: every run is a dot, and a line joins only what compares fairly."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.training.sweep_tasks import SweepFacts
from crowdgui.window.training.sweep_view import AlphaPlot
from trainer.sweep import Result, Run, Settings

BASE = {"network": "mcnn", "data": ["/nowhere"], "teacher": "any", "epochs": 1}


def result(alpha: float, seed: int, mae: float) -> Result:
    return Result(Run(alpha, seed), mae, 2 * mae, 43, "lowest validation MAE", 1, 1, 1.0)


def test_the_line_joins_seeds_that_every_alpha_has(qtbot: QtBot) -> None:
    plot = AlphaPlot()
    qtbot.addWidget(plot)
    # Seed 1 is the harder one, and α = 1 has not had it.
    results = [
        result(0, 0, 247.0), result(0, 1, 260.0), result(0.5, 0, 246.0), result(0.5, 1, 259.0),
        result(1, 0, 248.0),
    ]  # fmt: skip
    settings = Settings((0.0, 0.5, 1.0), 2, 1, BASE, ("hash",))
    plot.show_sweep(SweepFacts(Path("sweep"), settings, results, []))
    alphas, means = plot.lines["mae"].getData()
    assert dict(zip(alphas.tolist(), means.tolist(), strict=True)) == pytest.approx(
        {0: 247.0, 0.5: 246.0, 1: 248.0}
    )
    assert len(plot._runs.getData()[0]) == len(results)
    plot.show_sweep(None)
    assert len(plot._runs.getData()[0]) == 0
