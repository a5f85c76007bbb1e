"""Counted pictures as Qt draws them, made in a thread as large as they will be seen."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from models.overlay import COLOUR_MAPS, colour_levels, colour_table, full_scale, seen_density
from models.prediction import Prediction


def fitted(size: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the largest (W, H) of a picture's shape within a room; at least a pixel each way."""
    scale = min(room[0] / size[0], room[1] / size[1])
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def live_image(
    picture: NDArray[np.uint8],
    prediction: Prediction,
    room: tuple[int, int],
    opacity: float,
    colour_map: str,
) -> QImage:
    """Return an RGB picture (H, W, 3) fitted into a room of pixels, its density map above it.

    `opacity` from 0 (no map) to 1. Nearly all of it runs without Python's lock.
    """
    size = fitted((picture.shape[1], picture.shape[0]), room)
    smaller = size[0] < picture.shape[1]
    method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    drawn = np.asarray(cv2.resize(picture, size, interpolation=method), np.uint8)
    if opacity > 0:
        drawn = _mixed(drawn, prediction, opacity, colour_map)
    pixels = np.ascontiguousarray(cv2.cvtColor(drawn, cv2.COLOR_RGB2BGRA))
    shared = QImage(pixels.data, size[0], size[1], 4 * size[0], QImage.Format.Format_RGB32)
    # An owned copy; `shared` must not outlive `pixels`.
    return shared.copy()


def _mixed(
    under: NDArray[np.uint8], prediction: Prediction, opacity: float, colour_map: str
) -> NDArray[np.uint8]:
    """Lay the density map over a picture of any size."""
    seen = seen_density(prediction.density, prediction.grid)
    level = colour_levels(seen, full_scale(seen))
    table = _table(colour_map)[level].astype(np.float32)
    cover = table[..., 3:] * (opacity / 255)
    colours = (table[..., :3] * cover).astype(np.uint8)
    clear = np.repeat((255 * (1 - cover)).astype(np.uint8), 3, axis=2)
    size = (under.shape[1], under.shape[0])
    above = cv2.resize(colours, size, interpolation=cv2.INTER_LINEAR)
    through = cv2.resize(clear, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.add(cv2.multiply(under, through, scale=1 / 255), above), np.uint8)


@lru_cache
def _table(colour_map: str) -> NDArray[np.uint8]:
    name = colour_map if colour_map in COLOUR_MAPS else next(iter(COLOUR_MAPS))
    return colour_table(name)
