"""What all annotation readers share: names, points, and what a damaged file becomes."""

from __future__ import annotations

import csv
import unicodedata
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import UserError
from models.pictures import PICTURE_SUFFIXES, natural_key
from models.reasons import why

Points = NDArray[np.float32]

# What json, csv, zlib and numpy raise on cut, changed and foreign bytes.
_DAMAGE = (
    OSError, MemoryError, RecursionError, zlib.error, csv.Error,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
)  # fmt: skip


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever a damaged annotation raises into UserError data-bad-annotation."""
    try:
        yield
    except _DAMAGE as error:
        reason = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        reason = reason or type(error).__name__
        raise UserError("data-bad-annotation", path=path, reason=reason) from error


def as_points(values: object) -> Points:
    """Return rows of x and y as float32 (N, 2); no rows are (0, 2).

    Raises ValueError or TypeError for any other shape and for what is not a finite number.
    """
    points = np.asarray(values, np.float32)
    if points.size == 0:
        return np.zeros((0, 2), np.float32)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"rows of x and y are expected, not an array of shape {points.shape}")
    if not np.isfinite(points).all():
        raise ValueError("a coordinate is not a finite number")
    return points


def files_by_name(
    folder: Path, suffixes: Collection[str], before: str = "", after: str = ""
) -> dict[str, Path]:
    """Return the files in a folder by what their stem says between `before` and `after`.

    Names are in Unicode's form C and in the order a person counts. Hidden files are left out; no
    folder gives {}. Raises UserError path-unreadable or data-same-name.
    """
    found: dict[str, Path] = {}
    for path in _files(folder, suffixes):
        stem = plain(path.stem)
        if not (stem.startswith(before) and stem.endswith(after)):
            continue
        name = stem.removeprefix(before).removesuffix(after)
        if name in found:
            raise UserError("data-same-name", path=found[name], other=path)
        found[name] = path
    return found


def pictures_by_name(folder: Path) -> dict[str, Path]:
    """Return the pictures directly in a folder by their stem; raises as `files_by_name` does."""
    return files_by_name(folder, PICTURE_SUFFIXES)


def pictures_by_file_name(folder: Path) -> dict[str, Path]:
    """Return the pictures directly in a folder by name and suffix; raises path-unreadable."""
    return {plain(path.name): path for path in _files(folder, PICTURE_SUFFIXES)}


def names_in(folder: Path, suffixes: Collection[str]) -> set[str]:
    """Return the stems of a folder's files of some suffixes; raises UserError path-unreadable."""
    return {plain(path.stem) for path in _files(folder, suffixes)}


def json_files(folder: Path) -> list[Path]:
    """Return the JSON files directly in a folder; raises UserError path-unreadable."""
    return [path for path in _files(folder, {".json"}) if path.is_file()]


def subfolders(folder: Path) -> list[Path]:
    """Return the folders directly in a folder but the hidden ones, in order."""
    return [path for path in _entries(folder) if path.is_dir()]


def plain(name: str) -> str:
    """Return a name in Unicode's form C: macOS keeps Korean ones taken apart into letters."""
    return unicodedata.normalize("NFC", name)


def _files(folder: Path, suffixes: Collection[str]) -> list[Path]:
    return [path for path in _entries(folder) if path.suffix.lower() in suffixes]


def _entries(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise UserError("path-unreadable", path=folder, reason=why(error)) from error
    return sorted(found, key=lambda path: (natural_key(path.name), path.name))
