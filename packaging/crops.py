"""Crops of training pictures, as a network sees them, for what is measured on a few of them."""

import numpy as np
import torch
from torch import Tensor

from models.header import Header, ScaleRule
from models.pictures import read_picture
from models.predictor import scaled
from trainer.augment import Augmentation, random_crop
from trainer.datasets import DataSet, spread

SIDE = 256


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
    mean, std = (torch.tensor(of).view(1, -1, 1, 1) for of in (header.mean, header.std))
    return (torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2) - mean) / std
