"""Batch norms' statistics computed anew: a mean of weights has none of its own."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.header import Header
from models.networks import make_network
from models.pictures import read_picture
from models.predictor import scaled
from trainer.datasets import recognise

CROP, BATCH, BATCHES = 256, 8, 60
# Of the set besides, pictures, and the part of all crops.
OTHERS, SHARE = 120, 0.12
# Groups that the last leg left as they were keep what they have.
UNMOVED = ("vgg.conv1_", "vgg.conv2_", "vgg.conv3_")


@torch.no_grad()
def renewed(
    state: dict[str, Tensor], header: Header, own: Path, besides: Path
) -> dict[str, Tensor]:
    """Return M-SFANet's weights with the statistics of plain crops of training pictures.

    Izmailov et al., SWA, UAI 2018 (arXiv 1803.05407), section 3.2.
    """
    network = make_network(header.network, header.options)
    network.load_state_dict(state)
    network.float().to(memory_format=torch.channels_last).eval()
    for name, module in network.named_modules():
        if isinstance(module, nn.BatchNorm2d) and not name.startswith(UNMOVED):
            module.reset_running_stats()
            # The mean over all batches.
            module.momentum = None
            module.train()
    rng = np.random.default_rng(0)
    pictures = [
        _pictures(part, most, header, rng) for part, most in ((own, None), (besides, OTHERS))
    ]
    mean, std = (torch.tensor(of).view(1, -1, 1, 1) for of in (header.mean, header.std))
    for _ in range(BATCHES):
        crops = [_crop(pictures[int(rng.random() < SHARE)], rng) for _ in range(BATCH)]
        batch = (torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float() - mean) / std
        with torch.autocast("cpu", torch.bfloat16):
            network(batch.to(memory_format=torch.channels_last))
    return network.state_dict()


def _pictures(
    part: Path, most: int | None, header: Header, rng: np.random.Generator
) -> list[NDArray[np.uint8]]:
    examples = recognise(part).examples("train")
    chosen = rng.permutation(len(examples))[:most]
    return [scaled(read_picture(examples[place].picture), header.scale_rule) for place in chosen]


def _crop(pictures: list[NDArray[np.uint8]], rng: np.random.Generator) -> NDArray[np.uint8]:
    picture = pictures[rng.integers(len(pictures))]
    top, left = (rng.integers(0, max(side - CROP, 0) + 1) for side in picture.shape[:2])
    crop = picture[top : top + CROP, left : left + CROP]
    return np.ascontiguousarray(crop[:, ::-1] if rng.random() < 0.5 else crop)
