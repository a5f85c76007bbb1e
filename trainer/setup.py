"""From a config to the things a training starts with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from models.assistant import Assistant
from models.compact import Compact
from models.errors import UserError
from models.folding import fold_norms
from models.header import IMAGENET_MEAN, IMAGENET_STD, Header, ScaleRule, read_header
from models.mcnn import MCNN
from models.mobilenet import MobileNetTrunk
from models.msfanet import MSFANet
from models.networks import Network, count_parameters, make_network
from models.reasons import Reason
from models.weights import fill_network, load_state
from trainer.config import Config
from trainer.muon import Muon
from trainer.shipping import project_version

LICENCE = "research use only"
# Where the first three groups of torchvision's VGG19 go in VGG16; its fourth conv of group 3 and
# all behind it have no counterpart.
VGG19_LAYERS = {
    "features.0": "conv1_1", "features.2": "conv1_2", "features.5": "conv2_1",
    "features.7": "conv2_2", "features.10": "conv3_1", "features.12": "conv3_2",
    "features.14": "conv3_3",
}  # fmt: skip
# How a network ends where its options do not say.
LINEAR = "linear"
SYMMETRIC = (127.5, 127.5, 127.5)


def make_student(config: Config) -> Network:
    """Build the network that is trained, from scratch or from the weights of `init`.

    Raises UserError frozen-random where frozen layers would stay as chance made them,
    setting-invalid where there are none of such names, no others, or norms without statistics are
    to keep them, and init-differs.
    """
    if config.frozen and not (config.trunk or config.init):
        raise UserError("frozen-random", recipe=config.recipe, network=config.network)
    if config.fixed_norms and not config.init:
        reason = Reason("no-statistics")
        raise UserError("setting-invalid", name="fixed_norms", value=True, reason=reason)
    network = make_network(config.network, config.options)
    if config.trunk and not config.init:
        _fill_trunk(network, Path(config.trunk))
    # A last layer that ends in softplus starts at about the mean density of crowd pictures:
    # 0.0045 persons in 2x2 pixels, 0.018 in 4x4, 0.065 in 8x8.
    if isinstance(network, MSFANet) and network.output == "softplus":
        nn.init.constant_(network.conv_out.conv.get_parameter("bias"), -5.4)
    if isinstance(network, MCNN) and network.output == "softplus":
        nn.init.constant_(network.fuse.get_parameter("bias"), -4.0)
    if isinstance(network, Assistant | Compact):
        nn.init.constant_(network.head.get_parameter("bias"), -2.7)
    if config.init:
        _fill(network, Path(config.init), config)
    # Dropout is a layer without weights.
    names = {name for name, _ in (*network.named_parameters(), *network.named_modules())}
    for part in config.frozen:
        if not any(_is_part(name, part) for name in names):
            reason = Reason("no-layer", network=config.network)
            raise UserError("setting-invalid", name="frozen", value=part, reason=reason)
    if all(_is_frozen(name, config) for name, _ in network.named_parameters()):
        reason, value = Reason("all-frozen", network=config.network), ", ".join(config.frozen)
        raise UserError("setting-invalid", name="frozen", value=value, reason=reason)
    return network


def norms_to_insert(network: nn.Module, config: Config) -> list[nn.BatchNorm2d]:
    """Return the batch norms that stand behind weights which were trained without them."""
    part: nn.Module | None = None
    if isinstance(network, MSFANet) and config.trunk and not config.init:
        names = VGG19_LAYERS.values()
        part = nn.ModuleList([network.vgg.get_submodule(name) for name in names])
    elif isinstance(network, MCNN | Compact) and _lacks_norms(config):
        part = network
    if part is None:
        return []
    return [module for module in part.modules() if isinstance(module, nn.BatchNorm2d)]


def _lacks_norms(config: Config) -> bool:
    """Whether `init` is a plain (folded) file for a network that trains with batch norms."""
    if not (config.init and config.options.get("batch_norm")):
        return False
    return "batch_norm" not in read_header(Path(config.init)).options


def _fill(network: nn.Module, path: Path, config: Config) -> None:
    _check_units(path, config)
    if not _lacks_norms(config):
        fill_network(network, load_state(path), config.network, path)
        return
    options = {**config.options, "batch_norm": False}
    plain = make_network(config.network, options)
    fill_network(plain, load_state(path), config.network, path)
    # Its batch norms stay as they are: trainer.calibrate sets them.
    network.load_state_dict(plain.state_dict(), strict=False)


def _check_units(path: Path, config: Config) -> None:
    """Raise UserError init-differs where weights take or give other numbers than the training."""
    header, (mean, std) = read_header(path), _normalisation(config.network)
    for name, there, wanted in (
        ("output", header.options.get("output", LINEAR), config.options.get("output", LINEAR)),
        ("density_factor", header.density_factor, config.density_factor),
        ("channels", header.channels, 3),
        ("mean", list(header.mean), list(mean)),
        ("std", list(header.std), list(std)),
        # By which crops are raised, too.
        ("max_factor", header.scale_rule.max_factor, ScaleRule().max_factor),
    ):
        if header.network == config.network and there != wanted:
            raise UserError("init-differs", path=path, name=name, there=there, wanted=wanted)


def _fill_trunk(network: nn.Module, path: Path) -> None:
    """Load ImageNet weights into what they fit; later layers in the file are left out.

    MobileNetV1 goes into the trunks of assistant and compact, VGG19's first three groups (without
    batch norms) into M-SFANet's encoder. Raises UserError weights-mismatch or setting-invalid, or
    as load_state does.
    """
    given = load_state(path)
    if isinstance(network, Assistant | Compact):
        # One without batch norms has those of the file folded in.
        plain = not network.trunk.batch_norm
        trunk = network.trunk
        if plain:
            trunk = MobileNetTrunk(trunk.taps, bias=True, first=trunk.first, pairs=trunk.pairs)
        own = trunk.state_dict()
        state = {name: tensor for name, tensor in given.items() if name in own}
        # The published layers have no biases of their own.
        biases = {n: torch.zeros_like(t) for n, t in own.items() if n.endswith(".bias")}
        state = {n: t for n, t in biases.items() if "_bn." not in n} | state
        fill_network(trunk, state, "MobileNetV1", path)
        if plain:
            fold_norms(trunk.eval(), 3)
            network.trunk.load_state_dict(trunk.state_dict())
    elif isinstance(network, MSFANet):
        layers = {name: network.vgg.get_submodule(f"{name}.conv") for name in VGG19_LAYERS.values()}
        state = {
            f"{mine}.{kind}": given[f"{theirs}.{kind}"]
            for theirs, mine in VGG19_LAYERS.items()
            for kind in ("weight", "bias")
            if f"{theirs}.{kind}" in given
        }
        fill_network(nn.ModuleDict(layers), state, "VGG19", path)
    else:
        reason = Reason("no-trunk", network="mcnn")
        raise UserError("setting-invalid", name="trunk", value=path.name, reason=reason)


def _normalisation(network: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the mean and the deviation by which a network's pictures are normalised."""
    if network in ("assistant", "compact"):
        return SYMMETRIC, SYMMETRIC
    return IMAGENET_MEAN, IMAGENET_STD


def make_header(config: Config, network: Network) -> Header:
    """Describe the network in training; `figures` and `trained_on` are added when it is saved."""
    mean, std = _normalisation(config.network)
    return Header(
        network=config.network,
        stride=network.stride,
        pad_to=network.pad_to,
        margin=network.margin,
        parameters=count_parameters(network),
        mean=mean,
        std=std,
        density_factor=config.density_factor,
        scale_rule=ScaleRule(
            min_side=config.min_side, multiple=config.multiple, shrink=config.shrink
        ),
        options=config.options,
        licence=LICENCE,
        version=project_version(),
    )


def make_optimizer(network: nn.Module, config: Config, extras: nn.ModuleDict) -> Optimizer:
    """Return AdamW, or Muon for the kernels where the config has a rate for them.

    The pretrained trunk may learn at a rate of its own; its kernels then move slower in the same
    proportion.
    """
    pretrained = ("trunk.", *(f"vgg.{name}." for name in VGG19_LAYERS.values()))
    trunk: list[Tensor] = []
    rest: list[Tensor] = list(extras.parameters())
    for name, parameter in network.named_parameters():
        if _is_frozen(name, config):
            parameter.requires_grad_(False)
            continue
        (trunk if name.startswith(pretrained) and config.trunk_lr else rest).append(parameter)
    groups: list[dict[str, Any]] = []
    for parameters, rate in ((rest, config.lr), (trunk, config.trunk_lr)):
        kernels: list[Tensor] = []
        others: list[Tensor] = []
        for tensor in parameters:
            (kernels if config.muon_lr and _is_kernel(tensor) else others).append(tensor)
        if others:
            groups.append({"params": others, "peak_lr": rate})
        if kernels:
            muon_rate = config.muon_lr * rate / config.lr
            groups.append({"params": kernels, "peak_lr": muon_rate, "orthogonal": True})
    return Muon(groups, lr=config.lr, weight_decay=config.weight_decay)


def _is_kernel(tensor: Tensor) -> bool:
    """Whether it is the weight of a convolution that joins channels: a matrix of some rank."""
    return tensor.dim() == 4 and tensor.shape[0] > 1 and tensor.shape[1] > 1


def set_training(learner: nn.Module, network: nn.Module, config: Config) -> None:
    """Put a learner into training mode, its network's frozen layers and fixed norms aside."""
    learner.train()
    for name, module in network.named_modules():
        fixed = config.fixed_norms and isinstance(module, nn.BatchNorm2d | nn.SyncBatchNorm)
        if fixed or _is_frozen(name, config):
            module.eval()


def _is_frozen(name: str, config: Config) -> bool:
    """Whether a layer, or what a parameter belongs to, is one of the frozen ones.

    "trunk.dw1" is dw1 and its norm dw1_bn, but not dw10; "vgg.conv1_" is all that begins so.
    """
    return any(_is_part(name, part) for part in config.frozen)


def _is_part(name: str, part: str) -> bool:
    prefixes = (f"{part}.", f"{part}_", *((part,) if part.endswith((".", "_")) else ()))
    return name == part or name.startswith(prefixes)
