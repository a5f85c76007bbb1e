"""Crops of training pictures: a few as a network sees them, or many of all kinds."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.header import Header, ScaleRule
from models.pictures import read_picture
from models.predictor import scaled
from trainer.augment import Augmentation, random_crop
from trainer.datasets import DataSet, spread

SIDE = 256
# A crop of any kind: at these scales, of the other pictures so often.
MIXED = Augmentation(224, low=0.62, high=2.0, min_side=0, grey=0.1, contrast=0.3)
OTHERS_SHARE = 0.3
NOBODY = np.zeros((0, 2), np.float32)


def plain_crops(sets: list[DataSet], number: int, header: Header) -> Tensor:
    """Return about `number` crops (N, 3, 256, 256), normalised; always the same."""
    rule = Augmentation(SIDE, min_side=header.scale_rule.min_side, grey=0, contrast=0, native=1)
    shrunk = ScaleRule(shrink=header.scale_rule.shrink)
    rng = np.random.default_rng(0)
    crops = []
    for part in sets:
        for example in spread(part.examples("train"), max(number // len(sets), 1)):
            picture = scaled(read_picture(example.picture), shrunk)
            crops.append(random_crop(picture, example.heads, rule, rng).picture)
    return _normalised(crops, header)


def mixed_crops(
    sets: list[DataSet], others: list[Path], batch: int, header: Header
) -> Iterator[Tensor]:
    """Yield batches (B, 3, 224, 224) of crops without end, of training pictures and others."""
    own = [example.picture for part in sets for example in part.examples("train")]
    rng = np.random.default_rng(0)
    read = lru_cache(2000)(read_picture)
    while True:
        kinds = [others if others and rng.random() < OTHERS_SHARE else own for _ in range(batch)]
        pictures = [read(kind[rng.integers(len(kind))]) for kind in kinds]
        crops = [random_crop(picture, NOBODY, MIXED, rng).picture for picture in pictures]
        yield _normalised(crops, header)


def _normalised(crops: list[NDArray[np.uint8]], header: Header) -> Tensor:
    mean, std = (torch.tensor(of).view(1, -1, 1, 1) for of in (header.mean, header.std))
    return (torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2) - mean) / std
