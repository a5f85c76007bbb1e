"""How many people are near a point of the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.grid import Grid
from models.regions import count_in_rectangle

SIDE = 64


def persons_near(
    density: NDArray[np.float32], grid: Grid, x: float, y: float, side: int = SIDE
) -> float:
    """Return the persons in a square of `side` pixels about a point of the picture.

    A cell that lies in the square by a part counts by that part.
    """
    half = side / 2
    return count_in_rectangle(density, grid, x - half, y - half, x + half, y + half)
