"""Weights as safetensors with a header; nothing is ever unpickled."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from models.errors import UserError
from models.files import replacing
from models.header import Header, read_header, read_metadata, to_metadata
from models.networks import Network, make_network
from models.reasons import Reason


def save_weights(path: Path, state: dict[str, Tensor], header: Header, half: bool = False) -> None:
    """Write tensors and header to `path`, replacing it atomically.

    Raises UserError path-unwritable; the old file stays then.
    With `half`, tensors of two or more dimensions are stored in fp16 and the others in fp32:
    biases and batch-norm statistics are small and lose most from rounding.
    """
    tensors = {
        name: (tensor.half() if half and tensor.dim() > 1 else tensor).detach().cpu().contiguous()
        for name, tensor in state.items()
        if not name.endswith("num_batches_tracked")
    }
    write_tensors(path, tensors, to_metadata(header))


def write_tensors(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str]) -> None:
    """Replace a safetensors file as a whole; UserError path-unwritable leaves the old one."""
    try:
        with replacing(path) as temporary:
            mode = temporary.stat().st_mode
            save_file(tensors, temporary, metadata)
            # safetensors puts a file of its own there that nobody else may read.
            temporary.chmod(mode)
    except (SafetensorError, OSError) as error:
        raise UserError("path-unwritable", path=path, reason=error) from error


def load_state(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a safetensors file as fp32; errors as for read_header."""
    read_metadata(path)
    try:
        state = load_file(path)
    except (SafetensorError, OSError) as error:
        raise UserError("weights-damaged", path=path, reason=error) from error
    # Copies: Windows replaces no file that anything still looks into.
    return {name: tensor.to(torch.float32, copy=True) for name, tensor in state.items()}


def load_network(path: Path) -> tuple[Network, Header]:
    """Build the network that a weights file describes, in eval mode, with its header.

    Raises UserError as read_header does, setting-invalid for options that the network does not
    have, weights-mismatch when tensors do not fit, and weights-damaged when they are no numbers.
    """
    header = read_header(path)
    network = make_network(header.network, header.options)
    _check_sizes(network, header, path)
    fill_network(network, load_state(path), header.network, path)
    return network.eval(), header


def _check_sizes(network: Network, header: Header, path: Path) -> None:
    """Raise UserError weights-mismatch where a header says other sizes than the network has."""
    channels = getattr(network, "in_channels", 3)
    own = {"stride": network.stride, "pad_to": network.pad_to, "channels": channels}
    for name, wanted in own.items():
        there = getattr(header, name)
        # To pad to more than is needed costs time alone.
        if there != wanted and (name != "pad_to" or there % wanted):
            reason = Reason("tensor-shape", name=name, there=there, wanted=wanted)
            raise UserError("weights-mismatch", path=path, network=header.network, reason=reason)


def fill_network(network: nn.Module, state: dict[str, Tensor], name: str, path: Path) -> None:
    """Load a state dict that must fit exactly, batch counters aside.

    Raises UserError weights-mismatch with the first thing that does not fit.
    """
    own = network.state_dict()
    wanted = {key for key in own if not key.endswith("num_batches_tracked")}
    given = {key for key in state if not key.endswith("num_batches_tracked")}
    reason: Reason | None = None
    if missing := sorted(wanted - given):
        reason = Reason("tensors-missing", name=missing[0], number=len(missing) - 1)
    elif extra := sorted(given - wanted):
        reason = Reason("tensors-other", name=extra[0], number=len(extra) - 1)
    else:
        for key in sorted(wanted):
            if own[key].shape != state[key].shape:
                there, own_shape = tuple(state[key].shape), tuple(own[key].shape)
                reason = Reason("tensor-shape", name=key, there=there, wanted=own_shape)
                break
    if reason is not None:
        raise UserError("weights-mismatch", path=path, network=name, reason=reason)
    if any(not torch.isfinite(state[key]).all() for key in wanted):
        raise UserError("weights-damaged", path=path, reason=Reason("no-numbers"))
    network.load_state_dict({key: state[key] for key in wanted}, strict=False)
