"""Counts of regions are exact at the edges, and regions side by side sum to the whole."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.grid import Grid
from models.regions import count_in_polygon, count_in_rectangle, coverage

sides = st.integers(1, 12)
cells = st.sampled_from([1.0, 2.0, 16 / 3, 8.0])
# The last column and row of cells may lie outside the picture by a part.
grids = st.builds(
    lambda shape, cell, part: (
        shape, Grid((math.ceil((shape[1] - part) * cell), math.ceil((shape[0] - part) * cell)),
                    (cell, cell)),
    ),
    st.tuples(sides, sides), cells, st.floats(0, 0.9),
)  # fmt: skip
shares = st.floats(-0.5, 1.5)


def even(side: int, shape: tuple[int, int]) -> Grid:
    """Return a grid of whole square cells."""
    return Grid((shape[1] * side, shape[0] * side), (side, side))


def some_density(shape: tuple[int, int]) -> np.ndarray:
    return np.random.default_rng(0).random(shape).astype(np.float32)


@given(place=grids, at=st.tuples(shares, shares))
def test_four_rectangles_sum_to_the_whole(
    place: tuple[tuple[int, int], Grid], at: tuple[float, float]
) -> None:
    shape, grid = place
    density = some_density(shape)
    far = 1000.0
    x, y = at[0] * grid.size[0], at[1] * grid.size[1]
    across, down = [(-far, x), (x, far)], [(-far, y), (y, far)]
    total = sum(count_in_rectangle(density, grid, a, c, b, d) for a, b in across for c, d in down)
    assert total == pytest.approx(float(density.sum()), rel=1e-5)


@given(place=grids, cut=st.tuples(shares, shares))
def test_two_halves_of_any_cut_sum_to_the_whole(
    place: tuple[tuple[int, int], Grid], cut: tuple[float, float]
) -> None:
    """A line through the picture makes two polygons, one on each side."""
    shape, grid = place
    density = some_density(shape)
    width, height = grid.size
    top, bottom = cut[0] * width, cut[1] * width
    low, high = min(0, top, bottom), max(width, top, bottom)
    left = [(low, 0), (top, 0), (bottom, height), (low, height)]
    right = [(top, 0), (high, 0), (high, height), (bottom, height)]
    total = sum(count_in_polygon(density, grid, half) for half in (left, right))
    assert total == pytest.approx(float(density.sum()), rel=1e-5)


@given(edges=st.tuples(shares, shares, shares, shares))
def test_a_rectangle_as_a_polygon_counts_the_same(
    edges: tuple[float, float, float, float],
) -> None:
    density, grid = some_density((7, 9)), Grid((70, 50), (8, 8))
    left, right = sorted((edges[0] * 70, edges[1] * 70))
    top, bottom = sorted((edges[2] * 50, edges[3] * 50))
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    wanted = count_in_rectangle(density, grid, left, top, right, bottom)
    assert count_in_polygon(density, grid, corners) == pytest.approx(wanted, abs=1e-6)
    assert count_in_polygon(density, grid, corners[::-1]) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("width", [97, 100, 104])
def test_cells_lie_where_the_network_saw_them(width: int) -> None:
    """The last column of cells is as wide as the picture has pixels left; no other is moved."""
    density = np.zeros((13, 13), np.float32)
    density[5, 11], density[5, 12] = 1, 2
    grid = Grid((width, width), (8, 8))
    for left, right, people in ((80, 88, 0), (88, 96, 1), (96, width, 2), (88, 92, 0.5)):
        corners = [(left, 0), (right, 0), (right, width), (left, width)]
        assert count_in_rectangle(density, grid, left, 0, right, width) == pytest.approx(people)
        assert count_in_polygon(density, grid, corners) == pytest.approx(people)


def test_half_a_cell_is_half_its_people() -> None:
    density, grid = np.array([[8.0]], np.float32), even(10, (1, 1))
    triangle = [(0, 0), (10, 0), (0, 10)]
    assert count_in_polygon(density, grid, triangle) == pytest.approx(4)
    assert count_in_rectangle(density, grid, 0, 0, 10, 2.5) == pytest.approx(2)


def test_a_figure_of_eight_counts_both_its_loops_once() -> None:
    density, grid = np.ones((2, 4), np.float32), even(1, (2, 4))
    eight = [(0, 0), (0, 2), (4, 0), (4, 2)]
    cover = coverage(eight, (2, 4), grid)
    assert cover.sum() == pytest.approx(4)
    assert count_in_polygon(density, grid, eight) == pytest.approx(4)


def test_a_polygon_that_runs_twice_round_its_area_counts_it_once() -> None:
    density, grid = np.ones((4, 4), np.float32), even(8, (4, 4))
    once = [(8, 8), (24, 8), (24, 24), (8, 24)]
    assert count_in_polygon(density, grid, once) == pytest.approx(4)
    assert count_in_polygon(density, grid, once * 2) == pytest.approx(4)


def test_only_the_cells_that_a_polygon_reaches_are_looked_at() -> None:
    density, grid = np.full((9, 9), np.nan, np.float32), even(4, (9, 9))
    density[2:5, 3:6] = 1
    assert count_in_polygon(density, grid, [(13, 9), (21, 9), (21, 17), (13, 17)]) == 4
    cover = coverage([(13, 9), (21, 9), (21, 17), (13, 17)], (9, 9), grid)
    assert cover.shape == (9, 9)
    assert cover.sum() == 4


def test_an_edge_that_is_as_good_as_level_overflows_nothing() -> None:
    density, grid = np.ones((1, 1), np.float32), even(1, (1, 1))
    with np.errstate(all="raise", under="ignore"):
        half = count_in_polygon(density, grid, [(0, 0), (0, 0.5), (1, 0.5), (1, 2.2e-309)])
    assert half == pytest.approx(0.5)


@pytest.mark.parametrize("corners", [[], [(1, 1)], [(1, 1), (5, 5)], [(500, 500), (600, 500)]])
def test_no_area_is_nobody(corners: list[tuple[float, float]]) -> None:
    density, grid = np.ones((4, 4), np.float32), even(16, (4, 4))
    assert count_in_polygon(density, grid, corners) == pytest.approx(0)
