"""`crowdgui count --density`: the map as numbers, for who wants to reckon with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models import catalogue
from small_models import save_mcnn

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    save_mcnn(catalogue.user_folder() / "mcnn.safetensors")


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    (tmp_path / "in").mkdir()
    noise = np.random.default_rng(0)
    paths = [tmp_path / "in" / name for name in ("x.png", "x.bmp", "y.png")]
    for path, size in zip(paths, ((64, 96), (50, 70), (33, 47)), strict=True):
        Image.fromarray(noise.integers(0, 255, (*size, 3), np.uint8)).save(path)
    return paths


def test_maps_are_saved_whose_sums_are_the_counts(
    command: Run, pictures: list[Path], tmp_path: Path
) -> None:
    maps = tmp_path / "maps"
    code, out, _ = command("count", *pictures, "--density", maps, "--json")
    assert code == 0
    counts = {Path(row["path"]).name: row["count"] for row in map(json.loads, out.splitlines())}
    for picture, name, shape in zip(
        pictures,
        ("x-density.npy", "x-density-2.npy", "y-density.npy"),
        ((16, 24), (13, 18), (9, 12)),
        strict=True,
    ):
        density = np.load(maps / name, allow_pickle=False)
        assert (density.shape, density.dtype) == (shape, np.float32)
        assert density.sum() == pytest.approx(counts[picture.name], rel=1e-4)
    assert len(list(maps.iterdir())) == 3


def test_drawings_and_maps_may_lie_together(
    command: Run, pictures: list[Path], tmp_path: Path
) -> None:
    both = tmp_path / "both"
    code, out, _ = command("count", pictures[2], "--density", both, "--overlay", both)
    assert code == 0
    assert f"density map: {both / 'y-density.npy'}" in out
    assert {path.name for path in both.iterdir()} == {"y-density.npy", "y-density.png"}


def test_maps_that_cannot_be_saved_cost_no_count(
    command: Run, pictures: list[Path], tmp_path: Path
) -> None:
    code, out, err = command("count", pictures[0], "--density", pictures[1])
    assert (code, out) == (2, "")
    assert "--density" in err
    assert "not a folder" in err
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "y-density.npy").mkdir()
    code, out, err = command("count", pictures[0], pictures[2], "--density", tmp_path / "maps")
    assert code == 1
    assert "x-density.npy" in out
    assert "y.png" in out
    assert "y-density.npy" in err
    assert "Traceback" not in err


def test_videos_have_no_such_map(command: Run, tmp_path: Path) -> None:
    code, _, err = command("count", tmp_path / "a.mp4", "--density", tmp_path / "maps")
    assert code == 2
    assert "--density" in err
    assert "it is for pictures" in err
