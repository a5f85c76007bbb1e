"""The study's loss, and what may stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

# Sides of the blocks in pixels and the weight of each (models.md section 8 of the project's notes).
BLOCKS = ((16, 0.5), (32, 0.25), (64, 0.125))


@dataclass(frozen=True)
class Losses:
    """The parts of one step's loss: `total` is what is minimised."""

    total: Tensor
    truth: Tensor
    teacher: Tensor


def distillation_loss(student: Tensor, truth: Tensor, teacher: Tensor, alpha: float) -> Losses:
    """(1 - alpha) * MSE(student, truth) + alpha * MSE(student, teacher).

    All maps (B, 1, h, w) in the same units; no temperature, no softmax.
    """
    to_truth = F.mse_loss(student, truth)
    to_teacher = F.mse_loss(student, teacher)
    return Losses((1 - alpha) * to_truth + alpha * to_teacher, to_truth, to_teacher)


def poisson_loss(density: Tensor, truth: Tensor) -> Tensor:
    """Mean negative Poisson log-likelihood of the persons in each cell; density above 0."""
    return (density - truth * torch.log(density.clamp_min(1e-6))).mean()


def block_count_loss(density: Tensor, truth: Tensor, stride: int) -> Tensor:
    """Weighted mean absolute error of the counts in blocks of 16, 32 and 64 pixels (persons)."""
    total = density.new_zeros(())
    for side, weight in BLOCKS:
        cells = side // stride
        error = F.avg_pool2d(density - truth, cells) * cells**2
        total = total + weight * error.abs().mean()
    return total
