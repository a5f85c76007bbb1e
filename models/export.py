"""ONNX files for the CPU engine and the edge, checked against torch before they are kept."""

from __future__ import annotations

import contextlib
import io
import warnings
from pathlib import Path

import numpy as np
import torch

from models.engines.openvino_engine import OpenVINOEngine
from models.engines.torch_engine import TorchEngine
from models.errors import UserError
from models.files import file_hash, replacing
from models.header import SOURCE_KEY, to_metadata
from models.predictor import Predictor
from models.weights import load_network

# Relative difference of counts that is accepted, with a floor in persons.
TOLERANCE = 1e-3
FLOOR = 0.01


def export_onnx(weights: Path, target: Path) -> None:
    """Write a network with free height and width as ONNX, its header in the metadata.

    The file is counted with and compared to torch on two sizes before it takes its place.
    Raises UserError export-differs, path-unwritable, or as load_network does.
    """
    import onnx

    network, header = load_network(weights)
    with replacing(target) as temporary:
        example = torch.zeros(1, header.channels, 64, 64)
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            # The newer exporter needs onnxscript and writes the same convolutions.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                network, (example,), temporary, dynamo=False, opset_version=17,
                input_names=["picture"], output_names=["density"],
                dynamic_axes={"picture": {2: "height", 3: "width"}, "density": {2: "h", 3: "w"}},
            )  # fmt: skip
        model = onnx.load(temporary)
        for key, value in {**to_metadata(header), SOURCE_KEY: file_hash(weights)}.items():
            entry = model.metadata_props.add()
            entry.key, entry.value = key, value
        onnx.save(model, temporary)
        _verify(
            Predictor(TorchEngine(network), header, "torch"),
            Predictor(OpenVINOEngine(temporary), header, "onnx"),
            target,
        )


def _verify(reference: Predictor, exported: Predictor, target: Path) -> None:
    rng = np.random.default_rng(0)
    for height, width in ((96, 128), (203, 331)):
        picture = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
        wanted, got = reference.predict(picture).count, exported.predict(picture).count
        if abs(wanted - got) > max(TOLERANCE * abs(wanted), FLOOR):
            raise UserError("export-differs", path=target, wanted=wanted, got=got)
