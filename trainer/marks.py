"""Heads that a person marks here: a file NAME.csv beside the picture, of x and y."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from models.errors import UserError
from models.files import is_there, patiently, write_text
from models.pictures import PICTURE_SUFFIXES
from models.reasons import why
from trainer.truth import read_beside

Heads = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Marks:
    """The head centres of a picture in its pixels, None where nobody has marked any yet.

    `locked` is why they cannot be changed here: another file gives them, or one that holds more.
    """

    heads: Heads | None = None
    locked: UserError | None = None


def marks_file(picture: Path) -> Path:
    return picture.with_suffix(".csv")


def read_marks(picture: Path) -> Marks:
    """Return the marks of a picture, wherever the known data sets keep them."""
    try:
        if other := _of_the_same_name(picture):
            return Marks(None, UserError("marks-shared", path=picture, other=other))
        found = read_beside(picture)
        if found is None:
            return Marks()
        path, points = found
        heads = tuple((_plainly(x), _plainly(y)) for x, y in points)
        if path == marks_file(picture) and _is_plain(path):
            return Marks(heads)
        return Marks(heads, UserError("marks-foreign", path=path))
    except UserError as error:
        return Marks(None, error)


def write_marks(picture: Path, heads: Heads | None) -> None:
    """Replace the marks of a picture; None takes their file away.

    No heads at all are a file too: it says that nobody is there. Raises UserError path-missing
    where the picture is gone, and path-unwritable.
    """
    path = marks_file(picture)
    if not is_there(picture):
        # Its folder may have been renamed: a new one is not to be made.
        raise UserError("path-missing", path=picture)
    if heads is not None:
        write_text(path, "".join(["x,y\n", *(f"{_plainly(x)},{_plainly(y)}\n" for x, y in heads)]))
        return
    try:
        patiently(path.unlink, missing_ok=True)
    except OSError as error:
        raise UserError("path-unwritable", path=path, reason=why(error)) from error


def _of_the_same_name(picture: Path) -> Path | None:
    """Return another picture beside it that would have the same file of marks."""
    others = (picture.with_suffix(suffix) for suffix in sorted(PICTURE_SUFFIXES))
    return next((o for o in others if o.name.lower() != picture.name.lower() and is_there(o)), None)


def _plainly(value: float) -> float:
    """Return a coordinate as a person would write it: as a float32 it has seven digits."""
    return float(f"{value:.7g}")


def _is_plain(path: Path) -> bool:
    """Return whether a file has x and y alone, so that nothing is lost when it is written anew."""
    try:
        with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
            return all(len(row) <= 2 for row in csv.reader(file))
    except OSError as error:
        raise UserError("path-unreadable", path=path, reason=why(error)) from error
