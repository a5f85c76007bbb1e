"""From a config to the things a training starts with, and to the file it ends with."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from models.assistant import Assistant
from models.header import IMAGENET_MEAN, IMAGENET_STD, Header, ScaleRule
from models.mcnn import MCNN
from models.networks import count_parameters, make_network
from models.weights import fill_network, load_state
from trainer.checkpoint import State
from trainer.config import Config
from trainer.evaluate import Summary

LICENCE = "research use only"
SYMMETRIC = (127.5, 127.5, 127.5)


def make_student(config: Config) -> nn.Module:
    """Build the network that is trained, from scratch or from the weights of `init`."""
    network = make_network(config.network, config.options)
    if isinstance(network, Assistant) and config.trunk:
        fill_trunk(network, Path(config.trunk))
    # A last layer that ends in softplus starts at about the mean density of crowd pictures:
    # 0.018 persons in 4x4 pixels, 0.065 in 8x8.
    if isinstance(network, MCNN) and network.output == "softplus":
        nn.init.constant_(network.fuse.get_parameter("bias"), -4.0)
    if isinstance(network, Assistant):
        nn.init.constant_(network.head.get_parameter("bias"), -2.7)
    if config.init:
        path = Path(config.init)
        fill_network(network, load_state(path), config.network, path)
    return network


def fill_trunk(network: Assistant, path: Path) -> None:
    """Load ImageNet weights of MobileNetV1 into the trunk; later layers in the file are left out.

    Raises UserError weights-mismatch, or as load_state does.
    """
    own = network.trunk.state_dict()
    state = {name: tensor for name, tensor in load_state(path).items() if name in own}
    fill_network(network.trunk, state, "MobileNetV1", path)


def make_header(config: Config, network: nn.Module) -> Header:
    """Describe the network in training; `figures` and `trained_on` are added when it is saved."""
    symmetric = isinstance(network, Assistant)
    return Header(
        network=config.network,
        stride=int(network.stride),  # type: ignore[arg-type]
        pad_to=int(network.pad_to),  # type: ignore[arg-type]
        margin=int(network.margin),  # type: ignore[arg-type]
        parameters=count_parameters(network),
        mean=SYMMETRIC if symmetric else IMAGENET_MEAN,
        std=SYMMETRIC if symmetric else IMAGENET_STD,
        density_factor=config.density_factor,
        scale_rule=ScaleRule(min_side=config.min_side),
        options=config.options,
        licence=LICENCE,
        version=project_version(),
    )


def make_optimizer(network: nn.Module, config: Config) -> Optimizer:
    """AdamW in two groups: the pretrained trunk may learn at a rate of its own."""
    trunk: list[Tensor] = []
    rest: list[Tensor] = []
    for name, parameter in network.named_parameters():
        (trunk if name.startswith(("trunk.", "vgg.")) and config.trunk_lr else rest).append(
            parameter
        )
    groups: list[dict[str, Any]] = [{"params": rest, "peak_lr": config.lr}]
    if trunk:
        groups.append({"params": trunk, "peak_lr": config.trunk_lr})
    return AdamW(groups, lr=config.lr, weight_decay=config.weight_decay)


def shippable(
    state: State, header: Header, config: Config, summary: Summary
) -> tuple[dict[str, Tensor], Header]:
    """Return the averaged weights and their header as they are shipped: MCNN folded."""
    network = state.average
    options = dict(config.options)
    if isinstance(network, MCNN):
        options.pop("batch_norm", None)
        network = network.fold()
    facts = {
        "data": [Path(folder).name for folder in config.data],
        "split": "train",
        "scenes": config.scenes,
        "seed": config.seed,
        "recipe": config.recipe,
        "epochs": state.progress.best_epoch,
    }
    figures = {
        "split": "val",
        "selected_by": "lowest validation MAE",
        "mae": round(summary.mae, 2),
        "rmse": round(summary.rmse, 2),
        "n": summary.n,
    }
    shipped = Header(
        **{
            **{name: getattr(header, name) for name in header.__dataclass_fields__},
            "options": options,
            "parameters": count_parameters(network),
            "trained_on": facts,
            "figures": figures,
        }
    )
    return network.state_dict(), shipped


def project_version() -> str:
    try:
        return version("crowdgui")
    except PackageNotFoundError:
        return "unknown"
