"""The CPU engine: OpenVINO on an ONNX file, without torch.

Height and width stay free in the compiled network. A picture of a new size then costs 30 to 60 ms
once, and a size that came before nothing; compiling anew for each size costs as much and again as
much for the compiling, and is at most a tenth faster afterwards. Padding to fewer sizes would
change the counts.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import UserError
from models.header import METADATA_KEY, PRECISION_KEY, SOURCE_KEY, Header, from_metadata
from models.precision import computed_in, is_steady_in_bf16

CACHED_KERNELS = 500
_making = Lock()


class OpenVINOEngine:
    """Runs an ONNX file on the CPU with heights and widths of any size.

    `header` is the file's own; `source` the SHA-256 of the weights it was made from, if it says.
    `precision` is what it computes in: a file made for int8 cannot do otherwise, and a processor
    without bf16 computes in fp32.
    """

    name = "openvino"
    takes_bytes = True

    def __init__(self, path: Path, precision: str = "fp32", threads: int = 0) -> None:
        """Raise UserError engine-missing, path-missing, weights-damaged, or engine-no-int8 for
        int8 with a file that was not made for it.
        """
        model = _read(path)
        self.header = from_metadata(_metadata(model, METADATA_KEY), path)
        self.source = _metadata(model, SOURCE_KEY)
        stored = _metadata(model, PRECISION_KEY)
        if precision == "int8" and stored != "int8":
            raise UserError("engine-no-int8", model=path.stem, path=path.with_suffix(".int8.onnx"))
        core = openvino_core()
        capabilities = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.precision = computed_in(stored or precision, capabilities)
        # What int8 files leave in floats may be bf16 where that changes no count.
        rest_in_bf16 = self.precision == "int8" and is_steady_in_bf16(self.header)
        self._bf16 = "BF16" in capabilities and (self.precision == "bf16" or rest_in_bf16)
        settings = {
            # OpenVINO computes in bf16 by itself where it can; a count must say what it is from.
            "INFERENCE_PRECISION_HINT": "bf16" if self._bf16 else "f32",
            "INFERENCE_NUM_THREADS": threads,
            # Of every size that it has seen it keeps a megabyte or two. So many kernels are enough
            # for the tiles of a large picture and some sizes beside.
            "CPU_RUNTIME_CACHE_CAPACITY": CACHED_KERNELS,
        }
        compiled = core.compile_model(self._prepared(model), "CPU", settings)
        self._request = compiled.create_infer_request()

    def run(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Map a padded picture (1, H, W, C) of bytes to the network's raw map (h, w)."""
        result = self._request.infer({0: batch}, share_inputs=True)
        # A copy: the request reuses its own output buffer for the next picture.
        return np.array(result[0][0, 0], np.float32)

    def _prepared(self, model: Any) -> Any:
        """Put the normalisation into the network: it is faster there, and shares the threads."""
        from openvino import Layout, Type
        from openvino.preprocess import PrePostProcessor

        steps = PrePostProcessor(model)
        picture = steps.input()
        picture.tensor().set_element_type(Type.u8).set_layout(Layout("NHWC"))
        # Planes first, while they are bytes: arithmetic on three interleaved channels is slow.
        values = picture.preprocess().convert_layout(Layout("NCHW"))
        values.convert_element_type(Type.f32)
        if self._bf16:
            values.custom(self._normalised)
        else:
            values.mean(list(self.header.mean)).scale(list(self.header.std))
        picture.model().set_layout(Layout("NCHW"))
        return steps.build()

    def _normalised(self, values: Any) -> Any:
        """Normalise 0..255 as a rounding to the 256 levels that bytes have anyway.

        In bf16 OpenVINO does that in one pass, a subtraction and a multiplication in two.
        """
        from openvino import opset8 as op

        mean, std = (
            np.array(of, np.float32).reshape(1, -1, 1, 1)
            for of in (self.header.mean, self.header.std)
        )
        low, high = np.zeros_like(mean), np.full_like(mean, 255)
        levels = low, high, (low - mean) / std, (high - mean) / std
        return op.fake_quantize(values, *map(op.constant, levels), levels=256).output(0)


def read_onnx_header(path: Path) -> Header:
    """Read the header from an ONNX file's metadata; errors as for OpenVINOEngine."""
    return from_metadata(_metadata(_read(path), METADATA_KEY), path)


def _metadata(model: Any, key: str) -> str | None:
    place = ["framework", key]
    return str(model.get_rt_info(place).astype(str)) if model.has_rt_info(place) else None


def source_of(path: Path) -> str | None:
    """Return the SHA-256 of the weights that an ONNX file was made from, if it says.

    Raises UserError as the engine does.
    """
    return _metadata(_read(path), SOURCE_KEY)


def _read(path: Path) -> Any:
    core = openvino_core()
    if not path.exists():
        raise UserError("path-missing", path=path)
    try:
        return core.read_model(path)
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[-1]
        raise UserError("weights-damaged", path=path, reason=reason) from error


def openvino_core() -> Any:
    """Return OpenVINO's Core, one for the whole process; raises UserError engine-missing.

    On processors with AMX each Core gives signal handlers a stack of its own, and frees it at its
    end even where another Core goes back to it later: with two, Ctrl-C could be a crash.
    """
    with _making:
        return _only_core()


@cache
def _only_core() -> Any:
    # It would send an event to Google Analytics whenever it is imported, from a process of its own.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    try:
        from openvino import Core
    except ImportError as error:
        raise UserError("engine-missing", engine="OpenVINO", package="openvino") from error
    return Core()
