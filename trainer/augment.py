"""Random crops of a picture together with its heads."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.grid import Grid
from trainer.degrade import degrade
from trainer.density import masses


@dataclass(frozen=True)
class Place:
    """Where a crop lies: its corner in the picture's pixels, its scale, whether it is mirrored."""

    left: float
    top: float
    scale: float
    mirrored: bool


@dataclass(frozen=True, eq=False)
class Crop:
    """A square of a picture: uint8 (size, size, 3) RGB; heads (N, 2) in its pixels, all inside.

    `kept` are the places of these heads among the picture's. A scrambled crop shows nobody.
    """

    picture: NDArray[np.uint8]
    points: NDArray[np.float32]
    kept: NDArray[np.int64]
    place: Place
    scrambled: bool = False


@dataclass(frozen=True)
class Augmentation:
    """What a crop may differ by: `size` in pixels at a scale drawn from `low` to `high`.

    A share of `native` crops are taken as the predictor sees the picture instead, pixel by pixel:
    resampling softens a picture, and a network may count by how sharp it is.
    """

    size: int
    low: float = 0.75
    high: float = 1.5
    min_side: int = 384
    grey: float = 0.1
    contrast: float = 0.3
    scramble: float = 0.0
    speckle: float = 0.0
    native: float = 0.0
    degrade: float = 0.0


def random_crop(
    picture: NDArray[np.uint8],
    points: NDArray[np.float32],
    rule: Augmentation,
    rng: np.random.Generator,
) -> Crop:
    """Draw one crop: scale, place, flip, brightness and contrast, grey, a camera's faults.

    A picture whose short side is under `min_side` is first raised to it (by 2 at most), as the
    predictor does.
    """
    height, width = picture.shape[:2]
    raised = min(max(rule.min_side / min(width, height), 1.0), 2.0)
    scale = raised * float(np.exp(rng.uniform(np.log(rule.low), np.log(rule.high))))
    native = rule.native > 0 and rng.random() < rule.native
    # A crop never reaches beyond the picture: small ones are enlarged to fill it.
    scale = max(raised if native else scale, rule.size / min(width, height))
    side = rule.size / scale
    left = rng.uniform(0, width - side) if width > side else 0.0
    top = rng.uniform(0, height - side) if height > side else 0.0
    if native and scale == 1:
        left, top = float(int(left)), float(int(top))
    part = _resample(picture, left, top, scale, rule.size)
    moved = (points - np.array([left, top], np.float32)) * np.float32(scale)
    kept = np.flatnonzero(((moved >= 0) & (moved < rule.size)).all(axis=1))
    heads = moved[kept]
    mirrored = rng.random() < 0.5
    if mirrored:
        part = part[:, ::-1]
        # A head at x covers pixel floor(x); mirrored, it must not leave the crop at x = 0.
        last = np.nextafter(np.float32(rule.size), 0)
        heads = np.column_stack([last - heads[:, 0], heads[:, 1]])
    heads = np.clip(heads, 0, None).astype(np.float32)
    place = Place(left, top, scale, mirrored)
    scrambled = rng.random() < rule.scramble
    if scrambled:
        part, heads, kept = _scramble(part, rng), heads[:0], kept[:0]
    if rng.random() < rule.speckle:
        part = _speckle(part, rng)
    if not scrambled:
        part = _recolour(part, rule, rng)
    if rng.random() < rule.degrade:
        part = degrade(part, rng)
    return Crop(part, heads, kept, place, scrambled)


def crop_density(
    density: NDArray[np.float32], grid: Grid, place: Place, size: int, stride: int
) -> NDArray[np.float32]:
    """Cut a whole picture's density map as the picture was cut: (size/stride, size/stride).

    `grid` says where the cells of `density` lie in the picture. Every new cell gets exactly the
    mass that lies under it, so no scale or place changes a count.
    """
    edges = np.arange(0, size + 1, stride) / place.scale
    cut = masses(density, grid, place.left + edges, place.top + edges)
    out = cut.astype(np.float32)
    return out[:, ::-1].copy() if place.mirrored else out


def _resample(
    picture: NDArray[np.uint8], left: float, top: float, scale: float, size: int
) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    x0, y0 = int(left), int(top)
    x1 = min(int(np.ceil(left + size / scale)) + 1, width)
    y1 = min(int(np.ceil(top + size / scale)) + 1, height)
    part = picture[y0:y1, x0:x1]
    # Pixel centres: crop pixel u shows the picture at left + (u + 0.5) / scale - 0.5.
    shift = 0.5 / scale - 0.5
    if scale < 0.6:
        # warpAffine takes point samples; shrinking much needs an average first. That of two pixels
        # stands at the second.
        part = cv2.blur(part, (2, 2))  # type: ignore[assignment]
        shift += 0.5
    matrix = np.array([[1 / scale, 0, left - x0 + shift], [0, 1 / scale, top - y0 + shift]])
    out = cv2.warpAffine(
        part, matrix, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return np.asarray(out, np.uint8)


def _scramble(part: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Give every wave of a picture another phase: its texture and colours stay, its people go.

    A counter that sees such crops with nobody in them learns heads rather than texture.
    """
    waves = np.fft.rfft2(part.astype(np.float32), axes=(0, 1))
    noise = np.fft.rfft2(rng.random(part.shape[:2], np.float32))
    noise[0, 0] = 1
    turned = waves * (noise / np.abs(noise))[..., None]
    picture = np.fft.irfft2(turned, s=part.shape[:2], axes=(0, 1))
    return np.clip(picture, 0, 255).astype(np.uint8)


def _speckle(part: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Strew small shards of a few colours over parts of a picture: snow, confetti, leaves, litter.

    Two layers lie in different directions, as such things do.
    """
    for _ in range(int(rng.integers(1, 3))):
        part = _strew(part, rng)
    return part


def _strew(part: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Lay one layer of shards over a picture: cells of a turned and stretched grid."""
    side = part.shape[0]
    dot = rng.uniform(1.0, 5.0)
    cells = int(np.ceil(side / dot)) + 1
    cover = cv2.resize(rng.random((4, 4), np.float32), (cells, cells))
    chance = np.clip(cover - rng.uniform(0.2, 0.6), 0, 1) * rng.uniform(0.3, 1.0)
    colours = rng.uniform(0, 255, (int(rng.integers(1, 5)), 3)).astype(np.float32)
    greys = colours.mean(axis=1, keepdims=True)
    colours = greys + (colours - greys) * np.float32(rng.uniform(0.1, 1.0))
    layer = np.zeros((cells, cells, 4), np.float32)
    layer[..., :3] = colours[rng.integers(0, len(colours), (cells, cells))]
    layer[..., 3] = 1
    layer[rng.random((cells, cells)) >= chance] = 0
    angle, stretch = rng.uniform(0, np.pi), np.exp(rng.uniform(-0.7, 0.7))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    grid = np.diag([stretch / dot, 1 / (stretch * dot)]) @ turn
    shards = cv2.warpAffine(
        layer, np.column_stack([grid, rng.uniform(0, cells, 2)]), (side, side),
        flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_WRAP,
    )  # fmt: skip
    shards = cv2.GaussianBlur(shards, (3, 3), rng.uniform(0.3, 0.8))
    mixed = part * (1 - shards[..., 3:]) + shards[..., :3]
    return np.asarray(mixed + 0.5, np.uint8)


def _recolour(
    part: NDArray[np.uint8], rule: Augmentation, rng: np.random.Generator
) -> NDArray[np.uint8]:
    if rng.random() < rule.grey:
        part = np.repeat(
            cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY)[..., None], 3, 2
        )
    gain = rng.uniform(1 - rule.contrast, 1 + rule.contrast)
    shift = rng.uniform(-rule.contrast, rule.contrast) * 128
    table = np.clip((np.arange(256) - 128) * gain + 128 + shift, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(np.ascontiguousarray(part), table), np.uint8)
