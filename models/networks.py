"""The networks by name."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

from models.assistant import Assistant
from models.compact import Compact
from models.errors import UserError
from models.mcnn import MCNN
from models.msfanet import MSFANet
from models.reasons import one_of

Network = MCNN | MSFANet | Assistant | Compact
NETWORKS: dict[str, type[Network]] = {
    "mcnn": MCNN,
    "m-sfanet": MSFANet,
    "assistant": Assistant,
    "compact": Compact,
}


def make_network(name: str, options: dict[str, Any] | None = None) -> Network:
    """Build a network by name with its constructor's options.

    Raises UserError setting-invalid for a name or an option that does not exist.
    """
    if name not in NETWORKS:
        raise UserError("setting-invalid", name="network", value=name, reason=one_of(*NETWORKS))
    try:
        return NETWORKS[name](**(options or {}))
    except TypeError as error:
        raise UserError(
            "setting-invalid", name="network options", value=options, reason=error
        ) from error


def density_of(output: Tensor | tuple[Tensor, Tensor]) -> Tensor:
    """Return the density map (B, 1, h, w) of a network's output (M-SFANet gives two maps)."""
    return output[0] if isinstance(output, tuple) else output


def count_parameters(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
