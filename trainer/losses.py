"""The study's loss, and what may stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

# Sides of the blocks in pixels and the weight of each.
BLOCKS = ((16, 0.5), (32, 0.25), (64, 0.125))


@dataclass(frozen=True)
class Losses:
    """A step's loss and its parts: `total` is minimised, the parts are told of."""

    total: Tensor
    truth: Tensor
    teacher: Tensor


def distillation_loss(
    student: Tensor,
    truth: Tensor,
    teacher: Tensor,
    alpha: float | Tensor,
    *,
    kind: str = "mse",
    trust: float | Tensor = 1.0,
) -> Losses:
    """(1 - alpha) * L(student, truth) + alpha * trust * L(student, teacher).

    Maps (B, 1, h, w) in the same units; no temperature, no softmax. L is the mean squared error,
    as in the study, or with `kind` "poisson" the Poisson likelihood. `alpha` and `trust` may be
    given per picture (B,): alpha is 1 where there is no truth, trust falls where the teacher errs.
    """
    loss = poisson_loss if kind == "poisson" else squared_error
    to_truth, to_teacher = loss(student, truth), loss(student, teacher)
    total = (1 - alpha) * to_truth + alpha * trust * to_teacher
    return Losses(total.mean(), to_truth.mean(), to_teacher.mean())


def squared_error(density: Tensor, target: Tensor) -> Tensor:
    """Mean squared error of each picture: (B,)."""
    return (density - target).square().flatten(1).mean(1)


def poisson_loss(density: Tensor, target: Tensor) -> Tensor:
    """Mean negative Poisson log-likelihood of each picture's cells: (B,); density above 0."""
    return (density - target * torch.log(density.clamp_min(1e-6))).flatten(1).mean(1)


def block_count_loss(density: Tensor, target: Tensor, stride: int) -> Tensor:
    """Mean absolute error of the persons in blocks of 16, 32 and 64 pixels, weighted: (B,)."""
    total = density.new_zeros(len(density))
    for side, weight in BLOCKS:
        cells = side // stride
        error = F.avg_pool2d(density - target, cells) * cells**2
        total = total + weight * error.abs().flatten(1).mean(1)
    return total
