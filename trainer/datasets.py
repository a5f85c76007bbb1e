"""Annotated crowds on disk: which layout a folder has, and its pictures with their heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.io import loadmat
from scipy.io.matlab import MatReadError

from models.errors import UserError
from models.pictures import PICTURE_SUFFIXES, natural_key

Points = NDArray[np.float32]
SPLITS = ("train", "val", "test", "all")


@dataclass(frozen=True, eq=False)
class Example:
    """A picture file and the head centres in it: (N, 2) float32, x then y, in pixels."""

    name: str
    picture: Path
    points: Points


@dataclass(frozen=True)
class ShanghaiTechPart:
    """Part A or B of ShanghaiTech (Zhang et al., CVPR 2016), with the project's own splits."""

    folder: Path
    letter: str

    def examples(self, split: str) -> list[Example]:
        """Return the examples of a split: train, val, test or all (train and val).

        Train and val divide `train_data` by the lists in trainer/splits; pictures on neither
        list (one of part A stands in the test set too) are left out. Raises UserError
        split-empty, data-no-annotation, data-no-picture or data-bad-annotation.
        """
        half = self.folder / ("test_data" if split == "test" else "train_data")
        found = {path.stem: path for path in _pictures(half / "images")}
        if split == "test":
            names: Sequence[str] = sorted(found, key=natural_key)
        else:
            parts = ("train", "val") if split == "all" else (split,)
            names = [name for part in parts for name in self._listed(part) if name in found]
        if not names:
            raise UserError("split-empty", path=self.folder, split=split, splits=", ".join(SPLITS))
        truth = _truth_folder(half)
        self._check_pairs(found, truth)
        return [
            Example(name, found[name], read_shanghaitech_points(truth / f"GT_{name}.mat"))
            for name in names
        ]

    def _listed(self, split: str) -> list[str]:
        name = f"part_{self.letter}_{split}.txt"
        return (resources.files("trainer") / "splits" / name).read_text("utf-8").split()

    def _check_pairs(self, found: dict[str, Path], truth: Path) -> None:
        annotated = {file.stem.removeprefix("GT_"): file for file in truth.glob("GT_*.mat")}
        for name in sorted(found.keys() - annotated.keys(), key=natural_key):
            expected = truth / f"GT_{name}.mat"
            raise UserError("data-no-annotation", path=found[name], expected=expected)
        for name in sorted(annotated.keys() - found.keys(), key=natural_key):
            wanted = f"{name}.jpg in the images folder"
            raise UserError("data-no-picture", path=annotated[name], expected=wanted)


def recognise(folder: Path) -> ShanghaiTechPart:
    """Return the data set that a folder holds, by looking at its layout.

    Raises UserError path-missing or data-unknown.
    """
    if not folder.is_dir():
        raise UserError("path-missing", path=folder)
    letter = re.fullmatch(r"part_([AB])(_final)?", folder.resolve().name)
    halves = [folder / "train_data" / "images", folder / "test_data" / "images"]
    if letter and any(half.is_dir() for half in halves):
        return ShanghaiTechPart(folder, letter[1])
    looked_for = (
        "ShanghaiTech: a folder part_A or part_B with train_data/images or test_data/images"
    )
    raise UserError("data-unknown", path=folder, looked_for=looked_for)


def read_shanghaitech_points(path: Path) -> Points:
    """Return the head centres (N, 2) of a ShanghaiTech annotation.

    The file's own `number` is left unread: it is stored in 8 bits at places and overflows.
    Raises UserError data-bad-annotation.
    """
    try:
        points = loadmat(path)["image_info"][0, 0][0, 0][0]
        return np.asarray(points, np.float32).reshape(-1, 2)
    except (OSError, MatReadError, KeyError, IndexError, ValueError, TypeError) as error:
        raise UserError("data-bad-annotation", path=path, reason=error) from error


def _truth_folder(half: Path) -> Path:
    for name in ("ground-truth", "ground_truth"):
        if (half / name).is_dir():
            return half / name
    raise UserError("data-no-annotation", path=half, expected="a folder called ground-truth")


def _pictures(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES]
