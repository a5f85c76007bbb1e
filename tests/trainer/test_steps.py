"""What every step of a training does beside the loss: precision, clipping and the average."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from small_data import make_part
from trainer.checkpoint import State
from trainer.config import make_config
from trainer.distill import distill
from trainer.learner import Answer, Learner


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_every_step_has_its_precision_clips_and_counts_on_over_the_epochs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, precision: str
) -> None:
    in_bf16: list[bool] = []
    clipped: list[float] = []
    averaged: list[tuple[float, int]] = []
    forward, clip, average = Learner.forward, nn.utils.clip_grad_norm_, State.update_average

    def seen_forward(learner: Learner, pictures: Tensor) -> Answer:
        on = torch.is_autocast_enabled("cpu")
        in_bf16.append(on and torch.get_autocast_dtype("cpu") is torch.bfloat16)
        return forward(learner, pictures)

    def seen_clip(parameters: Iterable[Tensor], most: float) -> Tensor:
        clipped.append(most)
        return clip(parameters, most)

    def seen_average(state: State, decay: float, steps: int) -> None:
        averaged.append((decay, steps))
        average(state, decay, steps)

    monkeypatch.setattr(Learner, "forward", seen_forward)
    monkeypatch.setattr(nn.utils, "clip_grad_norm_", seen_clip)
    monkeypatch.setattr(State, "update_average", seen_average)
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_3", "IMG_4", "IMG_9"])
    config = make_config(
        {
            "network": "mcnn", "data": [str(part)], "epochs": 2, "batch": 2, "crop": 64,
            "min_side": 0, "precision": precision, "threads": 1, "clip": 0.7, "ema": 0.6,
        }
    )  # fmt: skip
    started, *_ = distill(config, tmp_path / "run")
    assert started["steps_per_epoch"] == 2
    assert in_bf16 == [precision == "bf16"] * 4
    assert clipped == [0.7] * 4
    assert averaged == [(0.6, step) for step in range(4)]
