"""A density map on disk keeps its sum, and nothing is lost where it cannot be written."""

from __future__ import annotations

import sys
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


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")
@pytest.mark.parametrize("name", ["map.npy", "map.tif"])
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, name: str) -> None:
    import resource

    path = tmp_path / name
    save_density(path, DENSITY)
    before, limits = path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    # Files can grow to so many bytes and no more, as on a disk that is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(UserError) as caught:
            save_density(path, np.zeros((90, 90), np.float32))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.code == "path-unwritable"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
