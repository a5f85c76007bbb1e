"""What a processor can do at most in convolutions, and what a network asks of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from models.precision import PRECISIONS

# Convolutions that processors are best at: many channels, maps that stay in their cache.
CHANNELS = 256
SIDE = 64
LAYERS = 4
# What evenly spread weights of -127..127 multiply a layer's values by, behind a ReLU.
GAIN = 127 * (CHANNELS * 9 / 6) ** 0.5
TIMES = 3


class Probe:
    """Measures GFLOP/s that 3x3 convolutions reach here, by precision (a MAC is two FLOP).

    `best` keeps the best of all runs: whatever else the machine does can only slow them down.
    bf16 is left out where the processor has none. An engine can be above it where it needs fewer
    multiplications than there are MACs (Winograd). `threads` says how many compute.
    """

    def __init__(self, threads: int = 0) -> None:
        """Raise UserError engine-missing."""
        from models.engines.openvino_engine import openvino_core

        core = openvino_core()
        there = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        compiled = {
            precision: _compiled(core, precision, threads)
            for precision in PRECISIONS
            if precision != "bf16" or "BF16" in there
        }
        self.threads = int(compiled["fp32"].get_property("INFERENCE_NUM_THREADS"))
        self._requests = {name: model.create_infer_request() for name, model in compiled.items()}
        self._picture = np.random.default_rng(1).random((1, CHANNELS, SIDE, SIDE), np.float32)
        self.best = dict.fromkeys(self._requests, 0.0)
        self.run()

    def run(self) -> None:
        """Measure once more; to be called in turn with what is measured against it."""
        work = LAYERS * 2 * CHANNELS**2 * 9 * SIDE**2 / 1e9
        for precision, request in self._requests.items():
            for _ in range(TIMES):
                started = time.perf_counter()
                request.infer({0: self._picture})
                seconds = time.perf_counter() - started
                self.best[precision] = max(self.best[precision], work / seconds)


def network_work(path: Path, width: int, height: int) -> float:
    """Return the GFLOP of the convolutions of an ONNX file for a picture of this size."""
    from models.engines.openvino_engine import openvino_core

    model = openvino_core().read_model(path)
    channels = model.input(0).get_partial_shape()[1].get_length()
    model.reshape([1, channels, height, width])
    work = 0.0
    for node in model.get_ordered_ops():
        if node.get_type_name() in ("Convolution", "GroupConvolution"):
            output = np.prod(node.output(0).get_shape()[2:])
            work += 2.0 * float(output) * float(np.prod(node.input(1).get_shape()))
    return work / 1e9


def _compiled(core: Any, precision: str, threads: int) -> Any:
    hint = "bf16" if precision == "bf16" else "f32"
    settings = {"INFERENCE_PRECISION_HINT": hint, "INFERENCE_NUM_THREADS": threads}
    return core.compile_model(_convolutions(precision), "CPU", settings)


def _convolutions(precision: str) -> Any:
    """Some in a row, so that what enters and leaves the network weighs little."""
    from openvino import Model, opset8

    rng = np.random.default_rng(0)
    picture = opset8.parameter([1, CHANNELS, SIDE, SIDE], np.float32)
    ends = [opset8.constant(np.full((1, 1, 1, 1), end, np.float32)) for end in (0.0, 2.55)]
    scale = opset8.constant(np.full((CHANNELS, 1, 1, 1), 0.01, np.float32))
    found = picture
    for _ in range(LAYERS):
        weight = rng.integers(-127, 128, (CHANNELS, CHANNELS, 3, 3)).astype(np.int8)
        if precision == "int8":
            found = opset8.fake_quantize(found, *ends, *ends, 256)
            kernel = opset8.multiply(opset8.convert(opset8.constant(weight), np.float32), scale)
        else:
            # As much goes out as comes in: neither infinities nor the smallest numbers are slow.
            kernel = opset8.constant(weight.astype(np.float32) / GAIN)
        found = opset8.relu(opset8.convolution(found, kernel, [1, 1], [1, 1], [1, 1], [1, 1]))
    return Model([found], [picture], "probe")
