"""The density map as a file, for who wants the numbers: .npy or a float TIFF."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.files import replacing
from models.picture_files import save_picture


def save_density(path: Path, density: NDArray[np.float32]) -> None:
    """Write float32 (h, w), persons per cell, so that its sum is the count.

    `.tif` and `.tiff` give a TIFF of one 32-bit float channel, anything else NumPy's format.
    Raises UserError path-unwritable; the old file stays then.
    """
    values = np.ascontiguousarray(density, np.float32)
    if path.suffix.lower() in (".tif", ".tiff"):
        save_picture(path, values)
        return
    # NumPy does not tell a full disk from other mistakes.
    content = io.BytesIO()
    np.save(content, values, allow_pickle=False)
    with replacing(path) as temporary:
        temporary.write_bytes(content.getbuffer())
