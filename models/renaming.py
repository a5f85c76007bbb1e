"""Another name for a model that a person added."""

from __future__ import annotations

from models.catalogue import check_name, installed, is_taken
from models.errors import UserError


def rename_model(name: str, wanted: str) -> None:
    """Give a person's own model another name, with its card and engine file.

    Raises UserError model-unknown, model-shipped-name, model-name, model-exists or
    path-unwritable; then everything has its old name.
    """
    models = {model.name: model for model in installed()}
    if name not in models:
        raise UserError("model-unknown", name=name, names=", ".join(sorted(models)))
    model = models[name]
    if model.shipped:
        raise UserError("model-shipped-name", name=name)
    if wanted == name:
        return
    check_name(wanted)
    if wanted.lower() != name.lower() and is_taken(wanted):
        raise UserError("model-exists", name=wanted)
    done = []
    try:
        for path in (model.weights, model.onnx, model.int8, model.card):
            if path is not None:
                target = path.with_name(wanted + path.name.removeprefix(name))
                path.rename(target)
                done.append((path, target))
    except OSError as error:
        for path, target in reversed(done):
            target.rename(path)
        raise UserError("path-unwritable", path=model.file, reason=error.strerror) from error
