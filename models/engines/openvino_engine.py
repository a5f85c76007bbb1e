"""The CPU engine: OpenVINO on an ONNX file, without torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import UserError
from models.header import METADATA_KEY, SOURCE_KEY, Header, from_metadata

# OpenVINO computes in bf16 by itself where the CPU can; a count must say what it was made with.
HINTS = {"fp32": "f32", "bf16": "bf16"}


class OpenVINOEngine:
    """Runs an ONNX file on the CPU with heights and widths of any size.

    `header` is the file's own; `source` the SHA-256 of the weights it was made from, if it says.
    """

    name = "openvino"

    def __init__(self, path: Path, precision: str = "fp32", threads: int = 0) -> None:
        """Raise UserError engine-missing, path-missing, weights-damaged or setting-invalid."""
        if precision not in HINTS:
            reason = "the OpenVINO engine computes in " + " or ".join(HINTS)
            raise UserError("setting-invalid", name="precision", value=precision, reason=reason)
        self.precision = precision
        settings = {"INFERENCE_PRECISION_HINT": HINTS[precision], "INFERENCE_NUM_THREADS": threads}
        model = _read(path)
        self.header = from_metadata(_metadata(model, METADATA_KEY), path)
        self.source = _metadata(model, SOURCE_KEY)
        compiled = _openvino().Core().compile_model(model, "CPU", settings)
        self._request = compiled.create_infer_request()

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        result = self._request.infer({0: batch}, share_inputs=True)
        # A copy: the request reuses its own output buffer for the next picture.
        return np.array(result[0][0, 0], np.float32)


def read_onnx_header(path: Path) -> Header:
    """Read the header from an ONNX file's metadata; errors as for OpenVINOEngine."""
    return from_metadata(_metadata(_read(path), METADATA_KEY), path)


def _metadata(model: Any, key: str) -> str | None:
    place = ["framework", key]
    return str(model.get_rt_info(place).astype(str)) if model.has_rt_info(place) else None


def _read(path: Path) -> Any:
    openvino = _openvino()
    if not path.exists():
        raise UserError("path-missing", path=path)
    try:
        return openvino.Core().read_model(path)
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[-1]
        raise UserError("weights-damaged", path=path, reason=reason) from error


def _openvino() -> Any:
    try:
        import openvino
    except ImportError as error:
        raise UserError("engine-missing", engine="OpenVINO", package="openvino") from error
    return openvino
