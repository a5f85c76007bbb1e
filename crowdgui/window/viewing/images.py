"""Pictures and density maps as Qt draws them; made in a thread, imports what is heavy."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from models.overlay import COLOUR_MAPS, colour_levels, colour_table

# The smallest level is about as large as a small window; below that nothing is gained.
SMALLEST_LEVEL = 800


def picture_levels(pixels: NDArray[np.uint8]) -> tuple[QImage, ...]:
    """Return the picture for Qt, whole and halved again and again.

    Drawn small, a large picture would flicker: Qt looks at four pixels only.
    """
    levels = [pixels]
    while max(levels[-1].shape[:2]) > 2 * SMALLEST_LEVEL:
        height, width = levels[-1].shape[:2]
        half = cv2.resize(
            levels[-1], (max(width // 2, 1), max(height // 2, 1)), interpolation=cv2.INTER_AREA
        )
        levels.append(np.asarray(half, np.uint8))
    return tuple(rgb_image(level) for level in levels)


def rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)


def density_image(density: NDArray[np.float32], scale: float) -> QImage:
    """Return the density map as levels 0 to 255, a pixel a cell; density `scale` is 255."""
    level = np.ascontiguousarray(colour_levels(density, scale))
    height, width = level.shape
    shared = QImage(level.data, width, height, width, QImage.Format.Format_Indexed8)
    # An owned copy; `shared` must not outlive `level`.
    return shared.copy()


def coloured(levels: QImage, colour_map: str) -> QImage:
    """Return a density image in the colours of a map; an unknown name takes the first map."""
    image = QImage(levels)
    image.setColorTable(_table(colour_map))
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


@lru_cache
def _table(colour_map: str) -> list[int]:
    name = colour_map if colour_map in COLOUR_MAPS else next(iter(COLOUR_MAPS))
    return [
        int(alpha) << 24 | int(red) << 16 | int(green) << 8 | int(blue)
        for red, green, blue, alpha in colour_table(name)
    ]
