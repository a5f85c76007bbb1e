"""The loop learns, tells what it does, and continues where it was cut off."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
import torch

import trainer.clock
import trainer.distill
import trainer.objective
from models.errors import UserError
from models.weights import load_network
from small_data import make_part, write_annotation
from trainer.checkpoint import State
from trainer.clock import Clock
from trainer.config import Config, config_from_json, config_to_json, make_config, read_recipe
from trainer.distill import distill
from trainer.events import Event
from trainer.follow import read_events


@pytest.fixture
def config(tmp_path: Path) -> Config:
    names = ["IMG_1", "IMG_2", "IMG_3", "IMG_4", "IMG_9"]
    part = make_part(tmp_path / "part_A", names)
    return make_config(
        {
            **read_recipe("mcnn"),
            "data": [str(part)],
            "epochs": 3,
            "batch": 2,
            "crop": 64,
            "scenes": 0,
            "validate_every": 1,
            "save_every": 1,
            "precision": "fp32",
            "threads": 1,
        }
    )


def run(config: Config, folder: Path) -> list[Event]:
    folder.mkdir(parents=True, exist_ok=True)
    return list(distill(config, folder))


def test_a_run_tells_what_it_does_and_leaves_weights(config: Config, tmp_path: Path) -> None:
    events = run(config, tmp_path / "run")
    kinds = [event["event"] for event in events]
    assert kinds[0] == "started"
    assert kinds[-1] == "finished"
    assert kinds.count("validated") == 3
    assert all(event["v"] == 1 and "time" in event for event in events)
    step = next(event for event in events if event["event"] == "step")
    assert {"epoch", "step", "loss", "loss_truth", "lr", "images_per_s", "eta_s"} <= step.keys()
    assert read_events(tmp_path / "run" / "events.jsonl") == events
    network, header = load_network(tmp_path / "run" / "best.safetensors")
    assert header.parameters == 133_705
    assert header.figures["selected_by"] == "lowest validation MAE"
    assert header.figures["mae"] == pytest.approx(events[-1]["best_mae"], abs=0.01)
    assert not network.training


def losses(events: list[Event]) -> dict[str, float]:
    """The loss at each place of the run."""
    return {f"{e['epoch']}.{e['step']}": e["loss"] for e in events if e["event"] == "step"}


@pytest.mark.parametrize("cut_after", [1, 2, 3, 4])
def test_a_run_cut_off_anywhere_continues_on_the_same_curve(
    config: Config, tmp_path: Path, cut_after: int
) -> None:
    config = replace(config, log_every=1)
    whole = losses(run(config, tmp_path / "whole"))
    folder = tmp_path / "cut"
    folder.mkdir()
    seen: list[Event] = []
    for event in distill(config, folder):
        seen.append(event)
        if len(losses(seen)) == cut_after:
            break
    again = run(config, folder)
    assert again[0]["resumed_from"] is not None or cut_after == 1
    continued = losses(again)
    assert continued == pytest.approx({place: whole[place] for place in continued})
    assert losses(seen).keys() | continued.keys() == whole.keys()


def test_a_validation_that_fails_costs_no_steps(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = replace(config, save_every=1000, validate_every=2)
    folder = tmp_path / "run"

    def full(*_: object) -> NoReturn:
        raise UserError("path-unwritable", path=folder, reason="No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(trainer.validation, "evaluate", full)
        with pytest.raises(UserError, match="No space"):
            run(config, folder)
    again = run(config, folder)
    assert again[0]["resumed_from"] == {"epoch": 2, "step": 0}
    # The validation that was owed comes first.
    assert [e["epoch"] for e in again if e["event"] == "validated"] == [2, 3]


def test_stop_pause_and_resume_are_obeyed(config: Config, tmp_path: Path) -> None:
    orders = iter(["pause", None, "resume", "stop"])
    folder = tmp_path / "run"
    folder.mkdir()
    events = list(distill(config, folder, lambda: next(orders, None)))
    assert [e["event"] for e in events if e["event"] in ("paused", "resumed", "stopped")] == [
        "paused",
        "resumed",
        "stopped",
    ]
    assert (folder / "last.safetensors").exists()


def test_a_loss_that_is_no_number_leaves_the_last_good_state(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    run(replace(config, epochs=1), folder)
    before = (folder / "last.safetensors").read_bytes()
    monkeypatch.setattr(
        trainer.objective, "block_count_loss", lambda *_: torch.tensor(math.nan, requires_grad=True)
    )
    with pytest.raises(UserError) as caught:
        run(config, folder)
    assert caught.value.code == "training-diverged"
    assert (folder / "last.safetensors").read_bytes() == before


def test_a_gradient_that_is_no_number_leaves_the_last_good_state(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    run(replace(config, epochs=1), folder)
    before = (folder / "last.safetensors").read_bytes()
    norm = torch.tensor(math.nan)
    monkeypatch.setattr(torch.nn.utils, "clip_grad_norm_", lambda *_: norm)
    with pytest.raises(UserError) as caught:
        run(config, folder)
    assert caught.value.code == "training-diverged"
    assert (folder / "last.safetensors").read_bytes() == before
    assert read_events(folder / "events.jsonl")[-1]["event"] == "failed"


@pytest.mark.parametrize("validated", [True, False])
def test_a_step_too_far_leaves_the_last_good_state(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, validated: bool
) -> None:
    """The loss before a step says nothing of the weights that it leaves."""
    folder = tmp_path / "run"
    run(replace(config, epochs=1), folder)
    before = {name: (folder / f"{name}.safetensors").read_bytes() for name in ("last", "best")}
    update = State.update_average

    def too_far(state: State, *given: float) -> None:
        for weight in state.network.parameters():
            weight.data.fill_(math.inf)
        update(state, *given)

    monkeypatch.setattr(State, "update_average", too_far)
    with pytest.raises(UserError) as caught:
        run(replace(config, save_every=1, validate_every=1 if validated else 50), folder)
    assert caught.value.code == "training-diverged"
    assert caught.value.facts["epoch"] == 2
    for name, content in before.items():
        assert (folder / f"{name}.safetensors").read_bytes() == content


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB."),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes."),
    ],
)
def test_too_little_memory_is_one_sentence(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def short(*_: object) -> None:
        raise error

    folder = tmp_path / "run"
    monkeypatch.setattr(trainer.objective, "block_count_loss", short)
    with pytest.raises(UserError, match="2 crops of 64 pixels") as caught:
        run(config, folder)
    assert caught.value.code == "memory-short"
    *_, failed = read_events(folder / "events.jsonl")
    assert (failed["event"], failed["code"]) == ("failed", "memory-short")
    assert failed["facts"] == {"batch": "2", "crop": "64", "path": str(folder)}
    assert failed["message"] == str(caught.value)


def test_other_errors_are_bugs(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer.objective, "block_count_loss", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(config, tmp_path / "run")


def test_the_time_left_knows_validations_and_no_single_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr(trainer.clock.time, "perf_counter", lambda: now[0])
    losses = {"loss": 1.0, "loss_truth": 1.0, "loss_teacher": 0.0, "labelled": 1.0}
    clock = Clock(total_steps=1000)

    def left(done: int, seconds: float, validations: int) -> int:
        clock.count(8, losses)
        now[0] += seconds
        return int(clock.event(done, 0.0, validations)["eta_s"])

    assert left(1, 1.0, 5) == 999
    clock.validated(30.0)
    assert left(2, 1.0, 4) == 998 + 120
    # A step that took ten times as long is one of many.
    assert left(3, 10.0, 4) == pytest.approx(997 + 120, rel=0.1)


def test_config_survives_its_file_and_refuses_nonsense(config: Config, tmp_path: Path) -> None:
    assert config_from_json(config_to_json(config), tmp_path) == config
    for facts, name in (
        ({"epochs": 0}, "epochs"),
        ({"crop": 100}, "crop"),
        ({"target": "cloud"}, "target"),
        ({"colour": 1}, "colour"),
        ({"epochs": "3"}, "epochs"),
        ({"save_every": 0}, "save_every"),
        ({"seed": -1}, "seed"),
        ({"loss": "poisson"}, "loss"),
        ({"block_loss": "poisson", "block_weight": 1.0}, "block_loss"),
        ({"zip_weight": 0.1}, "zip_weight"),
        ({"min_side": -1}, "min_side"),
        ({"min_side": 384, "shrink": 0.7}, "min_side"),
        ({"threads": -1}, "threads"),
        ({"trunk_lr": -1e-3}, "trunk_lr"),
        ({"lr": 1e-3, "lr_min": 1e-2}, "lr_min"),
        ({"lr_min": -1e-9}, "lr_min"),
        ({"frozen": "trunk."}, "frozen"),
        ({"frozen": [1]}, "frozen"),
        ({"data": None}, "data"),
        ({"options": ["batch_norm"]}, "options"),
        ({"options": None}, "options"),
        ({"network": ["mcnn"]}, "network"),
    ):
        with pytest.raises(UserError, match=name) as caught:
            make_config({"network": "mcnn", **facts})
        assert caught.value.code == "setting-invalid"
    with pytest.raises(UserError, match="Known: "):
        read_recipe("soup")
    (tmp_path / "r.toml").write_bytes('network = "군중"'.encode("cp949"))
    with pytest.raises(UserError, match="no UTF-8 text"):
        read_recipe(str(tmp_path / "r.toml"))


def test_fp32_is_not_rounded_on_cards(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", True)
    for precision, rounded in (("bf16", True), ("fp32", False)):
        run = distill(replace(config, precision=precision), tmp_path / precision, lambda: "stop")
        assert list(run)[-1]["event"] == "stopped"
        assert torch.backends.cudnn.allow_tf32 == rounded


def test_the_control_is_the_distilled_student_without_its_teacher() -> None:
    plain, taught = read_recipe("mcnn"), read_recipe("mcnn-kd")
    assert plain.items() <= taught.items()
    assert taught.keys() - plain.keys() == {"teacher", "alpha", "teacher_block_weight"}


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (Path(trainer.__file__).parent / "recipes").glob("*.toml"))
)
def test_shipped_recipes_are_possible(name: str) -> None:
    facts = {"teacher": "assistant", **read_recipe(name)}
    assert make_config(facts).network in ("assistant", "compact", "m-sfanet", "mcnn")


def test_what_a_training_leaves_has_learnt(tmp_path: Path) -> None:
    """Of weights, or an average, that never move every other test here would approve."""
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_3", "IMG_4"])
    rng = np.random.default_rng(0)
    for truth in part.rglob("GT_*.mat"):
        write_annotation(truth, rng.random((40, 2)) * [64, 48])
    facts = {
        "network": "mcnn", "options": {"output": "softplus"}, "data": [str(part)],
        "density_factor": 1.0, "target": "points", "loss": "poisson", "lr": 1e-3,
        "schedule": "cosine", "epochs": 40, "ema": 0.9, "batch": 3, "crop": 64, "min_side": 0,
        "precision": "fp32", "validate_every": 40, "threads": 1,
    }  # fmt: skip
    events = run(make_config(facts), tmp_path / "run")
    (validated,) = [event for event in events if event["event"] == "validated"]
    # Of 40 people an untrained network errs by 36.7.
    assert validated["mae"] < 30


def test_the_average_follows_slowly_and_faster_at_first() -> None:
    network = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.zeros_(network.weight)
    state = State(network, torch.optim.AdamW(network.parameters()))
    torch.nn.init.ones_(network.weight)
    state.update_average(0.998, 0)  # a decay of (1 + 0) / (10 + 0)
    assert state.average.weight.item() == pytest.approx(0.9)
    state.update_average(0.5, 1000)
    assert state.average.weight.item() == pytest.approx(0.95)
