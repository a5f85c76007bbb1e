"""COCO: JSON files that name pictures and the boxes in them."""

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

# What the published files' names begin with, before the half and the year.
STANDARD = "instances_"
# Where a file has several kinds of boxes, the first of these names that it uses is counted.
COUNTED = ("head", "person", "people", "pedestrian")


@dataclass(frozen=True)
class _Content:
    """The heads of every picture by its file name, and how many group boxes each has."""

    heads: dict[str, list[tuple[float, float]]]
    groups: dict[str, int]


class Coco(Layout):
    """Box centres of COCO files (Lin et al., ECCV 2014); validation by name where there is none.

    The only JSON file in the folder or in `annotations` names pictures beside it, in the folder
    or in `images`; or there is one instances_train*.json, one instances_val*.json, or both, with
    pictures there or in folders called as what follows `instances_`. A picture that is named
    without a box shows nobody. Boxes around groups (`iscrowd`) are not heads: they are left out
    and are a problem to report.
    """

    looked_for = (
        "COCO: one JSON file with images and annotations, or instances_train*.json and"
        " instances_val*.json, in the folder or in annotations"
    )
    kind = "COCO boxes"

    @classmethod
    def fits(cls, folder: Path) -> bool:
        return bool(_find(folder))

    def halves(self) -> dict[str, Half]:
        return {split: self._half(split, file) for split, file in self._files.items()}

    def read(self, name: str, annotation: Path) -> Points:
        with reading(annotation):
            return as_points(self._content(annotation).heads[name])

    def left_out(self) -> list[UserError]:
        return [
            UserError("data-group-boxes", path=file, name=name, number=number)
            for file in self._files.values()
            for name, number in self._content(file).groups.items()
        ]

    @cached_property
    def _files(self) -> dict[str, Path]:
        found = _find(self.folder)
        if not found:
            raise UserError("path-missing", path=self.folder / "annotations")
        return found

    @cached_property
    def _contents(self) -> dict[Path, _Content]:
        return {}

    def _content(self, file: Path) -> _Content:
        if file not in self._contents:
            with reading(file):
                self._contents[file] = _parse(json.loads(file.read_text("utf-8-sig")))
        return self._contents[file]

    def _half(self, split: str, file: Path) -> Half:
        heads = self._content(file).heads
        pictures = self._pictures(split, file)
        # Where the halves share a folder, a picture of another is not one without an entry.
        for other in set(self._files.values()) - {file}:
            for name in self._content(other).heads.keys() - heads.keys():
                pictures.pop(name, None)
        expected = f"an entry for {{name}} in {file.name}"
        return Half(pictures, dict.fromkeys(heads, file), expected)

    def _pictures(self, split: str, file: Path) -> dict[str, Path]:
        """Return all pictures in the folders of those listed, by the names the file gives them."""
        listed = self._content(file).heads
        names = (file.stem.removeprefix(STANDARD), split) if file.stem.startswith(STANDARD) else ()
        bases = (self.folder, self.folder / "images")
        own = [base / name for base in bases for name in names]
        found: dict[str, Path] = {}
        for place in (*own, file.parent, *bases):
            for parent in {PurePosixPath(name).parent for name in listed}:
                for name, path in pictures_by_file_name(place / parent).items():
                    found[str(parent / name)] = path
            if found.keys() & listed.keys():
                break
            found = {}
        return found


def _find(folder: Path) -> dict[str, Path]:
    """Return the COCO file of each half; the only JSON file, which is searched, is train's."""
    for place in (folder, folder / "annotations"):
        files = json_files(place)
        halves = {
            split: [file for file in files if file.stem.startswith(STANDARD + split)]
            for split in ("train", "val")
        }
        if any(halves.values()) and all(len(found) <= 1 for found in halves.values()):
            return {split: found[0] for split, found in halves.items() if found}
        if len(files) == 1:
            text = files[0].read_bytes()
            if b'"images"' in text and b'"annotations"' in text:
                return {"train": files[0]}
    return {}


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
    """Return the categories whose boxes are people.

    Where no category that is listed bears such a name, or the list lacks what is used, the only
    one in use.
    """
    used = {box.get("category_id") for box in content["annotations"]}
    names = {item["id"]: str(item["name"]).lower() for item in content.get("categories", [])}
    for name in COUNTED:
        found = {category for category in used if names.get(category) == name}
        if found:
            return found
    if used <= names.keys() and set(COUNTED) & set(names.values()):
        # People could have been marked, and nobody was.
        return set()
    if len(used) <= 1:
        return used
    raise ValueError(f"none of its categories is called {', '.join(COUNTED)}")


def _file_name(image: dict[str, Any]) -> str:
    return str(PurePosixPath(plain(image["file_name"]).replace("\\", "/")))
