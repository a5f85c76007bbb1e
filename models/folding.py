"""Batch norms folded into the convolutions before them: the same counts with less work."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

# Both sides are multiples of what every network pads to.
SIDE = 64


def fold_norms(network: nn.Module, channels: int) -> None:
    """Fold the batch norms of a network in eval mode, in place; it can no longer be trained."""
    for conv_name, norm_name in norms_behind(network, channels):
        conv, norm = network.get_submodule(conv_name), network.get_submodule(norm_name)
        assert isinstance(conv, nn.Conv2d)
        assert isinstance(norm, nn.BatchNorm2d)
        network.set_submodule(conv_name, fuse_conv_bn_eval(conv, norm))
        network.set_submodule(norm_name, nn.Identity())


def norms_behind(network: nn.Module, channels: int) -> list[tuple[str, str]]:
    """Return the convolutions of a network that a batch norm follows, each with that norm.

    Which follows which is seen from what flows between them, not from their names: M-SFANet keeps
    a norm that its checkpoints have and that it never uses.
    """
    made: list[tuple[str, Tensor]] = []
    pairs: list[tuple[str, str]] = []

    def watch(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def look(_module: nn.Module, given: tuple[Tensor, ...], output: Tensor) -> None:
            if isinstance(module, nn.Conv2d):
                made.append((name, output))
            else:
                pairs.extend((conv, name) for conv, tensor in made if tensor is given[0])

        return module.register_forward_hook(look)

    kinds = (nn.Conv2d, nn.BatchNorm2d)
    hooks = [watch(name, part) for name, part in network.named_modules() if isinstance(part, kinds)]
    try:
        with torch.inference_mode():
            network(torch.zeros(1, channels, SIDE, SIDE))
    finally:
        for hook in hooks:
            hook.remove()
    return pairs
