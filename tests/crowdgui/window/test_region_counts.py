"""People in regions: only what is not as it was is counted anew."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from crowdgui.window.counting import region_counts
from crowdgui.window.counting.region_counts import RegionCounts
from crowdgui.window.viewing.regions import Region
from models.grid import Grid
from models.prediction import Prediction
from models.regions import Corner, count_in_polygon

GRID = Grid((64, 64), (8, 8))


def of_people(number: float) -> Prediction:
    density = np.full((8, 8), number / 64, np.float32)
    return Prediction(number, density, 0.0, "alpha", "fake", "fp32", GRID)


def square(name: str, left: float) -> Region:
    corners = [(left, 0.0), (left + 8, 0.0), (left + 8, 8.0), (left, 8.0)]
    return Region(name, corners, rectangle=True)


def test_only_what_is_dragged_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[Corner] = []

    def count(density: NDArray[np.float32], grid: Grid, corners: Sequence[Corner]) -> float:
        counted.append(corners[2])
        return count_in_polygon(density, grid, corners)

    monkeypatch.setattr(region_counts, "count_in_polygon", count)
    counts, regions, prediction = RegionCounts(), [square("A", 0), square("B", 16)], of_people(64)
    assert counts.of(regions, prediction) == [1, 1]
    regions[1].drag_corner(2, 32, 8)
    assert counts.of(regions, prediction) == [1, 2]
    assert counted == [(8, 8), (24, 8), (32, 8)]
    # Another map is another count of everything.
    assert counts.of(regions, of_people(128)) == [2, 4]
    # Each has its own, whatever lies left of it.
    assert counts.of(regions[::-1], of_people(64)) == [2, 1]
    assert counts.of(regions, None) == [None, None]
