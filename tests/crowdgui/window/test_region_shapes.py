"""Shapes of regions, without a window: what is moved and dragged stays what it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from crowdgui.window.viewing.regions import Region, moved_inside


@given(
    corners=st.lists(st.tuples(st.floats(0, 320), st.floats(0, 240)), min_size=3, max_size=6),
    by=st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
)
def test_what_is_moved_whole_keeps_its_shape(
    corners: list[tuple[float, float]], by: tuple[float, float]
) -> None:
    moved = moved_inside(corners, QPointF(*by), QRectF(0, 0, 320, 240))
    assert all(0 <= x <= 320 and 0 <= y <= 240 for x, y in moved)
    shifts = [(x - a, y - b) for (x, y), (a, b) in zip(moved, corners, strict=True)]
    assert shifts == [pytest.approx(shifts[0], abs=1e-6)] * len(corners)


def test_a_triangle_and_a_rectangle_keep_their_corners() -> None:
    triangle = [(0.0, 0.0), (10.0, 0.0), (0.0, 10.0)]
    region = Region("A", list(triangle))
    assert region.toggle_corner(0, 0, 1) is None
    assert region.corners == triangle
    assert region.toggle_corner(5, 0.5, 1) == 1
    assert region.corners == [(0, 0), (5, 0.5), (10, 0), (0, 10)]
    # The edge that closes it is one too.
    assert region.toggle_corner(-0.5, 5, 1) == 4
    square = Region("B", [(0, 0), (10, 0), (10, 10), (0, 10)], rectangle=True)
    assert square.toggle_corner(5, 0, 1) is None
    assert len(square.corners) == 4


def test_a_rectangle_drawn_backwards_keeps_its_shape() -> None:
    region = Region("A", [(0, 0), (10, 0), (10, 10), (0, 10)], rectangle=True)
    region.drag_corner(2, -5, -5)
    assert region.corners == [(0, 0), (-5, 0), (-5, -5), (0, -5)]
