"""Models brought in: checkpoints of other projects, and files of this program."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from models.catalogue import INT8_SUFFIX, check_name, installed, user_folder
from models.engines.openvino_engine import OpenVINOEngine
from models.errors import UserError
from models.files import is_there, replacing
from models.predictor import Predictor
from models.reasons import Reason, why


def import_model(path: Path, name: str = "") -> Path:
    """Bring a file in as one of the person's own models; returns the path of the model's file.

    Known: M-SFANet as published (.pth), MCNN as published (.h5, .pth), this program's own
    .safetensors, and its .onnx, with which come the int8 file and the card beside it.
    Raises UserError path-missing, path-unreadable, weights-unsafe, weights-damaged,
    weights-newer, weights-foreign, weights-mismatch, setting-invalid, model-name, model-exists,
    import-full, engine-missing or path-unwritable.
    """
    name = name or model_stem(path)
    check_name(name)
    place = user_folder() / name
    if _has_twin(name) or any(
        is_there(Path(f"{place}{suffix}")) for suffix in (".safetensors", ".onnx")
    ):
        raise UserError("model-exists", name=name)
    if not is_there(path):
        raise UserError("path-missing", path=path)
    if not path.is_file():
        raise UserError("weights-foreign", path=path)
    try:
        if path.suffix.lower() == ".onnx":
            return _import_onnx(path, Path(f"{place}.onnx"))
        return _import_weights(path, Path(f"{place}.safetensors"))
    except UserError as error:
        if error.code != "weights-no-header":
            raise
        # A training's state to go on from bears the name of no network.
        if path.name == "last.safetensors" and is_there(best := path.with_name("best.safetensors")):
            raise UserError("weights-state", path=path, best=best) from error
        # That one advises what was just tried.
        raise UserError("weights-foreign", path=error.facts["path"]) from error


def model_stem(path: Path) -> str:
    """Return what a file calls its model: an int8 file bears the name of the other."""
    int8 = path.name.lower().endswith(INT8_SUFFIX)
    return path.name[: -len(INT8_SUFFIX)] if int8 else path.stem


def _has_twin(name: str) -> bool:
    """Whether another model's name differs in large and small letters alone.

    Of the very name only a shipped model may be: the own one then hides it.
    """
    return any(
        model.name.lower() == name.lower() and not (model.shipped and model.name == name)
        for model in installed()
    )


def _import_weights(path: Path, target: Path) -> Path:
    own = path.suffix.lower() == ".safetensors"
    for package in ("torch",) if own else ("torch", "h5py"):
        if find_spec(package) is None:
            raise UserError("import-full", path=path, package=package)
    from models.weights import load_network, save_weights

    if own:
        load_network(path)
        # Byte by byte: a model is known by the hash of its file.
        with replacing(target) as temporary:
            temporary.write_bytes(_bytes_of(path))
        return target
    from models.checkpoints import read_checkpoint

    state, header = read_checkpoint(path)
    save_weights(target, state, header)
    return target


def _import_onnx(path: Path, target: Path) -> Path:
    """Copy an ONNX file with its int8 file and its card, all of them or none."""
    source = _try(path)
    files = [(path, target)]
    int8, card = path.with_suffix(INT8_SUFFIX), path.with_suffix(".md")
    if is_there(int8):
        if _try(int8, "int8") != source:
            reason = Reason("other-weights", name=path.name)
            raise UserError("weights-damaged", path=int8, reason=reason)
        files.append((int8, target.with_name(f"{target.stem}{INT8_SUFFIX}")))
    if is_there(card):
        files.append((card, target.with_name(f"{target.stem}.md")))
    # What was left behind by another model is not written over.
    if any(is_there(place) for _, place in files):
        raise UserError("model-exists", name=target.stem)
    with ExitStack() as stack:
        # The last takes its place first: a model is seen when all of it is there.
        for origin, place in files:
            temporary = stack.enter_context(replacing(place))
            content = _bytes_of(origin)
            temporary.write_bytes(content)
    return target


def _try(path: Path, precision: str = "fp32") -> str | None:
    """Count with a file before it is kept; returns the hash of the weights it was made from."""
    _bytes_of(path)
    try:
        engine = OpenVINOEngine(path, precision, threads=1)
        count = Predictor(engine, engine.header, path.stem).predict(
            np.full((64, 96, 3), 128, np.uint8)
        ).count  # fmt: skip
    except (RuntimeError, ValueError, LookupError) as error:
        reason = str(error).strip().splitlines()[-1]
        raise UserError("weights-damaged", path=path, reason=reason) from error
    if not np.isfinite(count):
        raise UserError("weights-damaged", path=path, reason=Reason("counts-no-numbers"))
    return engine.source


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError("path-unreadable", path=path, reason=why(error)) from error
