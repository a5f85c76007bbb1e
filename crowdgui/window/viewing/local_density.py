"""How many people are near a point of the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.regions import count_in_rectangle

SIDE = 64


def persons_near(
    density: NDArray[np.float32], size: tuple[int, int], x: float, y: float, side: int = SIDE
) -> float:
    """Return the persons in a square of `side` pixels about (x, y) of a picture of (W, H) pixels.

    A cell that lies in the square by a part counts by that part.
    """
    half = side / 2
    return count_in_rectangle(density, size, x - half, y - half, x + half, y + half)
