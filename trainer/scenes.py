"""Rendered scenes as training pictures, kept in the run folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from models.errors import UserError
from models.files import is_file, write_text
from models.picture_files import save_picture
from trainer.datasets import Example
from trainer.layouts.reading import Points, as_points
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

    `first` is the first scene's seed. Raises UserError path-unwritable, path-unreadable, or
    scene-foreign for what others have put in a scene's place.
    """
    for seed in range(first, first + number):
        picture = folder / f"scene_{seed}.jpg"
        truth = folder / f"scene_{seed}.json"
        points = _drawn(picture, truth)
        if points is None:
            points = _draw(seed, picture, truth)
        yield Example(picture.stem, picture, points)


def _drawn(picture: Path, truth: Path) -> Points | None:
    """Return the heads of a scene (N, 2); None where it is missing, empty or cut off.

    Raises UserError path-unreadable or scene-foreign.
    """
    there = is_file(picture) and picture.stat().st_size > 0
    try:
        content = json.loads(truth.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        if there:
            raise UserError("scene-foreign", path=picture) from None
        return None
    except OSError as error:
        raise UserError("path-unreadable", path=truth, reason=error.strerror or error) from error
    except ValueError:
        return None
    if not isinstance(content, list):
        raise UserError("scene-foreign", path=truth)
    try:
        points = as_points(content)
    except (ValueError, TypeError) as error:
        raise UserError("scene-foreign", path=truth) from error
    return points if there else None


def _draw(seed: int, picture: Path, truth: Path) -> Points:
    scene = render_scene(seed)
    # Rounded, a head at the far edge must not leave the picture.
    most = np.array(scene.picture.shape[1::-1]) - 0.01
    rounded = np.minimum(scene.points.round(2), most)
    # The truth first: what an end between them leaves is known as a scene's.
    write_text(truth, json.dumps(rounded.tolist()))
    try:
        save_picture(picture, scene.picture)
    except BaseException:
        # A full disk, or Ctrl-C: a data set with a truth and no picture could not be read.
        truth.unlink(missing_ok=True)
        raise
    return rounded.astype(np.float32)
