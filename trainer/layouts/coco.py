"""COCO: one JSON file that names the pictures and the boxes in them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from models.errors import UserError
from trainer.layouts.layout import Half, Layout
from trainer.layouts.reading import (
    Points,
    as_points,
    json_files,
    pictures_by_file_name,
    plain,
    reading,
)

# Where a file has several kinds of boxes, the first of these names that it uses is counted.
COUNTED = ("head", "person", "people", "pedestrian")


@dataclass(frozen=True)
class _Content:
    """The heads of every picture by its file name, and how many group boxes each has."""

    heads: dict[str, list[tuple[float, float]]]
    groups: dict[str, int]


class Coco(Layout):
    """Box centres of a COCO file (Lin et al., ECCV 2014); validation by name.

    The only JSON file in the folder or in `annotations` names pictures beside it, in the folder
    or in `images`. A picture that it names without a box shows nobody. Boxes around groups
    (`iscrowd`) are not heads: they are left out and are a problem to report.
    """

    looked_for = "COCO: one JSON file with images and annotations, in the folder or in annotations"
    kind = "COCO boxes"

    @classmethod
    def fits(cls, folder: Path) -> bool:
        return _find(folder) is not None

    def halves(self) -> dict[str, Half]:
        heads = self._content.heads
        expected = f"an entry for {{name}} in {self._file.name}"
        annotations = dict.fromkeys(heads, self._file)
        return {"train": Half(self._pictures(list(heads)), annotations, expected)}

    def read(self, name: str, annotation: Path) -> Points:
        with reading(annotation):
            return as_points(self._content.heads[name])

    def left_out(self) -> list[UserError]:
        groups = self._content.groups.items()
        return [
            UserError("data-group-boxes", path=self._file, name=name, number=number)
            for name, number in groups
        ]

    @cached_property
    def _file(self) -> Path:
        found = _find(self.folder)
        if found is None:
            raise UserError("path-missing", path=self.folder / "annotations")
        return found

    @cached_property
    def _content(self) -> _Content:
        with reading(self._file):
            return _parse(json.loads(self._file.read_text("utf-8-sig")))

    def _pictures(self, listed: list[str]) -> dict[str, Path]:
        """Return all pictures in the folders of those listed, by the names the file gives them."""
        places = (self._file.parent, self.folder, self.folder / "images")
        found: dict[str, Path] = {}
        for place in places:
            for parent in {PurePosixPath(name).parent for name in listed}:
                for file, path in pictures_by_file_name(place / parent).items():
                    found[str(parent / file)] = path
            if found.keys() & set(listed):
                break
            found = {}
        return found


def _find(folder: Path) -> Path | None:
    """Return the only JSON file, if it is a COCO file; it is searched, not parsed."""
    for place in (folder, folder / "annotations"):
        files = json_files(place)
        if len(files) == 1:
            text = files[0].read_bytes()
            if b'"images"' in text and b'"annotations"' in text:
                return files[0]
    return None


def _parse(content: dict[str, Any]) -> _Content:
    names = {image["id"]: _file_name(image) for image in content["images"]}
    if len(set(names.values())) < len(content["images"]):
        raise ValueError("a picture is listed twice")
    counted = _counted(content)
    heads: dict[str, list[tuple[float, float]]] = {name: [] for name in names.values()}
    groups: Counter[str] = Counter()
    for box in content["annotations"]:
        if box["image_id"] not in names:
            image = box["image_id"]
            raise ValueError(f"a box belongs to image {image}, which is not listed")
        name = names[box["image_id"]]
        if box.get("category_id") not in counted:
            continue
        if box.get("iscrowd"):
            groups[name] += 1
            continue
        x, y, width, height = (float(value) for value in box["bbox"])
        heads[name].append((x + width / 2, y + height / 2))
    return _Content(heads, dict(groups))


def _counted(content: dict[str, Any]) -> set[Any]:
    """Return the categories whose boxes are people: all, where there is only one in use."""
    used = {box.get("category_id") for box in content["annotations"]}
    if len(used) <= 1:
        return used
    names = {item["id"]: str(item["name"]).lower() for item in content.get("categories", [])}
    for name in COUNTED:
        found = {category for category in used if names.get(category) == name}
        if found:
            return found
    raise ValueError(f"none of its categories is called {', '.join(COUNTED)}")


def _file_name(image: dict[str, Any]) -> str:
    return str(PurePosixPath(plain(image["file_name"]).replace("\\", "/")))
