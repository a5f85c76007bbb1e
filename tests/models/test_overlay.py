"""What is drawn of a density map: everybody, and the lone as well as the crowd."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.grid import Grid, grid_of
from models.header import Header, ScaleRule
from models.overlay import colour_levels, colour_table, draw_overlay, full_scale, seen_density

SIZE = (1024, 768)


def whole(density: NDArray[np.float32], size: tuple[int, int]) -> Grid:
    """Return the grid of a map whose cells are all within a picture of (W, H) pixels."""
    return Grid(size, (size[0] / density.shape[1], size[1] / density.shape[0]))


def nobody_in(grid: Grid) -> NDArray[np.float32]:
    """Return an empty map of a picture, whose last cells may end beyond it."""
    rows, columns = (math.ceil(grid.size[axis] / grid.cell[axis]) for axis in (1, 0))
    return np.zeros((rows, columns), np.float32)


def centre(along: NDArray[Any], length: int) -> float:
    """Return the mean place of what lies along an axis of a picture, in pixels."""
    places = (np.arange(len(along)) + 0.5) * length / len(along)
    return float((along * places).sum() / along.sum())


@given(
    size=st.tuples(st.integers(1, 2500), st.integers(1, 2500)),
    stride=st.sampled_from([4, 8, 16]),
    rule=st.builds(
        ScaleRule,
        min_side=st.sampled_from([0, 400]),
        multiple=st.sampled_from([0, 32]),
        shrink=st.sampled_from([0.5, 1.0]),
    ),
)
def test_the_drawn_map_holds_everybody(size: tuple[int, int], stride: int, rule: ScaleRule) -> None:
    grid = grid_of(Header("compact", stride, stride, 0, 1, scale_rule=rule), *size)
    width, height = rule.size(*size)
    density = np.random.default_rng(0).random((-(-height // stride), -(-width // stride)))
    seen = seen_density(density.astype(np.float32), grid)
    assert seen.min() >= 0
    drawn = float(seen.mean(dtype=np.float64)) * size[0] * size[1]
    assert drawn == pytest.approx(float(density.sum()), rel=1e-3)


@pytest.mark.parametrize("size", [(1017, 761), (1023, 767), (1020, 766), (90, 65), (1024, 768)])
@pytest.mark.parametrize("place", [(-2, -2), (-2, 3), (3, -2), (-9, -5), (5, 6)])
def test_everybody_is_where_the_network_saw_them(
    size: tuple[int, int], place: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.overlay.SPREAD", 1e-4)
    grid = Grid(size, (8, 8))
    density = nobody_in(grid)
    density[place] = 1
    row, column = (place[axis] % density.shape[axis] for axis in (0, 1))
    seen = seen_density(density, grid)
    assert centre(seen.sum(axis=0), size[0]) == pytest.approx(8 * column + 4, abs=0.5)
    assert centre(seen.sum(axis=1), size[1]) == pytest.approx(8 * row + 4, abs=0.5)


def test_people_of_a_cell_that_ends_beyond_the_picture_are_drawn_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One pixel of the last column and one of the last row are in the picture."""
    monkeypatch.setattr("models.overlay.SPREAD", 1e-4)
    grid = Grid((1017, 761), (8, 8))
    density = nobody_in(grid)
    density[-1, -1] = 1
    seen = seen_density(density, grid)
    assert seen[-1, -1] * 1017 * 761 == pytest.approx(seen.size, rel=1e-3)
    assert np.count_nonzero(seen) == 1


@pytest.mark.parametrize("size", [(1017, 761), (1023, 767), (1024, 768)])
def test_a_lone_person_is_drawn_in_place(size: tuple[int, int]) -> None:
    grid = Grid(size, (8, 8))
    density = nobody_in(grid)
    density[-9, -9] = 1
    drawn = draw_overlay(np.zeros((size[1], size[0], 3), np.uint8), density, grid).sum(axis=2)
    for axis in (0, 1):
        wanted = 8 * (density.shape[axis] - 9) + 4
        assert centre(drawn.sum(axis=1 - axis), drawn.shape[axis]) == pytest.approx(wanted, abs=1.5)


@pytest.mark.parametrize("size", [(1600, 800), (1023, 767), (331, 203)])
def test_whole_cells_are_drawn_as_they_are(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.overlay.SPREAD", 1e-4)
    density = np.random.default_rng(0).random((100, 200)).astype(np.float32)
    seen = seen_density(density, whole(density, size))
    assert np.array_equal(seen, density * np.float32(density.size / (size[0] * size[1])))


def test_a_fine_map_is_drawn_with_fewer_cells() -> None:
    seen = seen_density(np.ones((600, 1200), np.float32), Grid((4800, 2400), (4, 4)))
    assert seen.shape == (256, 512)


@pytest.mark.parametrize("place", [(0, 0), (300, 0), (599, 1199), (301, 701)])
def test_nobody_in_a_single_cell_is_lost(place: tuple[int, int]) -> None:
    """Of a fine map all cells are drawn, not some of them, and edges lose no part of anybody."""
    density = np.zeros((600, 1200), np.float32)
    density[place] = 1
    seen = seen_density(density, Grid((4800, 2400), (4, 4)))
    assert float(seen.mean(dtype=np.float64)) * 4800 * 2400 == pytest.approx(1, rel=1e-2)


def test_a_lone_person_is_seen_beside_a_dense_crowd() -> None:
    """A fifth of the picture is full; far from it one person stands in a single cell."""
    density = np.zeros((96, 128), np.float32)
    density[:, 100:] = 0.5
    density[40, 30] = 1.0
    seen = seen_density(density, whole(density, SIZE))
    opacity = colour_table()[:, 3][colour_levels(seen, full_scale(seen))]
    # As wide as a head and its neighbourhood, and no haze elsewhere.
    assert (opacity[38:43, 28:33] > 60).sum() >= 9
    assert (opacity[:, :20] == 0).all()


@pytest.mark.parametrize("stride", [4, 8])
def test_an_empty_picture_with_noise_stays_clear(stride: int) -> None:
    rng = np.random.default_rng(0)
    shape = (SIZE[1] // stride, SIZE[0] // stride)
    density = (rng.random(shape) * 1e-5 * stride**2).astype(np.float32)
    seen = seen_density(density, whole(density, SIZE))
    assert colour_table()[:, 3][colour_levels(seen, full_scale(seen))].max() == 0


def test_one_cell_of_too_many_does_not_dim_the_crowd() -> None:
    density = np.full((96, 128), 0.5, np.float32)
    density[40, 30] = 500
    seen = seen_density(density, whole(density, SIZE))
    levels = colour_levels(seen, full_scale(seen))
    # What is above full colour has it too.
    assert levels[40, 30] == 255
    assert np.median(levels) > 100


def test_the_densest_is_drawn_in_the_map_s_own_colour() -> None:
    for name, colour in (("inferno", (252, 255, 164)), ("viridis", (253, 231, 37))):
        assert colour_table(name)[255] == pytest.approx([*colour, 255], abs=3)


@pytest.mark.parametrize("opacity", [0.0, 0.5, 1.0])
def test_the_opacity_says_how_much_of_the_picture_is_left(opacity: float) -> None:
    picture = np.full((64, 48, 3), 100, np.uint8)
    drawn = draw_overlay(picture, np.ones((8, 6), np.float32), Grid((48, 64), (8, 8)), opacity)
    wanted = 100 + opacity * (colour_table()[255, :3].astype(float) - 100)
    assert drawn == pytest.approx(np.broadcast_to(wanted, drawn.shape), abs=1)


@pytest.mark.parametrize("shape", [(400, 30), (30, 400)])
def test_a_narrow_picture_is_drawn_to_its_end(
    shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Bands of some rows each, as of a picture of many megapixels.
    monkeypatch.setattr("models.pictures.BAND_PIXELS", 500)
    picture = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    nobody = np.zeros((shape[0] // 10, shape[1] // 10), np.float32)
    grid = whole(nobody, (shape[1], shape[0]))
    assert np.array_equal(draw_overlay(picture, nobody, grid), picture)
    last = nobody.copy()
    last[-1, -1] = 1
    drawn = draw_overlay(picture, last, grid, 1.0)
    assert drawn[-1, -1] == pytest.approx(colour_table()[255, :3].astype(float), abs=1)
    first = slice(shape[0] // 2), slice(shape[1] // 2)
    assert np.array_equal(drawn[first], picture[first])


@pytest.mark.parametrize("size", [(203, 331), (400, 300), (7, 2000), (2000, 7)])
def test_overlay_in_bands_is_the_overlay_of_the_whole(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    rng = np.random.default_rng(3)
    height, width = size
    picture = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    density = (rng.random((-(-height // 4), -(-width // 4))) ** 6).astype(np.float32)
    grid = Grid((width, height), (4, 4))
    seen = seen_density(density, grid)
    level = colour_levels(seen, full_scale(seen))
    large = cv2.resize(colour_table()[level], (width, height), interpolation=cv2.INTER_LINEAR)
    alpha = large[..., 3:].astype(np.float32) * (0.7 / 255)
    wanted = (picture + (large[..., :3].astype(np.float32) - picture) * alpha).round()
    assert np.array_equal(draw_overlay(picture, density, grid), wanted)
    monkeypatch.setattr("models.pictures.BAND_PIXELS", 1000)
    assert np.array_equal(draw_overlay(picture, density, grid), wanted)
