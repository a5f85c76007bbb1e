"""Frames made smaller before they are counted: a fraction of the pixels, and of the time."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def reduced(picture: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    """Return a picture (H, W, 3) whose longer side has `longest` pixels at most; 0 leaves it."""
    height, width = picture.shape[:2]
    factor = longest / max(height, width)
    if not longest or factor >= 1:
        return picture
    size = max(round(width * factor), 1), max(round(height * factor), 1)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
