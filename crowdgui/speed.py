"""How fast models count on this machine: every way in turn, so that disturbances hit all alike."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from statistics import median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.catalogue import Model
from models.engine_files import with_engine_file
from models.errors import UserError
from models.loading import open_predictor
from models.precision import PRECISIONS
from models.predictor import Predictor

Size = tuple[int, int]
# The way that public code runs: torch, eager, NCHW, fp32. Every ratio is against it.
PLAIN = "torch-eager"
LARGEST_SIDE = 10_000


@dataclass(eq=False)
class Way:
    """One model in one engine and precision, and its seconds by picture size.

    `first` is the first picture of that size, `seconds` are those after it.
    """

    model: Model
    engine: str
    precision: str
    predictor: Predictor
    first: dict[Size, float] = field(default_factory=dict)
    seconds: dict[Size, list[float]] = field(default_factory=dict)


class PlainEngine:
    """A torch network as public code runs it."""

    name = PLAIN
    precision = "fp32"
    takes_bytes = False

    def __init__(self, network: Any) -> None:
        self._network = network

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        import torch

        from models.networks import density_of

        with torch.inference_mode():
            return density_of(self._network(torch.from_numpy(batch)))[0, 0].numpy()


def parse_sizes(text: str, smallest: int) -> list[Size]:
    """Read "1024x768,640x480". Raises UserError setting-invalid, also for sides below a stride."""
    sizes = []
    for word in text.split(","):
        width, _, height = word.strip().partition("x")
        if not (width.isdecimal() and height.isdecimal()):
            reason = "write widths and heights as in 1024x768,640x480"
            raise UserError("setting-invalid", name="--sizes", value=text, reason=reason)
        size = int(width), int(height)
        if min(size) < smallest or max(size) > LARGEST_SIDE:
            reason = f"sides are {smallest} to {LARGEST_SIDE} pixels with these models"
            raise UserError("setting-invalid", name="--sizes", value=word, reason=reason)
        sizes.append(size)
    return sizes


def ways(model: Model, threads: int) -> Iterator[Way]:
    """Open a model in every way that there is here, the plain one first.

    A model of weights alone gets its ONNX file for it, in the user's cache.
    """
    model = with_engine_file(model, make=True)
    if _there(model, "torch", "fp32"):
        from models.engines.torch_engine import use_threads
        from models.weights import load_network

        assert model.weights is not None
        use_threads(threads)
        network, header = load_network(model.weights)
        yield Way(model, PLAIN, "fp32", Predictor(PlainEngine(network), header, model.name))
    for engine in ("torch", "openvino"):
        for precision in PRECISIONS:
            if not _there(model, engine, precision):
                continue
            predictor = open_predictor(
                model, device="cpu", precision=precision, threads=threads, engine=engine
            )
            # A processor without bf16 has computed in fp32 already.
            if predictor.engine.precision == precision:
                yield Way(model, engine, precision, predictor)


def _there(model: Model, engine: str, precision: str) -> bool:
    if engine == "torch":
        has_torch = find_spec("torch") is not None
        return has_torch and model.weights is not None and precision != "int8"
    file = model.int8 if precision == "int8" else model.onnx
    return file is not None and find_spec("openvino") is not None


def measure(
    opened: Sequence[Way], picture: NDArray[np.uint8], sizes: Sequence[Size], rounds: int
) -> Iterator[str]:
    """Time all ways in turn, `rounds` times after a first picture; yields what comes next.

    Each way counts the picture twice in its turn, and the second is timed: the first finds caches
    and threads as another engine left them, which is not how pictures follow one another.
    """
    for size in sizes:
        resized = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        for turn in range(rounds + 1):
            yield f"{size[0]}x{size[1]}, round {turn} of {rounds}"
            for way in opened:
                seconds = _timed(way, resized)
                if turn == 0:
                    way.first[size] = seconds
                else:
                    way.seconds.setdefault(size, []).append(_timed(way, resized))


def _timed(way: Way, picture: NDArray[np.uint8]) -> float:
    started = time.perf_counter()
    way.predictor.predict(picture)
    return time.perf_counter() - started


def rows(opened: Sequence[Way], ceiling: dict[str, float]) -> list[dict[str, Any]]:
    """Return a row for each way and size, as the benchmark prints them.

    `ratio` is the plain way's time divided by this one's, `ceiling` the part that it reaches of
    the machine's convolutions in its precision; None where there is nothing to compare with.
    """
    found = []
    plain = {
        (way.model.name, size): median(seconds)
        for way in opened
        if way.engine == PLAIN
        for size, seconds in way.seconds.items()
    }
    for way in opened:
        for size, measured in way.seconds.items():
            seconds = median(measured)
            before = plain.get((way.model.name, size))
            most = ceiling.get(way.precision)
            part = None
            if way.model.onnx is not None and most:
                part = work_of(way, size) / seconds / most
            found.append(
                {
                    "model": way.model.name,
                    "engine": way.engine,
                    "precision": way.precision,
                    "size": f"{size[0]}x{size[1]}",
                    "ms": round(seconds * 1000, 3),
                    "ratio": round(before / seconds, 3) if before else None,
                    "ceiling": round(part, 4) if part else None,
                    "first_ms": round(way.first[size] * 1000, 3),
                }
            )
    return found


def work_of(way: Way, size: Size) -> float:
    """Return the GFLOP of the convolutions for a picture of this size, tiles and all."""
    from models.probe import network_work

    assert way.model.onnx is not None
    parts = Counter(way.predictor.seen(*size))
    return sum(n * network_work(way.model.onnx, *part) for part, n in parts.items())
