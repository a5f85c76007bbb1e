"""Targets whose sum is the number of heads inside the picture, whatever is done to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from trainer.augment import Augmentation, random_crop
from trainer.density import adaptive_sigmas, gaussian_map, points_map


def random_points(n: int, width: int, height: int, seed: int = 0) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    return (rng.random((n, 2)) * [width, height]).astype(np.float32)


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(0, 40),
    width=st.integers(1, 130),
    height=st.integers(1, 130),
    stride=st.sampled_from([1, 2, 4, 8]),
    sigma=st.floats(0.5, 20),
)
def test_maps_hold_every_head_inside(
    n: int, width: int, height: int, stride: int, sigma: float
) -> None:
    # Twice the picture's size: some heads lie outside, as in real annotations.
    points = random_points(n, 2 * width, 2 * height) - np.float32([width / 2, height / 2])
    x, y = points[:, 0], points[:, 1]
    expected = int(((x >= 0) & (x < width) & (y >= 0) & (y < height)).sum())
    shape = (-(-height // stride), -(-width // stride))
    sigmas = np.full(n, sigma, np.float32)
    for density in (
        points_map(points, width, height, stride),
        gaussian_map(points, sigmas, width, height, stride),
    ):
        assert density.shape == shape
        assert density.sum(dtype=np.float64) == pytest.approx(expected, abs=1e-3)
        assert (density >= 0).all()


def test_gaussian_map_is_the_sum_pooled_full_size_map() -> None:
    points = np.array([[40.5, 30.5]], np.float32)
    sigma = np.array([4.0], np.float32)
    full = np.zeros((64, 96))
    full[30, 40] = 1
    full = gaussian_filter(full, 4.0, mode="constant", truncate=3.0)
    pooled = full.reshape(16, 4, 24, 4).sum(axis=(1, 3))
    # The kernels are cut at slightly different places, three sigmas out.
    assert np.allclose(gaussian_map(points, sigma, 96, 64, 4), pooled, atol=1e-3)
    fine = gaussian_map(points, sigma, 96, 64, 1)
    coarse = gaussian_map(points, sigma, 96, 64, 4)
    assert np.allclose(fine.reshape(16, 4, 24, 4).sum(axis=(1, 3)), coarse, atol=1e-3)


def test_adaptive_sigmas_follow_the_spacing() -> None:
    grid = np.stack(np.meshgrid(np.arange(5.0), np.arange(5.0)), -1).reshape(-1, 2)
    near = adaptive_sigmas((grid * 10).astype(np.float32))
    far = adaptive_sigmas((grid * 20).astype(np.float32))
    assert near[12] == pytest.approx(3.0)
    assert np.allclose(far, 2 * near)
    assert adaptive_sigmas(np.zeros((1, 2), np.float32)).tolist() == [15.0]
    assert adaptive_sigmas(np.zeros((0, 2), np.float32)).shape == (0,)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), width=st.integers(40, 500), height=st.integers(40, 500))
def test_crops_keep_heads_on_their_pixels(seed: int, width: int, height: int) -> None:
    """A white dot painted at each head is found under the moved head."""
    points = random_points(3, width, height, seed).round() + np.float32(0.5)
    points = points[(points < [width, height]).all(axis=1)]
    picture = np.zeros((height, width, 3), np.uint8)
    for x, y in points.astype(int):
        picture[max(y - 3, 0) : y + 4, max(x - 3, 0) : x + 4] = 255
    rule = Augmentation(size=128, grey=0, contrast=0)
    crop = random_crop(picture, points, rule, np.random.default_rng(seed))
    assert crop.picture.shape == (128, 128, 3)
    assert ((crop.points >= 0) & (crop.points < 128)).all()
    for x, y in crop.points.astype(int):
        assert crop.picture[y, x].min() > 100


def test_crops_cover_pictures_smaller_than_themselves() -> None:
    picture = np.full((30, 50, 3), 10, np.uint8)
    points = np.array([[25, 15]], np.float32)
    crop = random_crop(picture, points, Augmentation(size=256), np.random.default_rng(0))
    assert crop.picture.shape == (256, 256, 3)


def test_native_crops_are_the_picture_pixel_by_pixel() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 256, (150, 200, 3), dtype=np.uint8)
    points = random_points(40, 200, 150)
    rule = Augmentation(size=128, min_side=0, grey=0, contrast=0, native=1.0)
    for _ in range(4):
        crop = random_crop(picture, points, rule, rng)
        left, top = int(crop.place.left), int(crop.place.top)
        seen = crop.picture[:, ::-1] if crop.place.mirrored else crop.picture
        assert np.array_equal(seen, picture[top : top + 128, left : left + 128])
        assert len(crop.points) == len(points[crop.kept])
    # A small picture is shown as the predictor raises it.
    rule = Augmentation(size=128, min_side=300, grey=0, contrast=0, native=1.0)
    assert random_crop(picture, points, rule, rng).place.scale == 2


def test_scrambled_crops_keep_the_colours_and_show_nobody() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(60, 190, (128, 128, 3), dtype=np.uint8)
    points = random_points(20, 128, 128)
    crop = random_crop(picture, points, Augmentation(size=128, min_side=0, scramble=1.0), rng)
    assert crop.scrambled
    assert len(crop.points) == 0
    assert np.allclose(crop.picture.mean(axis=(0, 1)), picture.mean(axis=(0, 1)), atol=3)
    assert not np.array_equal(crop.picture, picture)


@pytest.mark.parametrize("scale", [0.4, 0.59, 0.61, 1.0])
def test_a_picture_that_is_shrunk_stays_under_its_heads(scale: float) -> None:
    picture = np.zeros((256, 256, 3), np.uint8)
    picture[98:103, 98:103] = 255
    rule = Augmentation(size=64, min_side=0, low=scale, high=scale, grey=0, contrast=0)
    head = np.array([[100.5, 100.5]], np.float32)
    moved = []
    for seed in range(40):
        crop = random_crop(picture, head, rule, np.random.default_rng(seed))
        light = crop.picture[..., 0].astype(float)
        if len(crop.points) and not (light[0].any() or light[-1].any()):
            y, x = np.mgrid[:64, :64] + 0.5
            centre = np.array([(x * light).sum(), (y * light).sum()]) / light.sum()
            moved.append((centre - crop.points[0]) / scale)
    assert np.abs(np.mean(moved, axis=0)[1]) < 0.2
