"""The one result that goes everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.grid import Grid


@dataclass(frozen=True, eq=False)
class Prediction:
    """A count and where it comes from.

    `density`: float32 (h, w), persons per cell; its sum is `count`. `seconds`: preprocessing,
    network and postprocessing of this picture, warm-up left out. `grid`: where the cells lie in
    the picture.
    """

    count: float
    density: NDArray[np.float32]
    seconds: float
    model: str
    engine: str
    precision: str
    grid: Grid

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return self.grid.size
