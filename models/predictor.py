"""The one way from a picture to a density map, used by every part of the program."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from models.grid import grid_of
from models.header import Header, ScaleRule
from models.prediction import Prediction

# Pictures up to 1920x1088 run whole; above, in tiles of about half that, so that memory is bounded.
WHOLE_PIXELS = 1920 * 1088
TILE = 1024


class Engine(Protocol):
    """What computes a network: one picture in, its raw map out."""

    name: str
    precision: str
    # Whether it normalises by itself.
    takes_bytes: bool

    def run(self, batch: Any) -> NDArray[np.float32]:
        """Map a padded picture to the network's raw map (h, w).

        It gets float32 (1, C, H, W), normalised, or with `takes_bytes` uint8 (1, H, W, C).
        """


@dataclass(frozen=True)
class Tile:
    """A stretch of one picture axis: cells from `start` to `stop`, seen from `low` to `high`."""

    start: int
    stop: int
    low: int
    high: int

    @property
    def seen(self) -> int:
        return self.high - self.low


class Predictor:
    """A model that is ready to count; not to be used by two threads at once."""

    def __init__(self, engine: Engine, header: Header, model: str) -> None:
        self.engine = engine
        self.header = header
        self.model = model

    def warm_up(self) -> None:
        """Count a small grey picture, so that no later picture pays for the first run."""
        self.predict(np.full((64, 64, 3), 128, np.uint8))

    def predict(self, picture: NDArray[np.uint8]) -> Prediction:
        """Count the people in an RGB picture (H, W, 3) of uint8.

        Memory beyond the picture stays bounded whatever its size: it runs in tiles above
        WHOLE_PIXELS.
        """
        height, width = picture.shape[:2]
        started = time.perf_counter()
        density = self._density(scaled(picture, self.header.scale_rule))
        count = float(density.sum(dtype=np.float64))
        return Prediction(
            count=count,
            density=density,
            seconds=time.perf_counter() - started,
            model=self.model,
            engine=self.engine.name,
            precision=self.engine.precision,
            grid=grid_of(self.header, width, height),
        )

    def seen(self, width: int, height: int) -> list[tuple[int, int]]:
        """Return width and height of all that the network sees of a picture: tiles, padded."""
        pad_to = self.header.pad_to
        scaled = self.header.scale_rule.size(width, height)
        return [
            (columns.seen + -columns.seen % pad_to, rows.seen + -rows.seen % pad_to)
            for rows, columns in self._grid(*scaled)
        ]

    def _grid(self, width: int, height: int) -> Iterator[tuple[Tile, Tile]]:
        """Cut a picture into tiles, rows and columns; one where it is small enough."""
        whole = height * width <= WHOLE_PIXELS
        for rows in _tiles(height, whole, self.header):
            for columns in _tiles(width, whole, self.header):
                yield rows, columns

    def _density(self, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        height, width = picture.shape[:2]
        stride = self.header.stride
        density = np.zeros((-(-height // stride), -(-width // stride)), np.float32)
        for rows, columns in self._grid(width, height):
            part = picture[rows.low : rows.high, columns.low : columns.high]
            raw = self.engine.run(self._batch(part))
            top = (rows.start - rows.low) // stride
            left = (columns.start - columns.low) // stride
            target = density[
                rows.start // stride : -(-rows.stop // stride),
                columns.start // stride : -(-columns.stop // stride),
            ]
            target[:] = raw[top : top + target.shape[0], left : left + target.shape[1]]
        # A linear output can fall below zero; there is no such thing as a negative person.
        np.maximum(density, 0.0, out=density)
        density /= self.header.density_factor
        return density

    def _batch(self, part: NDArray[np.uint8]) -> NDArray[np.uint8] | NDArray[np.float32]:
        """Reflect-pad to the network's multiple, and normalise where the engine does not."""
        height, width = part.shape[:2]
        below, right = -height % self.header.pad_to, -width % self.header.pad_to
        if below or right:
            part = np.pad(part, ((0, below), (0, right), (0, 0)), mode="reflect")
        if self.header.channels == 1:
            part = np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), np.uint8)[..., None]
        if self.engine.takes_bytes:
            return np.ascontiguousarray(part[None])
        mean = np.asarray(self.header.mean, np.float32)
        std = np.asarray(self.header.std, np.float32)
        planes = ((part.astype(np.float32) - mean) / std).transpose(2, 0, 1)
        return np.ascontiguousarray(planes[None])


def scaled(picture: NDArray[np.uint8], rule: ScaleRule) -> NDArray[np.uint8]:
    """Return a picture (H, W, 3) as a network sees it that has this rule."""
    height, width = picture.shape[:2]
    size = rule.size(width, height)
    if size == (width, height):
        return picture
    # Of a shrunk picture each pixel is the mean of those that it stands for.
    shrunk = rule.shrink < 1 and size[0] < width
    how = cv2.INTER_AREA if shrunk else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8)


def _tiles(length: int, whole: bool, header: Header) -> Iterator[Tile]:
    """Cut an axis of `length` pixels into tiles that overlap by the network's margin."""
    if whole:
        yield Tile(0, length, 0, length)
        return
    # Multiples of pad_to keep every tile on the same pooling grid as the whole picture.
    step = TILE // header.pad_to * header.pad_to
    margin = -(-header.margin // header.pad_to) * header.pad_to
    for start in range(0, length, step):
        stop = min(start + step, length)
        yield Tile(start, stop, max(start - margin, 0), min(stop + margin, length))
