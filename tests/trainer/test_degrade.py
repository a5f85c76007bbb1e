"""Cameras' faults: what each does to a picture, and what it must leave as it is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.augment import Augmentation, random_crop
from trainer.degrade import (
    FAULTS,
    coarsened,
    compressed,
    darkened,
    degrade,
    faulty,
    noisy,
    softened,
    tinted,
)


@pytest.fixture
def picture() -> NDArray[np.uint8]:
    """Return a reddish picture with fine and coarse detail, of odd sides."""
    rng = np.random.default_rng(3)
    coarse = cv2.resize(rng.uniform(60, 200, (9, 11, 1)), (151, 121))[..., None]
    fine = rng.uniform(-30, 30, (121, 151, 1))
    return np.clip((coarse + fine) * np.array([1.0, 0.6, 0.3]), 0, 255).astype(np.uint8)


def detail(picture: NDArray[np.uint8]) -> float:
    return float(cv2.Laplacian(picture.astype(np.float32), cv2.CV_32F).std())


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_the_same_each_time(picture: NDArray[np.uint8], fault: str) -> None:
    before = picture.copy()
    shown = faulty(picture, fault)
    assert (shown.shape, shown.dtype) == (picture.shape, np.uint8)
    assert np.array_equal(faulty(picture, fault), shown)
    assert np.array_equal(picture, before)
    # By so much that a counter would notice, and by no more than that a person still sees it.
    assert 5 < np.abs(shown.astype(float) - picture).mean() < 100
    # Red is still red, and what was bright still is.
    assert shown[..., 0].mean() > 1.2 * shown[..., 1].mean() > 1.2 * shown[..., 2].mean()
    assert np.corrcoef(shown.ravel(), picture.ravel())[0, 1] > 0.9


def test_no_other_fault_is_known(picture: NDArray[np.uint8]) -> None:
    with pytest.raises(KeyError):
        faulty(picture, "rain")


def test_less_light_and_light_of_another_colour(picture: NDArray[np.uint8]) -> None:
    assert darkened(picture, 0.25).mean() == pytest.approx(picture.mean() / 4, abs=0.5)
    flat = np.full((4, 4, 3), 100, np.uint8)
    assert tinted(flat, (1.5, 1.0, 0.5))[0, 0].tolist() == [150, 100, 50]
    # What is brighter than white is white.
    assert tinted(flat, (3.0, 1.0, 1.0))[0, 0].tolist() == [255, 100, 100]


def test_soft_and_coarse_pictures_lose_detail_and_nothing_else(
    picture: NDArray[np.uint8],
) -> None:
    for shown in (softened(picture, 1.5), coarsened(picture, 0.5)):
        assert detail(shown) < detail(picture) / 3
        assert shown.mean() == pytest.approx(picture.mean(), abs=1.0)
    assert detail(softened(picture, 2.5)) < detail(softened(picture, 1.0))
    assert coarsened(picture[:1, :1], 0.1).shape == (1, 1, 3)


def test_noise_is_as_strong_as_said() -> None:
    flat = np.full((64, 64, 3), 128, np.uint8)
    shown = noisy(flat, 10, np.random.default_rng(0)).astype(float)
    assert shown.std() == pytest.approx(10, rel=0.05)
    assert shown.mean() == pytest.approx(128, abs=0.5)


def test_compression_costs_more_at_less_quality(picture: NDArray[np.uint8]) -> None:
    low, high = (
        np.abs(compressed(picture, quality).astype(float) - picture).mean() for quality in (10, 90)
    )
    assert low > 2 * high > 0


def test_what_is_drawn_by_chance_repeats_and_varies(picture: NDArray[np.uint8]) -> None:
    drawn = [degrade(picture, np.random.default_rng(seed)) for seed in range(40)]
    assert np.array_equal(drawn[7], degrade(picture, np.random.default_rng(7)))
    assert all(shown.shape == picture.shape and shown.dtype == np.uint8 for shown in drawn)
    assert not any(np.array_equal(shown, picture) for shown in drawn)
    details = [detail(shown) for shown in drawn]
    assert min(details) < detail(picture) / 4
    assert max(details) > 1.1 * detail(picture)
    lights = [shown.mean() / picture.mean() for shown in drawn]
    assert min(lights) < 0.4
    assert max(lights) > 0.9


def test_faults_of_a_crop_move_nobody() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 255, (200, 300, 3), np.uint8)
    points = rng.uniform((0, 0), (300, 200), (300, 2)).astype(np.float32)
    clear, faulty_crop, neither = (
        random_crop(
            picture, points, Augmentation(128, degrade=share), np.random.default_rng(seed)
        )
        for share, seed in ((0.0, 5), (1.0, 5), (1.0, 6))
    )  # fmt: skip
    assert clear.place == faulty_crop.place != neither.place
    assert np.array_equal(clear.points, faulty_crop.points)
    assert len(clear.points)
    assert not np.array_equal(clear.picture, faulty_crop.picture)
    torn = Augmentation(128, scramble=1.0, degrade=1.0)
    shown = random_crop(picture, points, torn, np.random.default_rng(5))
    alone = Augmentation(128, scramble=1.0)
    assert shown.scrambled
    assert not len(shown.points)
    other = random_crop(picture, points, alone, np.random.default_rng(5))
    assert not np.array_equal(shown.picture, other.picture)
