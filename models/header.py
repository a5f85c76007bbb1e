"""What a weights file says of itself; read without torch."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from models.errors import UserError
from models.reasons import why

FORMAT = 1
METADATA_KEY = "crowdgui"
# In an ONNX file: the SHA-256 of the weights file that it was made from.
SOURCE_KEY = "crowdgui_weights"
# In an ONNX file: "int8" where it was quantised, and else nothing.
PRECISION_KEY = "crowdgui_precision"

IMAGENET_MEAN = (123.675, 116.28, 103.53)
IMAGENET_STD = (58.395, 57.12, 57.375)

# A long strip has a short side too, and would be raised to several times the memory it has.
MAX_RAISED_PIXELS = 25_000_000


@dataclass(frozen=True)
class ScaleRule:
    """How a picture is resized before the network; the count is never rescaled for it.

    Every picture is first taken `shrink` times as large: a network with a small field sees more of
    a smaller picture. Those whose short side is then below `min_side` pixels are raised to it, by
    `max_factor` and to MAX_RAISED_PIXELS at most. `multiple` rounds both sides to the nearest
    multiple of it, for imported checkpoints that were made so; 0 leaves them alone.
    """

    min_side: int = 0
    max_factor: float = 2.0
    multiple: int = 0
    shrink: float = 1.0

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Return the width and height in pixels that the network should see."""
        width, height = (max(round(side * self.shrink), 1) for side in (width, height))
        largest = max((MAX_RAISED_PIXELS / (width * height)) ** 0.5, 1.0)
        factor = min(max(self.min_side / min(width, height), 1.0), self.max_factor, largest)
        width, height = round(width * factor), round(height * factor)
        if self.multiple:
            width = max(round(width / self.multiple), 1) * self.multiple
            height = max(round(height / self.multiple), 1) * self.multiple
        return width, height


@dataclass(frozen=True)
class Header:
    """The facts that turn a file of tensors into a model.

    `stride`: pixels per density cell; `pad_to`: the multiple that pictures are padded to;
    `margin`: overlap of tiles in pixels; `mean` and `std`: per channel on the 0..255 scale;
    the network's output divided by `density_factor` is persons per cell.
    """

    network: str
    stride: int
    pad_to: int
    margin: int
    parameters: int
    mean: tuple[float, ...] = IMAGENET_MEAN
    std: tuple[float, ...] = IMAGENET_STD
    density_factor: float = 1.0
    scale_rule: ScaleRule = ScaleRule()
    options: dict[str, Any] = field(default_factory=dict)
    trained_on: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    licence: str = "unknown"
    version: str = ""
    format: int = FORMAT

    def __post_init__(self) -> None:
        """Raise ValueError for what no network can mean: files come from anywhere."""
        rule = self.scale_rule
        whole = (
            self.stride,
            self.pad_to,
            self.margin,
            self.parameters,
            rule.min_side,
            rule.multiple,
        )
        if not all(isinstance(number, int) for number in whole):
            raise ValueError("a length is no whole number")
        numbers = (*self.mean, *self.std, self.density_factor, rule.shrink)
        if not all(isinstance(n, int | float) and math.isfinite(n) for n in numbers):
            raise ValueError("mean, std, density_factor or shrink is no number")
        checks = {
            "stride": 1 <= self.stride <= 64,
            "pad_to": 1 <= self.pad_to <= 256 and self.pad_to % max(self.stride, 1) == 0,
            "margin": 0 <= self.margin <= 1024,
            "mean": len(self.mean) in (1, 3) and len(self.mean) == len(self.std),
            "std": all(value > 0 for value in self.std),
            "density_factor": self.density_factor > 0,
            "scale_rule": 0 <= rule.min_side <= 4096
            and 0 <= rule.multiple <= 256
            and 1 <= rule.max_factor <= 8
            and 0.1 <= rule.shrink <= 1,
            "network": isinstance(self.network, str),
            "licence": isinstance(self.licence, str),
            "options": isinstance(self.options, dict),
            "trained_on": isinstance(self.trained_on, dict),
            "figures": isinstance(self.figures, dict) and _are_figures(self.figures),
        }
        for name, holds in checks.items():
            if not holds:
                raise ValueError(f"{name} cannot be {getattr(self, name)!r}")

    @property
    def channels(self) -> int:
        return len(self.mean)


def _are_figures(figures: dict[str, Any]) -> bool:
    """Whether the errors that are named are numbers."""
    errors = [figures[name] for name in ("mae", "rmse") if name in figures]
    return all(isinstance(error, int | float) and math.isfinite(error) for error in errors)


def to_metadata(header: Header) -> dict[str, str]:
    """Return the header as the string metadata of a safetensors or ONNX file."""
    return {METADATA_KEY: json.dumps(asdict(header), sort_keys=True)}


def from_metadata(text: str | None, path: object) -> Header:
    """Read a header from its metadata text.

    Raises UserError weights-no-header, weights-damaged or weights-newer.
    """
    if text is None:
        raise UserError("weights-no-header", path=path)
    try:
        facts = json.loads(text)
        if facts["format"] > FORMAT:
            raise UserError("weights-newer", path=path, version=facts.get("version", "?"))
        facts["scale_rule"] = ScaleRule(**facts["scale_rule"])
        facts["mean"], facts["std"] = tuple(facts["mean"]), tuple(facts["std"])
        return Header(**facts)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise UserError("weights-damaged", path=path, reason=f"bad header ({error})") from error


def read_header(path: Path) -> Header:
    """Read the header of a .safetensors file.

    Raises UserError path-missing, path-unreadable, weights-damaged, weights-no-header or
    weights-newer.
    """
    return from_metadata(read_metadata(path).get(METADATA_KEY), path)


def read_metadata(path: Path) -> dict[str, str]:
    """Return the string metadata of a .safetensors file; errors as for read_header."""
    try:
        # Opened by hand first: the library's own errors do not tell a missing file from a bad one.
        with path.open("rb"):
            pass
        with safe_open(path, framework="np") as file:
            return dict(file.metadata() or {})
    except FileNotFoundError as error:
        raise UserError("path-missing", path=path) from error
    except PermissionError as error:
        raise UserError("path-unreadable", path=path, reason=why(error)) from error
    except (SafetensorError, OSError) as error:
        raise UserError("weights-damaged", path=path, reason=error) from error
