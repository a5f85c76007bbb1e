"""One validation picture as truth, teacher and student see it, for whoever watches a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.files import replacing
from models.pictures import read_picture
from models.predictor import Predictor
from trainer.datasets import Example
from trainer.density import Density, masses, points_map
from trainer.runs import PREVIEW_FILE

if TYPE_CHECKING:
    # Who only looks at previews needs no torch.
    from trainer.teacher import Teacher

# The side in pixels of the cells of the truth and of what the teachers see together.
CELL = 8


def preview_example(examples: Sequence[Example]) -> Example | None:
    """Return the picture with the median number of people, always the same of a set."""
    ordered = sorted(examples, key=lambda example: (len(example.heads), example.name))
    return ordered[len(ordered) // 2] if ordered else None


def write_preview(
    folder: Path, example: Example, predictor: Predictor, teachers: Sequence[Teacher]
) -> str:
    """Write `picture` (its path) and the maps `truth`, `student` and, if any, `teacher`.

    All are float32 in persons per cell, each on a grid of its own. Returns the file's name in
    `folder`. Raises UserError path-unwritable.
    """
    picture = read_picture(example.picture)
    height, width = picture.shape[:2]
    maps = {
        "truth": points_map(example.heads, width, height, CELL),
        "student": predictor.predict(picture).density,
    }
    if teachers:
        maps["teacher"] = _taught(teachers, example.picture, (width, height))
    with replacing(folder / PREVIEW_FILE) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, picture=np.array(str(example.picture)), **maps)  # type: ignore[arg-type]
    return PREVIEW_FILE


def _taught(teachers: Sequence[Teacher], picture: Path, size: tuple[int, int]) -> Density:
    """Return the mean of the teachers' maps, whatever their strides."""
    columns, rows = (np.append(np.arange(0.0, length, CELL), float(length)) for length in size)
    maps = [masses(t.density(picture), t.grid(*size), columns, rows) for t in teachers]
    taught: Density = np.mean(maps, axis=0).astype(np.float32)
    return taught
