"""What a weights file says of itself; read without torch."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from models.errors import UserError

FORMAT = 1
METADATA_KEY = "crowdgui"

IMAGENET_MEAN = (123.675, 116.28, 103.53)
IMAGENET_STD = (58.395, 57.12, 57.375)


@dataclass(frozen=True)
class ScaleRule:
    """How a picture is resized before the network; the count is never rescaled for it.

    Pictures whose short side is below `min_side` pixels are raised to it, by `max_factor` at
    most. `multiple` rounds both sides to the nearest multiple of it, for imported checkpoints
    that were made so; 0 leaves them alone.
    """

    min_side: int = 0
    max_factor: float = 2.0
    multiple: int = 0

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Return the width and height in pixels that the network should see."""
        factor = min(max(self.min_side / min(width, height), 1.0), self.max_factor)
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

    @property
    def channels(self) -> int:
        return len(self.mean)


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
    except (ValueError, KeyError, TypeError) as error:
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
        raise UserError("path-unreadable", path=path) from error
    except (SafetensorError, OSError) as error:
        raise UserError("weights-damaged", path=path, reason=error) from error
