"""Weights rounded to bf16: what they become and keep, and that a network learns on from them."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn

from models.assistant import Assistant
from models.compact import Compact
from models.folding import fold_norms
from models.mcnn import MCNN
from trainer.rounding import round_weights


def lively(network: nn.Module) -> nn.Module:
    """Give batch norms statistics as a training leaves them."""
    for norm in (part for part in network.modules() if isinstance(part, nn.BatchNorm2d)):
        nn.init.uniform_(norm.weight, 0.5, 1.5)
        nn.init.normal_(norm.bias, std=0.2)
        nn.init.uniform_(norm.get_buffer("running_var"), 0.05, 0.4)
    return network.eval()


def folded(network: nn.Module) -> nn.Module:
    plain = copy.deepcopy(network).eval()
    fold_norms(plain, 3)
    return plain


@pytest.fixture
def pictures() -> Tensor:
    torch.manual_seed(0)
    return torch.randn(4, 3, 64, 64).clamp(-1, 1)


@pytest.mark.parametrize("kind", [MCNN, Compact, Assistant])
def test_rounded_weights_are_bf16_numbers(kind: type[nn.Module], pictures: Tensor) -> None:
    network = lively(kind())
    round_weights(network, pictures)
    for name, tensor in folded(network).state_dict().items():
        if name.endswith(("weight", "bias")):
            # To the last bits of fp32, in which norms are folded; a bias is a sum of three terms.
            near = {"rtol": 1e-5, "atol": 1e-6}
            torch.testing.assert_close(tensor.bfloat16().float(), tensor, **near)


def test_the_mean_outputs_stay(pictures: Tensor) -> None:
    """Rounding alone moves the total of this network by more."""
    network = lively(Compact(batch_norm=True)).fold()  # type: ignore[operator]
    naive = copy.deepcopy(network)
    with torch.no_grad():
        for tensor in naive.parameters():
            tensor.copy_(tensor.bfloat16())
        exact = float(network(pictures).sum())
        round_weights(network, pictures)
        corrected, plain = (float(one(pictures).sum()) for one in (network, naive))
    assert abs(corrected - exact) < 2e-3 * exact
    assert abs(corrected - exact) < abs(plain - exact)


def test_a_rounded_network_keeps_its_norms_and_learns_on(pictures: Tensor) -> None:
    network = lively(Assistant())
    before = copy.deepcopy(network)
    round_weights(network, pictures)
    for name, buffer in before.named_buffers():
        assert torch.equal(buffer, network.get_buffer(name))
    with torch.no_grad():
        old, new = before(pictures), network(pictures)
    torch.testing.assert_close(new, old, rtol=0.05, atol=0.02)
    network.train()(pictures).sum().backward()


def test_a_silent_channel_stays(pictures: Tensor) -> None:
    network = lively(Assistant())
    norm = network.get_submodule("reduce.1")
    assert isinstance(norm, nn.BatchNorm2d)
    with torch.no_grad():
        norm.weight[0] = 0
    round_weights(network, pictures)
    assert all(torch.isfinite(tensor).all() for tensor in network.state_dict().values())


def test_rounding_twice_changes_little(pictures: Tensor) -> None:
    network = lively(MCNN())
    round_weights(network, pictures)
    once = copy.deepcopy(network.state_dict())
    round_weights(network, pictures)
    for name, tensor in network.state_dict().items():
        torch.testing.assert_close(tensor, once[name], rtol=0.01, atol=1e-4)
