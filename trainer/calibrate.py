"""Batch norms made to change nothing: how plain weights go into a network that has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn


@torch.no_grad()
def insert_identity(
    network: nn.Module, norms: Sequence[nn.BatchNorm2d], pictures: Iterable[Tensor]
) -> None:
    """Set batch norms of a network to the identity on the given pictures, (B, C, S, S) each.

    Its statistics become those of its input and its scale and shift undo them, so the network's
    function stays and training goes on from there.
    """
    seen = {norm: _Moments(norm.num_features) for norm in norms}
    hooks = [
        norm.register_forward_pre_hook(lambda module, args: seen[module].add(args[0]))
        for norm in norms
    ]
    for norm in norms:
        _set(norm, torch.zeros(norm.num_features), torch.ones(norm.num_features) - norm.eps)
    training = network.training
    network.eval()
    for batch in pictures:
        network(batch)
    network.train(training)
    for hook in hooks:
        hook.remove()
    for norm in norms:
        _set(norm, seen[norm].mean(), seen[norm].variance())


class _Moments:
    """Sum and sum of squares per channel."""

    def __init__(self, channels: int) -> None:
        self.n = 0
        self.sum = torch.zeros(channels, dtype=torch.float64)
        self.squares = torch.zeros(channels, dtype=torch.float64)

    def add(self, x: Tensor) -> None:
        values = x.cpu().double()
        self.n += values.numel() // values.shape[1]
        self.sum += values.sum((0, 2, 3))
        self.squares += values.square().sum((0, 2, 3))

    def mean(self) -> Tensor:
        return (self.sum / self.n).float()

    def variance(self) -> Tensor:
        return (self.squares / self.n - (self.sum / self.n) ** 2).clamp_min(1e-6).float()


def _set(norm: nn.BatchNorm2d, mean: Tensor, variance: Tensor) -> None:
    norm.get_buffer("running_mean").copy_(mean)
    norm.get_buffer("running_var").copy_(variance)
    norm.weight.copy_(torch.sqrt(variance + norm.eps))
    norm.bias.copy_(mean)
