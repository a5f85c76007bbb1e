"""Counts of regions are exact at the edges, and regions side by side sum to the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.regions import count_in_polygon, count_in_rectangle, coverage

sides = st.integers(1, 12)
pixels = st.integers(1, 200)
shares = st.floats(-0.5, 1.5)


def some_density(shape: tuple[int, int]) -> np.ndarray:
    return np.random.default_rng(0).random(shape).astype(np.float32)


@given(shape=st.tuples(sides, sides), size=st.tuples(pixels, pixels), at=st.tuples(shares, shares))
def test_four_rectangles_sum_to_the_whole(
    shape: tuple[int, int], size: tuple[int, int], at: tuple[float, float]
) -> None:
    density = some_density(shape)
    far = 1000.0
    x, y = at[0] * size[0], at[1] * size[1]
    across, down = [(-far, x), (x, far)], [(-far, y), (y, far)]
    total = sum(count_in_rectangle(density, size, a, c, b, d) for a, b in across for c, d in down)
    assert total == pytest.approx(float(density.sum()), rel=1e-5)


@given(
    shape=st.tuples(sides, sides),
    size=st.tuples(pixels, pixels),
    cut=st.tuples(shares, shares),
)
def test_two_halves_of_any_cut_sum_to_the_whole(
    shape: tuple[int, int], size: tuple[int, int], cut: tuple[float, float]
) -> None:
    """A line through the picture makes two polygons, one on each side."""
    density = some_density(shape)
    width, height = size
    top, bottom = cut[0] * width, cut[1] * width
    low, high = min(0, top, bottom), max(width, top, bottom)
    left = [(low, 0), (top, 0), (bottom, height), (low, height)]
    right = [(top, 0), (high, 0), (high, height), (bottom, height)]
    total = sum(count_in_polygon(density, size, half) for half in (left, right))
    assert total == pytest.approx(float(density.sum()), rel=1e-5)


@given(edges=st.tuples(shares, shares, shares, shares))
def test_a_rectangle_as_a_polygon_counts_the_same(
    edges: tuple[float, float, float, float],
) -> None:
    density, size = some_density((7, 9)), (90, 63)
    left, right = sorted((edges[0] * 90, edges[1] * 90))
    top, bottom = sorted((edges[2] * 63, edges[3] * 63))
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    wanted = count_in_rectangle(density, size, left, top, right, bottom)
    assert count_in_polygon(density, size, corners) == pytest.approx(wanted, abs=1e-6)
    assert count_in_polygon(density, size, corners[::-1]) == pytest.approx(wanted, abs=1e-6)


def test_half_a_cell_is_half_its_people() -> None:
    density = np.array([[8.0]], np.float32)
    triangle = [(0, 0), (10, 0), (0, 10)]
    assert count_in_polygon(density, (10, 10), triangle) == pytest.approx(4)
    assert count_in_rectangle(density, (10, 10), 0, 0, 10, 2.5) == pytest.approx(2)


def test_a_figure_of_eight_counts_both_its_loops_once() -> None:
    density = np.ones((2, 4), np.float32)
    eight = [(0, 0), (0, 2), (4, 0), (4, 2)]
    cover = coverage(eight, (2, 4), (4, 2))
    assert cover.sum() == pytest.approx(4)
    assert count_in_polygon(density, (4, 2), eight) == pytest.approx(4)


@pytest.mark.parametrize("corners", [[], [(1, 1)], [(1, 1), (5, 5)], [(500, 500), (600, 500)]])
def test_no_area_is_nobody(corners: list[tuple[float, float]]) -> None:
    assert count_in_polygon(np.ones((4, 4), np.float32), (64, 64), corners) == pytest.approx(0)
