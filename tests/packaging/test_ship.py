"""What is shipped stays whole where its successor cannot be measured."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
import ship

from models.header import read_header
from models.weights import load_state, save_weights
from small_data import make_part
from small_models import save_mcnn

TRAINED_ON = {"data": ["part_A"], "epochs": 3, "seed": 0, "alpha": 0.0, "teacher": []}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped file of a model; the program is called to put other weights there."""
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    weights = save_mcnn(tmp_path / "new.safetensors", seed=1)
    header = replace(read_header(weights), trained_on=TRAINED_ON, figures={"selected_by": "x"})
    save_weights(weights, load_state(weights), header)
    monkeypatch.setattr(ship, "SHIPPED_FOLDER", tmp_path / "shipped")
    monkeypatch.setattr(ship, "make_engine_files", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["ship.py", str(weights), "mine", "--data", str(part)])
    path = save_mcnn(tmp_path / "shipped" / "mine.safetensors", seed=2)
    path.with_suffix(".md").write_text("the old card")
    return path


def test_weights_that_cannot_be_measured_replace_nothing(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shipped.read_bytes()

    def fails(*_: object) -> None:
        raise MemoryError

    for name in ("measure", "card"):
        with monkeypatch.context() as patch:
            patch.setattr(ship, name, fails)
            with pytest.raises(MemoryError):
                ship.main()
        assert shipped.read_bytes() == before
        assert shipped.with_suffix(".md").read_text() == "the old card"
        assert len(list(shipped.parent.iterdir())) == 2


def test_card_and_figures_are_of_what_is_shipped(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = shipped.read_bytes()
    ship.main()
    assert shipped.read_bytes() != before
    header, card = read_header(shipped), shipped.with_suffix(".md").read_text("utf-8")
    assert f"MAE {header.figures['mae']}, RMSE" in card
    assert card.startswith("# mine\n")
    assert f"| file | {shipped.stat().st_size:,} bytes" in card
    assert header.trained_on["recipe"] == "mine"
    assert str(header.figures["mae"]) in capsys.readouterr().out
