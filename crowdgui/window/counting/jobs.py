"""What the counting thread does, as plain functions; imports what is heavy."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crowdgui.sources import DEMO, Source, demo_scene, expand, is_folder
from crowdgui.window.counting.entries import Entry, file_stamp
from crowdgui.window.counting.session import Counted, Opened, OpenOrder, Picture, Request
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.engines import AUTOMATIC, EngineChoice, automatic_precision
from crowdgui.window.own_process import lines_of
from crowdgui.window.viewing.images import density_image, picture_levels
from models.catalogue import Model, find_model, installed
from models.engine_cache import engine_file
from models.engine_files import with_engine_file
from models.errors import UserError
from models.loading import CPU_DEVICES, no_int8, open_predictor
from models.overlay import COLOUR_MAPS, draw_overlay, full_scale, seen_density
from models.picture_files import save_picture
from models.prediction import Prediction

log = logging.getLogger("crowdgui")
MOST_CARD_BYTES = 200_000


def open_words(order: OpenOrder) -> Opened:
    """Find the pictures that words stand for; what is wrong with one word stops no other."""
    entries: list[Entry] = []
    problems: list[Exception] = []
    folders: dict[str, list[str]] = {}
    for word in order.words:
        found: list[Entry] = []
        try:
            found = [Entry(source) for source in expand(word)]
        except Exception as error:
            if not isinstance(error, UserError):
                log.exception("Opening %s", word)
            problems.append(error)
        if is_folder(word):
            folders[word] = [entry.file_name for entry in found]
        entries += found
    for entry in entries:
        # Worked out here, not while the list is being sorted in the window's thread.
        entry.folder, entry.sort_key  # noqa: B018
    return Opened(order.clearing, entries, problems, folders)


def list_models() -> ModelList:
    """Return every installed model, with the reason for those that cannot be read."""
    models = installed()
    default = find_model().name if models else ""
    return ModelList(tuple(_choice(model) for model in models), default)


def _choice(model: Model) -> ModelChoice:
    try:
        header, facts = model.header(), model.file.stat()
    except UserError as error:
        return ModelChoice(model.name, 0, error, shipped=model.shipped)
    except OSError as error:
        reason = error.strerror or str(error)
        problem = UserError("weights-damaged", path=model.file, reason=reason)
        return ModelChoice(model.name, 0, problem, shipped=model.shipped)
    missing = no_int8(model) if model.int8 is None else None
    size, stamp = facts.st_size, (facts.st_mtime_ns, facts.st_size)
    return ModelChoice(
        model.name, size, None, header, model.shipped, _card(model),
        no_int8=missing, can_teach=model.weights is not None, stamp=stamp,
    )  # fmt: skip


def _card(model: Model) -> str:
    try:
        with model.file.with_suffix(".md").open("rb") as file:
            return file.read(MOST_CARD_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def load_predictor(name: str, engine: EngineChoice) -> Any:
    """Load a model by its name; no name means the default."""
    model, precision = find_model(name), engine.precision
    if precision == AUTOMATIC:
        precision = automatic_precision(engine.device, model.header())
    if engine.device in CPU_DEVICES:
        _make_engine_file(model)
    return open_predictor(
        model,
        device=engine.device,
        precision=precision,
        threads=engine.threads,
    )


def _make_engine_file(model: Model) -> None:
    """Give a model of weights alone the CPU engine's file, once and in another process.

    Exporting holds Python for seconds, and with it the window. torch counts where it fails.
    """
    if with_engine_file(model, make=False).onnx is not None or find_spec("torch") is None:
        return
    words = ("export", "--model", str(model.file), "--output", str(engine_file(model.file)))
    try:
        for line in lines_of(*words):
            log.info(line)
    except (UserError, OSError) as error:
        log.warning("no engine file for %s: %s", model.name, error)


def read_picture(request: Request) -> Picture:
    """Read a request's source; the truth is asked for last, because reading finds it."""
    source = request.source
    # Before it is read: what is written meanwhile is a change.
    stamp = file_stamp(Path(source.path))
    pixels = np.ascontiguousarray(source.read())
    truth, heads, problem = find_truth(source, pixels)
    levels = picture_levels(pixels)
    return Picture(request.ticket, pixels, levels, truth, heads, problem, stamp)


def find_truth(
    source: Source, pixels: NDArray[np.uint8]
) -> tuple[int | None, NDArray[np.float32] | None, UserError | None]:
    """Return the true count and head centres, if known, or what is wrong with their file."""
    from trainer.density import inside
    from trainer.truth import heads_beside

    if source.path == DEMO:
        heads = demo_scene().points
        return len(heads), heads, None
    truth = source.truth
    try:
        found = heads_beside(Path(source.path))
    except UserError as error:
        return truth, None, error
    if found is None:
        return truth, None, None
    heads = inside(found, pixels.shape[1], pixels.shape[0])
    return len(heads), heads, None


def count(ticket: int, predictor: Any, pixels: NDArray[np.uint8]) -> Counted:
    prediction = predictor.predict(pixels)
    seen = seen_density(prediction.density, prediction.grid)
    scale = full_scale(seen)
    return Counted(ticket, prediction, density_image(seen, scale), scale)


def save_overlay(
    path: Path,
    pixels: NDArray[np.uint8],
    prediction: Prediction,
    opacity: float,
    colour_map: str,
) -> None:
    """Write the picture with the density map over it; UserError path-unwritable."""
    colours = colour_map if colour_map in COLOUR_MAPS else next(iter(COLOUR_MAPS))
    drawn = draw_overlay(pixels, prediction.density, prediction.grid, opacity, colours)
    save_picture(path, drawn)
