"""A person's own data: a CSV or JSON file of points for every picture, labelme's among them."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from models.errors import UserError
from models.pictures import PICTURE_SUFFIXES
from trainer.layouts.layout import Half, Layout, natural
from trainer.layouts.reading import (
    Points,
    as_points,
    files_by_name,
    names_in,
    pictures_by_name,
    reading,
    subfolders,
)

POINTS_SUFFIXES = frozenset({".csv", ".json"})
# The shapes of labelme's that are heads.
MARKS = ("point", "rectangle")


class Own(Layout):
    """`NAME.csv` or `NAME.json` beside the picture NAME or in a folder beside; validation by name.

    The pictures lie in the folder itself or in one folder in it: `images`, if several hold some.
    A folder without any file named like a picture holds no annotations. Who marks heads one
    picture after another may use what is marked: pictures without a file are left out.
    """

    looked_for = "own data: NAME.csv or NAME.json for the picture NAME, beside it or in a folder"
    kind = "own data"

    @classmethod
    def fits(cls, folder: Path) -> bool:
        return bool(_annotation_folders(folder))

    def halves(self) -> dict[str, Half]:
        annotations: dict[str, Path] = {}
        for folder in _annotation_folders(self.folder):
            for name, path in files_by_name(folder, POINTS_SUFFIXES).items():
                if name in annotations:
                    raise UserError("data-same-name", path=annotations[name], other=path)
                annotations[name] = path
        pictures = pictures_by_name(_pictures_folder(self.folder))
        marked = {name: path for name, path in pictures.items() if name in annotations}
        return {"train": Half(marked, annotations, "{name}.csv or {name}.json")}

    def read(self, _name: str, annotation: Path) -> Points:
        with reading(annotation):
            # Only the numbers matter, and a header from another encoding must not stop them.
            text = annotation.read_text("utf-8-sig", errors="replace")
            return _from_csv(text) if annotation.suffix.lower() == ".csv" else _from_json(text)

    def left_out(self) -> list[UserError]:
        found = []
        total, unmarked = self._numbers()
        if unmarked:
            found.append(UserError("data-unmarked", path=self.folder, number=unmarked, total=total))
        for half in self.halves().values():
            for name in natural(half.pictures.keys() & half.annotations.keys()):
                path = half.annotations[name]
                if number := _other_shapes(path):
                    found.append(UserError("data-other-shapes", path=path, number=number))
        return found

    def _numbers(self) -> tuple[int, int]:
        """Return how many pictures there are, and how many of them nobody has marked."""
        total = len(pictures_by_name(_pictures_folder(self.folder)))
        return total, total - len(self.halves()["train"].pictures)


def _pictures_folder(folder: Path) -> Path:
    found = [place for place in subfolders(folder) if names_in(place, PICTURE_SUFFIXES)]
    if names_in(folder, PICTURE_SUFFIXES):
        return folder
    return found[0] if len(found) == 1 else folder / "images"


def _annotation_folders(folder: Path) -> list[Path]:
    pictures = names_in(_pictures_folder(folder), PICTURE_SUFFIXES)
    places = [folder, *subfolders(folder)]
    return [place for place in places if pictures & names_in(place, POINTS_SUFFIXES)]


def _from_csv(text: str) -> Points:
    """Read rows of x and y; a header must name them, and may name more columns.

    Nothing but a header, or nothing at all, means that nobody is there.
    """
    if "\0" in text:
        raise ValueError("it is not plain text; save it as UTF-8")
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    if not rows:
        return as_points([])
    if any(_is_number(cell) for cell in rows[0]):
        if len(rows[0]) != 2:
            raise ValueError("it has more or fewer than two columns, and no header names x and y")
        return as_points([[float(cell) for cell in row] for row in rows])
    names = [cell.strip().lower() for cell in rows[0]]
    if "x" not in names or "y" not in names:
        raise ValueError("its header does not name x and y")
    x, y = names.index("x"), names.index("y")
    return as_points([[float(row[x]), float(row[y])] for row in rows[1:]])


def _from_json(text: str) -> Points:
    content = json.loads(text)
    if isinstance(content, dict) and isinstance(content.get("shapes"), list):
        return _from_labelme(content["shapes"])
    points = content.get("points") if isinstance(content, dict) else content
    if isinstance(points, list):
        points = [[p["x"], p["y"]] if _is_xy(p) else p for p in points]
    if not isinstance(points, list) or not all(isinstance(point, list) for point in points):
        raise ValueError('neither [[x, y], ...] nor {"points": [[x, y], ...]}')
    return as_points(points)


def _is_xy(point: Any) -> bool:
    return isinstance(point, dict) and point.keys() >= {"x", "y"}


def _from_labelme(shapes: list[dict[str, Any]]) -> Points:
    """Read the heads that a person marked in labelme: its points, and the centres of its boxes.

    No shape at all means that nobody is there; shapes of other kinds alone mean something else.
    """
    marks = [shape for shape in shapes if shape["shape_type"] in MARKS]
    if shapes and not marks:
        raise ValueError("its labelme shapes are neither points nor rectangles")
    return as_points([np.mean(shape["points"], axis=0).tolist() for shape in marks])


def _other_shapes(annotation: Path) -> int:
    """Return how many shapes of labelme's beside heads are none; 0 for what `read` refuses."""
    if annotation.suffix.lower() != ".json":
        return 0
    with suppress(UserError), reading(annotation):
        content = json.loads(annotation.read_text("utf-8-sig", errors="replace"))
        shapes = content.get("shapes") if isinstance(content, dict) else None
        others = [shape["shape_type"] not in MARKS for shape in shapes or []]
        return 0 if all(others) else sum(others)
    return 0


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
