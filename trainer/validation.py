"""Validation: the averaged weights, as they would be shipped, are measured and the best kept."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from models.engines.torch_engine import TorchEngine
from models.errors import UserError
from models.header import Header
from models.precision import ROUNDED, steady_precision
from models.predictor import Predictor
from models.weights import save_weights
from trainer.cautions import caution
from trainer.checkpoint import Progress, State
from trainer.clock import Pace
from trainer.config import Config
from trainer.evaluate import evaluate, summarise
from trainer.events import Event, make_event
from trainer.material import Material
from trainer.origin import Origin, trained_on
from trainer.preview import preview_example, write_preview
from trainer.refit import refit_last_layer
from trainer.runs import BEST_FILE
from trainer.shipping import as_shipped, is_half, with_facts
from trainer.teacher import Teacher


class Validation:
    """Measures a run's averages; `fitted` says whether the last had its last layer fitted."""

    def __init__(
        self,
        config: Config,
        folder: Path,
        header: Header,
        material: Material,
        teachers: Sequence[Teacher],
        origin: Origin,
        device: str,
    ) -> None:
        self.config, self.folder, self.header, self.material = config, folder, header, material
        self.teachers, self.origin, self.device = teachers, origin, device
        self.fitted = False

    def measure(self, state: State, crops: Tensor | None) -> Iterator[Event]:
        """Measure the average; after the last epoch also with its last layer fitted.

        It is rounded as it would be shipped, by `crops` (N, 3, H, W), None for half precision.
        Raises UserError training-diverged.
        """
        network = as_shipped(state.average, self.header, crops)
        yield from self._measure(network, state.progress)
        # After the last epoch alone: it takes as long as a few validations.
        if self.config.refit and state.progress.epoch == self.config.epochs:
            network = as_shipped(state.average, self.header, crops, self._refit)
            if self.fitted:
                yield from self._measure(network, state.progress)
            else:
                yield caution("not-fitted")

    def _refit(self, network: nn.Module) -> None:
        labelled = [example for example in self.material.train if example.points is not None]
        relative = self.config.refit == "relative"
        self.fitted = refit_last_layer(network, self.header, labelled, relative=relative)

    def _measure(self, network: nn.Module, progress: Progress) -> Iterator[Event]:
        """Measure a network; the best so far is kept as the run's result."""
        precision = steady_precision(self.config.engine_precision, self.header)
        engine = TorchEngine(network, self.device, precision)
        predictor = Predictor(engine, self.header, self.config.network)
        pace, rows = Pace(), []
        for row in evaluate(predictor, self.material.validation):
            rows.append(row)
            if pace.due():
                number = len(self.material.validation)
                yield make_event("validating", epoch=progress.epoch, done=len(rows), of=number)
        summary = summarise(rows)
        if not math.isfinite(summary.mae):
            facts = {"loss": summary.mae, "epoch": progress.epoch, "path": self.folder}
            raise UserError("training-diverged", **facts)
        best = progress.best_mae is None or summary.mae < progress.best_mae
        if best:
            progress.best_mae, progress.best_epoch = summary.mae, progress.epoch
            told = self._trained_on(progress.epoch)
            header = with_facts(self.header, network, told, summary, precision)
            path, half = self.folder / BEST_FILE, is_half(self.header)
            save_weights(path, network.state_dict(), header, half)
        shown = preview_example(self.material.validation)
        preview = shown and write_preview(self.folder, shown, predictor, self.teachers)
        yield make_event(
            "validated",
            epoch=progress.epoch,
            mae=round(summary.mae, 3),
            rmse=round(summary.rmse, 3),
            best=best,
            fitted=self.fitted,
            preview=preview,
        )

    def _trained_on(self, epochs: int) -> dict[str, Any]:
        """Return what a card tells of the training so far."""
        rounded = {} if is_half(self.header) else ROUNDED
        fitted = {"refit": self.config.refit} if self.fitted else {}
        told = trained_on(self.config, self.origin, self.material.negatives, epochs)
        return {**told, **rounded, **fitted}
