"""The density map drawn over its picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

# Persons per pixel below which full colour is never reached: noise in an empty picture stays dim.
FLOOR = 0.0015


def colour_table() -> NDArray[np.uint8]:
    """Return the colours of densities 0..255 as (256, 4) RGBA, transparent at zero.

    Inferno's upper part: readable by the colour-blind, and bright against most pictures.
    """
    ramp = np.linspace(70, 255, 256).astype(np.uint8)
    colours = cv2.cvtColor(cv2.applyColorMap(ramp, cv2.COLORMAP_INFERNO), cv2.COLOR_BGR2RGB)
    opacity = np.clip(np.linspace(0, 3.0, 256), 0, 1) * 255
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
    coloured = colour_table()[level]
    large = cv2.resize(coloured, (width, height), interpolation=cv2.INTER_LINEAR)
    alpha = large[..., 3:].astype(np.float32) * (opacity / 255)
    mixed = picture + (large[..., :3].astype(np.float32) - picture) * alpha
    return np.asarray(mixed.round(), np.uint8)
