"""Pictures made worse, as cameras make them: soft, coarse, compressed, noisy, dark, tinted."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
# What a model can be measured under, of a strength that is the same for all pictures.
FAULTS = ("soft", "coarse", "compressed", "noisy", "dark", "tinted")


def faulty(picture: Picture, fault: str) -> Picture:
    """Return an RGB picture with one of FAULTS, the same each time; raises KeyError for others."""
    rng = np.random.default_rng(0)
    ways: dict[str, Callable[[], Picture]] = {
        "soft": lambda: softened(picture, 1.5),
        "coarse": lambda: coarsened(picture, 0.5),
        "compressed": lambda: compressed(picture, 15),
        "noisy": lambda: noisy(picture, 15, rng),
        # What little light there is comes with noise.
        "dark": lambda: noisy(darkened(picture, 0.3), 4, rng),
        "tinted": lambda: tinted(picture, (1.25, 1.0, 0.7)),
    }
    return ways[fault]()


def degrade(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return an RGB picture of the same size as another camera shows it: drawn by chance.

    Its light is of another colour, and it has up to three further faults. Light comes before
    optics, these before the sensor, and compression last, as in a camera.
    """
    faults = rng.choice(5, int(rng.integers(0, 4)), replace=False).tolist()
    red, blue = np.exp(rng.uniform(-0.4, 0.4, 2))
    picture = tinted(picture, (red, 1.0, blue))
    if 0 in faults:
        picture = darkened(picture, rng.uniform(0.2, 0.8))
    if 1 in faults:
        picture = softened(picture, rng.uniform(0.4, 2.0))
    if 2 in faults:
        picture = coarsened(picture, rng.uniform(0.4, 0.9))
    if 3 in faults:
        picture = noisy(picture, rng.uniform(2, 20), rng)
    if 4 in faults:
        picture = compressed(picture, int(rng.integers(10, 70)))
    return picture


def darkened(picture: Picture, gain: float) -> Picture:
    """Return a picture in less light: `gain` is the part of its brightness that is left."""
    return tinted(picture, (gain, gain, gain))


def tinted(picture: Picture, gains: tuple[float, float, float]) -> Picture:
    """Return a picture with its three colours multiplied, as light of another colour does."""
    values = np.arange(256, dtype=np.float32)[:, None] * np.array(gains, np.float32)
    table = np.clip(values + 0.5, 0, 255).astype(np.uint8)[None]
    return np.asarray(cv2.LUT(np.ascontiguousarray(picture), table), np.uint8)


def softened(picture: Picture, sigma: float) -> Picture:
    """Return a picture out of focus: a Gaussian of `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def coarsened(picture: Picture, part: float) -> Picture:
    """Return a picture that was taken at a `part` of its size, and enlarged."""
    height, width = picture.shape[:2]
    size = max(round(width * part), 1), max(round(height * part), 1)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height)), np.uint8)


def noisy(picture: Picture, sigma: float, rng: np.random.Generator) -> Picture:
    """Return a picture of a hot sensor: noise of `sigma`, in levels of 255."""
    grain = rng.standard_normal(picture.shape, np.float32) * np.float32(sigma)
    return np.clip(picture + grain + 0.5, 0, 255).astype(np.uint8)


def compressed(picture: Picture, quality: int) -> Picture:
    """Return a picture as a JPEG file of this quality (1 to 100) shows it."""
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality]
    _, file = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), flags)
    shown = cv2.imdecode(file, cv2.IMREAD_COLOR)
    assert shown is not None, "what was just encoded can be decoded"
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_BGR2RGB), np.uint8)
