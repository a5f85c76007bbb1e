"""Which models there are: those that came with the program and those a person added.

A model is a weights file NAME.safetensors with, beside it, NAME.onnx for the CPU engine,
NAME.int8.onnx for its int8, and NAME.md as its card. An .onnx file alone is a model too: it runs
without torch. The int8 file of a model that came without one lies in the person's folder, for the
program's own may be read-only.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from models.engine_cache import drop, engine_file
from models.engines.openvino_engine import read_onnx_header
from models.errors import UserError
from models.files import is_there
from models.header import Header, read_header
from models.reasons import why

SHIPPED_FOLDER = Path(__file__).parent / "pretrained"
INT8_SUFFIX = ".int8.onnx"
# The first of these that is installed is used when nobody chooses.
DEFAULTS = ("compact-kd-general", "mcnn-kd-general", "mcnn-kd", "mcnn")
# A model of one of these networks teaches when nobody chooses.
TEACHERS = ("m-sfanet", "assistant")
# How files end that import_model may be able to read.
FOREIGN = (".pth", ".pt", ".h5", ".tar", ".ckpt")
FILES = (".safetensors", ".onnx")
MODEL_SUFFIXES = (*FILES, *FOREIGN)


@dataclass(frozen=True)
class Model:
    """One model: its name and the files that there are of it."""

    name: str
    weights: Path | None
    onnx: Path | None
    shipped: bool = False

    @property
    def file(self) -> Path:
        """The file that identifies the model: the weights, or the ONNX file where it is alone."""
        path = self.weights or self.onnx
        assert path is not None
        return path

    @property
    def word(self) -> str:
        """What a command is given to find it: its name, or its file where that lies elsewhere."""
        known = self.shipped or self.file.parent == user_folder()
        return self.name if known else f'"{self.file}"'

    @property
    def int8_place(self) -> Path:
        """Where its int8 file lies, or belongs where there is none."""
        beside = self.file.with_suffix(INT8_SUFFIX)
        if self.shipped and not is_there(beside):
            return user_folder().with_name("engines") / beside.name
        return beside

    @property
    def int8(self) -> Path | None:
        return self.int8_place if is_there(self.int8_place) else None

    @property
    def card(self) -> Path | None:
        path = self.file.with_suffix(".md")
        return path if is_there(path) else None

    def header(self) -> Header:
        """Read the model's header; UserError as read_header and read_onnx_header raise."""
        return read_header(self.weights) if self.weights else read_onnx_header(self.file)


def user_folder() -> Path:
    """Return where a person's own models are kept."""
    return user_data_path("crowdgui", appauthor=False) / "models"


def installed() -> list[Model]:
    """Return all models, the shipped ones first, each group by name.

    A person's own model of a shipped name hides the shipped one.
    """
    own = _models_in(user_folder(), shipped=False)
    names = {model.name for model in own}
    shipped = _models_in(SHIPPED_FOLDER, shipped=True)
    return [model for model in shipped if model.name not in names] + own


def find_model(name: str = "") -> Model:
    """Return a model by its name or by a path to its file; no name means the default.

    Raises UserError model-unknown, model-none, path-missing or weights-no-header.
    """
    if name.lower().endswith(FILES):
        return _model_of_file(Path(name))
    if name.lower().endswith(FOREIGN) and is_there(Path(name)):
        raise UserError("weights-no-header", path=name)
    models = {model.name: model for model in installed()}
    if not models:
        raise UserError("model-none")
    if not name:
        return next((models[n] for n in DEFAULTS if n in models), next(iter(models.values())))
    if name not in models:
        raise UserError("model-unknown", name=name, names=", ".join(models))
    return models[name]


def default_teacher() -> str:
    """Return the name of the best installed teacher, empty where there is none."""
    headers: dict[str, Header] = {}
    for model in installed():
        # One that cannot be read teaches nobody.
        with suppress(UserError):
            if model.weights:
                headers[model.name] = model.header()
    return best_teacher(headers)


def best_teacher(headers: Mapping[str, Header]) -> str:
    """Return the name of the best teacher among models, the first of each kind; "" for none.

    By the order of TEACHERS, but by their errors where all were measured on the same pictures.
    """
    names: dict[str, str] = {}
    for name, header in headers.items():
        names.setdefault(header.network, name)
    found = [names[network] for network in TEACHERS if network in names]
    if len({_measured_on(headers[name]) for name in found}) == 1:
        return min(found, key=lambda name: float(headers[name].figures.get("mae", 0)))
    return next(iter(found), "")


def _measured_on(header: Header) -> tuple[str, ...]:
    figures = header.figures
    return (str(header.trained_on.get("data")), str(figures.get("split")), str(figures.get("n")))


def remove_model(name: str) -> None:
    """Delete a person's own model with its card and engine files, the one in the cache too.

    Raises UserError model-unknown, model-shipped or path-unwritable.
    """
    own = {model.name: model for model in _models_in(user_folder(), shipped=False)}
    if name not in own:
        names = {model.name for model in installed()}
        if name in names:
            raise UserError("model-shipped", name=name)
        raise UserError("model-unknown", name=name, names=", ".join(sorted(names)))
    model = own[name]
    kept = None
    if model.weights is not None:
        # By their hash, while they are there; of what cannot be read none was made.
        with suppress(UserError):
            kept = engine_file(model.weights)
    try:
        for path in (model.weights, model.onnx, model.int8, model.card):
            if path is not None:
                path.unlink()
    except OSError as error:
        raise UserError("path-unwritable", path=model.file, reason=why(error)) from error
    if kept is not None:
        drop(kept)


def find_models(names: str) -> list[Model]:
    """Return the models of a list with commas between; errors as find_model."""
    return [find_model(name) for name in split_names(names)]


def split_names(names: str) -> list[str]:
    """Return the parts of a list with commas between; a file that is there is one part."""
    if names.lower().endswith(FILES) and is_there(Path(names)):
        return [names]
    return [name.strip() for name in names.split(",") if name.strip()]


def is_taken(name: str) -> bool:
    """Whether a model is called so."""
    return name.lower() in _taken()


def free_name(wanted: str) -> str:
    """Return a name that no model has: the wanted one, or with a number behind it."""
    taken = _taken()
    names = itertools.chain([wanted], (f"{wanted}-{number}" for number in itertools.count(2)))
    return next(name for name in names if name.lower() not in taken)


def _taken() -> set[str]:
    # File systems may not tell large letters from small ones.
    return {model.name.lower() for model in installed()}


def check_name(name: str) -> None:
    """Raise UserError model-name unless `name` is safe as a file name everywhere."""
    words = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", name)
    reserved = re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name, re.IGNORECASE)
    if not words or reserved or name.lower().endswith((*FILES, ".int8")):
        raise UserError("model-name", name=name)


def _models_in(folder: Path, *, shipped: bool) -> list[Model]:
    if not is_there(folder):
        return []
    # A name with a dot in front is a file that is still being written.
    weights = {path.stem: path for path in folder.glob("[!.]*.safetensors")}
    onnx = {path.stem: path for path in folder.glob("[!.]*.onnx")}
    names = weights.keys() | onnx.keys()
    # The int8 file of another model is no model of its own.
    names -= {f"{name}{Path(INT8_SUFFIX).stem}" for name in names}
    return [Model(name, weights.get(name), onnx.get(name), shipped) for name in sorted(names)]


def _model_of_file(path: Path) -> Model:
    if not is_there(path):
        raise UserError("path-missing", path=path)
    if path.suffix.lower() == ".onnx":
        return Model(path.stem, None, path)
    beside = path.with_suffix(".onnx")
    return Model(path.stem, path, beside if is_there(beside) else None)
