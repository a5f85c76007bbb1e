"""Engine files that the program makes by itself, for models that came as weights alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from models.catalogue import Model
from models.errors import UserError
from models.files import file_hash, is_there

log = logging.getLogger("crowdgui")
# Of kept files: another where export_onnx comes to write another graph of the same weights.
GRAPH_VERSION = 1


def with_engine_file(model: Model, *, make: bool) -> Model:
    """Return the model with its ONNX file from the user's cache, as it is where there is none.

    With `make` a missing one is exported first, which takes seconds and needs torch; a failure
    is logged, for torch counts the same.
    """
    if model.onnx is not None or model.weights is None or find_spec("openvino") is None:
        return model
    file = engine_file(model.weights)
    if make and not is_there(file) and find_spec("torch") is not None:
        from models.export import export_onnx

        try:
            export_onnx(model.weights, file)
        except (UserError, OSError) as error:
            log.warning("no engine file for %s: %s", model.name, error)
    return replace(model, onnx=file) if is_there(file) else model


def discard_engine_file(model: Model) -> bool:
    """Remove the file that the user's cache keeps for a model; False where it has none there."""
    if model.onnx is not None or model.weights is None:
        return False
    file = engine_file(model.weights)
    try:
        file.unlink()
    except OSError:
        return False
    log.warning("the engine file of %s was damaged and was removed: %s", model.name, file)
    return True


def engine_file(weights: Path) -> Path:
    """Return where the ONNX file of weights is kept, or would be; the folder may be emptied."""
    name = f"{file_hash(weights)}-{GRAPH_VERSION}.onnx"
    return user_cache_path("crowdgui", appauthor=False) / "engines" / name
