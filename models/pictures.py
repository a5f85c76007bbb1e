"""Picture files to RGB arrays, checked before they are decoded."""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from models.errors import UserError

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})
MAX_PIXELS = 100_000_000

# Our own check reads the header and refuses before decoding; Pillow's would warn at 89 megapixels.
Image.MAX_IMAGE_PIXELS = None


def read_picture(path: Path) -> NDArray[np.uint8]:
    """Decode a picture file to RGB uint8 (H, W, 3), upright as its EXIF says.

    Grey, palette, CMYK and 16-bit pictures are converted; transparency lies on white. Raises
    UserError path-missing, path-unreadable, picture-empty, picture-unknown, picture-damaged or
    picture-too-large (known from the header, before decoding).
    """
    try:
        if path.stat().st_size == 0:
            raise UserError("picture-empty", path=path)
        with Image.open(path) as image:
            _check_size(image, path)
            return _decoded(image, path)
    except FileNotFoundError as error:
        raise UserError("path-missing", path=path) from error
    except PermissionError as error:
        raise UserError("path-unreadable", path=path) from error
    except (UnidentifiedImageError, IsADirectoryError) as error:
        raise UserError("picture-unknown", path=path) from error


def list_pictures(folder: Path) -> list[Path]:
    """Return the pictures directly in a folder, in the order a person counts.

    Raises UserError path-missing, path-unreadable or folder-empty.
    """
    try:
        found = [
            folder / entry.name
            for entry in os.scandir(folder)
            if Path(entry.name).suffix.lower() in PICTURE_SUFFIXES
            and not entry.name.startswith(".")
        ]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserError("path-missing", path=folder) from error
    except PermissionError as error:
        raise UserError("path-unreadable", path=folder) from error
    if not found:
        raise UserError("folder-empty", path=folder, suffixes=" ".join(sorted(PICTURE_SUFFIXES)))
    return sorted(found, key=lambda path: natural_key(path.name))


def natural_key(name: str) -> list[tuple[int, str]]:
    """Sort key that puts IMG_2 before IMG_10."""
    parts = re.split(r"(\d+)", name.lower())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def _check_size(image: Image.Image, path: Path) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise UserError(
            "picture-too-large",
            path=path,
            megapixels=round(pixels / 1e6),
            limit=MAX_PIXELS // 1_000_000,
        )


def _decoded(image: Image.Image, path: Path) -> NDArray[np.uint8]:
    try:
        image.load()
        upright = ImageOps.exif_transpose(image)
        return _rgb(upright)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UserError("picture-damaged", path=path) from error


def _rgb(image: Image.Image) -> NDArray[np.uint8]:
    if image.mode.startswith(("I", "F")):
        return _from_deep_grey(image)
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        image = Image.alpha_composite(ground, layer)
    return np.asarray(image.convert("RGB"), np.uint8)


def _from_deep_grey(image: Image.Image) -> NDArray[np.uint8]:
    """Bring 16-bit grey to 8 bits; 32-bit and float pictures are taken on their own range."""
    values = np.asarray(image, np.float32)
    low, high = (0.0, 65535.0) if image.mode.startswith("I;16") else (values.min(), values.max())
    grey = np.clip((values - low) / max(high - low, 1e-12) * 255, 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)
