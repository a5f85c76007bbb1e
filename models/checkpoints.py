"""Checkpoints of other projects, as tensors and header of a network of this one; needs torch."""

from __future__ import annotations

import pickle
import pickletools
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import torch
from torch import Tensor

from models.errors import UserError
from models.header import Header, ScaleRule
from models.mcnn import MCNN
from models.msfanet import MSFANet
from models.networks import count_parameters
from models.reasons import Reason, why
from models.weights import fill_network

# The public MCNN numbers the layers of its columns by their place among the poolings.
PUBLIC_MCNN_LAYERS = {"0": "conv1", "2": "conv2", "4": "conv3", "5": "conv4"}
PUBLIC_MCNN_COLUMNS = {"branch1": "large", "branch2": "medium", "branch3": "small"}
UNKNOWN_LICENCE = "unknown: imported; ask its author"
# Many checkpoints keep an epoch's error as a number of NumPy's: data, though stored by name.
NUMPY_NUMBERS: list[Any] = [
    (np.float64(0).__reduce__()[0], "numpy.core.multiarray.scalar"),
    (np.float64(0).__reduce__()[0], "numpy._core.multiarray.scalar"),
    np.dtype,
    *(type(np.dtype(kind)) for kind in ("f4", "f8", "i4", "i8", "?")),
]

# No network known here has more; a few bytes of HDF5 can claim any size.
MOST_NUMBERS = 100_000_000
# What torch's and HDF5's readers raise on cut and changed bytes.
_DAMAGE = (
    RuntimeError, EOFError, OSError, MemoryError, struct.error, AssertionError,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, zipfile.BadZipFile,
)  # fmt: skip


def read_checkpoint(path: Path) -> tuple[dict[str, Tensor], Header]:
    """Read M-SFANet (.pth) or MCNN (.h5, .pth) as published.

    Raises UserError path-unreadable, weights-unsafe, weights-damaged, weights-foreign or
    weights-mismatch.
    """
    return _recognise(_read_tensors(path), path)


def _read_tensors(path: Path) -> dict[str, Tensor]:
    try:
        with path.open("rb") as file:
            magic = file.read(8)
    except OSError as error:
        raise UserError("path-unreadable", path=path, reason=why(error)) from error
    if magic == b"\x89HDF\r\n\x1a\n":
        return _read_hdf5(path)
    return _read_torch(path)


def _read_hdf5(path: Path) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    room = MOST_NUMBERS

    def keep(name: str, item: Any) -> None:
        nonlocal room
        if isinstance(item, h5py.Dataset) and item.size <= room:
            room -= item.size
            tensors[name.replace("/", ".")] = torch.as_tensor(item[()]).float()

    try:
        with h5py.File(path, "r") as file:
            file.visititems(keep)
    except _DAMAGE as error:
        raise UserError("weights-damaged", path=path, reason=error) from error
    return tensors


def _read_torch(path: Path) -> dict[str, Tensor]:
    try:
        _refuse_packed(path)
        with torch.serialization.safe_globals(NUMPY_NUMBERS):
            content = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        if "GLOBAL" in str(error) or _names_code(path):
            raise UserError("weights-unsafe", path=path) from error
        raise UserError("weights-damaged", path=path, reason=Reason("no-checkpoint")) from error
    except _DAMAGE as error:
        raise UserError("weights-damaged", path=path, reason=Reason("no-checkpoint")) from error
    for key in ("model", "state_dict", "model_state_dict"):
        if isinstance(content, Mapping) and isinstance(content.get(key), Mapping):
            content = content[key]
    if not isinstance(content, Mapping):
        raise UserError("weights-foreign", path=path)
    return {
        str(name).removeprefix("module."): value.float()
        for name, value in content.items()
        if isinstance(value, Tensor)
    }


def _refuse_packed(path: Path) -> None:
    """Raise ValueError where a file grows when it is read: torch keeps all records as they are."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as records:
        whole = sum(record.file_size for record in records.infolist())
    if whole > path.stat().st_size:
        raise ValueError("its records are packed")


def _names_code(path: Path) -> bool:
    """Whether a bare pickle would call something; its operations are read, never carried out."""
    calls = {"GLOBAL", "STACK_GLOBAL", "REDUCE", "INST", "OBJ", "NEWOBJ"}
    try:
        return any(op.name in calls for op, _, _ in pickletools.genops(path.read_bytes()))
    except ValueError:
        return False


def _recognise(tensors: dict[str, Tensor], path: Path) -> tuple[dict[str, Tensor], Header]:
    if "vgg.conv1_1.conv.weight" in tensors:
        return _msfanet(tensors, path)
    first = tensors.get("DME.branch1.0.conv.weight")
    if first is not None and first.dim() == 4:
        return _public_mcnn(tensors, path)
    raise UserError("weights-foreign", path=path)


def _msfanet(state: dict[str, Tensor], path: Path) -> tuple[dict[str, Tensor], Header]:
    network = MSFANet()
    fill_network(network, state, "m-sfanet", path)
    header = Header(
        network="m-sfanet",
        stride=network.stride,
        pad_to=network.pad_to,
        margin=network.margin,
        parameters=count_parameters(network),
        # The authors evaluate at the nearest multiple of 16 (models of this project are padded).
        scale_rule=ScaleRule(multiple=16),
        trained_on={"imported_from": path.name},
        licence=UNKNOWN_LICENCE,
    )
    return network.state_dict(), header


def _public_mcnn(tensors: dict[str, Tensor], path: Path) -> tuple[dict[str, Tensor], Header]:
    # Pictures are grey or in colours: of other channels it is said that they do not fit.
    in_channels = 1 if tensors["DME.branch1.0.conv.weight"].shape[1] == 1 else 3
    network = MCNN(in_channels, output="relu")
    state = {_mcnn_name(name): tensor for name, tensor in tensors.items()}
    fill_network(network, state, "mcnn", path)
    channels = network.in_channels
    header = Header(
        network="mcnn",
        stride=network.stride,
        pad_to=network.pad_to,
        margin=network.margin,
        parameters=count_parameters(network),
        # Its authors feed pixels as they are.
        mean=(0.0,) * channels,
        std=(1.0,) * channels,
        options={"in_channels": in_channels, "output": "relu"},
        trained_on={"imported_from": path.name},
        licence=UNKNOWN_LICENCE,
    )
    return network.state_dict(), header


def _mcnn_name(name: str) -> str:
    """Turn DME.branch1.0.conv.weight into large.conv1.weight, DME.fuse.0.conv.* into fuse.*."""
    parts = name.split(".")
    if len(parts) == 5 and parts[1] in PUBLIC_MCNN_COLUMNS and parts[2] in PUBLIC_MCNN_LAYERS:
        return f"{PUBLIC_MCNN_COLUMNS[parts[1]]}.{PUBLIC_MCNN_LAYERS[parts[2]]}.{parts[4]}"
    if name.startswith("DME.fuse.0.conv."):
        return f"fuse.{parts[-1]}"
    return name
