"""ShanghaiTech parts A and B, and other sets laid out like them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path

from models.errors import UserError
from trainer.layouts.layout import Half, Layout
from trainer.layouts.matlab import read_matlab
from trainer.layouts.reading import (
    Points,
    as_points,
    files_by_name,
    pictures_by_name,
    reading,
)

HALVES = {"train": "train_data", "test": "test_data"}
# Heads in GT_IMG_1 to GT_IMG_3 of train_data: they tell a part whose folder was renamed.
FIRST_COUNTS = {"A": [1546, 707, 262], "B": [233, 152, 29]}


class ShanghaiTech(Layout):
    """Part A or B (Zhang et al., CVPR 2016) with this project's split; else one by name."""

    looked_for = "ShanghaiTech: train_data/images or test_data/images"

    @classmethod
    def fits(cls, folder: Path) -> bool:
        return any((folder / half / "images").is_dir() for half in HALVES.values())

    @property
    def kind(self) -> str:
        return f"ShanghaiTech {self.letter}" if self.letter else "like ShanghaiTech"

    @cached_property
    def letter(self) -> str:
        """The part, by the folder's name or else by its first pictures; "" for neither.

        Of a part are only pictures that are called as its own.
        """
        named = re.fullmatch(r"part_([AB])(_final)?", self.folder.resolve().name, re.IGNORECASE)
        try:
            half = self._half("train_data")
            if named and _may_be(named[1].upper(), half.pictures):
                return named[1].upper()
            first = [half.annotations[f"IMG_{n}"] for n in (1, 2, 3)]
            counts = [len(read_shanghaitech_points(path)) for path in first]
        except (KeyError, UserError):
            return ""
        return next((part for part, known in FIRST_COUNTS.items() if counts == known), "")

    def halves(self) -> dict[str, Half]:
        return {split: self._half(name) for split, name in HALVES.items()}

    def read(self, _name: str, annotation: Path) -> Points:
        return read_shanghaitech_points(annotation)

    def divide(self, names: Sequence[str]) -> dict[str, list[str]]:
        """Divide by the lists in trainer/splits.

        Names on neither are left out: IMG_121 of part A stands in its test set too.
        """
        if not self.letter:
            return super().divide(names)
        there = set(names)
        return {
            split: [name for name in _listed(self.letter, split) if name in there]
            for split in ("train", "val")
        }

    def _half(self, name: str) -> Half:
        half = self.folder / name
        truth = "ground_truth" if (half / "ground_truth").is_dir() else "ground-truth"
        return Half(
            pictures=pictures_by_name(half / "images"),
            annotations=files_by_name(half / truth, {".mat"}, before="GT_"),
            annotation=f"{name}/{truth}/GT_{{name}}.mat",
        )


def _may_be(letter: str, pictures: Collection[str]) -> bool:
    """Whether one of a train half's pictures is on a part's lists, or there are none at all."""
    listed = {*_listed(letter, "train"), *_listed(letter, "val")}
    return not pictures or not listed.isdisjoint(pictures)


def _listed(letter: str, split: str) -> list[str]:
    name = f"part_{letter}_{split}.txt"
    return (resources.files("trainer") / "splits" / name).read_text("utf-8").split()


def read_shanghaitech_points(path: Path) -> Points:
    """Return the head centres (N, 2) of a ShanghaiTech annotation, in pixels.

    The file's own `number` is left unread: it is stored in 8 bits at places and overflows.
    Raises UserError data-bad-annotation.
    """
    with reading(path):
        return as_points(read_matlab(path)["image_info"][0]["location"])
