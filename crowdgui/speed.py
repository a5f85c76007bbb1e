"""How fast models count on this machine: every way in turn, so that disturbances hit all alike."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.catalogue import Model
from models.engine_files import with_engine_file
from models.errors import UserError
from models.loading import open_predictor
from models.predictor import Predictor

Size = tuple[int, int]
# The way that public code runs: torch, eager, NCHW, fp32. Every ratio is against it.
PLAIN = "torch-eager"
WAYS = (
    (PLAIN, "fp32"), ("torch", "fp32"), ("torch", "bf16"),
    ("openvino", "fp32"), ("openvino", "bf16"), ("openvino", "int8"),
)  # fmt: skip
LARGEST_SIDE = 10_000


@dataclass(eq=False)
class Way:
    """One model in one engine and precision, and its seconds by picture size.

    `name` tells the model from the others that are measured. `first` is the first picture of that
    size, `seconds` are those after it.
    """

    model: Model
    name: str
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
        # Of thousands of digits Python makes no number.
        sides = re.fullmatch(r"(\d{1,9})x(\d{1,9})", word.strip())
        if sides is None:
            reason = "write widths and heights as in 1024x768,640x480"
            raise UserError("setting-invalid", name="--sizes", value=text, reason=reason)
        size = int(sides[1]), int(sides[2])
        if min(size) < smallest or max(size) > LARGEST_SIDE:
            reason = f"sides are {smallest} to {LARGEST_SIDE} pixels with these models"
            raise UserError("setting-invalid", name="--sizes", value=word, reason=reason)
        sizes.append(size)
    return list(dict.fromkeys(sizes))


def own_threads() -> int:
    """Return how many threads torch takes by itself, for all engines to take as many; 0 without it.

    It heeds OMP_NUM_THREADS and which processors this process may use.
    """
    if find_spec("torch") is None:
        return 0
    import torch

    return torch.get_num_threads()


def open_ways(models: Sequence[Model], threads: int) -> tuple[list[Way], list[UserError]]:
    """Open models in every way that there is here; returns what kept others from opening, too.

    A model of weights alone gets its ONNX file for it, in the user's cache.
    """
    opened: dict[tuple[Model, str, str], Way] = {}
    # By sentence, for one file may be wrong for two precisions.
    problems: dict[str, UserError] = {}
    names = Counter(model.name for model in models)
    for model in models:
        name = model.name if names[model.name] == 1 else str(model.file)
        for engine, wanted in WAYS:
            if not _there(model, engine, wanted):
                continue
            try:
                predictor = _open(model, engine, wanted, threads)
            except UserError as error:
                problems[str(error)] = error
                continue
            # A file of int8 computes in nothing else, and a processor without bf16 in fp32.
            precision = predictor.engine.precision
            way = Way(model, name, engine, precision, predictor)
            opened.setdefault((model, engine, precision), way)
    return list(opened.values()), list(problems.values())


def _there(model: Model, engine: str, precision: str) -> bool:
    if engine == "openvino":
        return precision != "int8" or model.int8 is not None
    return model.weights is not None and find_spec("torch") is not None


def _open(model: Model, engine: str, precision: str, threads: int) -> Predictor:
    if engine != PLAIN:
        return open_predictor(
            model, device="cpu", precision=precision, threads=threads, engine=engine, convert=True
        )
    from models.engines.torch_engine import use_threads
    from models.weights import load_network

    assert model.weights is not None
    use_threads(threads)
    network, header = load_network(model.weights)
    return Predictor(PlainEngine(network), header, model.name)


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
        (way.model, size): median(seconds)
        for way in opened
        if way.engine == PLAIN
        for size, seconds in way.seconds.items()
    }
    graphs: dict[Model, Path] = {}
    for way in opened:
        if way.engine == "openvino":
            graphs.setdefault(way.model, _graph(way))
    for way in opened:
        for size, measured in way.seconds.items():
            seconds = median(measured)
            before = plain.get((way.model, size))
            most = ceiling.get(way.precision)
            part = None
            if way.model in graphs and most:
                part = _work(graphs[way.model], way, size) / seconds / most
            found.append(
                {
                    "model": way.name,
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


def _graph(way: Way) -> Path:
    """Return the ONNX file that a way of OpenVINO's has opened."""
    if way.precision == "int8" and way.model.int8 is not None:
        return way.model.int8
    file = with_engine_file(way.model, make=False).onnx
    assert file is not None
    return file


def _work(graph: Path, way: Way, size: Size) -> float:
    """Return the GFLOP of the convolutions for a picture of this size, tiles and all."""
    from models.probe import network_work

    parts = Counter(way.predictor.seen(*size))
    return sum(n * network_work(graph, *part) for part, n in parts.items())
