"""Several models on one picture, one after the other, as a work in the background."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from crowdgui.window.engines import EngineChoice, Predictors
from models.prediction import Prediction


@dataclass(frozen=True, eq=False)
class Compared:
    """What one model made of the picture, or why it could not."""

    model: str
    prediction: Prediction | None = None
    problem: Exception | None = None


@dataclass(frozen=True, eq=False)
class Maps:
    """The density maps of all models so far, in one scale: equal colours are equal densities.

    `most` is the density that is drawn in full colour, in persons per pixel of the picture.
    """

    images: dict[str, QImage]
    most: float


def compare(
    pixels: NDArray[np.uint8],
    names: list[str],
    known: dict[str, Prediction],
    engine: EngineChoice,
    predictors: Predictors,
) -> Iterator[Compared | Maps]:
    """Yield each model's result as it comes, with all maps drawn anew after it.

    The fast are not kept waiting by the slow: names come in the order in which they should run.
    """
    made = dict(known)
    for name in names:
        try:
            if name not in made:
                made[name] = predictors.get(name, engine).predict(pixels)
            yield Compared(name, made[name])
        except Exception as error:
            yield Compared(name, problem=error)
            continue
        yield _draw({name: made[name] for name in names if name in made})


def _draw(predictions: dict[str, Prediction]) -> Maps:
    from crowdgui.window.viewing.images import density_image
    from models.overlay import full_scale, seen_density

    seen = {name: seen_density(p.density, p.grid) for name, p in predictions.items()}
    most = max(full_scale(cells) for cells in seen.values())
    return Maps({name: density_image(cells, most) for name, cells in seen.items()}, most)
