"""From a model in the catalogue to a predictor that is ready to count."""

from __future__ import annotations

from importlib.util import find_spec

from models.catalogue import Model
from models.engines.openvino_engine import OpenVINOEngine
from models.errors import UserError
from models.header import Header
from models.predictor import Engine, Predictor

ENGINES = ("auto", "openvino", "torch")


def open_predictor(
    model: Model,
    *,
    device: str = "auto",
    precision: str = "fp32",
    threads: int = 0,
    engine: str = "auto",
) -> Predictor:
    """Load a model and warm it up.

    `threads` 0 leaves the number to the engine. With `engine` "auto", a model that has an ONNX
    file runs in OpenVINO on the CPU unless another device is asked for; torch runs the rest.
    Raises UserError for what is missing or does not fit.
    """
    if engine not in ENGINES:
        reason = "use " + ", ".join(ENGINES)
        raise UserError("setting-invalid", name="engine", value=engine, reason=reason)
    if engine == "auto":
        engine = _choose_engine(model, device)
    if engine == "openvino":
        header = model.header()
        predictor = Predictor(_openvino(model, device, precision, threads), header, model.name)
    else:
        loaded, header = _torch(model, device, precision, threads)
        predictor = Predictor(loaded, header, model.name)
    predictor.warm_up()
    return predictor


def _choose_engine(model: Model, device: str) -> str:
    cpu = device in ("auto", "cpu") and model.onnx is not None
    return "openvino" if cpu and find_spec("openvino") is not None else "torch"


def _openvino(model: Model, device: str, precision: str, threads: int) -> Engine:
    if device not in ("auto", "cpu"):
        raise UserError("device-unavailable", device=device, devices="cpu (OpenVINO engine)")
    if model.onnx is None:
        raise UserError("engine-no-file", model=model.name)
    return OpenVINOEngine(model.onnx, precision, threads)


def _torch(model: Model, device: str, precision: str, threads: int) -> tuple[Engine, Header]:
    if model.weights is None:
        raise UserError("model-onnx-only", model=model.name)
    if find_spec("torch") is None:
        raise UserError("engine-missing", engine="torch", package="torch")
    import torch

    from models.engines.torch_engine import TorchEngine, choose_device
    from models.weights import load_network

    if threads:
        torch.set_num_threads(threads)
    network, header = load_network(model.weights)
    return TorchEngine(network, choose_device(device), precision), header
