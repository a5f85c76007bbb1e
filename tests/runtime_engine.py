"""ONNX Runtime as an engine: a second reader of what is exported."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray


class RuntimeEngine:
    name = "onnxruntime"
    precision = "fp32"
    takes_bytes = False

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"]
        )

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        (density,) = self._session.run(None, {"picture": batch})
        return np.asarray(density[0, 0], np.float32)
