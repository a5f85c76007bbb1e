"""Kernels move by orthogonal steps, everything else as AdamW moves it, and both are resumed."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn
from torch.optim import AdamW

from models.networks import make_network
from trainer.checkpoint import State, load_checkpoint, save_checkpoint
from trainer.config import make_config
from trainer.muon import Muon, orthogonal
from trainer.setup import make_optimizer

MUON = make_config({"network": "compact", "data": [], "lr": 1e-3, "muon_lr": 0.02})


@pytest.mark.parametrize("shape", [(32, 200), (200, 32), (48, 48)])
def test_all_directions_are_made_alike(shape: tuple[int, int]) -> None:
    # One direction a hundred times as strong as the others.
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    matrix += 100 * torch.outer(torch.ones(shape[0]), torch.ones(shape[1])) / matrix.numel() ** 0.5
    values = torch.linalg.svdvals(orthogonal(matrix))
    assert values.min() > 0.4
    assert values.max() < 1.3
    # The directions stay: every singular value of the product with the matrix is positive.
    assert torch.trace(orthogonal(matrix) @ matrix.T) > 0.6 * torch.linalg.svdvals(matrix).sum()


def test_kernels_move_as_far_as_they_are_told_and_the_rest_as_with_adamw() -> None:
    def layers() -> tuple[nn.Conv2d, nn.BatchNorm2d]:
        torch.manual_seed(1)
        return nn.Conv2d(8, 16, 3, bias=False), nn.BatchNorm2d(16)

    (kernel, norm), (_, plain) = layers(), layers()
    before = kernel.weight.detach().clone()
    groups = [
        {"params": list(norm.parameters())},
        {"params": list(kernel.parameters()), "lr": 0.02, "orthogonal": True},
    ]
    muon = Muon(groups, lr=1e-3, weight_decay=1e-4)
    adamw = AdamW(plain.parameters(), lr=1e-3, weight_decay=1e-4)
    for parameter in (*kernel.parameters(), *norm.parameters(), *plain.parameters()):
        torch.manual_seed(len(parameter))
        parameter.grad = torch.randn_like(parameter)
    muon.step()
    adamw.step()
    for mine, theirs in zip(norm.parameters(), plain.parameters(), strict=True):
        assert torch.equal(mine, theirs)
    moved = (kernel.weight.detach() - before).square().mean().sqrt().item()
    # 16 orthogonal rows of 72 numbers, scaled by 0.2 * sqrt(72): about 0.2 a number.
    assert moved == pytest.approx(0.02 * 0.2, rel=0.2)


def test_only_weights_that_join_channels_are_kernels() -> None:
    network = make_network("compact", {"batch_norm": True})
    groups = make_optimizer(network, MUON, nn.ModuleDict()).param_groups
    kernels = {
        id(tensor) for group in groups if group.get("orthogonal") for tensor in group["params"]
    }
    named = {name for name, tensor in network.named_parameters() if id(tensor) in kernels}
    assert "trunk.pw1.weight" in named
    # Depthwise layers have no rows that could be orthogonal, nor has a head of one channel.
    assert not any(".dw" in name or "_bn" in name or name.startswith("head") for name in named)
    assert sum(len(group["params"]) for group in groups) == len(list(network.parameters()))


def test_a_trunk_that_learns_slower_moves_slower_here_too() -> None:
    config = make_config(
        {"network": "assistant", "data": [], "lr": 1e-3, "trunk_lr": 1e-4, "muon_lr": 0.02}
    )
    groups = make_optimizer(make_network("assistant"), config, nn.ModuleDict()).param_groups
    assert sorted(g["peak_lr"] for g in groups) == pytest.approx([1e-4, 1e-3, 0.002, 0.02])


def test_momentum_survives_a_checkpoint(tmp_path: Path) -> None:
    def state() -> State:
        torch.manual_seed(2)
        network = make_network("compact", {"batch_norm": True})
        return State(network, make_optimizer(network, MUON, nn.ModuleDict()))

    def step(state: State) -> None:
        torch.manual_seed(3)
        state.optimizer.zero_grad()
        state.network(torch.randn(2, 3, 64, 64)).sum().backward()
        state.optimizer.step()

    first, second = state(), state()
    step(first)
    save_checkpoint(tmp_path / "last.safetensors", first)
    load_checkpoint(tmp_path / "last.safetensors", second)
    step(first)
    step(second)
    for name, tensor in first.network.state_dict().items():
        assert torch.equal(tensor, second.network.state_dict()[name]), name
