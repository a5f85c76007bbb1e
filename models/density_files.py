"""The density map as a file, for who wants the numbers: .npy or a float TIFF."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.files import replacing


def save_density(path: Path, density: NDArray[np.float32]) -> None:
    """Write float32 (h, w), persons per cell, so that its sum is the count.

    `.tif` and `.tiff` give a TIFF of one 32-bit float channel, anything else NumPy's format.
    Raises UserError path-unwritable; the old file stays then.
    """
    values = np.ascontiguousarray(density, np.float32)
    with replacing(path) as temporary:
        if path.suffix.lower() in (".tif", ".tiff"):
            Image.fromarray(values).save(temporary, format="TIFF")
        else:
            with temporary.open("wb") as file:
                np.save(file, values, allow_pickle=False)
