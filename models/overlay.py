"""The density map drawn over its picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from models.grid import Edges, Grid
from models.pictures import row_bands

# Persons per pixel below which full colour is never reached: noise in an empty picture stays dim.
FLOOR = 0.0015
# Some networks put a person into a single cell, smaller than a head. Each is drawn as wide as a
# person sees it, in parts of the picture's short side.
SPREAD = 0.01
# Cells along the short side; of a spread map more would show nothing new.
FINEST = 256


# The first is used when nobody chooses. All but the last are readable by the colour-blind.
COLOUR_MAPS = {
    "inferno": cv2.COLORMAP_INFERNO,
    "viridis": cv2.COLORMAP_VIRIDIS,
    "cividis": cv2.COLORMAP_CIVIDIS,
    "turbo": cv2.COLORMAP_TURBO,
}


def colour_table(colour_map: str = "inferno") -> NDArray[np.uint8]:
    """Return the colours of densities 0..255 as (256, 4) RGBA, transparent near zero.

    The upper part of a colour map: bright against most pictures. Raises KeyError for an unknown
    name.
    """
    ramp = np.linspace(70, 255, 256).astype(np.uint8)
    found = cv2.applyColorMap(ramp, COLOUR_MAPS[colour_map])
    colours = cv2.cvtColor(found, cv2.COLOR_BGR2RGB)
    # The lowest densities are noise: they leave the picture as clear as it is.
    opacity = np.clip((np.linspace(0, 1, 256) - 0.12) / 0.34, 0, 1) * 255
    return np.column_stack([colours.reshape(256, 3), opacity.astype(np.uint8)])


def seen_density(density: NDArray[np.float32], grid: Grid) -> NDArray[np.float32]:
    """Return the map as it is stretched evenly over its picture, in persons per pixel.

    Persons are spread by SPREAD, none is lost; the result has no more cells than is seen.
    """
    height, width = density.shape
    cells = _evened(density, grid.rows(height))
    cells = _evened(cells.T, grid.columns(width)).T
    cells = cells * np.float32(density.size / (grid.size[0] * grid.size[1]))
    less = FINEST / min(height, width)
    if less < 1:
        fewer = (round(width * less), round(height * less))
        cells = np.asarray(cv2.resize(cells, fewer, interpolation=cv2.INTER_AREA), np.float32)
    sigma = SPREAD * min(cells.shape)
    return np.asarray(
        cv2.GaussianBlur(cells, (0, 0), sigma, borderType=cv2.BORDER_REFLECT), np.float32
    )


def _evened(cells: NDArray[np.float32], edges: Edges) -> NDArray[np.float32]:
    """Return as many rows of one height: everybody stays in place, and nobody is lost.

    The last of the rows given ends where the picture does, so those of one height are lower than
    the others: what of a row is not in the one of its number is in the next.
    """
    ends = np.linspace(edges[0], edges[-1], len(edges))[1:]
    stay = ((ends - edges[:-1]) / np.diff(edges)).astype(np.float32)[:, None]
    if np.allclose(stay, 1):
        return cells
    further = cells * (1 - stay)
    evened = cells - further
    evened[1:] += further[:-1]
    return evened


def full_scale(seen: NDArray[np.float32]) -> float:
    """Return the persons per pixel that are drawn in full colour."""
    return max(float(np.percentile(seen, 99.5)), FLOOR)


def colour_levels(seen: NDArray[np.float32], full: float) -> NDArray[np.uint8]:
    """Return the place of each density in the colour table; `full` is 255.

    The square root: a person who stands alone is seen beside a crowd of many times the density.
    """
    return np.asarray(np.rint(np.sqrt(np.clip(seen / full, 0, 1)) * 255), np.uint8)


def draw_overlay(
    picture: NDArray[np.uint8],
    density: NDArray[np.float32],
    grid: Grid,
    opacity: float = 0.7,
    colour_map: str = "inferno",
) -> NDArray[np.uint8]:
    """Return the picture (H, W, 3) with its density map over it; `opacity` from 0 to 1."""
    height, width = picture.shape[:2]
    seen = seen_density(density, grid)
    level = colour_levels(seen, full_scale(seen))
    table = colour_table(colour_map)
    cover = _enlarged(table[:, 3], level, (width, height))
    drawn = np.empty_like(picture)
    # One colour after the other: all four planes at once would be larger than the picture.
    for channel in range(3):
        colour = _enlarged(table[:, channel], level, (width, height))
        _mix(picture[..., channel], colour, cover, opacity, drawn[..., channel])
        del colour  # before the next is made
    return drawn


def _mix(
    under: NDArray[np.uint8],
    colour: NDArray[np.uint8],
    cover: NDArray[np.uint8],
    opacity: float,
    out: NDArray[np.uint8],
) -> None:
    """Lay a plane of colour over one of the picture, in bands: floats are four times as large."""
    for rows in row_bands(*under.shape):
        alpha = cover[rows].astype(np.float32) * (opacity / 255)
        mixed = under[rows] + (colour[rows].astype(np.float32) - under[rows]) * alpha
        out[rows] = mixed.round()


def _enlarged(
    values: NDArray[np.uint8], level: NDArray[np.uint8], size: tuple[int, int]
) -> NDArray[np.uint8]:
    """Look each cell's level up among 256 values, and stretch the cells to (W, H) pixels."""
    return np.asarray(cv2.resize(values[level], size, interpolation=cv2.INTER_LINEAR), np.uint8)
