"""What a training minimises: the study's loss and the terms that may stand beside it."""

from __future__ import annotations

from torch import Tensor

from trainer.batches import Batch
from trainer.config import Config
from trainer.learner import Answer
from trainer.losses import (
    Losses,
    attention_loss,
    block_count_loss,
    distillation_loss,
    feature_loss,
    zero_inflated_loss,
)


def objective(
    config: Config, answer: Answer, batch: Batch, guide: dict[str, Tensor],
    borrowed: Tensor | None = None,
) -> Losses:  # fmt: skip
    """Return the loss of a batch on the answer's device; `total` is what is minimised.

    `guide` are the guide's features by role, empty without one; `borrowed` is the density that
    the guide's head sees in the answer's features.
    """
    losses = _counting(config, answer.density, batch)
    total = losses.total
    if borrowed is not None:
        total = total + config.borrow_weight * _counting(config, borrowed, batch).total
    if config.zip_weight and answer.zeros is not None:
        blocks = zero_inflated_loss(answer.density, batch.truth, answer.zeros, batch.stride)
        total = total + config.zip_weight * (batch.labelled * blocks).mean()
    if config.attention_weight and answer.attention is not None:
        areas = batch.labelled * attention_loss(answer.attention, batch.truth)
        total = total + config.attention_weight * areas.mean()
    for role, followed in answer.features.items():
        apart = feature_loss(followed, guide[role], config.feature_loss)
        total = total + config.feature_weight * apart.mean()
    return Losses(total, losses.truth, losses.teacher)


def _counting(config: Config, density: Tensor, batch: Batch) -> Losses:
    """Return what a density map (B, 1, s, s) costs beside the truth and the teacher's map."""
    # Where there is no truth, the teacher alone speaks.
    alpha = 1 - batch.labelled * (1 - config.alpha)
    # Errors are squared in the units of the network's own output, so that they are not tiny.
    factor = config.density_factor if config.loss == "mse" else 1.0
    losses = distillation_loss(
        density * factor, batch.truth * factor, batch.teacher * factor, alpha,
        kind=config.loss, trust=batch.trust, labelled=batch.labelled,
    )  # fmt: skip
    total, kind = losses.total, config.block_loss
    if config.block_weight:
        blocks = batch.labelled * block_count_loss(density, batch.truth, batch.stride, kind)
        total = total + config.block_weight * blocks.mean()
    if config.teacher_block_weight:
        blocks = batch.trust * block_count_loss(density, batch.teacher, batch.stride, kind)
        total = total + config.teacher_block_weight * blocks.mean()
    return Losses(total, losses.truth, losses.teacher)
