"""How many people are in a part of a picture: the cells of the density map by their share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.grid import Edges, Grid

Corner = tuple[float, float]


def count_in_rectangle(
    density: NDArray[np.float32], grid: Grid, left: float, top: float, right: float, bottom: float
) -> float:
    """Return the persons between four lines, in pixels of the picture.

    A cell that lies inside by a part counts by that part; what is beyond the picture is nobody.
    """
    rows = _shares(grid.rows(density.shape[0]), top, bottom)
    columns = _shares(grid.columns(density.shape[1]), left, right)
    row, column = rows.nonzero()[0], columns.nonzero()[0]
    if not row.size or not column.size:
        return 0.0
    part = density[row[0] : row[-1] + 1, column[0] : column[-1] + 1]
    return float(rows[row[0] : row[-1] + 1] @ part @ columns[column[0] : column[-1] + 1])


def count_in_polygon(density: NDArray[np.float32], grid: Grid, corners: Sequence[Corner]) -> float:
    """Return the persons inside a polygon, given in pixels of the picture.

    A cell that lies inside by a part counts by that part, so regions side by side sum to the
    whole. Of a polygon that crosses itself every cell inside counts once; on its outline parts
    of a cell cancel where it runs round them in opposite directions, and add up where it runs
    round them twice, to the whole cell at most.
    """
    part, cover = _part_covered(corners, (density.shape[0], density.shape[1]), grid)
    return float((cover * density[part]).sum(dtype=np.float64))


def coverage(corners: Sequence[Corner], shape: tuple[int, int], grid: Grid) -> NDArray[np.float64]:
    """Return the share of each cell, 0 to 1, that lies inside a polygon: (h, w)."""
    whole = np.zeros(shape)
    part, cover = _part_covered(corners, shape, grid)
    whole[part] = cover
    return whole


def _part_covered(
    corners: Sequence[Corner], shape: tuple[int, int], grid: Grid
) -> tuple[tuple[slice, slice], NDArray[np.float64]]:
    """Return the rows and columns that a polygon reaches, and the share of each of their cells.

    Every edge is cut where it crosses the grid; each piece adds the area to its right, signed by
    its direction, and sums along the rows give the area inside.
    """
    points = np.asarray(corners, np.float64).reshape(-1, 2)
    rows, columns = grid.rows(shape[0]), grid.columns(shape[1])
    down, across = _reached(rows, points[:, 1]), _reached(columns, points[:, 0])
    rows, columns = rows[down.start : down.stop + 1], columns[across.start : across.stop + 1]
    area = np.zeros((len(rows) - 1, len(columns)))
    for start, end in zip(points, np.roll(points, -1, axis=0), strict=True):
        _add_edge(area, start, end, columns, rows)
    inside = np.cumsum(area, axis=1)[:, :-1]
    return (down, across), np.asarray(np.clip(np.abs(inside), 0.0, 1.0))


def _reached(edges: Edges, points: NDArray[np.float64]) -> slice:
    """Return the cells of an axis that points, and what is between them, lie in: at least one."""
    if not points.size:
        return slice(0, 1)
    last = len(edges) - 1
    start = np.searchsorted(edges, points.min(), "right") - 1
    start = min(max(int(start), 0), last - 1)
    stop = int(np.searchsorted(edges, points.max(), "right"))
    return slice(start, min(max(stop, start + 1), last))


def _add_edge(
    area: NDArray[np.float64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    columns: Edges,
    rows: Edges,
) -> None:
    height, width = area.shape[0], area.shape[1] - 1
    cuts = [np.array([0.0, 1.0])]
    for axis, edges in enumerate((columns, rows)):
        low, high = sorted((start[axis], end[axis]))
        # None where the edge is as good as level: such a step divides nothing.
        crossed = edges[(edges > low) & (edges < high)]
        if crossed.size:
            cuts.append((crossed - start[axis]) / (end[axis] - start[axis]))
    along = np.unique(np.concatenate(cuts))
    # In cells from here on. What lies beyond the picture is moved to its border: left of it an
    # edge has all of the row to its right, right of it nothing, above and below it has no height.
    x = np.interp(start[0] + along * (end[0] - start[0]), columns, np.arange(width + 1))
    y = np.interp(start[1] + along * (end[1] - start[1]), rows, np.arange(height + 1))
    middle_x, middle_y = (x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2
    rise = np.diff(y)
    row, column = np.floor(middle_y).astype(int), np.floor(middle_x).astype(int)
    keep = (row < height) & (column < width)
    row, column, rise = row[keep], column[keep], rise[keep]
    right = middle_x[keep] - column
    np.add.at(area, (row, column), rise * (1 - right))
    np.add.at(area, (row, column + 1), rise * right)


def _shares(edges: Edges, low: float, high: float) -> NDArray[np.float64]:
    """Return how much of each cell of an axis lies between low and high, in pixels."""
    inside = np.clip(np.minimum(edges[1:], high) - np.maximum(edges[:-1], low), 0, None)
    return np.asarray(inside / np.diff(edges))
