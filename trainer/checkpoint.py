"""The whole state of a training in one safetensors file, replaced atomically."""

from __future__ import annotations

import copy
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.amp import GradScaler
from torch.optim import Optimizer

from models.weights import write_tensors
from trainer.causes import is_memory_short
from trainer.runs import PROGRESS_KEY, no_state, read_progress

PARTS = ("network", "average", "extras")


@dataclass
class Progress:
    """How far a training is: `epoch` and `step` (within it) are the next to be done.

    `measured` are the epochs after which it was validated last.
    """

    epoch: int = 0
    step: int = 0
    best_mae: float | None = None
    best_epoch: int | None = None
    measured: int = 0


@dataclass(eq=False)
class State:
    """What must survive a crash: the network, its running average, the optimizer, the place.

    `extras` are layers that only the training needs; `scaler` is idle unless it is in fp16.
    """

    network: nn.Module
    optimizer: Optimizer
    extras: nn.ModuleDict = field(default_factory=nn.ModuleDict)
    scaler: GradScaler = field(default_factory=lambda: GradScaler("cpu", enabled=False))
    average: nn.Module = field(init=False)
    progress: Progress = field(default_factory=Progress)

    def __post_init__(self) -> None:
        self.average = copy.deepcopy(self.network).eval().requires_grad_(False)
        for module in self.average.modules():
            # Taps on the network in training have no business in its average.
            module._forward_pre_hooks.clear()

    def parameters(self) -> list[Tensor]:
        """Return what the optimizer moves."""
        return [tensor for group in self.optimizer.param_groups for tensor in group["params"]]

    @torch.no_grad()
    def update_average(self, decay: float, steps: int) -> None:
        """Move the average towards the network by 1 - decay, faster in the first of all `steps`."""
        decay = min(decay, (1 + steps) / (10 + steps))
        theirs = self.network.state_dict()
        for name, mine in self.average.state_dict().items():
            if mine.dtype.is_floating_point:
                mine.lerp_(theirs[name], 1 - decay)
            else:
                mine.copy_(theirs[name])


def save_checkpoint(path: Path, state: State) -> None:
    """Write the state; UserError path-unwritable leaves the previous file as it was."""
    tensors: dict[str, Tensor] = {"random.torch": torch.get_rng_state()}
    device = next(state.network.parameters()).device
    if device.type == "cuda":
        tensors["random.cuda"] = torch.cuda.get_rng_state(device)
    if device.type == "mps":
        tensors["random.mps"] = torch.mps.get_rng_state()
    for name, value in state.scaler.state_dict().items():
        tensors[f"scaler.{name}"] = torch.tensor(value)
    for part in PARTS:
        for name, tensor in getattr(state, part).state_dict().items():
            tensors[f"{part}.{name}"] = tensor
    for index, slots in state.optimizer.state_dict()["state"].items():
        for name, value in slots.items():
            tensors[f"optimizer.{index}.{name}"] = torch.as_tensor(value)
    tensors = {name: tensor.detach().cpu().clone().contiguous() for name, tensor in tensors.items()}
    write_tensors(path, tensors, {PROGRESS_KEY: json.dumps(asdict(state.progress))})


def load_checkpoint(path: Path, state: State, device: str = "cpu") -> None:
    """Bring a state back to where it was saved.

    Raises UserError as read_progress does, weights-damaged also for the state of another training.
    """
    progress = read_progress(path)
    try:
        # Copies: Windows replaces no file that anything still looks into.
        tensors = {name: tensor.clone() for name, tensor in load_file(path).items()}
        _fill(state, tensors, device)
        state.progress = Progress(**progress)
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        if is_memory_short(error):
            raise
        raise no_state(path) from error


def _fill(state: State, tensors: dict[str, Tensor], device: str) -> None:
    for part in PARTS:
        prefix = f"{part}."
        own = {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
        getattr(state, part).load_state_dict(own)
    slots: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        if name.startswith("optimizer."):
            _, index, slot = name.split(".", 2)
            slots.setdefault(int(index), {})[slot] = tensor
    groups = state.optimizer.state_dict()["param_groups"]
    state.optimizer.load_state_dict({"state": slots, "param_groups": groups})
    scaler = {
        k.removeprefix("scaler."): v.item() for k, v in tensors.items() if k.startswith("scaler.")
    }
    if scaler:
        state.scaler.load_state_dict(scaler)
    torch.set_rng_state(tensors["random.torch"])
    if device.startswith("cuda") and "random.cuda" in tensors:
        torch.cuda.set_rng_state(tensors["random.cuda"], device)
    if device.startswith("mps") and "random.mps" in tensors:
        torch.mps.set_rng_state(tensors["random.mps"])
