"""Small models for tests."""

from __future__ import annotations

from pathlib import Path

import torch

from models.assistant import Assistant
from models.header import Header, ScaleRule
from models.mcnn import MCNN
from models.networks import count_parameters
from models.weights import save_weights


def mcnn_header(network: MCNN, **facts: object) -> Header:
    return Header(
        network="mcnn",
        stride=network.stride,
        pad_to=network.pad_to,
        margin=network.margin,
        parameters=count_parameters(network),
        **{"licence": "test", "version": "test", **facts},  # type: ignore[arg-type]
    )


def random_mcnn(seed: int = 0) -> MCNN:
    """An untrained MCNN whose counts are well above zero."""
    torch.manual_seed(seed)
    network = MCNN().eval()
    torch.nn.init.constant_(network.fuse.bias, 0.05)
    return network


def save_mcnn(path: Path, seed: int = 0, scale_rule: ScaleRule | None = None) -> Path:
    network = random_mcnn(seed)
    header = mcnn_header(network, scale_rule=scale_rule or ScaleRule())
    save_weights(path, network.state_dict(), header)
    return path


def save_assistant(path: Path) -> Path:
    network = Assistant()
    middle = (127.5, 127.5, 127.5)
    parameters = count_parameters(network)
    header = Header("assistant", 8, 16, network.margin, parameters, mean=middle, std=middle)
    save_weights(path, network.state_dict(), header)
    return path
