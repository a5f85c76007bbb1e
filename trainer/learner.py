"""A network in training, with what only its training needs: adapters and a head for zeros."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.assistant import Assistant
from models.header import Header
from models.networks import density_of

# What is known of a network inside: by role, the module whose input it is, and its channels.
# middle: appearance at stride 8; deep: meaning at stride 16; head: what the last layer reads.
TAPS: dict[str, dict[str, tuple[str, int]]] = {
    "mcnn": {"head": ("fuse", 30)},
    "assistant": {"middle": ("tap", 256), "deep": ("reduce", 512), "head": ("head", 64)},
    "compact": {"middle": ("reduce", 256), "head": ("head", 48)},
    "m-sfanet": {
        "middle": ("spm.can", 512),
        "deep": ("spm.assp", 512),
        "head": ("conv_out.conv", 32),
    },
}


class Answer(NamedTuple):
    """What a learner says to a batch: density (B, 1, h, w) in persons per cell of `stride`.

    `attention` (B, 1, h, w) in 0..1 where the network has one; `zeros` (B, 1, h', w') are logits
    of nobody being there; `features` by role, in the guide's channels.
    """

    density: Tensor
    attention: Tensor | None
    zeros: Tensor | None
    features: dict[str, Tensor]


class Taps:
    """Keeps what goes into the tapped modules of a network at its last pass."""

    def __init__(self, network: nn.Module, kind: str) -> None:
        self.kept: dict[str, Tensor] = {}
        for role, (name, _) in TAPS[kind].items():
            network.get_submodule(name).register_forward_pre_hook(partial(self._keep, role))

    def _keep(self, role: str, _: nn.Module, args: tuple[Tensor, ...]) -> None:
        self.kept[role] = args[0]


class Guide:
    """A frozen network whose features are followed; it sees the very crops the student sees."""

    def __init__(self, network: nn.Module, header: Header) -> None:
        self.network = network.eval().requires_grad_(False)
        self.header = header
        self.taps = Taps(network, header.network)

    @property
    def channels(self) -> dict[str, int]:
        return {role: channels for role, (_, channels) in TAPS[self.header.network].items()}

    @torch.no_grad()
    def features(self, pictures: Tensor, header: Header) -> dict[str, Tensor]:
        """Return the features of pictures (B, 3, S, S) that are normalised as `header` says."""

        def along(values: tuple[float, ...]) -> Tensor:
            return torch.tensor(values, device=pictures.device).view(1, -1, 1, 1)

        raw = pictures * along(header.std) + along(header.mean)
        self.network((raw - along(self.header.mean)) / along(self.header.std))
        return {role: tensor.float() for role, tensor in self.taps.kept.items()}

    def read(self, features: dict[str, Tensor]) -> Tensor:
        """Return the persons a cell that the guide's head sees in a learner's features.

        (B, 1, S/8, S/8). As in SimKD, Chen et al., CVPR 2022; the guide is an Assistant.
        """
        assert isinstance(self.network, Assistant)
        density = self.network.read(features["middle"], features["deep"])
        return density.float() / self.header.density_factor


class Learner(nn.Module):
    """A network with train-only layers beside it; these are never shipped.

    `roles` are the guide's channels to follow; `zeros` adds the head for empty blocks;
    `loss_stride` sums the density into larger cells than the network's own.
    """

    def __init__(
        self, network: nn.Module, header: Header, loss_stride: int, roles: dict[str, int],
        zeros: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        self.network = network
        self.header = header
        self.pool = max(loss_stride // header.stride, 1)
        own = TAPS[header.network]
        self.taps = Taps(network, header.network) if roles or zeros else None
        self.adapters = nn.ModuleDict(
            {
                role: nn.Conv2d(own[role][1], channels, 1)
                for role, channels in roles.items()
                if role in own
            }
        )
        self.zeros = nn.Conv2d(own["head"][1], 1, 1) if zeros else None

    def extras(self) -> nn.ModuleDict:
        """Return the train-only layers, which a checkpoint keeps apart."""
        parts: dict[str, nn.Module] = {"adapters": self.adapters}
        return nn.ModuleDict(parts | ({"zeros": self.zeros} if self.zeros is not None else {}))

    def forward(self, pictures: Tensor) -> Answer:
        output = self.network(pictures)
        density = density_of(output).float() / self.header.density_factor
        attention = output[1].float() if isinstance(output, tuple) else None
        if self.pool > 1:
            density = F.avg_pool2d(density, self.pool) * self.pool**2
            attention = None if attention is None else F.avg_pool2d(attention, self.pool)
        kept = self.taps.kept if self.taps else {}
        features = {role: adapter(kept[role]).float() for role, adapter in self.adapters.items()}
        zeros = None if self.zeros is None else self.zeros(kept["head"]).float()
        return Answer(density, attention, zeros, features)
