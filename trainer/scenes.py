"""Rendered scenes as training pictures, kept in the run folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from models.files import replacing
from trainer.datasets import Example
from trainer.synthetic import render_scene

# Training draws scenes from here on; the demo scene and those that figures are quoted on lie below.
FIRST_TRAINING_SEED = 10_000


def training_scenes(folder: Path, number: int) -> list[Example]:
    """Return `number` rendered scenes with their heads, drawing those not yet in `folder`."""
    seeds = range(FIRST_TRAINING_SEED, FIRST_TRAINING_SEED + number)
    return list(_scenes(folder, seeds))


def _scenes(folder: Path, seeds: Iterable[int]) -> Iterable[Example]:
    for seed in seeds:
        picture = folder / f"scene_{seed}.jpg"
        truth = folder / f"scene_{seed}.json"
        if not truth.exists():
            scene = render_scene(seed)
            with replacing(picture) as temporary:
                Image.fromarray(scene.picture).save(temporary, format="JPEG", quality=95)
            with replacing(truth) as temporary:
                temporary.write_text(json.dumps(scene.points.round(2).tolist()), "utf-8")
        points = np.array(json.loads(truth.read_text("utf-8")), np.float32).reshape(-1, 2)
        yield Example(picture.stem, picture, points)
