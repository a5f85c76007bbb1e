"""Random crops of a picture together with its heads."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Crop:
    """A square of a picture: uint8 (size, size, 3) RGB; heads (N, 2) in its pixels, all inside."""

    picture: NDArray[np.uint8]
    points: NDArray[np.float32]


@dataclass(frozen=True)
class Augmentation:
    """What a crop may differ by: `size` in pixels at a scale drawn from `low` to `high`."""

    size: int
    low: float = 0.75
    high: float = 1.5
    min_side: int = 384
    grey: float = 0.1
    contrast: float = 0.3


def random_crop(
    picture: NDArray[np.uint8],
    points: NDArray[np.float32],
    rule: Augmentation,
    rng: np.random.Generator,
) -> Crop:
    """Draw one crop: scale, place, flip, brightness and contrast, grey.

    A picture whose short side is under `min_side` is first raised to it (by 2 at most), as the
    predictor does.
    """
    height, width = picture.shape[:2]
    raised = min(max(rule.min_side / min(width, height), 1.0), 2.0)
    scale = raised * float(np.exp(rng.uniform(np.log(rule.low), np.log(rule.high))))
    # A crop never reaches beyond the picture: small ones are enlarged to fill it.
    scale = max(scale, rule.size / min(width, height))
    side = rule.size / scale
    left = rng.uniform(0, width - side) if width > side else 0.0
    top = rng.uniform(0, height - side) if height > side else 0.0
    part = _resample(picture, left, top, scale, rule.size)
    moved = (points - np.array([left, top], np.float32)) * np.float32(scale)
    kept = moved[((moved >= 0) & (moved < rule.size)).all(axis=1)]
    if rng.random() < 0.5:
        part = part[:, ::-1]
        # A head at x covers pixel floor(x); mirrored, it must not leave the crop at x = 0.
        kept = np.column_stack([np.nextafter(np.float32(rule.size), 0) - kept[:, 0], kept[:, 1]])
    return Crop(_recolour(part, rule, rng), np.clip(kept, 0, None).astype(np.float32))


def _resample(
    picture: NDArray[np.uint8], left: float, top: float, scale: float, size: int
) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    x0, y0 = int(left), int(top)
    x1 = min(int(np.ceil(left + size / scale)) + 1, width)
    y1 = min(int(np.ceil(top + size / scale)) + 1, height)
    part = picture[y0:y1, x0:x1]
    if scale < 0.6:
        # warpAffine takes point samples; shrinking much needs an average first.
        part = cv2.blur(part, (2, 2))  # type: ignore[assignment]
    # Pixel centres: crop pixel u shows the picture at left + (u + 0.5) / scale - 0.5.
    matrix = np.array(
        [
            [1 / scale, 0, left - x0 + 0.5 / scale - 0.5],
            [0, 1 / scale, top - y0 + 0.5 / scale - 0.5],
        ]
    )
    out = cv2.warpAffine(
        part, matrix, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return np.asarray(out, np.uint8)


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
