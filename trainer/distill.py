"""The training loop: a generator of events that knows nobody who listens."""

from __future__ import annotations

import contextlib
import itertools
import math
import time
from collections.abc import Generator, Iterator
from functools import cached_property
from pathlib import Path

import torch
from torch import Tensor, nn

from models.engines.torch_engine import channels_last, choose_device, keep_precision
from models.errors import UserError
from models.networks import count_parameters, make_network
from trainer.batches import Batch, Batches
from trainer.calibrate import insert_identity
from trainer.causes import cause_of, is_memory_short
from trainer.cautions import caution
from trainer.checkpoint import State, load_checkpoint, save_checkpoint
from trainer.clock import Clock, Pace
from trainer.config import Config
from trainer.events import Event, append_event, make_event
from trainer.learner import Learner
from trainer.losses import Losses
from trainer.material import gather
from trainer.memory import kept_memory
from trainer.objective import objective
from trainer.orders import STOPS, Orders, OrderTaker
from trainer.origin import origin_of
from trainer.parallel import Ranks, device_of
from trainer.runs import (
    BEST_FILE,
    LAST_FILE,
    LOG_FILE,
    SCENES_FOLDER,
    has_state,
    occupied,
    remove_leftovers,
)
from trainer.scenes import FIRST_TRAINING_SEED, draw_scenes
from trainer.schedule import learning_rate_factor
from trainer.setup import (
    make_header,
    make_optimizer,
    make_student,
    norms_to_insert,
    set_training,
)
from trainer.shipping import is_half
from trainer.teacher import clear_maps, find_teachers, open_guide
from trainer.validation import Validation

CALIBRATION_BATCHES = 16
ROUNDING_BATCHES = 2
# What a step tells; the truth's part is the sum over crops that have one, by the number of all.
PARTS = ("loss", "loss_truth", "loss_teacher", "labelled")
PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


def distill(
    config: Config, folder: Path, orders: Orders = lambda: None, ranks: Ranks | None = None
) -> Iterator[Event]:
    """Train as `config` says in a run folder, yielding events that are also written there.

    A folder with a checkpoint is continued. Under torchrun every process runs this with its
    `ranks`, and the first alone writes and yields. Raises UserError for what a person can put
    right; best.safetensors and last.safetensors then hold the last good state.
    """
    ranks = ranks or Ranks()
    log = folder / LOG_FILE
    with occupied(folder) if ranks.first else contextlib.nullcontext(), kept_memory():
        try:
            if ranks.first:
                remove_leftovers(folder)
            for event in _events(config, folder, orders, ranks):
                if ranks.first:
                    append_event(log, event)
                    yield event
        except Exception as error:
            told = error
            if is_memory_short(error):
                facts = {"batch": config.batch, "crop": config.crop, "path": folder}
                told = UserError("memory-short", **facts)
            # Where even the log cannot be written, the error itself says why.
            with contextlib.suppress(UserError):
                if ranks.first:
                    append_event(log, make_event("failed", message=str(told), **cause_of(told)))
            if told is error:
                raise
            raise told from error


def _events(config: Config, folder: Path, orders: Orders, ranks: Ranks) -> Iterator[Event]:
    device = device_of(choose_device(config.device), ranks)
    taker = OrderTaker(orders, ranks, device)
    if (yield from _draw_scenes(config, folder, taker, ranks)):
        yield _end("stopped", folder, taker, None, "stopped while scenes were drawn")
    else:
        yield from _Training(config, folder, taker, ranks, device).events()


def _draw_scenes(
    config: Config, folder: Path, taker: OrderTaker, ranks: Ranks
) -> Generator[Event, None, bool]:
    """Draw the scenes that a run lacks, which may take minutes; returns whether to stop."""
    pace, number = Pace(), config.at_most(config.scenes)
    scenes = draw_scenes(folder / SCENES_FOLDER, number, FIRST_TRAINING_SEED)
    for done in range(1, number + 1):
        # The other processes wait for its orders.
        if ranks.first:
            next(scenes)
        if pace.due():
            yield make_event("preparing", what="scenes", done=done, of=number)
        if (yield from taker.obey(1, 0)) in STOPS:
            return True
    return False


def _end(kind: str, folder: Path, taker: OrderTaker, best_mae: float | None, message: str) -> Event:
    weights = folder / BEST_FILE
    return make_event(
        kind,
        best_mae=best_mae,
        weights=str(weights) if weights.exists() else None,
        message=message,
        **({"parent_gone": True} if taker.parent_gone else {}),
    )


class _Training:
    """One run: what it trains, on what, and how far it is."""

    def __init__(
        self, config: Config, folder: Path, taker: OrderTaker, ranks: Ranks, device: str
    ) -> None:
        self.config, self.folder, self.taker, self.ranks = config, folder, taker, ranks
        self.last, self.device = folder / LAST_FILE, device
        self.kind = self.device.split(":")[0]
        if config.threads:
            torch.set_num_threads(config.threads)
        keep_precision(config.precision)
        torch.manual_seed(config.seed)
        with ranks.first_goes_ahead():
            self.material = gather(config, folder)
        # A checkpoint holds all of a network: the files that it began from may be gone by now.
        begun = has_state(folder)
        network = make_network(config.network, config.options) if begun else make_student(config)
        network = channels_last(network.to(self.device))
        self.header = make_header(config, network)
        self.teachers = find_teachers(config.used_teacher, self.device, config.engine_precision)
        with ranks.first_goes_ahead():
            self.origin = origin_of(config, self.teachers, folder)
        if ranks.first:
            clear_maps(self.teachers)
        self.batches = Batches(
            self.material.train, config, self.header, self.teachers, ranks.rank, ranks.world
        )
        norms = [] if begun else norms_to_insert(network, config)
        if norms:
            insert_identity(network, norms, self._crops(CALIBRATION_BATCHES))
        self.guide = open_guide(config, self.device) if config.needs_guide else None
        learner = Learner(
            network, self.header, config.loss_stride,
            self.guide.channels if self.guide else {}, bool(config.zip_weight),
        ).to(self.device)  # fmt: skip
        extras = learner.extras()
        # Before batch norms are joined: the average is what is shipped, and has plain ones.
        self.state = State(network, make_optimizer(network, config, extras), extras)
        self.learner = ranks.wrap(learner, self.device)
        scaled = config.precision == "fp16"
        self.state.scaler = torch.amp.GradScaler(self.kind, enabled=scaled)
        self.validation = Validation(
            config, folder, self.header, self.material, self.teachers, self.origin, self.device
        )
        self.clock = Clock(config.epochs * self.batches.per_epoch)

    def _crops(self, batches: int) -> Iterator[Tensor]:
        """Yield the pictures of the first batches, without waiting for a teacher's maps."""
        given = self.material.train, self.config, self.header, ()
        plain = Batches(*given, self.ranks.rank, self.ranks.world)
        for batch in itertools.islice(plain.epoch(0), batches):
            yield batch.pictures.to(self.device)

    @cached_property
    def _rounding_crops(self) -> Tensor | None:
        """Crops by which an average is rounded; None where it is shipped in half precision."""
        return None if is_half(self.header) else torch.cat(list(self._crops(ROUNDING_BATCHES)))

    def events(self) -> Iterator[Event]:
        yield self._started()
        if self.ranks.rank:
            # Each process drops out other features; the first goes on as its checkpoint says.
            place = self.state.progress.epoch * self.batches.per_epoch + self.state.progress.step
            torch.manual_seed(self.config.seed + 1_000_003 * self.ranks.rank + place)
        set_training(self.learner, self.state.network, self.config)
        if self.ranks.norms_apart(self.state.network):
            yield caution("norms-apart")
        wanted = self.config.at_most(self.config.negative_pictures)
        if number := self.material.left_out:
            yield caution("pictures-unseen", number=number)
        if (there := self.material.negatives) < wanted:
            yield caution("few-negatives", wanted=wanted, there=there)
        stopped, progress = (yield from self._prepare()), self.state.progress
        while not stopped:
            # Saved before: a validation that fails costs no steps, and comes first on resumption.
            if self._is_due():
                if self.ranks.first:
                    began = time.perf_counter()
                    yield from self.validation.measure(self.state, self._rounding_crops)
                    self.clock.validated(time.perf_counter() - began)
                progress.measured = progress.epoch
                yield self._save()
            if progress.epoch >= self.config.epochs:
                break
            stopped = yield from self._epoch(progress.epoch)
            if not stopped:
                yield self._save()
        yield self._ended("stopped" if stopped else "finished")

    def _is_due(self) -> bool:
        """Whether the epochs that are done are to be validated, and are not yet."""
        progress, epochs = self.state.progress, self.config.epochs
        in_turn = progress.step == 0 and progress.epoch % self.config.validate_every == 0
        return progress.measured < progress.epoch and (in_turn or progress.epoch >= epochs)

    def _validations_from(self, epoch: int) -> int:
        """Return how many validations are to come from the beginning of an epoch on."""
        every = self.config.validate_every
        return -(-self.config.epochs // every) - epoch // every

    def _started(self) -> Event:
        resumed_from = None
        if self.last.exists():
            load_checkpoint(self.last, self.state, self.device)
            progress = self.state.progress
            resumed_from = {"epoch": progress.epoch, "step": progress.step}
        train, validation = self.material.train, self.material.validation
        return make_event(
            "started",
            run=str(self.folder),
            epochs=self.config.epochs,
            resumed_from=resumed_from,
            pictures=len(train),
            people=sum(len(example.points) for example in train if example.points is not None),
            validation_pictures=len(validation),
            steps_per_epoch=self.batches.per_epoch,
            parameters=count_parameters(self.state.network),
            device=self.device,
            processes=self.ranks.world,
        )

    def _prepare(self) -> Generator[Event, None, bool]:
        """Have the teachers' maps made, which may take minutes; returns whether to stop."""
        pace, progress = Pace(), self.state.progress
        if progress.epoch >= self.config.epochs:
            return False
        for done in self.batches.prepare():
            if pace.due():
                yield make_event("preparing", what="maps", done=done, of=len(self.batches.examples))
            if (yield from self._obey(progress.epoch, progress.step - 1)):
                return True
        return False

    def _epoch(self, epoch: int) -> Generator[Event, None, bool]:
        """Train one epoch from where it stands; its return value says whether to stop."""
        progress, per_epoch = self.state.progress, self.batches.per_epoch
        set_training(self.learner, self.state.network, self.config)
        self.clock.restart(self.batches.waited)
        batches = self.batches.epoch(epoch, progress.step)
        for number, batch in zip(itertools.count(progress.step), batches, strict=False):
            done = epoch * per_epoch + number
            losses = self._step(batch, number, done)
            if not math.isfinite(losses["loss"]):
                raise self._diverged(losses["loss"], epoch + 1)
            progress.step = number + 1
            self.clock.count(len(batch.pictures) * self.ranks.world, losses)
            if (number + 1) % self.config.log_every == 0 or number + 1 == per_epoch:
                rate = self.config.lr * learning_rate_factor(self.config, done, per_epoch)
                place = {"epoch": epoch + 1, "step": number + 1, "lr": rate}
                left = self._validations_from(epoch)
                yield self.clock.event(done + 1, self.batches.waited, left, **place)
            if (number + 1) % self.config.save_every == 0 and self.ranks.first:
                self._keep()
            stop = yield from self._obey(epoch, number)
            if stop:
                return True
        progress.epoch, progress.step = epoch + 1, 0
        return False

    def _obey(self, epoch: int, number: int) -> Generator[Event, None, bool]:
        """Take the next order after a step, wait while paused; returns whether to stop."""
        order = yield from self.taker.obey(epoch + 1, number + 1, self._keep)
        if order == "resume":
            self.clock.restart(self.batches.waited)
        return order in STOPS

    def _step(self, batch: Batch, number: int, done: int) -> dict[str, float]:
        """Take one optimizer step, the `done`-th from 0; returns the parts of the loss."""
        config, state = self.config, self.state
        factor = learning_rate_factor(config, done, self.batches.per_epoch)
        for group in state.optimizer.param_groups:
            group["lr"] = group["peak_lr"] * factor
        found = self._loss(batch.to(self.device))
        share = self.batches.share(number)
        labelled = batch.labelled.mean().item()
        parts = [found.total.item(), found.truth.item() * labelled, found.teacher.item(), labelled]
        parts = self.ranks.mean([part * share for part in parts], self.device)
        losses = dict(zip(PARTS, parts, strict=True))
        if not config.needs_teacher:
            losses["loss_teacher"] = 0.0
        state.optimizer.zero_grad(set_to_none=True)
        scaler = state.scaler
        scaler.scale(found.total * share).backward()  # type: ignore[no-untyped-call]
        scaler.unscale_(state.optimizer)
        norm = nn.utils.clip_grad_norm_(state.parameters(), config.clip)
        overflow = config.precision == "fp16" and math.isfinite(losses["loss"])
        if not (math.isfinite(losses["loss"]) and (torch.isfinite(norm) or overflow)):
            # The weights stay as they were; the caller says so.
            return losses | {"loss": math.nan}
        scaler.step(state.optimizer)
        scaler.update()
        keep_foldable = getattr(state.network, "keep_foldable", None)
        if keep_foldable is not None:
            keep_foldable()
        state.update_average(config.ema, done)
        return losses

    def _loss(self, batch: Batch) -> Losses:
        precision = PRECISIONS[self.config.precision]
        with torch.autocast(self.kind, precision, enabled=self.config.precision != "fp32"):
            answer = self.learner(batch.pictures)
            guide = self.guide.features(batch.pictures, self.header) if self.guide else {}
            borrowed = None
            if self.guide and self.config.borrow_weight:
                borrowed = self.guide.read(answer.features)
        return objective(self.config, answer, batch, guide, borrowed)

    def _keep(self) -> None:
        # A step of any finite loss can be one too far: what it leaves is no state to go on from.
        if not all(torch.isfinite(weight).all() for weight in self.state.network.parameters()):
            progress = self.state.progress
            raise self._diverged(math.nan, progress.epoch + (progress.step > 0))
        save_checkpoint(self.last, self.state)

    def _diverged(self, loss: float, epoch: int) -> UserError:
        return UserError("training-diverged", loss=loss, epoch=epoch, path=self.folder)

    def _save(self) -> Event:
        if self.ranks.first:
            self._keep()
        return make_event("saved", epoch=self.state.progress.epoch, path=str(self.last))

    def _ended(self, kind: str) -> Event:
        progress = self.state.progress
        message = f"{kind} after {progress.epoch} epochs"
        return _end(kind, self.folder, self.taker, progress.best_mae, message)
