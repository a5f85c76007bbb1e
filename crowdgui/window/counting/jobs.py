"""What the counting thread does, as plain functions; imports what is heavy."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

from crowdgui.sources import Source, expand
from crowdgui.window.counting.session import (
    Counted,
    ModelChoice,
    ModelList,
    Opened,
    OpenOrder,
    Picture,
    Request,
)
from models.catalogue import Model, find_model, installed
from models.errors import UserError
from models.files import replacing
from models.loading import open_predictor
from models.overlay import colour_table, draw_overlay, full_scale

log = logging.getLogger("crowdgui")
# The smallest level is about as large as a small window; below that nothing is gained.
SMALLEST_LEVEL = 800


@dataclass(frozen=True, eq=False)
class SaveOrder:
    """A picture, its density map, and where the two go as one; `opacity` from 0 to 1."""

    path: Path
    pixels: NDArray[np.uint8]
    density: NDArray[np.float32]
    opacity: float


def open_words(order: OpenOrder) -> Opened:
    """Find the pictures that words stand for; what is wrong with one word stops no other."""
    sources: list[Source] = []
    problems: list[Exception] = []
    for word in order.words:
        try:
            sources += expand(word)
        except Exception as error:
            if not isinstance(error, UserError):
                log.exception("Opening %s", word)
            problems.append(error)
    return Opened(order.clearing, sources, problems)


def list_models() -> ModelList:
    """Return every installed model, with the reason for those that cannot be read."""
    models = installed()
    default = find_model().name if models else ""
    return ModelList(tuple(_choice(model) for model in models), default)


def _choice(model: Model) -> ModelChoice:
    try:
        model.header()
        return ModelChoice(model.name, model.file.stat().st_size)
    except UserError as error:
        return ModelChoice(model.name, 0, error)
    except OSError as error:
        reason = error.strerror or str(error)
        problem = UserError("weights-damaged", path=model.file, reason=reason)
        return ModelChoice(model.name, 0, problem)


def load_predictor(name: str) -> Any:
    """Load a model by its name; no name means the default."""
    return open_predictor(find_model(name))


def read_picture(request: Request) -> Picture:
    """Read a request's source; the truth is asked for last, because reading finds it."""
    pixels = np.ascontiguousarray(request.source.read())
    return Picture(request.ticket, pixels, picture_levels(pixels), request.source.truth)


def count(ticket: int, predictor: Any, pixels: NDArray[np.uint8]) -> Counted:
    prediction = predictor.predict(pixels)
    scale = full_scale(prediction.density, prediction.size)
    overlay = overlay_image(prediction.density, scale)
    return Counted(ticket, prediction, overlay, scale)


def save_overlay(order: SaveOrder) -> None:
    """Write the picture with the density map over it; UserError path-unwritable."""
    drawn = draw_overlay(order.pixels, order.density, order.opacity)
    form = "JPEG" if order.path.suffix.lower() in (".jpg", ".jpeg") else "PNG"
    with replacing(order.path) as temporary:
        Image.fromarray(drawn).save(temporary, format=form, quality=95)


def picture_levels(pixels: NDArray[np.uint8]) -> tuple[QImage, ...]:
    """Return the picture for Qt, whole and halved again and again.

    Drawn small, a large picture would flicker: Qt looks at four pixels only.
    """
    levels = [pixels]
    while max(levels[-1].shape[:2]) > 2 * SMALLEST_LEVEL:
        height, width = levels[-1].shape[:2]
        half = cv2.resize(levels[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        levels.append(np.asarray(half, np.uint8))
    return tuple(_rgb_image(level) for level in levels)


def overlay_image(density: NDArray[np.float32], scale: float) -> QImage:
    """Return the density map in colours, a pixel a cell; density `scale` is full colour."""
    level = np.clip(density / scale * 255, 0, 255).astype(np.uint8)
    coloured = np.ascontiguousarray(colour_table()[level])
    height, width = level.shape
    shared = QImage(coloured.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    # The conversion makes an owned copy; `shared` must not outlive `coloured`.
    return shared.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)
