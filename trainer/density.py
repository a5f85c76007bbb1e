"""Head points to density targets whose sum is the number of heads inside the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.grid import Grid

Density = NDArray[np.float32]
# Kernels are cut here, as in the public Gaussian targets of SFANet and MCNN; the rest is
# renormalised, so no mass is lost.
TRUNCATE = 3.0
# This part of the mean distance to the nearest heads is a kernel's sigma, as published.
BETA = 0.3


def inside(points: NDArray[np.float32], width: int, height: int) -> NDArray[np.float32]:
    """Return the points (N, 2) that lie inside a picture of width x height pixels."""
    x, y = points[:, 0], points[:, 1]
    return points[(x >= 0) & (x < width) & (y >= 0) & (y < height)]


def points_map(points: NDArray[np.float32], width: int, height: int, stride: int) -> Density:
    """Sum points into cells of `stride` pixels: float32 (ceil(height / stride), ...)."""
    density = np.zeros((-(-height // stride), -(-width // stride)), np.float32)
    points = inside(points, width, height)
    cells = (points // stride).astype(np.int64)
    np.add.at(density, (cells[:, 1], cells[:, 0]), 1.0)
    return density


def gaussian_map(
    points: NDArray[np.float32], sigmas: NDArray[np.float32], width: int, height: int, stride: int
) -> Density:
    """Spread every point over a Gaussian of its own sigma (pixels), then sum into cells.

    Each kernel is normalised over the part of it inside the picture, so the sum of the map is
    the number of points inside. A cell's share of a kernel is the kernel's integral over it,
    which equals sum pooling of the full-size map.
    """
    density = np.zeros((-(-height // stride), -(-width // stride)), np.float32)
    keep = (points >= 0).all(axis=1) & (points[:, 0] < width) & (points[:, 1] < height)
    for (x, y), sigma in zip(points[keep], sigmas[keep], strict=True):
        left, across = _shares(float(x), float(sigma), width, stride)
        top, down = _shares(float(y), float(sigma), height, stride)
        density[top : top + len(down), left : left + len(across)] += np.outer(down, across)
    return density


def adaptive_sigmas(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a sigma per head: BETA times the mean distance to its 3 nearest heads (pixels).

    Geometry-adaptive kernels of Zhang et al. (CVPR 2016, section 2.2), but held within 1 to 15. A
    lone head gets 15.
    """
    if len(points) < 2:
        return np.full(len(points), 15.0, np.float32)
    neighbours = min(4, len(points))
    # Needed by this alone; whoever only counts does without scipy.
    from scipy.spatial import KDTree

    distances = np.asarray(KDTree(points).query(points, k=neighbours)[0])
    sigmas: NDArray[np.float32] = (BETA * distances[:, 1:].mean(axis=1)).astype(np.float32)
    return np.clip(sigmas, 1.0, 15.0)


def masses(
    density: Density, grid: Grid, columns: NDArray[np.float64], rows: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the mass of a map between each two of some places of its picture, in pixels.

    A cell's mass lies evenly over the part of it that is in the picture (differences of the
    integral image).
    """
    height, width = density.shape
    integral = np.zeros((height + 1, width + 1), np.float64)
    integral[1:, 1:] = density.cumsum(0, dtype=np.float64).cumsum(1)
    down = np.interp(rows, grid.rows(height), np.arange(height + 1))
    across = np.interp(columns, grid.columns(width), np.arange(width + 1))
    corners = _between(_between(integral, down).T, across).T
    return np.diff(np.diff(corners, axis=0), axis=1)


def _between(values: NDArray[np.float64], positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Interpolate the rows of `values` (n, m) linearly at positions from 0 to n - 1."""
    low = np.minimum(positions.astype(np.int64), max(len(values) - 2, 0))
    share = (positions - low)[:, None]
    mixed: NDArray[np.float64] = values[low] * (1 - share) + values[low + 1] * share
    return mixed


def _shares(centre: float, sigma: float, length: int, stride: int) -> tuple[int, Density]:
    """Return the first cell a 1-D kernel touches and its share in each cell, summing to 1."""
    low = max(int((centre - TRUNCATE * sigma) // stride), 0)
    high = min(int((centre + TRUNCATE * sigma) // stride) + 1, -(-length // stride))
    edges = np.clip(np.arange(low, high + 1) * stride, 0, length)
    pixels = np.arange(edges[0], edges[-1]) + 0.5
    kernel = np.exp(-0.5 * ((pixels - centre) / sigma) ** 2)
    shares = np.add.reduceat(kernel, (edges[:-1] - edges[0]).astype(np.int64))
    return low, (shares / shares.sum()).astype(np.float32)
