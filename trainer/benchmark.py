"""How fast MCNN trains here, beside the plain loop that public code runs.

The plain loop decodes every picture for every crop and computes in fp32, NCHW, eagerly, in one
thread of work; the program's trainer runs as it always does. All cut the same pictures by the same
rule, each by a chance of its own.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from models.mcnn import MCNN
from models.pictures import read_picture
from trainer.augment import Augmentation, random_crop
from trainer.config import Config, Precision, make_config
from trainer.datasets import Example, recognise
from trainer.density import gaussian_map
from trainer.distill import distill

PLAIN = "plain loop"
PRECISIONS: tuple[Precision, ...] = ("fp32", "bf16")


@dataclass(frozen=True)
class Speed:
    """How fast one way to train is, the median of its rounds, and against the plain loop.

    `pictures_per_s` are crops; --json prints it by this name. `data_share` is the part of the
    time in which the network waited for crops; the plain loop has nothing made ahead, so there it
    is the time spent on making them.
    """

    way: str
    pictures_per_s: float
    ratio: float
    data_share: float


def benchmark_training(data: Path, rounds: int = 3, threads: int = 0) -> Iterator[str | Speed]:
    """Yield the name of each way as its turn comes, in `rounds` interleaved rounds; then results.

    Takes up to 64 pictures of the set's training split. Raises UserError as the trainer does.
    """
    config = _config(data, threads)
    pictures = recognise(data)
    examples = pictures.examples("train")[: config.limit]
    # The trainer wants them: what it would refuse shows before the plain loop's turn.
    pictures.examples("val")
    if threads:
        torch.set_num_threads(threads)
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in (PLAIN, *PRECISIONS)}
    for _ in range(rounds):
        yield PLAIN
        found[PLAIN].append(_plain_loop(examples, config))
        for precision in PRECISIONS:
            yield precision
            found[precision].append(_trainer(replace(config, precision=precision)))
    plain = statistics.median(speed for speed, _ in found[PLAIN])
    for way, measured in found.items():
        speed = statistics.median(speed for speed, _ in measured)
        share = statistics.median(share for _, share in measured)
        yield Speed(way, speed, speed / plain, share)


def _config(data: Path, threads: int) -> Config:
    return make_config(
        {
            "network": "mcnn",
            "data": [str(data)],
            # Where the plain loop is.
            "device": "cpu",
            "limit": 64,
            "epochs": 2,
            "batch": 8,
            "crop": 256,
            "log_every": 1000,
            "save_every": 1000,
            "validate_every": 1000,
            "threads": threads,
        }
    )


def _trainer(config: Config) -> tuple[float, float]:
    """Return crops per second and data share of the second epoch; the first fills the cache."""
    with tempfile.TemporaryDirectory() as folder:
        steps = [event for event in distill(config, Path(folder)) if event["event"] == "step"]
    return steps[-1]["images_per_s"], steps[-1]["data_share"]


def _plain_loop(examples: Sequence[Example], config: Config) -> tuple[float, float]:
    torch.manual_seed(0)
    network = MCNN()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-4)
    rule = Augmentation(config.crop, config.scale_low, config.scale_high, config.min_side)
    rng = np.random.default_rng(0)
    order = list(rng.permutation(len(examples)))
    steps = max(len(order) // config.batch, 1)
    made = 0.0
    begin = time.perf_counter()
    for step in range(steps):
        start = time.perf_counter()
        chosen = [examples[i] for i in order[step * config.batch : (step + 1) * config.batch]]
        crops = [random_crop(read_picture(e.picture), e.heads, rule, rng) for e in chosen]
        pictures = np.stack([crop.picture for crop in crops]).transpose(0, 3, 1, 2)
        x = (torch.from_numpy(np.ascontiguousarray(pictures)).float() - 127.5) / 127.5
        sigmas = [np.full(len(crop.points), config.sigma, np.float32) for crop in crops]
        size = config.crop
        targets = [
            gaussian_map(c.points, s, size, size, 4) for c, s in zip(crops, sigmas, strict=True)
        ]
        truth = torch.from_numpy(np.stack(targets))[:, None]
        made += time.perf_counter() - start
        loss = torch.nn.functional.mse_loss(network(x), truth * config.density_factor)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    seconds = time.perf_counter() - begin
    return len(chosen) * steps / seconds, made / seconds
