"""A density map on disk keeps its sum, and nothing is lost where it cannot be written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.density_files import save_density
from models.errors import UserError

DENSITY = np.random.default_rng(3).random((17, 23)).astype(np.float32)


def read(path: Path) -> np.ndarray:
    return np.load(path) if path.suffix == ".npy" else np.asarray(Image.open(path))


@pytest.mark.parametrize("name", ["map.npy", "map.tif", "map.TIFF", "지도.npy"])
def test_there_and_back(tmp_path: Path, name: str) -> None:
    save_density(tmp_path / "new" / name, DENSITY)
    found = read(tmp_path / "new" / name)
    assert found.dtype == np.float32
    assert np.array_equal(found, DENSITY)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        save_density(tmp_path / "file" / "map.npy", DENSITY)
