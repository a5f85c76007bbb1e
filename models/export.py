"""ONNX files for the CPU engine and the edge, checked against torch before they are kept."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.engines.openvino_engine import OpenVINOEngine
from models.engines.torch_engine import TorchEngine
from models.errors import UserError
from models.files import file_hash, replacing
from models.folding import fold_norms
from models.graph_edits import activate_before_pooling
from models.header import PRECISION_KEY, SOURCE_KEY, to_metadata
from models.networks import density_of
from models.predictor import Predictor
from models.quantise import Tell, quantise, tell_nobody
from models.weights import load_network

Pictures = Sequence[NDArray[np.uint8]]

# Relative difference of counts that is accepted, with a floor in persons.
TOLERANCE = 1e-3
FLOOR = 0.01
# int8 is another measure of the same picture: only what is plainly broken is refused.
INT8_TOLERANCE = 0.15
INT8_FLOOR = 5.0


class _Density(nn.Module):
    """A network that gives its density map alone: M-SFANet's attention only teaches."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        return density_of(self.network(x))


def export_onnx(weights: Path, target: Path, pictures: Pictures = ()) -> None:
    """Write a network with free height and width as ONNX, its header in the metadata.

    The file is counted with and compared to torch on two sizes of noise and on `pictures`
    before it takes its place. Raises UserError export-differs, path-unwritable, or as
    load_network does.
    """
    network, header = load_network(weights)
    folded = copy.deepcopy(network.eval())
    fold_norms(folded, header.channels)
    with replacing(target) as temporary:
        model = _traced(_Density(folded).eval(), header.channels, temporary)
        activate_before_pooling(model)
        for key, value in {**to_metadata(header), SOURCE_KEY: file_hash(weights)}.items():
            _add_fact(model, key, value)
        onnx.save(model, temporary)
        _verify(
            Predictor(TorchEngine(network), header, "torch"),
            Predictor(OpenVINOEngine(temporary), header, "onnx"),
            [*_noise(), *pictures], (TOLERANCE, FLOOR), "export-differs", target,
        )  # fmt: skip


def export_int8(
    weights: Path,
    target: Path,
    calibration: Pictures,
    pictures: Pictures,
    tell: Tell = tell_nobody,
) -> None:
    """Write a network's int8 file; `calibration` (training pictures) shows its ranges.

    It is compared to fp32 on `pictures` before it takes its place. Raises UserError
    calibration-empty, int8-differs, or as export_onnx does.
    """
    with replacing(target) as temporary:
        exact = temporary.with_suffix(".onnx")
        try:
            export_onnx(weights, exact)
            model = quantise(exact, calibration, tell)
            _add_fact(model, PRECISION_KEY, "int8")
            onnx.save(model, temporary)
            engines = OpenVINOEngine(exact), OpenVINOEngine(temporary, "int8")
            reference, rounded = (Predictor(engine, engine.header, "onnx") for engine in engines)
            limits = (INT8_TOLERANCE, INT8_FLOOR)
            _verify(reference, rounded, pictures, limits, "int8-differs", target)
        except UserError as error:
            if error.facts.get("path") != exact:
                raise
            # A person knows of one file alone.
            raise UserError(error.code, **(error.facts | {"path": target})) from error
        finally:
            exact.unlink(missing_ok=True)


def _traced(network: nn.Module, channels: int, scratch: Path) -> onnx.ModelProto:
    example = torch.zeros(1, channels, 96, 64)
    with warnings.catch_warnings():
        # The newer exporter needs onnxscript and writes the same convolutions.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network, (example,), scratch, dynamo=False, opset_version=17,
            input_names=["picture"], output_names=["density"],
            dynamic_axes={"picture": {2: "height", 3: "width"}, "density": {2: "h", 3: "w"}},
        )  # fmt: skip
    return onnx.load(scratch)


def _add_fact(model: onnx.ModelProto, key: str, value: str) -> None:
    entry = model.metadata_props.add()
    entry.key, entry.value = key, value


def _noise() -> list[NDArray[np.uint8]]:
    rng = np.random.default_rng(0)
    sizes = ((96, 128), (203, 331))
    return [rng.integers(0, 256, (*size, 3), dtype=np.uint8) for size in sizes]


def _verify(
    reference: Predictor,
    exported: Predictor,
    pictures: Pictures,
    limits: tuple[float, float],
    code: str,
    target: Path,
) -> None:
    relative, floor = limits
    for picture in pictures:
        wanted, got = reference.predict(picture).count, exported.predict(picture).count
        # Written so that a count that is no number does not pass.
        if not abs(wanted - got) <= max(relative * abs(wanted), floor):
            raise UserError(code, path=target, wanted=wanted, got=got)
