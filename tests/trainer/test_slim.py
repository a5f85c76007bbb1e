"""A compact network that is made slim begins where the wide one is."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn

from models.compact import SLIM, Compact
from trainer.slim import follow, slim


def lively() -> Compact:
    """A wide network in which no more channels than a slim one has say anything, by chance."""
    torch.manual_seed(0)
    network = Compact().eval()
    for module in network.trunk.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
    for name, number in (("dw1", SLIM.first), ("dw2", SLIM.pairs[0][0])):
        layer = network.trunk.get_submodule(name)
        silent = torch.randperm(layer.get_parameter("weight").shape[0])[number:]
        with torch.no_grad():
            layer.get_parameter("weight")[silent] = 0.0
            layer.get_parameter("bias")[silent] = 0.0
    return network


def pictures() -> list[Tensor]:
    torch.manual_seed(1)
    return [torch.rand(4, 3, 96, 96) * 2 - 1 for _ in range(8)]


def test_channels_that_say_nothing_are_not_missed() -> None:
    wide, unseen = lively(), torch.rand(1, 3, 64, 64) * 2 - 1
    cut = slim(wide, pictures())

    def said(network: Compact) -> Tensor:
        trunk = network.trunk
        x = trunk.layer("pw1", trunk.layer("dw1", trunk.layer("conv1", unseen, 2)))
        return trunk.layer("pw2", trunk.layer("dw2", x, 2))

    with torch.no_grad():
        wanted, got = said(wide), said(cut)
    assert wanted.std() > 0.1
    assert torch.allclose(got, wanted, atol=1e-2)


def test_the_pair_that_is_gone_is_made_up_for() -> None:
    wide, unseen = lively(), torch.rand(1, 3, 96, 96) * 2 - 1
    networks = wide, slim(wide, pictures()), Compact(slim=True)
    with torch.no_grad():
        (wanted,), (got,), (unfitted,) = (network.trunk(unseen) for network in networks)

    def missed(x: Tensor) -> float:
        return float(((x - wanted) ** 2).mean() / wanted.var())

    assert missed(got) < 0.8 < 1.0 < missed(unfitted)


def test_its_trunk_follows_the_wide_one() -> None:
    wide = lively()
    cut = slim(wide, pictures())
    before = {name: tensor.clone() for name, tensor in cut.state_dict().items()}
    told = list(follow(cut, wide, itertools.cycle(pictures()), 40))
    assert [step for step, _ in told] == list(range(1, 41))
    assert told[-1][1] < 0.9 * told[0][1]
    moved = {name for name, tensor in cut.state_dict().items() if not tensor.equal(before[name])}
    assert {"trunk.pw1.weight", "trunk.pw3.bias"} <= moved
    assert all(name.startswith("trunk.") and "conv1" not in name for name in moved)


def test_what_both_have_is_taken_over() -> None:
    wide = lively()
    state, theirs = slim(wide, pictures()).state_dict(), wide.state_dict()
    shared = [name for name in theirs if not name.startswith("trunk.")]
    assert "context.1.1.conv.weight" in shared
    assert all(torch.equal(state[name], theirs[name]) for name in shared)
    assert state["context.3.1.conv.weight"].abs().sum() > 0
