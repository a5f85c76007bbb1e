"""NWPU-Crowd: pictures, a JSON file each, and lists of names."""

from __future__ import annotations

import json
from pathlib import Path

from models.pictures import PICTURE_SUFFIXES
from trainer.layouts.layout import SPLITS, Half, Layout
from trainer.layouts.reading import (
    Points,
    as_points,
    files_by_name,
    pictures_by_name,
    plain,
    reading,
)


class Nwpu(Layout):
    """NWPU-Crowd (Wang et al., TPAMI 2020); its test annotations are withheld by its authors."""

    looked_for = "NWPU-Crowd: images, jsons (not for test.txt), and train.txt, val.txt or test.txt"
    kind = "NWPU-Crowd"

    @classmethod
    def fits(cls, folder: Path) -> bool:
        lists = any((folder / f"{split}.txt").is_file() for split in SPLITS)
        # The test half comes without jsons: its pictures are known, their heads are not.
        jsons = (folder / "jsons").is_dir() or (folder / "test.txt").is_file()
        return lists and jsons and (folder / "images").is_dir()

    def halves(self) -> dict[str, Half]:
        pictures = pictures_by_name(self.folder / "images")
        annotations = files_by_name(self.folder / "jsons", {".json"})
        return {
            split: self._half(split, pictures, annotations)
            for split in SPLITS
            if (self.folder / f"{split}.txt").is_file()
        }

    def read(self, _name: str, annotation: Path) -> Points:
        with reading(annotation):
            return as_points(json.loads(annotation.read_text("utf-8-sig"))["points"])

    def _half(
        self, split: str, pictures: dict[str, Path], annotations: dict[str, Path]
    ) -> Half:  # fmt: skip
        list_file = self.folder / f"{split}.txt"
        with reading(list_file):
            lines = list_file.read_text("utf-8-sig").splitlines()
            names = [_name(line) for line in lines if line.strip()]
        found = {name: annotations[name] for name in names if name in annotations}
        # Without picture and JSON, the list alone says that there should be something.
        missing = {name: list_file for name in names if name not in {**pictures, **found}}
        return Half(
            pictures={name: pictures[name] for name in names if name in pictures},
            annotations={**found, **missing},
            annotation="jsons/{name}.json",
            annotated=split != "test" or bool(found),
        )


def _name(line: str) -> str:
    """Return the picture's name of a line such as `0001 1 0` or `0001.jpg`."""
    word = Path(plain(line.split()[0]))
    return word.stem if word.suffix.lower() in PICTURE_SUFFIXES else word.name
