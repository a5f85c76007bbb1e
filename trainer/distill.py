"""The training loop: a generator of events that knows nobody who listens."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from models.engines.torch_engine import TorchEngine, channels_last, choose_device
from models.errors import UserError
from models.networks import density_of
from models.predictor import Predictor
from models.weights import save_weights
from trainer.batches import Batch, Batches
from trainer.calibrate import insert_identity
from trainer.checkpoint import State, load_checkpoint, save_checkpoint
from trainer.clock import Clock
from trainer.config import Config
from trainer.datasets import Example, recognise
from trainer.evaluate import evaluate, summarise
from trainer.events import Event, append_event, make_event
from trainer.losses import Losses, block_count_loss, distillation_loss
from trainer.negatives import people_free
from trainer.scenes import training_scenes
from trainer.schedule import learning_rate_factor
from trainer.setup import lacks_norms, make_header, make_optimizer, make_student, shippable
from trainer.teacher import find_teachers

CALIBRATION_BATCHES = 16
# An order is "pause", "resume" or "stop"; the function returns the oldest one not yet taken.
Orders = Callable[[], str | None]


def distill(config: Config, folder: Path, orders: Orders = lambda: None) -> Iterator[Event]:
    """Train as `config` says in a run folder, yielding events that are also written there.

    A folder with a checkpoint is continued. Raises UserError for what a person can put right;
    best.safetensors and last.safetensors then hold the last good state.
    """
    log = folder / "events.jsonl"
    try:
        for event in _Training(config, folder, orders).events():
            append_event(log, event)
            yield event
    except Exception as error:
        append_event(log, make_event("failed", message=str(error)))
        raise


class _Training:
    """One run: what it trains, on what, and how far it is."""

    def __init__(self, config: Config, folder: Path, orders: Orders) -> None:
        self.config, self.folder, self.orders = config, folder, orders
        self.last = folder / "last.safetensors"
        self.device = choose_device(config.device)
        if config.threads:
            torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        self.train = _examples(config, "train")
        self.train += training_scenes(folder / "scenes", config.scenes)
        self.train += _unlabelled(config.unlabelled)
        self.train += people_free(config.negatives, config.negative_pictures)
        self.validation = _examples(config, "val")
        network = channels_last(make_student(config).to(self.device))
        self.header = make_header(config, network)
        teachers = find_teachers(config.teacher, self.device, config.precision)
        self.batches = Batches(self.train, config, self.header, teachers)
        if lacks_norms(config):
            first = itertools.islice(self.batches.epoch(0), CALIBRATION_BATCHES)
            insert_identity(network, (batch.pictures.to(self.device) for batch in first))
        self.state = State(network, make_optimizer(network, config))
        self.clock = Clock(config.epochs * self.batches.per_epoch)

    def events(self) -> Iterator[Event]:
        yield self._started()
        stopped = False
        for epoch in range(self.state.progress.epoch, self.config.epochs):
            stopped = yield from self._epoch(epoch)
            if stopped:
                break
            if (epoch + 1) % self.config.validate_every == 0 or epoch + 1 == self.config.epochs:
                yield self._validate()
            yield self._save()
        yield self._ended("stopped" if stopped else "finished")

    def _started(self) -> Event:
        resumed_from = None
        if self.last.exists():
            load_checkpoint(self.last, self.state)
            progress = self.state.progress
            resumed_from = {"epoch": progress.epoch, "step": progress.step}
        return make_event(
            "started",
            run=str(self.folder),
            epochs=self.config.epochs,
            resumed_from=resumed_from,
            pictures=len(self.train),
            people=sum(len(example.points) for example in self.train if example.points is not None),
            validation_pictures=len(self.validation),
        )

    def _epoch(self, epoch: int) -> Generator[Event, None, bool]:
        """Train one epoch from where it stands; its return value says whether to stop."""
        progress, per_epoch = self.state.progress, self.batches.per_epoch
        self.state.network.train()
        self.clock.restart()
        batches = self.batches.epoch(epoch, progress.step)
        for number, batch in zip(itertools.count(progress.step), batches, strict=False):
            done = epoch * per_epoch + number
            losses = self._step(batch, done)
            if not math.isfinite(losses["loss"]):
                facts = {"loss": losses["loss"], "epoch": epoch, "path": self.folder}
                raise UserError("training-diverged", **facts)
            progress.step = number + 1
            self.clock.count(len(batch.pictures), losses)
            if (number + 1) % self.config.log_every == 0 or number + 1 == per_epoch:
                rate = self.config.lr * learning_rate_factor(self.config, done, per_epoch)
                yield self.clock.event(done + 1, epoch=epoch, step=number + 1, lr=rate)
            if (number + 1) % self.config.save_every == 0:
                save_checkpoint(self.last, self.state)
            order = self.orders()
            if order in ("pause", "stop"):
                save_checkpoint(self.last, self.state)
            if order == "pause":
                yield make_event("paused", epoch=epoch, step=number + 1)
                order = _wait(self.orders)
                if order == "resume":
                    yield make_event("resumed", epoch=epoch, step=number + 1)
                    self.clock.restart()
            if order == "stop":
                return True
        progress.epoch, progress.step = epoch + 1, 0
        return False

    def _step(self, batch: Batch, done: int) -> dict[str, float]:
        """Take one optimizer step, the `done`-th from 0; returns the parts of the loss."""
        config, state = self.config, self.state
        factor = learning_rate_factor(config, done, self.batches.per_epoch)
        for group in state.optimizer.param_groups:
            group["lr"] = group["peak_lr"] * factor
        kind = self.device.split(":")[0]
        with torch.autocast(kind, torch.bfloat16, enabled=config.precision == "bf16"):
            output = state.network(batch.pictures.to(self.device))
        density = density_of(output).float() / self.header.density_factor
        found = self._loss(density, batch)
        losses = {
            "loss": found.total.item(),
            "loss_truth": found.truth.item(),
            "loss_teacher": found.teacher.item() if config.needs_teacher else 0.0,
        }
        state.optimizer.zero_grad(set_to_none=True)
        found.total.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(state.network.parameters(), config.clip)
        if not (math.isfinite(losses["loss"]) and torch.isfinite(norm)):
            # The weights stay as they were; the caller says so.
            return losses | {"loss": math.nan}
        state.optimizer.step()
        keep_foldable = getattr(state.network, "keep_foldable", None)
        if keep_foldable is not None:
            keep_foldable()
        state.update_average(config.ema, done)
        return losses

    def _loss(self, density: Tensor, batch: Batch) -> Losses:
        """The study's loss and the block counts beside it; `total` is what is minimised."""
        config, stride = self.config, self.header.stride
        truth, teacher = batch.truth.to(self.device), batch.teacher.to(self.device)
        labelled, trust = batch.labelled.to(self.device), batch.trust.to(self.device)
        # Where there is no truth, the teacher alone speaks.
        alpha = 1 - labelled * (1 - config.alpha)
        # Errors are squared in the units of the network's own output, so that they are not tiny.
        factor = config.density_factor if config.loss == "mse" else 1.0
        losses = distillation_loss(
            density * factor, truth * factor, teacher * factor, alpha, kind=config.loss, trust=trust
        )
        total = losses.total
        if config.block_weight:
            blocks = labelled * block_count_loss(density, truth, stride)
            total = total + config.block_weight * blocks.mean()
        if config.teacher_block_weight:
            blocks = trust * block_count_loss(density, teacher, stride)
            total = total + config.teacher_block_weight * blocks.mean()
        return Losses(total, losses.truth, losses.teacher)

    def _validate(self) -> Event:
        """Measure the averaged weights; the best so far are kept as the run's result."""
        engine = TorchEngine(self.state.average, self.device, self.config.precision)
        predictor = Predictor(engine, self.header, self.config.network)
        summary = summarise(list(evaluate(predictor, self.validation)))
        progress = self.state.progress
        best = progress.best_mae is None or summary.mae < progress.best_mae
        if best:
            progress.best_mae, progress.best_epoch = summary.mae, progress.epoch
            weights = shippable(self.state, self.header, self.config, summary)
            save_weights(self.folder / "best.safetensors", *weights)
        return make_event(
            "validated",
            epoch=progress.epoch,
            mae=round(summary.mae, 3),
            rmse=round(summary.rmse, 3),
            best=best,
        )

    def _save(self) -> Event:
        save_checkpoint(self.last, self.state)
        return make_event("saved", epoch=self.state.progress.epoch, path=str(self.last))

    def _ended(self, kind: str) -> Event:
        weights = self.folder / "best.safetensors"
        return make_event(
            kind,
            best_mae=self.state.progress.best_mae,
            weights=str(weights) if weights.exists() else None,
            message=f"{kind} after {self.state.progress.epoch} epochs",
        )


def _examples(config: Config, split: str) -> list[Example]:
    found: list[Example] = []
    for folder in config.data:
        found += recognise(Path(folder)).examples(split)
    return found[: config.limit] if config.limit else found


def _unlabelled(folders: Sequence[str]) -> list[Example]:
    """Return all pictures of some folders without their heads, should there be any."""
    found = [example for folder in folders for example in recognise(Path(folder)).examples("all")]
    return [Example(example.name, example.picture, None) for example in found]


def _wait(orders: Orders) -> str:
    """Return the next order that ends a pause."""
    while True:
        order = orders()
        if order in ("resume", "stop"):
            return order
        time.sleep(0.1)
