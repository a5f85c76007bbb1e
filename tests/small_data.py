"""Small data sets for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.io import savemat


def write_annotation(path: Path, points: Sequence[Sequence[float]]) -> None:
    """Save points as ShanghaiTech does, with its `number` overflowing in 8 bits."""
    record = np.empty((1, 1), dtype=object)
    fields = np.empty((1, 1), dtype=[("location", object), ("number", object)])
    fields[0, 0] = (np.array(points, float).reshape(-1, 2), np.uint8(len(points) % 256))
    record[0, 0] = fields
    path.parent.mkdir(parents=True, exist_ok=True)
    savemat(path, {"image_info": record})


def make_part(folder: Path, names: Sequence[str], truth: str = "ground-truth") -> Path:
    """Make a ShanghaiTech part of black pictures with 1, 2, 3, … heads; returns its folder."""
    for n, name in enumerate(names):
        picture = folder / "train_data" / "images" / f"{name}.jpg"
        picture.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (64, 48)).save(picture)
        points = [[i % 64, i % 48] for i in range(n + 1)]
        write_annotation(folder / "train_data" / truth / f"GT_{name}.mat", points)
    return folder
