"""Weights that bf16 leaves as they are, so that an engine that computes in it counts the same."""

from __future__ import annotations

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from models.folding import fold_norms, norms_behind


@torch.no_grad()
def round_weights(network: nn.Module, pictures: Tensor) -> None:
    """Round a network's weights and biases, batch norms folded, to bf16, in place.

    An engine in bf16 rounds them by itself, and layer after layer of a MobileNet trunk magnifies
    that to several per cent of the count. Here the mean output of every convolution over
    `pictures` (B, C, S, S), normalised, stays: its bias takes back what rounding adds.
    """
    exact, rounded = copy.deepcopy(network).eval(), copy.deepcopy(network).eval()
    pairs = dict(norms_behind(exact, pictures.shape[1]))
    for one in (exact, rounded):
        fold_norms(one, pictures.shape[1])
    _correct(rounded, _means(exact, pictures), pictures)
    for name, conv in _convolutions(rounded):
        own = network.get_submodule(name)
        assert isinstance(own, nn.Conv2d)
        if name in pairs:
            _unfold(conv, own, network.get_submodule(pairs[name]))
        else:
            own.load_state_dict(conv.state_dict())


def _convolutions(network: nn.Module) -> list[tuple[str, nn.Conv2d]]:
    return [(n, module) for n, module in network.named_modules() if isinstance(module, nn.Conv2d)]


def _means(network: nn.Module, pictures: Tensor) -> dict[str, Tensor]:
    """Return the mean output of each convolution, by channel."""
    means: dict[str, Tensor] = {}

    def look(name: str, _: nn.Conv2d, output: Tensor) -> None:
        means[name] = output.mean((0, 2, 3))

    _visit(network, pictures, look)
    return means


def _correct(network: nn.Module, means: dict[str, Tensor], pictures: Tensor) -> None:
    """Round every convolution and correct its bias, in the order of one pass."""
    for _, conv in _convolutions(network):
        conv.weight.copy_(conv.weight.bfloat16())

    def correct(name: str, conv: nn.Conv2d, output: Tensor) -> Tensor | None:
        if conv.bias is None:
            return None
        before = conv.bias.clone()
        conv.bias.add_(means[name] - output.mean((0, 2, 3)))
        conv.bias.copy_(conv.bias.bfloat16())
        # What comes after it sees the corrected layer already.
        return output + (conv.bias - before)[:, None, None]

    _visit(network, pictures, correct)


def _visit(
    network: nn.Module, pictures: Tensor, see: Callable[[str, nn.Conv2d, Tensor], Tensor | None]
) -> None:
    """Run a network; `see` gets each convolution with its output, which it may replace."""

    def hook(name: str, conv: nn.Conv2d) -> RemovableHandle:
        return conv.register_forward_hook(lambda _conv, _given, output: see(name, conv, output))

    hooks = [hook(name, conv) for name, conv in _convolutions(network)]
    network(pictures)
    for handle in hooks:
        handle.remove()


def _unfold(folded: nn.Conv2d, conv: nn.Conv2d, norm: nn.Module) -> None:
    """Set a convolution and the norm behind it so that they fold to `folded`."""
    assert isinstance(norm, nn.BatchNorm2d)
    mean, variance = norm.get_buffer("running_mean"), norm.get_buffer("running_var")
    scale = norm.weight / torch.sqrt(variance + norm.eps)
    # A channel that its norm silences stays as it is.
    heard = scale.abs() > 1e-9
    weight = folded.weight / torch.where(heard, scale, 1)[:, None, None, None]
    conv.weight.copy_(torch.where(heard[:, None, None, None], weight, conv.weight))
    added = conv.bias if conv.bias is not None else torch.zeros_like(mean)
    assert folded.bias is not None
    norm.bias.copy_(folded.bias - (added - mean) * scale)
