"""Another name for a model that a person added."""

from __future__ import annotations

from models.catalogue import check_name, installed
from models.errors import UserError
from models.files import is_there, patiently
from models.reasons import why


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
    # File systems may not tell large letters from small ones.
    if wanted.lower() in {other.lower() for other in models if other != name}:
        raise UserError("model-exists", name=wanted)
    files = [
        (path, path.with_name(wanted + path.name.removeprefix(name)))
        for path in (model.weights, model.onnx, model.int8, model.card)
        if path is not None
    ]
    done = []
    try:
        for path, target in files:
            # The same file is there where only large letters became small, or the reverse.
            if is_there(target) and not target.samefile(path):
                raise UserError("model-exists", name=wanted)
        for path, target in files:
            patiently(path.rename, target)
            done.append((path, target))
    except OSError as error:
        for path, target in reversed(done):
            target.rename(path)
        raise UserError("path-unwritable", path=model.file, reason=why(error)) from error
