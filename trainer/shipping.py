"""From a training's average to the network and the header of the file it ends with."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from torch import Tensor, nn

from models.compact import Compact
from models.header import Header
from models.mcnn import MCNN
from models.networks import count_parameters
from trainer.evaluate import Summary
from trainer.rounding import round_weights


def is_half(header: Header) -> bool:
    """Whether weights are stored in fp16: the teacher's are, for they are many."""
    return header.network == "m-sfanet"


def as_shipped(
    network: nn.Module,
    header: Header,
    pictures: Tensor | None,
    fit: Callable[[nn.Module], object] | None = None,
) -> nn.Module:
    """Return the network as its file will have it: folded where it can be, fitted, and rounded.

    `fit` changes it once it is folded. `pictures` (B, C, S, S), normalised, show what rounding to
    bf16 does, so that it is taken back; weights that are stored in half do without.
    """
    # Folding and rounding make networks of their own, on the CPU.
    network = copy.deepcopy(network).cpu()
    shipped = network.fold() if isinstance(network, MCNN | Compact) else network
    if fit is not None:
        fit(shipped)
    if is_half(header):
        for tensor in shipped.state_dict().values():
            if tensor.dim() > 1:
                tensor.copy_(tensor.half())
    else:
        assert pictures is not None
        round_weights(shipped, pictures.cpu())
    return shipped


def with_facts(
    header: Header, network: nn.Module, trained_on: dict[str, Any], summary: Summary, precision: str
) -> Header:
    """Return the header of a network as it is shipped; `summary` was measured in `precision`."""
    options = dict(header.options)
    if isinstance(network, MCNN | Compact):
        options.pop("batch_norm", None)
    figures = {
        "split": "val",
        "selected_by": "lowest validation MAE",
        "precision": precision,
        "mae": round(summary.mae, 2),
        "rmse": round(summary.rmse, 2),
        "n": summary.n,
    }
    return replace(
        header,
        options=options,
        parameters=count_parameters(network),
        trained_on=trained_on,
        figures=figures,
    )


def project_version() -> str:
    try:
        return version("crowdgui")
    except PackageNotFoundError:
        return "unknown"
