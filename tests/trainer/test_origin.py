"""A run outlives the files that it came from, and knows its teachers again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models import catalogue
from models.assistant import Assistant
from models.errors import UserError
from models.files import file_hash
from models.header import read_header
from models.weights import save_weights
from small_data import make_part
from small_models import save_mcnn
from trainer.config import Config, make_config
from trainer.distill import distill
from trainer.events import Event
from trainer.setup import make_header


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """An MCNN that goes on from weights, taught by another."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    save_mcnn(catalogue.user_folder() / "teacher.safetensors", seed=5)
    save_mcnn(tmp_path / "before.safetensors", seed=6)
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    return make_config(
        {
            "network": "mcnn",
            "data": [str(part)],
            "teacher": "teacher",
            "alpha": 0.3,
            "init": str(tmp_path / "before.safetensors"),
            "density_factor": 1.0,
            "epochs": 1,
            "batch": 2,
            "crop": 64,
            "validate_every": 1,
            "precision": "fp32",
            "threads": 1,
        }
    )


def run(config: Config, folder: Path) -> list[Event]:
    return list(distill(config, folder))


def test_the_weights_begun_with_may_go(config: Config, tmp_path: Path) -> None:
    before = Path(config.init)
    known = file_hash(before)[:16]
    # As of an earlier version, which took both.
    events = distill(replace(config, trunk="/nowhere/imagenet.safetensors"), tmp_path / "run")
    assert next(events)["event"] == "started"
    before.unlink()
    assert list(events)[-1]["event"] == "finished"
    resumed = run(replace(config, epochs=2), tmp_path / "run")
    assert resumed[0]["resumed_from"] == {"epoch": 1, "step": 0}
    assert resumed[-1]["event"] == "finished"
    told = read_header(tmp_path / "run/best.safetensors").trained_on
    assert (told["init"], told["trunk"]) == (known, "")


def test_another_teacher_of_the_same_name_is_refused(config: Config, tmp_path: Path) -> None:
    run(config, tmp_path / "run")
    teacher = catalogue.user_folder() / "teacher.safetensors"
    kept = teacher.read_bytes()
    save_mcnn(teacher, seed=9)
    with pytest.raises(UserError, match="teacher teacher of the run") as caught:
        run(replace(config, epochs=2), tmp_path / "run")
    assert caught.value.code == "run-teacher-changed"
    teacher.write_bytes(kept)
    assert run(replace(config, epochs=2), tmp_path / "run")[-1]["event"] == "finished"


def test_teachers_of_other_strides_are_shown_together(config: Config, tmp_path: Path) -> None:
    header = make_header(make_config({"network": "assistant", "data": []}), Assistant())
    coarse = catalogue.user_folder() / "coarse.safetensors"
    save_weights(coarse, Assistant().state_dict(), header)
    events = run(replace(config, teacher="teacher,coarse"), tmp_path / "run")
    assert events[-1]["event"] == "finished"
    header = read_header(tmp_path / "run/best.safetensors")
    assert header.trained_on["teachers"] == ["teacher", "coarse"]
    with np.load(tmp_path / "run/preview.npz") as preview:
        assert preview["teacher"].shape == preview["truth"].shape
        assert preview["teacher"].sum() > 0


def test_a_card_tells_of_the_pictures_that_were_there(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "empty places"
    folder.mkdir()
    Image.new("RGB", (80, 80), (40, 90, 90)).save(folder / "a.png")
    few = replace(config, negatives=(str(folder),), negative_pictures=9)
    events = run(few, tmp_path / "run")
    (warning,) = [event["message"] for event in events if event["event"] == "warning"]
    assert "hold 1 to train on; up to 9" in warning
    assert read_header(tmp_path / "run/best.safetensors").trained_on["negatives"] == 1
