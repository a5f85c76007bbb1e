"""What is drawn of a density map: everybody, and the lone as well as the crowd."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.overlay import colour_levels, colour_table, draw_overlay, full_scale, seen_density

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


@pytest.mark.parametrize("place", [(0, 0), (300, 0), (599, 1199), (301, 701)])
def test_nobody_in_a_single_cell_is_lost(place: tuple[int, int]) -> None:
    """Of a fine map all cells are drawn, not some of them, and edges lose no part of anybody."""
    density = np.zeros((600, 1200), np.float32)
    density[place] = 1
    seen = seen_density(density, (4800, 2400))
    assert float(seen.mean(dtype=np.float64)) * 4800 * 2400 == pytest.approx(1, rel=1e-2)


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


def test_one_cell_of_too_many_does_not_dim_the_crowd() -> None:
    density = np.full((96, 128), 0.5, np.float32)
    density[40, 30] = 500
    seen = seen_density(density, SIZE)
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
    drawn = draw_overlay(picture, np.ones((8, 6), np.float32), opacity)
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
    assert np.array_equal(draw_overlay(picture, nobody), picture)
    last = nobody.copy()
    last[-1, -1] = 1
    drawn = draw_overlay(picture, last, 1.0)
    assert drawn[-1, -1] == pytest.approx(colour_table()[255, :3].astype(float), abs=1)
    first = slice(shape[0] // 2), slice(shape[1] // 2)
    assert np.array_equal(drawn[first], picture[first])
