"""What the losses and the schedules compute."""

from __future__ import annotations

import pytest
import torch

from trainer.clock import Clock
from trainer.config import make_config
from trainer.losses import block_count_loss, distillation_loss
from trainer.schedule import learning_rate_factor


def test_loss_is_mse_to_the_blended_target() -> None:
    torch.manual_seed(0)
    student, truth, teacher = torch.rand(3, 2, 1, 8, 8).unbind(0)
    for alpha in (0.0, 0.1, 0.5, 1.0):
        losses = distillation_loss(student, truth, teacher, alpha)
        blended = torch.nn.functional.mse_loss(student, (1 - alpha) * truth + alpha * teacher)
        constant = alpha * (1 - alpha) * torch.nn.functional.mse_loss(truth, teacher)
        assert losses.total.item() == pytest.approx((blended + constant).item(), abs=1e-6)
    assert distillation_loss(student, truth, teacher, 0.0).total == losses.truth


def test_truth_is_told_of_the_crops_that_have_one() -> None:
    student, truth, teacher = (
        torch.ones(4, 1, 2, 2),
        torch.zeros(4, 1, 2, 2),
        torch.ones(4, 1, 2, 2),
    )
    student[2:] = 9
    labelled = torch.tensor([1.0, 1.0, 0.0, 0.0])
    losses = distillation_loss(student, truth, teacher, 1 - labelled, labelled=labelled)
    assert losses.truth == 1
    assert losses.teacher == 32
    nobody = torch.zeros(4)
    assert distillation_loss(student, truth, teacher, 1.0, labelled=nobody).truth == 0
    clock = Clock(total_steps=9)
    # Half a batch with a loss of 4, and one without a truth.
    clock.count(4, {"loss": 1.0, "loss_truth": 2.0, "loss_teacher": 1.0, "labelled": 0.5})
    clock.count(4, {"loss": 1.0, "loss_truth": 0.0, "loss_teacher": 1.0, "labelled": 0.0})
    event = clock.event(2, 0.0)
    assert (event["loss_truth"], "labelled" in event) == (4.0, False)
    clock.count(4, {"loss": 1.0, "loss_truth": 0.0, "loss_teacher": 1.0, "labelled": 0.0})
    assert clock.event(3, 0.0)["loss_truth"] == 4.0


def test_block_loss_is_zero_only_for_equal_counts() -> None:
    truth = torch.zeros(1, 1, 16, 16)
    truth[0, 0, 3, 3] = 1
    moved = torch.zeros_like(truth)
    moved[0, 0, 2, 1] = 1
    far = torch.zeros_like(truth)
    far[0, 0, 15, 15] = 1
    assert block_count_loss(moved, truth, 4) == 0
    assert block_count_loss(far, truth, 4) > 0
    # One person too many in one of 16, 4 and 1 blocks.
    assert block_count_loss(truth * 2, truth, 4).item() == pytest.approx(
        0.5 / 16 + 0.25 / 4 + 0.125
    )


def test_absolute_block_errors_are_least_at_the_median_and_poisson_ones_at_the_mean() -> None:
    """Nobody in three blocks of four and eight persons in one: the mean is two, the median none."""
    truth = torch.zeros(4, 1, 16, 16)
    truth[0, 0, :8, :8] = 0.125
    guesses = torch.linspace(0.01, 4, 100)
    for kind, wanted in (("absolute", 0.0), ("poisson", 2.0)):
        losses = [
            block_count_loss(torch.full_like(truth, float(guess / 256)), truth, 4, kind).mean()
            for guess in guesses
        ]
        assert guesses[int(torch.stack(losses).argmin())].item() == pytest.approx(wanted, abs=0.05)
    assert block_count_loss(truth, truth, 4, "poisson").abs().max() < 1e-4
    below_zero = torch.full_like(truth, -1e-7)
    density = (truth + 0.1).requires_grad_()
    for target in (truth, below_zero):
        block_count_loss(density, target, 4, "poisson").sum().backward()
        assert density.grad is not None
        assert torch.isfinite(density.grad).all()


def test_warm_restarts_return_to_the_peak() -> None:
    config = make_config({"network": "mcnn", "t0": 2, "t_mult": 2, "epochs": 14, "lr_min": 0.0})
    factors = [learning_rate_factor(config, step, 10) for step in range(140)]
    assert factors[0] == factors[20] == factors[60] == 1.0
    # Half-way down: each descent is twice as long as the one before.
    assert factors[10] == factors[40] == factors[100] == pytest.approx(0.5)
    assert factors[19] < 0.01
    assert factors[139] < 0.01


def test_one_cycle_warms_up_and_ends_low() -> None:
    config = make_config({"network": "mcnn", "schedule": "one-cycle", "epochs": 10})
    factors = [learning_rate_factor(config, step, 10) for step in range(100)]
    assert factors[0] < factors[3] < factors[5] == 1.0
    assert factors[99] < 0.01


def test_one_cosine_descends_to_the_lowest_rate() -> None:
    facts = {"network": "mcnn", "data": [], "epochs": 10, "lr": 1e-3, "lr_min": 1e-4}
    config = make_config({**facts, "schedule": "cosine"})
    factors = [learning_rate_factor(config, step, 10) for step in range(100)]
    assert factors == sorted(factors, reverse=True)
    assert (factors[0], factors[50]) == (1.0, pytest.approx(0.55))
    assert factors[99] == pytest.approx(0.1, abs=0.001)
