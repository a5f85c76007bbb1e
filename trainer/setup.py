"""From a config to the things a training starts with, and to the file it ends with."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from models.assistant import Assistant
from models.catalogue import find_model
from models.files import file_hash
from models.header import IMAGENET_MEAN, IMAGENET_STD, Header, ScaleRule, read_header
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
        _fill(network, Path(config.init), config)
    return network


def lacks_norms(config: Config) -> bool:
    """Whether `init` is a plain (folded) file for a network that trains with batch norms."""
    if not (config.init and config.options.get("batch_norm")):
        return False
    return "batch_norm" not in read_header(Path(config.init)).options


def _fill(network: nn.Module, path: Path, config: Config) -> None:
    if not lacks_norms(config):
        fill_network(network, load_state(path), config.network, path)
        return
    assert isinstance(network, MCNN)
    plain = MCNN(network.in_channels, output=network.output)
    fill_network(plain, load_state(path), config.network, path)
    network.fill_from_plain(plain)


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
        "negatives": config.negative_pictures,
        "seed": config.seed,
        "alpha": config.alpha,
        "teacher": [file_hash(find_model(name).file)[:16] for name in _names(config.teacher)],
        "init": file_hash(Path(config.init))[:16] if config.init else None,
        "recipe": config.recipe,
        "epochs": (state.progress.best_epoch or 0) + _epochs_before(config),
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


def _names(teacher: str) -> list[str]:
    return [name.strip() for name in teacher.split(",") if name.strip()]


def _epochs_before(config: Config) -> int:
    """Return the epochs that the weights behind `init` had seen, so that a card adds them up."""
    if not config.init:
        return 0
    return int(read_header(Path(config.init)).trained_on.get("epochs") or 0)


def project_version() -> str:
    try:
        return version("crowdgui")
    except PackageNotFoundError:
        return "unknown"
