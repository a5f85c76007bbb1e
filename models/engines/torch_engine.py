"""The reference engine: torch on the CPU, CUDA or Apple's GPU."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from models.errors import UserError
from models.networks import density_of
from models.reasons import Reason

AnyModule = TypeVar("AnyModule", bound=nn.Module)
# What torch had before use_threads was first asked for a number.
_own_threads: int | None = None


class TorchEngine:
    """Runs a torch network, channels last, in fp32 or under bf16 autocast."""

    name = "torch"
    takes_bytes = False

    def __init__(self, network: nn.Module, device: str = "cpu", precision: str = "fp32") -> None:
        if precision not in ("fp32", "bf16"):
            reason = Reason("computes-in", engine="torch", names="fp32, bf16")
            raise UserError("setting-invalid", name="precision", value=precision, reason=reason)
        self.device = torch.device(device)
        self.precision = precision
        keep_precision(precision)
        self.network = channels_last(network.eval().to(self.device))

    @torch.inference_mode()
    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        x = torch.from_numpy(batch).to(self.device, memory_format=torch.channels_last)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.precision == "bf16"):
            density = density_of(self.network(x))[0, 0]
        return density.float().cpu().numpy()


def channels_last(network: AnyModule) -> AnyModule:
    """Lay the network's weights out as convolutions on the CPU and on tensor cores like them."""
    # torch's type stubs lack this overload.
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def keep_precision(precision: str) -> None:
    """Let CUDA compute convolutions in fp32 where that is the precision, for good."""
    if precision == "fp32":
        # As torch comes, it rounds what goes into them to the 10 bits of TF32.
        torch.backends.cudnn.allow_tf32 = False


def use_threads(threads: int) -> None:
    """Let torch compute with so many threads in this process; 0: with its own number again."""
    global _own_threads
    if threads and _own_threads is None:
        _own_threads = torch.get_num_threads()
    # What others chose, as a training does, stays where no number was asked for here.
    if wanted := threads or _own_threads:
        torch.set_num_threads(wanted)


def choose_device(wanted: str) -> str:
    """Return torch's name for the wanted device; "auto" takes a GPU where there is one.

    Raises UserError device-unavailable.
    """
    available = ["cpu"]
    if torch.cuda.is_available():
        available.insert(0, "cuda")
    if torch.backends.mps.is_available():
        available.insert(0, "mps")
    if wanted == "auto":
        return available[0]
    kind, colon, number = wanted.partition(":")
    numbers = range(torch.cuda.device_count()) if kind == "cuda" else range(1)
    if kind not in available or (colon and number not in map(str, numbers)):
        raise UserError("device-unavailable", device=wanted, devices=", ".join(available))
    return wanted
