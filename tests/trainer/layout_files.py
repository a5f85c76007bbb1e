"""Small data sets written to a folder, and what is read from them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.errors import UserError
from trainer.datasets import DataSet


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
