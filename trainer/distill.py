"""The training loop: a generator of events that knows nobody who listens."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from models.engines.torch_engine import TorchEngine, channels_last, choose_device
from models.errors import UserError
from models.header import Header
from models.networks import density_of
from models.predictor import Predictor
from models.weights import save_weights
from trainer.batches import Batch, Batches
from trainer.checkpoint import State, load_checkpoint, save_checkpoint
from trainer.config import Config
from trainer.datasets import Example, recognise
from trainer.evaluate import Summary, evaluate, summarise
from trainer.events import Event, append_event, make_event
from trainer.losses import block_count_loss, poisson_loss
from trainer.schedule import learning_rate_factor
from trainer.scenes import training_scenes
from trainer.setup import make_header, make_optimizer, make_student, shippable

LOG_EVERY = 10
# An order is "pause", "resume" or "stop"; the function returns the oldest one not yet taken.
Orders = Callable[[], str | None]


def distill(config: Config, folder: Path, orders: Orders = lambda: None) -> Iterator[Event]:
    """Train as `config` says in a run folder, yielding events that are also written there.

    A folder with a checkpoint is continued. Raises UserError for what a person can put right;
    best.safetensors and last.safetensors then hold the last good state.
    """
    for event in _train(config, folder, orders):
        append_event(folder / "events.jsonl", event)
        yield event


def _train(config: Config, folder: Path, orders: Orders) -> Iterator[Event]:
    device = choose_device(config.device)
    if config.threads:
        torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    train, validation = _examples(config, "train"), _examples(config, "val")
    train += training_scenes(folder / "scenes", config.scenes)
    network = channels_last(make_student(config).to(device))
    header = make_header(config, network)
    batches = Batches(train, config, header)
    state = State(network, make_optimizer(network, config))
    last = folder / "last.safetensors"
    resumed_from = None
    if last.exists():
        load_checkpoint(last, state)
        resumed_from = {"epoch": state.progress.epoch, "step": state.progress.step}
    yield make_event(
        "started", run=str(folder), epochs=config.epochs, resumed_from=resumed_from,
        pictures=len(train), people=sum(len(example.points) for example in train),
        validation_pictures=len(validation),
    )  # fmt: skip

    clock = _Clock(config, batches.per_epoch)
    progress = state.progress
    for epoch in range(progress.epoch, config.epochs):
        network.train()
        for number, batch in zip(
            itertools.count(progress.step), batches.epoch(epoch, progress.step), strict=False
        ):
            done = epoch * batches.per_epoch + number
            factor = learning_rate_factor(config, done, batches.per_epoch)
            losses = _step(state, batch, config, header, factor, done, device)
            if not math.isfinite(losses["loss"]):
                raise UserError("training-diverged", loss=losses["loss"], epoch=epoch, path=folder)
            progress.step = number + 1
            clock.count(len(batch.pictures), losses)
            if (number + 1) % LOG_EVERY == 0 or number + 1 == batches.per_epoch:
                yield clock.event(epoch, number + 1, config.lr * factor)
            if (number + 1) % config.save_every == 0:
                save_checkpoint(last, state)
            match orders():
                case "pause":
                    save_checkpoint(last, state)
                    yield make_event("paused", epoch=epoch, step=number + 1)
                    if _wait(orders) == "stop":
                        yield _ended("stopped", state, folder)
                        return
                    yield make_event("resumed", epoch=epoch, step=number + 1)
                    clock.restart()
                case "stop":
                    save_checkpoint(last, state)
                    yield _ended("stopped", state, folder)
                    return
        progress.epoch, progress.step = epoch + 1, 0
        if (epoch + 1) % config.validate_every == 0 or epoch + 1 == config.epochs:
            summary = _validate(state.average, header, validation, config, device)
            best = progress.best_mae is None or summary.mae < progress.best_mae
            if best:
                progress.best_mae, progress.best_rmse = summary.mae, summary.rmse
                progress.best_epoch = epoch + 1
                save_weights(folder / "best.safetensors",
                             *shippable(state, header, config, summary))  # fmt: skip
            yield make_event("validated", epoch=epoch + 1, mae=round(summary.mae, 3),
                             rmse=round(summary.rmse, 3), best=best)  # fmt: skip
            clock.restart()
        save_checkpoint(last, state)
        yield make_event("saved", epoch=epoch + 1, path=str(last))
    yield _ended("finished", state, folder)


def _step(
    state: State,
    batch: Batch,
    config: Config,
    header: Header,
    factor: float,
    done: int,
    device: str,
) -> dict[str, float]:
    """Take one optimizer step; returns the parts of the loss."""
    for group in state.optimizer.param_groups:
        group["lr"] = group["peak_lr"] * factor
    pictures, truth = batch.pictures.to(device), batch.truth.to(device)
    with torch.autocast(device.split(":")[0], torch.bfloat16, enabled=config.precision == "bf16"):
        output = state.network(pictures)
    density = density_of(output).float() / header.density_factor
    loss_truth = _truth_loss(density, truth, config)
    loss = loss_truth
    if config.block_weight:
        loss = loss + config.block_weight * block_count_loss(density, truth, header.stride)
    state.optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    if not torch.isfinite(loss):
        return {"loss": loss.item()}
    nn.utils.clip_grad_norm_(state.network.parameters(), config.clip)
    state.optimizer.step()
    keep_foldable = getattr(state.network, "keep_foldable", None)
    if keep_foldable is not None:
        keep_foldable()
    state.update_average(config.ema, done)
    return {"loss": loss.item(), "loss_truth": loss_truth.item()}


def _truth_loss(density: Tensor, truth: Tensor, config: Config) -> Tensor:
    if config.loss == "poisson":
        return poisson_loss(density, truth)
    return nn.functional.mse_loss(density * config.density_factor, truth * config.density_factor)


def _validate(
    network: nn.Module, header: Header, examples: Sequence[Example], config: Config, device: str
) -> Summary:
    engine = TorchEngine(network, device, config.precision)
    return summarise(list(evaluate(Predictor(engine, header, config.network), examples)))


def _examples(config: Config, split: str) -> list[Example]:
    found: list[Example] = []
    for folder in config.data:
        found += recognise(Path(folder)).examples(split)
    return found[: config.limit] if config.limit else found


def _wait(orders: Orders) -> str:
    while (order := orders()) not in ("resume", "stop"):
        time.sleep(0.1)
    assert order is not None
    return order


def _ended(kind: str, state: State, folder: Path) -> Event:
    best = state.progress.best_mae
    weights = folder / "best.safetensors"
    return make_event(
        kind,
        best_mae=best,
        weights=str(weights) if weights.exists() else None,
        message=f"{kind} after {state.progress.epoch} epochs",
    )


class _Clock:
    """Mean losses since the last event, pictures per second, and the time still to go."""

    def __init__(self, config: Config, per_epoch: int) -> None:
        self.total_steps = config.epochs * per_epoch
        self.per_epoch = per_epoch
        self.restart()

    def restart(self) -> None:
        self.since = time.perf_counter()
        self.steps = self.pictures = 0
        self.sums: dict[str, float] = {}

    def count(self, pictures: int, losses: dict[str, float]) -> None:
        self.steps += 1
        self.pictures += pictures
        for name, value in losses.items():
            self.sums[name] = self.sums.get(name, 0.0) + value

    def event(self, epoch: int, step: int, lr: float) -> Event:
        seconds = time.perf_counter() - self.since
        left = self.total_steps - epoch * self.per_epoch - step
        losses = {name: total / self.steps for name, total in self.sums.items()}
        event = make_event(
            "step", epoch=epoch, step=step, **losses, lr=lr,
            images_per_s=round(self.pictures / seconds, 2),
            eta_s=round(seconds / self.steps * left),
        )  # fmt: skip
        self.restart()
        return event
