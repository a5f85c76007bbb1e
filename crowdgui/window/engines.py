"""How models compute here, and the opened models of one thread."""

from __future__ import annotations

import platform
import sys
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from crowdgui.window.collector import long_lived
from models.errors import UserError
from models.header import Header
from models.precision import PRECISIONS as PRECISIONS
from models.precision import is_steady_in_bf16

# The choice that is made by automatic_precision.
AUTOMATIC = "auto"
# How many opened models are kept: each takes the memory of its weights, on a device maybe. An
# evaluation has so many at once.
MOST_OPEN = 6


@dataclass(frozen=True)
class EngineChoice:
    """Device, precision and threads (0: the engine decides) that a person has set."""

    device: str = "auto"
    precision: str = AUTOMATIC
    threads: int = 0


@dataclass(frozen=True)
class _Opened:
    engine: EngineChoice
    stamp: tuple[str, int, int] | None
    predictor: Any


class Predictors:
    """The models used last, opened; one is opened anew when its file or the engine changes."""

    def __init__(self) -> None:
        # The one used last comes last.
        self._opened: dict[str, _Opened] = {}

    def get(self, name: str, engine: EngineChoice) -> Any:
        """Return a predictor that is ready; UserError as open_predictor and find_model raise.

        A model whose file is gone goes on counting while it is open.
        """
        from crowdgui.window.counting import jobs

        stamp = file_stamp(name)
        self._opened = {n: one for n, one in self._opened.items() if one.engine == engine}
        kept = self._opened.pop(name, None)
        if kept is None or stamp not in (kept.stamp, None):
            # What is no longer kept is let go first: both may not fit.
            kept = None
            self._opened = dict(list(self._opened.items())[-(MOST_OPEN - 1) :])
            with long_lived():
                kept = _Opened(engine, stamp, jobs.load_predictor(name, engine))
        self._opened[name] = kept
        return kept.predictor


def file_stamp(name: str) -> tuple[str, int, int] | None:
    """Return what changes when a model's file does, or None where there is no such model."""
    from models.catalogue import find_model

    try:
        path = find_model(name).file
        facts = path.stat()
    except (UserError, OSError):
        return None
    return str(path), facts.st_mtime_ns, facts.st_size


def list_devices() -> tuple[str, ...]:
    """Return the devices that can be chosen here.

    Known by the drivers: importing torch for it would hold the window up for a moment. What
    torch cannot use after all is said when a model is opened (UserError device-unavailable).
    """
    found = ["auto", "cpu"]
    if find_spec("torch") is not None:
        if find_library("nvcuda" if sys.platform == "win32" else "cuda"):
            found.append("cuda")
        if sys.platform == "darwin" and platform.machine() == "arm64":
            found.append("mps")
    return tuple(found)


def automatic_precision(device: str, header: Header) -> str:
    """Return the fastest precision in which a model's counts are as good as exact."""
    return "bf16" if would_be_bf16(device, header) and has_bf16() else "fp32"


def would_be_bf16(device: str, header: Header) -> bool:
    """Return whether bf16 would be chosen there for a model, if the processor has it."""
    return device in ("auto", "cpu") and is_steady_in_bf16(header)


def has_bf16() -> bool:
    """Return whether this processor computes in bf16 by itself; loads the CPU engine."""
    if find_spec("openvino") is None:
        return False
    with long_lived():
        from models.engines.openvino_engine import openvino_core

        found = openvino_core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "BF16" in found
