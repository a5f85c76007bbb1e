"""Picture files to RGB arrays, checked before they are decoded."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

from models.errors import UserError

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})
MAX_PIXELS = 100_000_000
# How EXIF says that a picture lies on its side.
SWAPPED = (5, 6, 7, 8)

# Whatever a file is called, Pillow's other readers never see it: one of them starts Ghostscript.
# JPEG's reader takes the MPO files of phones too.
FORMATS = ("JPEG", "PNG", "BMP", "DIB", "TIFF", "WEBP")

# What Pillow raises on files that are cut off or altered. Running out of memory is not among it.
DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    EOFError,
    struct.error,
)

# Conversions work on as many rows at once as hold about this many pixels.
BAND_PIXELS = 1 << 20

# Our own check reads the header and refuses before decoding; Pillow's would warn at 89 megapixels.
Image.MAX_IMAGE_PIXELS = None


def read_picture(path: Path) -> NDArray[np.uint8]:
    """Decode a picture file to RGB uint8 (H, W, 3), upright as its EXIF says.

    Grey, palette, CMYK and 16-bit pictures are converted; transparency lies on white. Raises
    UserError path-missing, path-unreadable, picture-empty, picture-unknown, picture-damaged or
    picture-too-large (known from the header, before decoding).
    """
    with _opened(path) as image:
        image.load()
        return _upright_rgb(image)


def picture_size(path: Path) -> tuple[int, int]:
    """Return the width and height that read_picture gives a picture, from the file's header.

    Raises UserError as read_picture does, for what shows there.
    """
    with _opened(path) as image:
        size, getexif = (image.width, image.height), image.getexif
        if image.format == "TIFF":
            # Pillow gives those as they are to be seen.
            return size
        if image.format == "PNG" and not _has_notes_behind(path):
            # Pillow's own for PNG decodes the pixels to look behind them.
            getexif = partial(Image.Image.getexif, image)
        return size[::-1] if _orientation(getexif) in SWAPPED else size


def list_pictures(folder: Path) -> list[Path]:
    """Return the pictures directly in a folder, in the order a person counts.

    Raises UserError path-missing, path-unreadable or folder-empty.
    """
    try:
        found = [path for path in folder.iterdir() if is_candidate(path)]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserError("path-missing", path=folder) from error
    except OSError as error:
        raise UserError("path-unreadable", path=folder, reason=error.strerror or error) from error
    if not found:
        raise UserError("folder-empty", path=folder, suffixes=" ".join(sorted(PICTURE_SUFFIXES)))
    return sorted(found, key=lambda path: natural_key(path.name))


def natural_key(name: str) -> list[tuple[int, str]]:
    """Sort key that puts IMG_2 before IMG_10."""
    parts = re.split(r"(\d+)", name.lower())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def row_bands(height: int, width: int) -> Iterator[slice]:
    """Cut the rows of a picture into bands of BAND_PIXELS or less, but one row at least."""
    step = max(BAND_PIXELS // width, 1)
    for top in range(0, height, step):
        yield slice(top, min(top + step, height))


def is_candidate(path: Path) -> bool:
    """Return whether a file is a picture by its name, and no folder."""
    if path.name.startswith(".") or path.suffix.lower() not in PICTURE_SUFFIXES:
        return False
    try:
        # A link that leads nowhere is no folder: it stays, so that reading it says what is wrong.
        return not path.is_dir()
    except OSError:
        return True


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture that is not too large; what goes wrong with it meanwhile is a UserError."""
    try:
        # Windows says of a folder that it is empty, or may not be opened.
        if path.is_dir():
            raise UserError("picture-unknown", path=path)
        if path.stat().st_size == 0:
            raise UserError("picture-empty", path=path)
        # By its handle: of a file that it opens itself Pillow maps plain TIFFs into memory, and
        # those that are turned by EXIF then come out sheared.
        with path.open("rb") as file, Image.open(file, formats=FORMATS) as image:
            _check_size(image, path)
            yield image
    except UserError:
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserError("path-missing", path=path) from error
    except PermissionError as error:
        raise UserError("path-unreadable", path=path, reason=error.strerror or error) from error
    except UnidentifiedImageError as error:
        raise UserError("picture-unknown", path=path) from error
    except DAMAGE as error:
        raise UserError("picture-damaged", path=path) from error


def _check_size(image: Image.Image, path: Path) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise UserError(
            "picture-too-large",
            path=path,
            # Upwards: one that is hardly too large is not said to have what is allowed.
            megapixels=math.ceil(pixels / 1e6),
            limit=MAX_PIXELS // 1_000_000,
        )


def _upright_rgb(image: Image.Image) -> NDArray[np.uint8]:
    """Convert band by band, straight to where the pixels end: large pictures fit but once."""
    orientation = _orientation(image.getexif)
    swapped = orientation in SWAPPED
    height, width = (image.width, image.height) if swapped else (image.height, image.width)
    upright = np.empty((height, width, 3), np.uint8)
    as_stored = _turned_back(upright, orientation)
    deep = image.mode.startswith(("I", "F"))
    low, high = _value_range(image) if deep else (0.0, 255.0)
    for rows, band in _bands(image):
        as_stored[rows] = _deep_grey(band, low, high) if deep else _rgb(band)
    return upright


def _has_notes_behind(path: Path) -> bool:
    """Return whether a PNG may have EXIF, or a text with it, behind its pixels; most have none."""
    behind = path.read_bytes().partition(b"IDAT")[2]
    return any(kind in behind for kind in (b"eXIf", b"tEXt", b"zTXt", b"iTXt"))


def _orientation(getexif: Callable[[], Image.Exif]) -> object:
    """Return how EXIF says that a picture is turned; as it is where its EXIF is no use."""
    try:
        return getexif().get(ExifTags.Base.Orientation, 1)
    except DAMAGE:
        return 1


def _turned_back(upright: NDArray[np.uint8], orientation: object) -> NDArray[np.uint8]:
    """Return a view of an upright picture that lies as its file stored it (EXIF 1 to 8)."""
    match orientation:
        case 2:
            return upright[:, ::-1]
        case 3:
            return upright[::-1, ::-1]
        case 4:
            return upright[::-1]
        case 5:
            return upright.swapaxes(0, 1)
        case 6:
            return np.rot90(upright)
        case 7:
            return upright[::-1, ::-1].swapaxes(0, 1)
        case 8:
            return np.rot90(upright, -1)
        case _:
            return upright


def _bands(image: Image.Image) -> Iterator[tuple[slice, Image.Image]]:
    for rows in row_bands(image.height, image.width):
        yield rows, image.crop((0, rows.start, image.width, rows.stop))


def _rgb(band: Image.Image) -> NDArray[np.uint8]:
    if band.has_transparency_data:
        layer = band.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        band = Image.alpha_composite(ground, layer)
    return np.asarray(band if band.mode == "RGB" else band.convert("RGB"), np.uint8)


def _value_range(image: Image.Image) -> tuple[float, float]:
    """Return the values of black and white: 32-bit and float pictures have their own range."""
    if image.mode.startswith("I;16"):
        tags = getattr(image, "tag_v2", {})
        # Pillow gives 12 bits as they are, and 16 bits whose 0 is white as if it were black.
        bits = tags.get(ExifTags.Base.BitsPerSample, (16,))[0]
        white_is_0 = tags.get(ExifTags.Base.PhotometricInterpretation) == 0
        high = 4095.0 if bits == 12 else 65535.0
        return (high, 0.0) if white_is_0 else (0.0, high)
    low, high = np.inf, -np.inf
    for _, band in _bands(image):
        values = np.asarray(band, np.float64)
        finite = values[np.isfinite(values)]
        if finite.size:
            low, high = min(low, finite.min()), max(high, finite.max())
    return (float(low), float(high)) if low <= high else (0.0, 0.0)


def _deep_grey(band: Image.Image, low: float, high: float) -> NDArray[np.uint8]:
    """Bring grey values, `low` black and `high` white, to 8 bits; what is no number is black."""
    values = np.nan_to_num(np.asarray(band, np.float64), nan=low, posinf=high, neginf=low)
    span = high - low if high != low else 1e-12
    grey = np.clip((values - low) / span * 255, 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)
