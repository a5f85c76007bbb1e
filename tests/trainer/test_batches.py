"""What a batch holds: the truth as its target says, and the teachers' maps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from models import catalogue
from small_models import save_mcnn
from trainer.batches import Batches
from trainer.config import make_config
from trainer.datasets import Example
from trainer.setup import make_header, make_student
from trainer.teacher import find_teachers


def test_the_maps_of_several_teachers_are_averaged(tmp_path: Path) -> None:
    for seed, name in enumerate(("one", "other")):
        save_mcnn(catalogue.user_folder() / f"{name}.safetensors", seed=seed)
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    examples = [Example("a", tmp_path / "a.png", np.array([[30, 20]], np.float32))]
    facts = {"network": "mcnn", "data": [], "crop": 64, "batch": 1, "min_side": 0, "native": 1.0}
    config = make_config(facts)
    header = make_header(config, make_student(config))

    def taught(names: str) -> Tensor:
        teachers = find_teachers(names, "cpu", "fp32")
        (batch,) = Batches(examples, config, header, teachers).epoch(0)
        return batch.teacher

    one, other, both = map(taught, ("one", "other", "one,other"))
    assert not torch.allclose(one, other, atol=1e-3)
    assert torch.allclose(both, (one + other) / 2, atol=1e-6)


@pytest.mark.parametrize(("target", "cells"), [("points", 4), ("gaussian", 64), ("adaptive", 25)])
def test_every_target_holds_the_heads_of_its_crop(tmp_path: Path, target: str, cells: int) -> None:
    Image.new("RGB", (256, 256)).save(tmp_path / "b.png")
    heads = np.array([[128, 128], [132, 128], [128, 132], [132, 132]], np.float32)
    facts = {"network": "mcnn", "data": [], "crop": 256, "batch": 1, "min_side": 0, "native": 1.0}
    config = make_config({**facts, "target": target})
    examples = [Example("b", tmp_path / "b.png", heads)]
    (batch,) = Batches(examples, config, make_header(config, make_student(config))).epoch(0)
    assert batch.truth.sum().item() == pytest.approx(4, abs=1e-3)
    # Gaussians spread over cells around; a point stays in its own.
    assert int((batch.truth > 1e-6).sum()) == pytest.approx(cells, abs=10 if cells > 4 else 0)


def test_adaptive_targets_grow_with_their_crop(tmp_path: Path) -> None:
    """A picture that is shown twice as large has the target of one that is."""
    heads = np.array([[54, 54], [74, 54], [54, 74], [74, 74]], np.float32)
    facts = {"network": "mcnn", "data": [], "crop": 256, "batch": 1, "min_side": 0, "native": 1.0}
    config = make_config({**facts, "target": "adaptive"})
    truths = []
    for larger in (1, 2):
        path = tmp_path / f"{larger}.png"
        Image.new("RGB", (128 * larger, 128 * larger)).save(path)
        examples = [Example("a", path, heads * larger)]
        (batch,) = Batches(examples, config, make_header(config, make_student(config))).epoch(0)
        truths.append(batch.truth)
    assert torch.allclose(*truths, atol=1e-5)
