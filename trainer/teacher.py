"""What the teacher sees in whole pictures, computed once and kept by hash."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from platformdirs import user_cache_path

from models.assistant import Assistant
from models.catalogue import Model, find_models
from models.engines.torch_engine import channels_last
from models.errors import UserError
from models.files import file_hash, is_there, replacing
from models.grid import Grid, grid_of
from models.loading import open_predictor
from models.pictures import read_picture
from models.precision import steady_precision
from models.predictor import Predictor
from models.reasons import Reason
from models.weights import load_network
from trainer.config import Config
from trainer.learner import Guide

log = logging.getLogger("crowdgui")
# Of kept maps: another where the same weights come to see other maps, as by another way of tiling.
MAPS_VERSION = 1
# Maps that no run has looked for in this time are made again, should they be wanted.
UNUSED_SECONDS = 60 * 86_400


class Teacher:
    """A frozen model whose density maps are the soft targets; loaded only when a map is missing."""

    def __init__(self, model: Model, device: str, precision: str) -> None:
        self.model = model
        self.identity = file_hash(model.file)
        self._header = model.header()
        self._device = device
        self._precision = steady_precision(precision, self._header)
        self._predictor: Predictor | None = None
        self._unkept = False
        name = f"{self.identity[:16]}-{self._precision}-{MAPS_VERSION}"
        self._folder = cache_folder() / name

    def density(self, picture: Path) -> NDArray[np.float32]:
        """Return the density map of a whole picture file: float32 (h, w), never negative.

        Kept in half precision: the sum moves by less than 0.01 %. Raises UserError as
        read_picture does.
        """
        path = self._folder / f"{file_hash(picture)[:32]}.npy"
        if is_there(path):
            try:
                stored: NDArray[np.float16] = np.load(path, allow_pickle=False)
                return stored.astype(np.float32)
            except (ValueError, EOFError, OSError):
                # A damaged cache file is made again.
                pass
        rounded = self._predict(picture).astype(np.float16)
        self._keep(path, rounded)
        # The rounded map, so that a run sees the same targets whether they were kept or not.
        return rounded.astype(np.float32)

    def _keep(self, path: Path, rounded: NDArray[np.float16]) -> None:
        try:
            with replacing(path) as temporary, temporary.open("wb") as file:
                np.save(file, rounded, allow_pickle=False)
        except (OSError, UserError) as error:
            # Training goes on with what it has in memory; the map is only made again next time.
            if not self._unkept:
                log.warning("The maps of %s cannot be kept: %s", self.model.name, error)
            self._unkept = True

    def mark_used(self) -> None:
        """Note that its maps are looked for now."""
        with suppress(OSError):
            os.utime(self._folder)

    def grid(self, width: int, height: int) -> Grid:
        """Return where the cells of a picture's map lie in it."""
        return grid_of(self._header, width, height)

    def _predict(self, picture: Path) -> NDArray[np.float32]:
        if self._predictor is None:
            # A network is drawn by chance before it is filled: the training's own chance stays.
            with torch.random.fork_rng(devices=[]):
                self._predictor = open_predictor(
                    self.model, engine="torch", device=self._device, precision=self._precision,
                    threads=torch.get_num_threads(),
                )  # fmt: skip
        return self._predictor.predict(read_picture(picture)).density


def find_teachers(names: str, device: str, precision: str) -> Sequence[Teacher]:
    """Return the teachers of a comma-separated list of models; their maps are averaged.

    Raises UserError model-onnx-only, or as find_models, file_hash and Model.header do.
    """
    found = find_models(names)
    for model in found:
        if model.weights is None:
            raise UserError("model-onnx-only", model=model.name)
    return [Teacher(model, device, precision) for model in found]


def clear_maps(teachers: Sequence[Teacher]) -> None:
    """Remove kept maps that were not used for long; those of `teachers` are in use from now on."""
    for teacher in teachers:
        teacher.mark_used()
    for folder in cache_folder().glob("*"):
        # Another run may be doing the same.
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > UNUSED_SECONDS:
                shutil.rmtree(folder)


def open_guide(config: Config, device: str) -> Guide:
    """Return the first of the teachers as a network whose features are followed.

    Raises UserError as find_teachers and load_network do, and setting-invalid where it sees no
    colours or has no head to lend.
    """
    first, *_ = find_teachers(config.used_teacher, device, "fp32")
    assert first.model.weights is not None
    network, header = load_network(first.model.weights)
    if header.channels != 3:
        reason = Reason("no-colours", network=first.model.name)
        raise UserError("setting-invalid", name="teacher", value=first.model.name, reason=reason)
    if config.borrow_weight and not isinstance(network, Assistant):
        reason = Reason("no-head", network=header.network)
        raise UserError("setting-invalid", name="teacher", value=first.model.name, reason=reason)
    return Guide(channels_last(network.to(device)), header)


def cache_folder() -> Path:
    return user_cache_path("crowdgui", appauthor=False) / "teacher-maps"
