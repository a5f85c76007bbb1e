"""What is drawn of a density map: everybody, and the lone as well as the crowd."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.overlay import colour_levels, colour_table, full_scale, seen_density

SIZE = (1024, 768)


@given(
    shape=st.tuples(st.integers(1, 300), st.integers(1, 300)),
    size=st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
)
def test_the_drawn_map_holds_everybody(shape: tuple[int, int], size: tuple[int, int]) -> None:
    density = np.random.default_rng(0).random(shape).astype(np.float32)
    seen = seen_density(density, size)
    drawn = float(seen.mean(dtype=np.float64)) * size[0] * size[1]
    assert drawn == pytest.approx(float(density.sum()), rel=1e-3)


def test_a_fine_map_is_drawn_with_fewer_cells() -> None:
    seen = seen_density(np.ones((600, 1200), np.float32), (4800, 2400))
    assert seen.shape == (256, 512)


def test_a_lone_person_is_seen_beside_a_dense_crowd() -> None:
    """A fifth of the picture is full; far from it one person stands in a single cell."""
    density = np.zeros((96, 128), np.float32)
    density[:, 100:] = 0.5
    density[40, 30] = 1.0
    seen = seen_density(density, SIZE)
    opacity = colour_table()[:, 3][colour_levels(seen, full_scale(seen))]
    # As wide as a head and its neighbourhood, and no haze elsewhere.
    assert (opacity[38:43, 28:33] > 60).sum() >= 9
    assert (opacity[:, :20] == 0).all()


@pytest.mark.parametrize("stride", [4, 8])
def test_an_empty_picture_with_noise_stays_clear(stride: int) -> None:
    rng = np.random.default_rng(0)
    shape = (SIZE[1] // stride, SIZE[0] // stride)
    density = (rng.random(shape) * 1e-5 * stride**2).astype(np.float32)
    seen = seen_density(density, SIZE)
    assert colour_table()[:, 3][colour_levels(seen, full_scale(seen))].max() == 0
