"""A training of seconds, begun and ended on the training page."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crowdgui.window.training.page import TrainingPage

WAIT = 60_000
TINY = {
    "preset": "own", "network": "mcnn", "alpha": 0.0, "epochs": 4000, "batch": 2, "crop": 64,
    "t0": 4, "t_mult": 2, "threads": 1, "precision": "fp32", "validate_every": 1, "min_side": 0,
}  # fmt: skip


def begin(page: TrainingPage, qtbot: QtBot, steps: int = 4) -> Path:
    """Press Start and wait for some steps and a validation."""
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    history = page.session
    qtbot.waitUntil(
        lambda: history.history is not None and len(history.history) >= steps
        and history.history.best is not None,
        timeout=WAIT,
    )  # fmt: skip
    assert page.session.run is not None
    return page.session.run


def end(page: TrainingPage, qtbot: QtBot) -> None:
    page.stop()
    qtbot.waitUntil(lambda: not page.session.at_work, timeout=WAIT)


def kinds(run: Path) -> list[str]:
    lines = (run / "events.jsonl").read_text().splitlines()
    return [json.loads(line)["event"] for line in lines]
