"""Crops in batches, made ahead of the network in a thread of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.header import Header
from models.pictures import read_picture
from trainer.augment import Augmentation, random_crop
from trainer.config import Config
from trainer.datasets import Example
from trainer.density import Density, adaptive_sigmas, gaussian_map, points_map

CACHE_BYTES = 3_000_000_000
AHEAD = 4


@dataclass(frozen=True, eq=False)
class Batch:
    """Normalised pictures (B, C, S, S) and their truth (B, 1, s, s) in persons per cell."""

    pictures: Tensor
    truth: Tensor


class Batches:
    """The batches of every epoch; a batch depends on seed, epoch and number alone.

    So a run that was cut off continues with the very crops it would have seen. Decoded pictures
    are kept up to CACHE_BYTES.
    """

    def __init__(self, examples: Sequence[Example], config: Config, header: Header) -> None:
        self.examples = examples
        self.config = config
        self.header = header
        self.rule = Augmentation(config.crop, config.scale_low, config.scale_high, config.min_side)
        self._cache: dict[int, NDArray[np.uint8]] = {}
        self._cached_bytes = 0

    @property
    def per_epoch(self) -> int:
        return -(-len(self.examples) * self.config.crops // self.config.batch)

    def epoch(self, epoch: int, start: int = 0) -> Iterator[Batch]:
        """Yield the batches of an epoch from number `start` on, a few prepared ahead."""
        order = np.random.default_rng([self.config.seed, epoch]).permutation(
            np.repeat(np.arange(len(self.examples)), self.config.crops)
        )
        with ThreadPoolExecutor(max_workers=1) as pool:
            numbers = list(range(start, self.per_epoch))
            waiting = [pool.submit(self._batch, order, epoch, n) for n in numbers[:AHEAD]]
            for n in numbers:
                if n + AHEAD < self.per_epoch:
                    waiting.append(pool.submit(self._batch, order, epoch, n + AHEAD))
                yield waiting.pop(0).result()

    def _batch(self, order: NDArray[np.int64], epoch: int, number: int) -> Batch:
        rng = np.random.default_rng([self.config.seed, epoch, number])
        size = self.config.batch
        pictures, truths = [], []
        for index in order[number * size : (number + 1) * size]:
            crop = random_crop(
                self._picture(int(index)), self.examples[index].points, self.rule, rng
            )
            pictures.append(crop.picture)
            truths.append(self._truth(crop.points))
        return Batch(
            self._normalised(np.stack(pictures)), torch.from_numpy(np.stack(truths))[:, None]
        )

    def _picture(self, index: int) -> NDArray[np.uint8]:
        if index in self._cache:
            return self._cache[index]
        picture = read_picture(self.examples[index].picture)
        if self._cached_bytes + picture.nbytes <= CACHE_BYTES:
            self._cache[index] = picture
            self._cached_bytes += picture.nbytes
        return picture

    def _truth(self, points: NDArray[np.float32]) -> Density:
        size, stride = self.config.crop, self.header.stride
        if self.config.target == "points":
            return points_map(points, size, size, stride)
        if self.config.target == "adaptive":
            sigmas = adaptive_sigmas(points)
        else:
            sigmas = np.full(len(points), self.config.sigma, np.float32)
        return gaussian_map(points, sigmas, size, size, stride)

    def _normalised(self, pictures: NDArray[np.uint8]) -> Tensor:
        mean = torch.tensor(self.header.mean).view(1, -1, 1, 1)
        std = torch.tensor(self.header.std).view(1, -1, 1, 1)
        x = torch.from_numpy(pictures).permute(0, 3, 1, 2).float()
        return ((x - mean) / std).contiguous(memory_format=torch.channels_last)
