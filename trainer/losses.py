"""The study's loss, and what may stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

# Sides of the blocks in pixels and the weight of each.
BLOCKS = ((16, 0.5), (32, 0.25), (64, 0.125))
# The side in pixels of the blocks whose counts are zero-inflated Poisson.
ZIP_BLOCK = 16
# A cell with more persons than this is where people are, as in SFANet's attention targets.
PEOPLED = 0.001


@dataclass(frozen=True)
class Losses:
    """A step's loss and its parts: `total` is minimised, the parts are told of.

    `truth` is the mean over the pictures that have one, 0 where none has.
    """

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
    labelled: Tensor | None = None,
) -> Losses:
    """(1 - alpha) * L(student, truth) + alpha * trust * L(student, teacher).

    Maps (B, 1, h, w) in the same units; no temperature, no softmax. L is the mean squared error,
    as in the study, or with `kind` "poisson" the Poisson likelihood. `alpha` and `trust` may be
    given per picture (B,): alpha is 1 where there is no truth, trust falls where the teacher errs.
    `labelled` (B,) is 1 where there is a truth, else 0; without it all have one.
    """
    loss = poisson_loss if kind == "poisson" else squared_error
    to_truth, to_teacher = loss(student, truth), loss(student, teacher)
    total = (1 - alpha) * to_truth + alpha * trust * to_teacher
    known = to_truth.new_ones(len(to_truth)) if labelled is None else labelled
    told = (known * to_truth).sum() / known.sum().clamp_min(1)
    return Losses(total.mean(), told, to_teacher.mean())


def squared_error(density: Tensor, target: Tensor) -> Tensor:
    """Mean squared error of each picture: (B,)."""
    return (density - target).square().flatten(1).mean(1)


def poisson_loss(density: Tensor, target: Tensor) -> Tensor:
    """Mean negative Poisson log-likelihood of each picture's cells: (B,); density above 0."""
    return (density - target * torch.log(density.clamp_min(1e-6))).flatten(1).mean(1)


def block_count_loss(
    density: Tensor, target: Tensor, stride: int, kind: str = "absolute"
) -> Tensor:
    """Mean error of the persons in blocks of 16, 32 and 64 pixels, weighted: (B,).

    The error of a block is absolute, or with `kind` "poisson" the Poisson deviance: an absolute
    error is least at the median of what may be there, which is below the mean, so that a network
    counts too few wherever it is unsure.
    """
    total = density.new_zeros(len(density))
    for side, weight in BLOCKS:
        cells = side // stride
        counts, true = (F.avg_pool2d(of, cells) * cells**2 for of in (density, target))
        errors = _deviance(counts, true) if kind == "poisson" else (counts - true).abs()
        total = total + weight * errors.flatten(1).mean(1)
    return total


def _deviance(counts: Tensor, true: Tensor) -> Tensor:
    """Poisson deviance, halved: 0 where counts are true, above it elsewhere."""
    # A teacher's map that was cut can be below zero by a rounding.
    counts, true = counts.clamp_min(1e-6), true.clamp_min(0)
    least = true - torch.xlogy(true, true)
    return counts - true * torch.log(counts) - least


def zero_inflated_loss(density: Tensor, target: Tensor, zeros: Tensor, stride: int) -> Tensor:
    """Mean negative zero-inflated Poisson log-likelihood of 16-pixel blocks' counts: (B,).

    `zeros` (B, 1, h, w) are logits of a block being empty for good; the density's count is the
    mean of the whole mixture, so at inference the density alone suffices. After Ma et al., ZIP,
    arXiv 2506.19955.
    """
    cells = ZIP_BLOCK // stride
    expected = (F.avg_pool2d(density, cells) * cells**2).clamp_min(1e-6)
    true = F.avg_pool2d(target, cells) * cells**2
    logits = F.adaptive_avg_pool2d(zeros, (true.shape[-2], true.shape[-1]))
    log_empty, log_peopled = F.logsigmoid(logits), F.logsigmoid(-logits)
    rate = expected / log_peopled.exp().clamp_min(1e-4)
    empty = torch.logaddexp(log_empty, log_peopled - rate)
    peopled = log_peopled + true * rate.log() - rate
    return -torch.where(true < 1e-3, empty, peopled).flatten(1).mean(1)


def attention_loss(attention: Tensor, target: Tensor) -> Tensor:
    """Mean binary cross-entropy of each picture's attention (0..1) with where people are: (B,)."""
    peopled = (target > PEOPLED).float()
    # In fp32: autocast forbids the cross-entropy of probabilities.
    with torch.autocast(attention.device.type, enabled=False):
        entropy = F.binary_cross_entropy(attention.float(), peopled, reduction="none")
    return entropy.flatten(1).mean(1)


def feature_loss(student: Tensor, guide: Tensor, kind: str = "cosine") -> Tensor:
    """How far two feature maps are apart, at the coarser grid: (B,).

    One minus the mean cosine of their cells (after structured knowledge transfer, Liu et al., ACM
    MM 2020, section 3.2), or with `kind` "squared" the mean squared error as a part of the guide's
    variance, which also sees how large features are.
    """
    size = (min(student.shape[-2], guide.shape[-2]), min(student.shape[-1], guide.shape[-1]))
    student, guide = F.adaptive_avg_pool2d(student, size), F.adaptive_avg_pool2d(guide, size)
    if kind == "squared":
        return squared_error(student, guide) / guide.var().clamp_min(1e-12)
    return 1 - F.cosine_similarity(student, guide, dim=1).flatten(1).mean(1)
