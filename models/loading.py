"""From a model in the catalogue to a predictor that is ready to count."""

from __future__ import annotations

from importlib.util import find_spec

from models.catalogue import Model
from models.engine_files import discard_engine_file, with_engine_file
from models.engines.openvino_engine import OpenVINOEngine, source_of
from models.errors import UserError
from models.files import file_hash
from models.precision import PRECISIONS
from models.predictor import Predictor
from models.reasons import one_of

MOST_THREADS = 1024
ENGINES = ("auto", "openvino", "torch")
CPU_DEVICES = ("auto", "cpu")


def open_predictor(
    model: Model,
    *,
    device: str = "auto",
    precision: str = "fp32",
    threads: int = 0,
    engine: str = "auto",
    convert: bool = False,
) -> Predictor:
    """Load a model and warm it up.

    `threads` 0 leaves the number to the engine. With `engine` "auto", a model that has an ONNX
    file runs in OpenVINO on the CPU unless another device is asked for; torch runs the rest.
    With `convert`, a model of weights alone first gets an ONNX file, kept in the user's cache.
    int8 runs in OpenVINO alone, from the model's int8 file.
    Raises UserError for what is missing or does not fit.
    """
    if engine not in ENGINES:
        raise UserError("setting-invalid", name="engine", value=engine, reason=one_of(*ENGINES))
    if precision not in PRECISIONS:
        reason = one_of(*PRECISIONS)
        raise UserError("setting-invalid", name="precision", value=precision, reason=reason)
    if not 0 <= threads <= MOST_THREADS:
        raise UserError("threads-invalid", threads=threads, most=MOST_THREADS)
    # torch has no int8.
    if engine == "auto" and precision == "int8":
        engine = "openvino"
    predictor = None
    given = model
    # An int8 file is made from training pictures, by export alone.
    if engine != "torch" and precision != "int8" and device in CPU_DEVICES:
        model = with_engine_file(given, make=convert)
    if engine == "openvino" or (engine == "auto" and _fits_cpu_engine(model, device)):
        try:
            predictor = _openvino(model, device, precision, threads)
        except UserError as error:
            if error.code != "weights-damaged" or not discard_engine_file(given):
                raise
            model = with_engine_file(given, make=convert)
            if engine == "openvino" or _fits_cpu_engine(model, device):
                predictor = _openvino(model, device, precision, threads)
    if predictor is None and engine == "openvino":
        if precision == "int8":
            raise UserError("int8-stale", model=model.word, path=model.int8_place)
        raise UserError("engine-stale", model=model.name)
    if predictor is None:
        predictor = _torch(model, device, precision, threads)
    predictor.warm_up()
    return predictor


def _fits_cpu_engine(model: Model, device: str) -> bool:
    there = model.onnx is not None and find_spec("openvino") is not None
    return there and device in CPU_DEVICES


def _openvino(model: Model, device: str, precision: str, threads: int) -> Predictor | None:
    """Load the ONNX file; None where it was made from other weights than what lies beside it."""
    if device not in CPU_DEVICES:
        raise UserError("device-unavailable", device=device, devices="cpu (OpenVINO engine)")
    file = model.onnx
    if precision == "int8":
        # An int8 file alone is a model too.
        file = model.int8 or model.onnx
        if file is None:
            raise no_int8(model)
    if file is None:
        raise UserError("engine-no-file", model=model.name)
    try:
        engine = OpenVINOEngine(file, precision, threads)
    except UserError as error:
        if error.code != "engine-no-int8":
            raise
        # The file alone cannot tell whose it is, and how one is made.
        raise no_int8(model) from error
    source = engine.source
    if model.weights is not None:
        source = file_hash(model.weights)
    elif model.onnx is not None and file != model.onnx:
        source = source_of(model.onnx)
    if engine.source != source:
        return None
    return Predictor(engine, engine.header, model.name)


def no_int8(model: Model) -> UserError:
    """Return what is said of a model without an int8 file: how to make one."""
    if model.weights is None:
        return UserError("int8-no-weights", model=model.name)
    return UserError("engine-no-int8", model=model.word, path=model.int8_place)


def _torch(model: Model, device: str, precision: str, threads: int) -> Predictor:
    if model.weights is None:
        raise UserError("model-onnx-only", model=model.name)
    if find_spec("torch") is None:
        raise UserError("engine-missing", engine="torch", package="torch")
    from models.engines.torch_engine import TorchEngine, choose_device, use_threads
    from models.folding import fold_norms
    from models.weights import load_network

    use_threads(threads)
    network, header = load_network(model.weights)
    fold_norms(network, header.channels)
    engine = TorchEngine(network, choose_device(device), precision)
    return Predictor(engine, header, model.name)
