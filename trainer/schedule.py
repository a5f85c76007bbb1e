"""Learning-rate schedules as pure functions of the step, so that resuming needs no state."""

from __future__ import annotations

import math

from trainer.config import Config


def learning_rate_factor(config: Config, step: int, steps_per_epoch: int) -> float:
    """Return the factor on the peak learning rate at a step counted from 0.

    warm-restarts: cosine annealing with restarts (Loshchilov and Hutter, arXiv 1608.03983);
    cosine: one descent; one-cycle: linear warm-up over `warm_up` of the run, then cosine.
    """
    total = config.epochs * steps_per_epoch
    if config.schedule == "warm-restarts":
        return _cosine(_restart_progress(config, step / steps_per_epoch), config)
    warm_up = config.warm_up * total if config.schedule == "one-cycle" else 0.0
    if step < warm_up:
        return (step + 1) / (warm_up + 1)
    return _cosine((step - warm_up) / max(total - warm_up, 1), config)


def _restart_progress(config: Config, epoch: float) -> float:
    length = float(config.t0)
    while epoch >= length:
        epoch -= length
        length *= config.t_mult
    return epoch / length


def _cosine(progress: float, config: Config) -> float:
    low = config.lr_min / config.lr
    return low + (1 - low) * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))
