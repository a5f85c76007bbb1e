"""Crops in batches, made ahead of the network in a thread of their own."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.header import Header, ScaleRule
from models.pictures import read_picture
from models.predictor import scaled
from trainer.augment import Augmentation, Crop, crop_density, random_crop
from trainer.config import CACHE_BYTES, Config
from trainer.datasets import Example
from trainer.density import Density, adaptive_sigmas, gaussian_map, inside, points_map
from trainer.teacher import Teacher

AHEAD = 4
# A picture, and the width and height of its file.
Sized = tuple[NDArray[np.uint8], tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Batch:
    """Normalised pictures (B, C, S, S) and what they should become, in persons per cell.

    `truth` and `teacher` (B, 1, s, s) have cells of `stride` pixels; without a teacher the two
    are the same. `labelled` (B,) is 1 where there is a truth, else 0. `trust` (B,) is 1, or less
    where the teacher errs.
    """

    pictures: Tensor
    truth: Tensor
    teacher: Tensor
    labelled: Tensor
    trust: Tensor
    stride: int

    def to(self, device: str) -> Batch:
        return Batch(
            self.pictures.to(device, non_blocking=True),
            self.truth.to(device),
            self.teacher.to(device),
            self.labelled.to(device),
            self.trust.to(device),
            self.stride,
        )


class Batches:
    """The batches of every epoch; a crop depends on seed, epoch and its place alone.

    So a run that was cut off continues with the very crops it would have seen, and `world`
    processes that share the work see together what one would. Decoded pictures and the
    teachers' maps are kept up to CACHE_BYTES together.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        config: Config,
        header: Header,
        teachers: Sequence[Teacher] = (),
        rank: int = 0,
        world: int = 1,
    ) -> None:
        self.examples = examples
        self.config = config
        self.header = header
        self.teachers = teachers
        self.rank, self.world = rank, world
        self.stride = max(config.loss_stride, header.stride)
        self.rule = Augmentation(
            config.crop,
            config.scale_low,
            config.scale_high,
            config.min_side,
            scramble=config.scramble,
            speckle=config.speckle,
            native=config.native,
            degrade=config.degrade,
        )
        # Seconds that the network waited for crops so far.
        self.waited = 0.0
        self._cache: dict[int, Sized] = {}
        self._maps: dict[int, list[Density]] = {}
        self._cached_bytes = 0

    @property
    def per_epoch(self) -> int:
        return -(-len(self.examples) * self.config.crops // self.config.batch)

    def prepare(self) -> Iterator[int]:
        """Make the teachers' maps of this process's part of the pictures, those not kept yet.

        Yields how many are done, as often in every process.
        """
        number = len(self.examples) if self.teachers else 0
        for first in range(0, number, self.world):
            if first + self.rank < number:
                self._teacher_maps(first + self.rank)
            yield min(first + self.world, number)

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
                asked = time.perf_counter()
                batch = waiting.pop(0).result()
                self.waited += time.perf_counter() - asked
                yield batch

    def share(self, number: int) -> float:
        """Return the weight of this process's part of a batch: 1 where all have as many crops."""
        total = len(self.examples) * self.config.crops
        crops = min(self.config.batch, total - number * self.config.batch)
        return len(range(self.rank, crops, self.world)) * self.world / crops

    def _batch(self, order: NDArray[np.int64], epoch: int, number: int) -> Batch:
        size = self.config.batch
        crops = list(enumerate(order[number * size : (number + 1) * size]))
        # A process without a crop of its own takes the first, with no weight: see `share`.
        own = crops[self.rank :: self.world] or crops[:1]
        drawn = [
            self._draw(int(i), np.random.default_rng([self.config.seed, epoch, number, place]))
            for place, i in own
        ]
        pictures, truths, taught, labelled, trusts = zip(*drawn, strict=True)
        return Batch(
            self._normalised(np.stack(pictures)),
            torch.from_numpy(np.stack(truths))[:, None],
            torch.from_numpy(np.stack(taught))[:, None],
            torch.tensor(labelled),
            torch.tensor(trusts),
            self.stride,
        )

    def _draw(
        self, index: int, rng: np.random.Generator
    ) -> tuple[NDArray[np.uint8], Density, Density, float, float]:
        """Draw one crop: picture, truth, the teacher's map, whether labelled, trust."""
        example = self.examples[index]
        picture, (width, height) = self._picture(index)
        points = example.points if example.points is not None else np.zeros((0, 2), np.float32)
        shown = picture.shape[1], picture.shape[0]
        points = points * np.array([shown[0] / width, shown[1] / height], np.float32)
        crop = random_crop(picture, points, self.rule, rng)
        truth = self._truth(crop, points)
        if crop.scrambled or not self.teachers:
            return crop.picture, truth, truth, 1.0, 1.0
        size, stride = self.config.crop, self.stride
        maps = self._teacher_maps(index)
        grids = [teacher.grid(width, height).stretched(*shown) for teacher in self.teachers]
        cut = [
            crop_density(density, grid, crop.place, size, stride)
            for density, grid in zip(maps, grids, strict=True)
        ]
        taught = np.mean(cut, axis=0)
        if example.points is None:
            return crop.picture, truth, taught, 0.0, 1.0
        people = len(inside(points, *shown))
        trust = _trust(maps, people) if self.config.trust else 1.0
        return crop.picture, truth, taught, 1.0, trust

    def _teacher_maps(self, index: int) -> list[Density]:
        if index in self._maps:
            return self._maps[index]
        path = self.examples[index].picture
        # What does not fit is read again, from where the teacher keeps it.
        maps = [teacher.density(path) for teacher in self.teachers]
        if self._has_room(sum(density.nbytes for density in maps)):
            self._maps[index] = maps
        return maps

    def _picture(self, index: int) -> Sized:
        """Return a picture, shrunk as the network's rule says, and the size of its file."""
        if index in self._cache:
            return self._cache[index]
        whole = read_picture(self.examples[index].picture)
        height, width = whole.shape[:2]
        picture = scaled(whole, ScaleRule(shrink=self.header.scale_rule.shrink))
        if self._has_room(picture.nbytes):
            self._cache[index] = picture, (width, height)
        return picture, (width, height)

    def _has_room(self, size: int) -> bool:
        """Return whether so many bytes may be kept; they count from then on."""
        if self._cached_bytes + size > CACHE_BYTES:
            return False
        self._cached_bytes += size
        return True

    def _truth(self, crop: Crop, points: NDArray[np.float32]) -> Density:
        """Return a crop's target from its own heads; `points` are those of the whole picture."""
        size, stride = self.config.crop, self.stride
        if self.config.target == "points":
            return points_map(crop.points, size, size, stride)
        if self.config.target == "adaptive":
            # Of the whole picture: a head at the crop's edge has neighbours beyond it.
            sigmas = adaptive_sigmas(points)[crop.kept] * np.float32(crop.place.scale)
        else:
            sigmas = np.full(len(crop.points), self.config.sigma, np.float32)
        return gaussian_map(crop.points, sigmas, size, size, stride)

    def _normalised(self, pictures: NDArray[np.uint8]) -> Tensor:
        mean = torch.tensor(self.header.mean).view(1, -1, 1, 1)
        std = torch.tensor(self.header.std).view(1, -1, 1, 1)
        x = torch.from_numpy(pictures).permute(0, 3, 1, 2).float()
        return ((x - mean) / std).contiguous(memory_format=torch.channels_last)


def _trust(maps: Sequence[Density], people: int) -> float:
    """Return how far the teacher is to be believed on a picture: exp(-its relative error)."""
    count = float(np.mean([density.sum() for density in maps]))
    return float(np.exp(-abs(count - people) / max(people, 1)))
