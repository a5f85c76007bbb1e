"""A density map on disk keeps its sum, and nothing is lost where it cannot be written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.density_files import save_density
from models.errors import UserError
from small_disk import full_disk, needs_limits

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


@needs_limits
@pytest.mark.parametrize("name", ["map.npy", "map.tif"])
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    save_density(path, DENSITY)
    before = path.read_bytes()
    with full_disk(), pytest.raises(UserError) as caught:
        save_density(path, np.zeros((90, 90), np.float32))
    assert caught.value.code == "path-unwritable"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
