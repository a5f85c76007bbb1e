"""How many people are near a point of the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIDE = 64


def persons_near(
    density: NDArray[np.float32], size: tuple[int, int], x: float, y: float, side: int = SIDE
) -> float:
    """Return the persons in a square of `side` pixels about (x, y) of a picture of (W, H) pixels.

    A cell that lies in the square by a part counts by that part.
    """
    rows = _shares(density.shape[0], size[1], y - side / 2, y + side / 2)
    columns = _shares(density.shape[1], size[0], x - side / 2, x + side / 2)
    row, column = rows.nonzero()[0], columns.nonzero()[0]
    if not row.size or not column.size:
        return 0.0
    part = density[row[0] : row[-1] + 1, column[0] : column[-1] + 1]
    return float(rows[row[0] : row[-1] + 1] @ part @ columns[column[0] : column[-1] + 1])


def _shares(cells: int, length: int, low: float, high: float) -> NDArray[np.float64]:
    """Return how much of each cell of an axis of `length` pixels lies between low and high."""
    edges = np.arange(cells + 1) * (length / cells)
    inside = np.clip(np.minimum(edges[1:], high) - np.maximum(edges[:-1], low), 0, None)
    return np.asarray(inside * (cells / length))
