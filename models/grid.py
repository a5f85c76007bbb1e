"""Where the cells of a density map lie in its picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.header import Header

Edges = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Width and height of a picture (`size`) and of a cell of its map (`cell`), both in pixels.

    A picture need not be whole cells wide or high: its last ones end where it does.
    """

    size: tuple[int, int]
    cell: tuple[float, float]

    def columns(self, number: int) -> Edges:
        """Return where a map's columns begin, and where the last one ends: (number + 1,)."""
        return _edges(number, self.size[0], self.cell[0])

    def rows(self, number: int) -> Edges:
        """Return where a map's rows begin, and where the last one ends: (number + 1,)."""
        return _edges(number, self.size[1], self.cell[1])

    def stretched(self, width: int, height: int) -> Grid:
        """Return the same cells over the same picture in another size."""
        cell = self.cell[0] * width / self.size[0], self.cell[1] * height / self.size[1]
        return Grid((width, height), cell)


def grid_of(header: Header, width: int, height: int) -> Grid:
    """Return the grid of the map that a model gives of a picture."""
    seen = header.scale_rule.size(width, height)
    cell = header.stride * width / seen[0], header.stride * height / seen[1]
    return Grid((width, height), cell)


def _edges(number: int, length: int, cell: float) -> Edges:
    edges: Edges = np.minimum(np.arange(number + 1) * cell, length)
    edges[-1] = length
    return edges
