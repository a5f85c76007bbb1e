"""Rendered scenes as training pictures, kept in the run folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from models.files import write_text
from models.picture_files import save_picture
from trainer.datasets import Example
from trainer.layouts.reading import Points
from trainer.synthetic import render_scene

# Training draws scenes from here on; the demo scene and those that figures are quoted on lie below.
FIRST_TRAINING_SEED = 10_000
# Those of the data set that anyone can draw: the shipped models were trained on the ones above, and
# what is measured on a set must not be what a model was trained on.
FIRST_SET_SEED = 20_000


def training_scenes(folder: Path, number: int) -> list[Example]:
    """Return `number` rendered scenes with their heads, drawing those not yet in `folder`."""
    return list(draw_scenes(folder, number, FIRST_TRAINING_SEED))


def set_folder(number: int) -> Path:
    """Return where the data set of `number` rendered scenes is kept, drawn or not."""
    return user_cache_path("crowdgui", appauthor=False) / f"scene-set-{number}"


def scene_set(number: int = 48) -> Path:
    """Return a folder with `number` rendered scenes as own data, kept in the user's cache.

    It is a data set like any other, for who has none at hand. Raises UserError path-unwritable.
    """
    folder = set_folder(number)
    list(draw_scenes(folder, number))
    return folder


def draw_scenes(folder: Path, number: int, first: int = FIRST_SET_SEED) -> Iterator[Example]:
    """Yield `number` rendered scenes, each drawn when it is asked for and not whole in `folder`.

    `first` is the first scene's seed. Raises UserError path-unwritable.
    """
    for seed in range(first, first + number):
        picture = folder / f"scene_{seed}.jpg"
        truth = folder / f"scene_{seed}.json"
        points = _read_points(truth) if picture.exists() else None
        if points is None:
            scene = render_scene(seed)
            save_picture(picture, scene.picture)
            # Rounded, a head at the far edge must not leave the picture.
            most = np.array(scene.picture.shape[1::-1]) - 0.01
            rounded = np.minimum(scene.points.round(2), most)
            write_text(truth, json.dumps(rounded.tolist()))
            points = rounded.astype(np.float32)
        yield Example(picture.stem, picture, points)


def _read_points(truth: Path) -> Points | None:
    """Return the heads of a scene (N, 2); None where they are missing or damaged."""
    try:
        points = np.array(json.loads(truth.read_text("utf-8")), np.float32).reshape(-1, 2)
    except (OSError, ValueError, TypeError):
        return None
    return points if np.isfinite(points).all() else None
