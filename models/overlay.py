"""The density map drawn over its picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from models.pictures import row_bands

# Persons per pixel below which full colour is never reached: noise in an empty picture stays dim.
FLOOR = 0.0015


def colour_table() -> NDArray[np.uint8]:
    """Return the colours of densities 0..255 as (256, 4) RGBA, transparent near zero.

    Inferno's upper part: readable by the colour-blind, and bright against most pictures.
    """
    ramp = np.linspace(70, 255, 256).astype(np.uint8)
    colours = cv2.cvtColor(cv2.applyColorMap(ramp, cv2.COLORMAP_INFERNO), cv2.COLOR_BGR2RGB)
    # The lowest densities are noise: they leave the picture as clear as it is.
    opacity = np.clip((np.linspace(0, 1, 256) - 0.06) / 0.34, 0, 1) * 255
    return np.column_stack([colours.reshape(256, 3), opacity.astype(np.uint8)])


def full_scale(density: NDArray[np.float32], size: tuple[int, int]) -> float:
    """Return the density per cell that is drawn in full colour, for a picture of (W, H) pixels."""
    cell = size[0] * size[1] / density.size
    return max(float(np.percentile(density, 99.5)), FLOOR * cell)


def draw_overlay(
    picture: NDArray[np.uint8], density: NDArray[np.float32], opacity: float = 0.7
) -> NDArray[np.uint8]:
    """Return the picture (H, W, 3) with the density map over it; `opacity` from 0 to 1."""
    height, width = picture.shape[:2]
    level = np.clip(density / full_scale(density, (width, height)) * 255, 0, 255).astype(np.uint8)
    table = colour_table()
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
