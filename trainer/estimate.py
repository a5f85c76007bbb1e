"""How long a training will take and what memory it needs, before it begins.

Work is counted in multiply-adds: of a network a pixel, three times that for a training pixel
(forward, and backward to weights and to activations). How many of them this machine does in a
second is taken from earlier runs; before there are any, it is a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.config import CACHE_BYTES, Config
from trainer.run_list import RunRow

# Multiply-adds and stored activations (numbers) a pixel of input, and parameters.
COSTS: dict[str, tuple[float, float, int]] = {
    "mcnn": (26_826, 159, 134_125),
    "assistant": (14_950, 214, 2_179_969),
    "compact": (3_621, 79, 133_121),
    "compact, slim": (1_815, 48, 132_657),
    "m-sfanet": (413_794, 849, 22_904_390),
}
# The side of a cell of a density map, in pixels.
STRIDES = {"mcnn": 4, "assistant": 8, "compact": 8, "m-sfanet": 2}
TRAINING_PASSES = 3.0
# Multiply-adds a second, where no earlier run says: a processor core, a graphics card.
GUESS_A_CORE, GUESS_A_CARD = 25e9, 3e12
PROGRAM_BYTES = 600_000_000
# Activations and their gradients, and copies that are made on the way.
ACTIVATION_BYTES = 4 * 2.0
# Weights, gradients, two moments, the running average.
PARAMETER_BYTES = 4 * 5


@dataclass(frozen=True)
class Amount:
    """What there is to learn from: pictures, and the pixels of all of them together.

    `validation` is the number of pictures to validate on, 0 where it is not known.
    """

    train: int
    train_pixels: int
    validation_pixels: int
    validation: int = 0


@dataclass(frozen=True)
class Estimate:
    """Seconds and bytes of memory; `measured` where an earlier run on this machine says so."""

    seconds: float
    memory: int
    measured: bool


def estimate(
    config: Config, amount: Amount, teachers: Sequence[str], rows: Sequence[RunRow], cores: int
) -> Estimate:
    """Return what a training will need; `teachers` are the networks of its teachers."""
    amount = _limited(amount, config.limit)
    # The part of whole pictures that the network sees; teachers see all of it.
    area = config.shrink**2
    macs = _costs(config)[0]
    earlier = _earlier_speed(config, rows)
    guess = GUESS_A_CARD if config.device.startswith("cuda") else GUESS_A_CORE * max(cores, 1)
    speed = earlier or guess
    # What lies in folders of its own and is listed only when the training begins is left out.
    pictures = amount.train + config.at_most(config.scenes)
    pictures += config.at_most(config.negative_pictures) if config.negatives else 0
    trained = config.epochs * pictures * config.crops * config.crop**2
    validations = -(-config.epochs // config.validate_every)
    # Small pictures are raised at both, which the sum of pixels does not know; it is an estimate.
    work = trained * macs * TRAINING_PASSES + validations * area * amount.validation_pixels * macs
    if config.needs_teacher:
        work += sum(COSTS.get(name, COSTS["mcnn"])[0] for name in teachers) * amount.train_pixels
    return Estimate(work / speed, _memory(config, amount, teachers), earlier is not None)


def _costs(config: Config) -> tuple[float, float, int]:
    name = f"{config.network}, slim" if config.options.get("slim") else config.network
    return COSTS.get(name, COSTS["mcnn"])


def _limited(amount: Amount, limit: int) -> Amount:
    """Return what a limit leaves of the pictures of each part; 0 is none."""
    train, validation = amount.train, amount.validation
    if limit and limit < train:
        pixels = amount.train_pixels * limit // train
        amount = replace(amount, train=limit, train_pixels=pixels)
    if limit and limit < validation:
        pixels = amount.validation_pixels * limit // validation
        amount = replace(amount, validation=limit, validation_pixels=pixels)
    return amount


def _earlier_speed(config: Config, rows: Sequence[RunRow]) -> float | None:
    """Return multiply-adds a second of the newest run of the same kind on this machine."""
    for row in rows:
        then = row.config
        if then is None or row.images_per_s is None:
            continue
        if (then.network, then.device, then.precision, then.threads) == (
            config.network, config.device, config.precision, config.threads,
        ):  # fmt: skip
            macs = _costs(then)[0]
            return row.images_per_s * then.crop**2 * macs * TRAINING_PASSES
    return None


def _memory(config: Config, amount: Amount, teachers: Sequence[str]) -> int:
    _, numbers, parameters = _costs(config)
    activations = numbers * ACTIVATION_BYTES * config.batch * config.crop**2
    weights = PARAMETER_BYTES * parameters
    if config.needs_guide and teachers:
        _, numbers, parameters = COSTS.get(teachers[0], COSTS["mcnn"])
        activations += numbers * ACTIVATION_BYTES / 2 * config.batch * config.crop**2
        weights += 4 * parameters
    kept = 3.0 * config.shrink**2 * amount.train_pixels
    if config.needs_teacher:
        kept += sum(4 / STRIDES.get(name, 4) ** 2 for name in teachers) * amount.train_pixels
    return round(PROGRAM_BYTES + activations + weights + min(kept, CACHE_BYTES))
