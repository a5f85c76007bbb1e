"""Engine files that the program makes by itself, for models that came as weights alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from importlib.util import find_spec

from models.catalogue import Model
from models.engine_cache import drop, engine_file
from models.errors import UserError
from models.files import is_file

log = logging.getLogger("crowdgui")


def with_engine_file(model: Model, *, make: bool) -> Model:
    """Return the model with its ONNX file from the user's cache, as it is where there is none.

    With `make` a missing one is exported first, which takes seconds and needs torch; a failure
    is logged, for torch counts the same.
    """
    if model.onnx is not None or model.weights is None or find_spec("openvino") is None:
        return model
    file = engine_file(model.weights)
    if make and not is_file(file) and find_spec("torch") is not None:
        try:
            # Within, for it needs onnx too, which may be missing where torch is there.
            from models.export import export_onnx

            export_onnx(model.weights, file)
        except (UserError, OSError, ImportError, RuntimeError) as error:
            log.warning("no engine file for %s: %s", model.name, error)
    return replace(model, onnx=file) if is_file(file) else model


def discard_engine_file(model: Model) -> bool:
    """Remove a damaged file that the cache keeps for a model; False where it has none there."""
    if model.onnx is not None or model.weights is None:
        return False
    file = engine_file(model.weights)
    if not drop(file):
        return False
    log.warning("the engine file of %s was damaged and was removed: %s", model.name, file)
    return True
