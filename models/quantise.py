"""int8 files of networks: static post-training quantisation of their ONNX files.

Weights become int8 by output channel, activations 8 bits by tensor, with ranges that a few
training pictures show. Before, the channels are brought to like sizes (equalise); after, biases
take back what rounded weights add on average, and the last one what is left of it in the total.
What would still cost accuracy stays in fp32. The result is plain ONNX with QuantizeLinear and
DequantizeLinear, which every runtime reads.

Why not NNCF: on MCNN its file is as fast (within the noise of the measurement) and its counts
move as much (validation MAE +0.10 %, with this as well), but it would be a second way, outside
the program, and could not serve who has trained a student in it. Why the graph is otherwise left
alone: the three first layers as one 9x9 convolution with zeros are a fifth faster with AMX and a
sixth slower with VNNI alone; as a convolution of 2x2 blocks (space to depth) they leave int8.

Jacob et al., CVPR 2018 (arXiv 1712.05877); Nagel et al., ICCV 2019 (arXiv 1906.04721), section 4.2,
and arXiv 2106.08295.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.engines.openvino_engine import OpenVINOEngine
from models.equalise import equalise
from models.errors import UserError
from models.graph_edits import stored
from models.predictor import Predictor

# A convolution to fewer channels makes the map: an error there is an error of the count.
FEWEST_CHANNELS = 8
# Where all convolutions in 8 bits move the count by more than this part of it, each that does so
# alone stays in fp32, as seen in CROPS pictures, of which CROP is rows and columns; below FEW
# persons a part says nothing.
WORST = 0.01
CROPS = 4
CROP = (480, 640)
FEW = 20.0
# Values kept of each tensor and picture to choose its range from.
SAMPLE = 10_000
# Ranges are tried as parts of the largest value seen.
PARTS = np.linspace(0.3, 1.0, 36)
# What hands values through unchanged, so that 8 bits before it are 8 bits after it.
TRANSPARENT = ("MaxPool", "Concat", "Pad")

# Told during the work: what is done now, and how much of how much of it.
Tell = Callable[[str, int, int], None]


def tell_nobody(*_: object) -> None:
    """A Tell for whom nobody waits."""


@dataclass
class Seen:
    """What the pictures showed of a tensor: a sample of its values, and its extremes.

    By channel, `highs` are the largest values and `means` those of each picture.
    """

    values: list[NDArray[np.float32]] = field(default_factory=list)
    low: float = 0.0
    high: float = 0.0
    highs: NDArray[np.float32] = field(default_factory=lambda: np.zeros(1, np.float32))
    means: list[NDArray[np.float32]] = field(default_factory=list)

    def add(self, found: NDArray[np.float32], rng: np.random.Generator) -> None:
        self.low = min(self.low, float(found.min()))
        self.highs = np.maximum(self.highs, found.max(axis=(0, 2, 3)))
        self.high = float(self.highs.max())
        self.means.append(found.mean(axis=(0, 2, 3)))
        self.values.append(found.ravel()[rng.integers(0, found.size, SAMPLE)])

    def scale(self) -> tuple[float, bool]:
        """Return the step of 8 bits with the least squared error, and whether it has signs."""
        signed = self.low < 0
        levels = 127 if signed else 255
        values = np.concatenate(self.values)
        largest = max(-self.low, self.high, 1e-6)
        errors = []
        for part in PARTS:
            step = part * largest / levels
            rounded = np.clip(np.rint(values / step), -levels if signed else 0, levels) * step
            errors.append(float(np.square(values - rounded).mean()))
        return float(PARTS[int(np.argmin(errors))]) * largest / levels, signed


def quantise(
    source: Path, pictures: Sequence[NDArray[np.uint8]], tell: Tell = tell_nobody
) -> onnx.ModelProto:
    """Return the int8 network of an fp32 ONNX file made by export_onnx, with its metadata.

    `pictures` (RGB, of the training set) show the ranges, and which convolutions must stay in
    fp32. A large network takes minutes. Raises UserError calibration-empty, or as OpenVINOEngine
    does.
    """
    if not pictures:
        raise UserError("calibration-empty", path=source)
    exact = onnx.load(source)
    _part_constants(exact)
    names = [node.name for node in exact.graph.node if _can_be_quantised(exact, node)]
    watched = _watched(exact, names)
    shown = _observe(source, watched, pictures, lambda done, of: tell("values", done, 2 * of))
    equalise(exact, {name: tensor.highs for name, tensor in shown.items()})
    with _as_file(exact) as even:
        seen = _observe(even, watched, pictures, lambda done, of: tell("values", of + done, 2 * of))
    trial = _Trial(source, pictures)
    model = _quantised(exact, names, seen)
    # Written so that a count that is no number does not pass.
    if not trial.moved(model) <= WORST:
        kept = []
        for done, name in enumerate(names):
            tell("layers", done, len(names))
            if trial.moved(_quantised(exact, [name], seen)) <= WORST:
                kept.append(name)
        model = _quantised(exact, kept, seen)
    _keep_total(model, source, pictures, lambda done, of: tell("totals", done, of))
    return model


@contextmanager
def _as_file(model: onnx.ModelProto) -> Iterator[Path]:
    """Give a network as a file, which is what the engine reads."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.onnx"
        onnx.save(model, path)
        yield path


def _part_constants(model: onnx.ModelProto) -> None:
    """Give every convolution a weight and a bias of its own, which can be changed alone.

    M-SFANet uses one layer at four scales, and the exporter writes equal constants only once.
    """
    graph = model.graph
    aliases = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Identity"}
    constants = {item.name: item for item in graph.initializer}
    taken: set[str] = set()
    for node in graph.node:
        for place in range(1, len(node.input)) if node.op_type == "Conv" else ():
            name = aliases.get(node.input[place], node.input[place])
            if name not in constants:
                continue
            if name in taken:
                copied = onnx.TensorProto()
                copied.CopyFrom(constants[name])
                name = copied.name = f"{node.name}/{place}"
                graph.initializer.append(copied)
            taken.add(name)
            node.input[place] = name


def _watched(model: onnx.ModelProto, names: Sequence[str]) -> list[str]:
    """Return the tensors of which something must be known: what these convolutions read."""
    read = {node.input[0] for node in model.graph.node if node.name in names}
    return sorted(read.union(*_groups(model, names)))


class _Trial:
    """Crops of pictures, and what is counted in them in fp32."""

    def __init__(self, source: Path, pictures: Sequence[NDArray[np.uint8]]) -> None:
        self._crops = [picture[: CROP[0], : CROP[1]] for picture in pictures[:CROPS]]
        self._wanted = self._counts(OpenVINOEngine(source))

    def moved(self, model: onnx.ModelProto) -> float:
        """Return by how much, of the count, a network counts otherwise; the mean of the crops."""
        with _as_file(model) as path:
            counts = self._counts(OpenVINOEngine(path))
        return float(np.mean(np.abs(counts - self._wanted) / np.maximum(self._wanted, FEW)))

    def _counts(self, engine: OpenVINOEngine) -> NDArray[np.float64]:
        predictor = Predictor(engine, engine.header, "")
        return np.array([predictor.predict(crop).count for crop in self._crops])


def _keep_total(
    model: onnx.ModelProto,
    source: Path,
    pictures: Sequence[NDArray[np.uint8]],
    tell: Callable[[int, int], None],
) -> None:
    """Let the pictures together count as many as in fp32, where the map ends in a softplus.

    The errors that are left lean to one side, and for small densities a softplus is an exponential:
    what is added before it multiplies the count.
    """
    ends = [node for node in model.graph.node if node.op_type == "Softplus"]
    last = [node for node in model.graph.node if ends and ends[-1].input[0] in node.output]
    if not last or len(last[0].input) < 3:
        return
    exact = OpenVINOEngine(source)
    with _as_file(model) as path:
        engines = exact, OpenVINOEngine(path)
        predictors = [Predictor(engine, exact.header, "") for engine in engines]
        totals = np.zeros(2)
        for done, picture in enumerate(pictures):
            tell(done, len(pictures))
            totals += [predictor.predict(picture).count for predictor in predictors]
    if totals.min() > FEW:
        bias = stored(model, last[0].input[2])
        moved = numpy_helper.to_array(bias) + np.log(totals[0] / totals[1])
        bias.CopyFrom(numpy_helper.from_array(np.asarray(moved, np.float32), bias.name))


def _quantised(
    exact: onnx.ModelProto, names: Sequence[str], seen: Mapping[str, Seen]
) -> onnx.ModelProto:
    """Return a copy in which the convolutions of these names compute in 8 bits."""
    model = onnx.ModelProto()
    model.CopyFrom(exact)
    for group in _groups(model, names):
        together = Seen(
            [values for name in group for values in seen[name].values],
            min(seen[name].low for name in group),
            max(seen[name].high for name in group),
        )
        for name in group:
            _quantise_tensor(model, name, *together.scale())
    for node in exact.graph.node:
        if node.name in names:
            mean = np.mean(seen[node.input[0]].means, axis=0)
            _quantise_weight(model, node.name, np.asarray(mean, np.float32))
    _sort(model)
    return model


def _can_be_quantised(model: onnx.ModelProto, node: onnx.NodeProto) -> bool:
    return node.op_type == "Conv" and _constant(model, node.input[1]).shape[0] >= FEWEST_CHANNELS


def _constant(model: onnx.ModelProto, name: str) -> NDArray[np.float32]:
    return np.asarray(numpy_helper.to_array(stored(model, name)), np.float32)


def _groups(model: onnx.ModelProto, names: Sequence[str]) -> list[set[str]]:
    """Return the tensors that these convolutions read, those that must share a range together."""
    groups: list[set[str]] = []
    for node in [node for node in model.graph.node if node.name in names]:
        group = set(_origins(model, node.input[0]))
        # A tensor has one range, so groups that share one are one.
        for other in [known for known in groups if known & group]:
            groups.remove(other)
            group |= other
        groups.append(group)
    return groups


def _origins(model: onnx.ModelProto, name: str) -> Iterator[str]:
    """Yield where a tensor's values come from, before poolings and concatenations."""
    node = next((node for node in model.graph.node if name in node.output), None)
    if node is None or node.op_type not in TRANSPARENT:
        yield name
        return
    # What else is read says how much is padded.
    for part in node.input if node.op_type == "Concat" else node.input[:1]:
        yield from _origins(model, part)


class _Watched(OpenVINOEngine):
    """The engine, with the tensors of some names shown to `seen` after each picture."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._names = names
        self.seen = {name: Seen() for name in names}
        self._rng = np.random.default_rng(0)
        super().__init__(path)

    def _prepared(self, model: Any) -> Any:
        model.add_outputs(list(self._names))
        return super()._prepared(model)

    def run(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        result = super().run(batch)
        for place, name in enumerate(self._names, start=1):
            self.seen[name].add(self._request.get_output_tensor(place).data, self._rng)
        return result


def _observe(
    source: Path,
    names: Sequence[str],
    pictures: Sequence[NDArray[np.uint8]],
    tell: Callable[[int, int], None],
) -> dict[str, Seen]:
    engine = _Watched(source, names)
    predictor = Predictor(engine, engine.header, source.stem)
    for done, picture in enumerate(pictures):
        tell(done, len(pictures))
        predictor.predict(picture)
    return engine.seen


def _quantise_tensor(model: onnx.ModelProto, name: str, step: float, signed: bool) -> None:
    """Let all who read a tensor read its 8 bits instead."""
    graph = model.graph
    kind = TensorProto.INT8 if signed else TensorProto.UINT8
    scale, zero = f"{name}/scale", f"{name}/zero"
    graph.initializer.append(helper.make_tensor(scale, TensorProto.FLOAT, [], [step]))
    graph.initializer.append(helper.make_tensor(zero, kind, [], [0]))
    for node in graph.node:
        for place, read in enumerate(node.input):
            if read == name:
                node.input[place] = f"{name}/back"
    graph.node.append(
        helper.make_node("QuantizeLinear", [name, scale, zero], [f"{name}/8bit"], f"{name}/Q")
    )
    graph.node.append(
        helper.make_node(
            "DequantizeLinear", [f"{name}/8bit", scale, zero], [f"{name}/back"], f"{name}/DQ"
        )
    )


def _quantise_weight(model: onnx.ModelProto, of: str, mean: NDArray[np.float32]) -> None:
    """Round the weight of the convolution of this name, whose input has such means by channel.

    What the rounding adds to an output on average, its bias takes back: a depthwise convolution
    has nine weights a channel, whose errors do not cancel.
    """
    graph = model.graph
    node = next(node for node in graph.node if node.name == of)
    name = node.input[1]
    weight = _constant(model, name)
    largest = np.abs(weight).reshape(len(weight), -1).max(axis=1)
    scale = np.maximum(largest / 127, 1e-12).astype(np.float32)
    rounded = np.rint(weight / scale[:, None, None, None]).astype(np.int8)
    if len(node.input) > 2:
        error = (rounded * scale[:, None, None, None] - weight).sum(axis=(2, 3))
        depthwise = error.shape[1] == 1 and len(mean) > 1
        added = error[:, 0] * mean if depthwise else error @ mean
        bias = stored(model, node.input[2])
        corrected = np.asarray(numpy_helper.to_array(bias) - added, np.float32)
        bias.CopyFrom(numpy_helper.from_array(corrected, bias.name))
    stored(model, name).CopyFrom(numpy_helper.from_array(rounded, name))
    zeros = np.zeros(len(scale), np.int8)
    graph.initializer.append(numpy_helper.from_array(scale, f"{name}/scale"))
    graph.initializer.append(numpy_helper.from_array(zeros, f"{name}/zero"))
    graph.node.append(
        helper.make_node(
            "DequantizeLinear", [name, f"{name}/scale", f"{name}/zero"], [f"{name}/back"],
            f"{name}/DQ", axis=0,
        )
    )  # fmt: skip
    node.input[1] = f"{name}/back"


def _sort(model: onnx.ModelProto) -> None:
    """Put every node behind those whose results it reads, as ONNX demands."""
    graph = model.graph
    known = {item.name for item in [*graph.initializer, *graph.input]} | {""}
    waiting, ordered = list(graph.node), []
    while waiting:
        ready = [node for node in waiting if known.issuperset(node.input)]
        ordered += ready
        known |= {name for node in ready for name in node.output}
        waiting = [node for node in waiting if not known.issuperset(node.output)]
    del graph.node[:]
    graph.node.extend(ordered)
