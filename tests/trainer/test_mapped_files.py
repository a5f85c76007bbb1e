"""No tensor keeps looking into the file it was read from: Windows would never replace it."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from models.weights import load_network, load_state
from small_disk import is_mapped, needs_maps
from small_models import save_mcnn
from trainer.checkpoint import State, load_checkpoint, save_checkpoint


def state() -> State:
    network = nn.Conv2d(3, 64, 3)
    return State(network, torch.optim.AdamW(network.parameters()))


@needs_maps
def test_a_resumed_training_lets_go_of_its_checkpoint(tmp_path: Path) -> None:
    path, first, second = tmp_path / "last.safetensors", state(), state()
    first.network(torch.ones(1, 3, 8, 8)).sum().backward()
    first.optimizer.step()
    save_checkpoint(path, first)
    load_checkpoint(path, second)
    assert not is_mapped(path)
    moments, again = (one.optimizer.state_dict()["state"] for one in (first, second))
    assert all(torch.equal(moments[i]["exp_avg"], again[i]["exp_avg"]) for i in moments)


@needs_maps
def test_weights_that_are_held_do_not_hold_their_file(tmp_path: Path) -> None:
    path = save_mcnn(tmp_path / "mine.safetensors")
    weights, (network, _header) = load_state(path), load_network(path)
    assert not is_mapped(path)
    assert all(torch.equal(weights[name], own) for name, own in network.state_dict().items())
