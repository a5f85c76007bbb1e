"""Small data sets written to a folder, and what is read from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat

from models.errors import UserError
from trainer.datasets import DataSet

Rows = Sequence[Sequence[float]]


def save_picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (64, 48)).save(path)
    return path


def write(path: Path, content: object) -> Path:
    """Write text as it is and anything else as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def points_of(data: DataSet, split: str = "all") -> dict[str, list[list[float]]]:
    found = {}
    for example in data.examples(split):
        assert example.heads.dtype == np.float32
        assert example.heads.shape == (len(example.heads), 2)
        found[example.name] = example.heads.tolist()
    return found


def code_of(data: DataSet, split: str = "all") -> tuple[str, str]:
    """Return the code of the error that the examples raise, and its sentence."""
    with pytest.raises(UserError) as caught:
        data.examples(split)
    return caught.value.code, str(caught.value)


def add_ucf(folder: Path, name: str, points: Rows, suffix: str = ".jpg") -> None:
    save_picture(folder / f"{name}{suffix}")
    values = np.array(points, float).reshape(-1, 2)
    savemat(folder / f"{name}_ann.mat", {"annPoints": values}, do_compression=True)


def add_nwpu(folder: Path, split: str, name: str, points: Rows | None) -> None:
    save_picture(folder / "images" / f"{name}.jpg")
    (folder / "jsons").mkdir(exist_ok=True)
    if points is not None:
        facts = {"img_id": f"{name}.jpg", "human_num": 7, "points": points, "boxes": []}
        write(folder / "jsons" / f"{name}.json", facts)
    with (folder / f"{split}.txt").open("a") as names:
        names.write(f"{name} 1 0\n")


def add_jhu(folder: Path, split: str, name: str, text: str) -> None:
    save_picture(folder / split / "images" / f"{name}.jpg")
    write(folder / split / "gt" / f"{name}.txt", text)


def coco(images: Sequence[str], boxes: Sequence[tuple[int, list[float], int, int]]) -> Any:
    """Return a COCO file's content; a box is image, bbox, category, iscrowd."""
    return {
        "images": [{"id": n, "file_name": name} for n, name in enumerate(images)],
        "annotations": [
            {"id": n, "image_id": image, "bbox": bbox, "category_id": category, "iscrowd": crowd}
            for n, (image, bbox, category, crowd) in enumerate(boxes)
        ],
        "categories": [{"id": 1, "name": "person"}, {"id": 2, "name": "Head"},
                       {"id": 3, "name": "car"}],
    }  # fmt: skip
