"""Runs followed, added up, listed and estimated, without a window."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from models.errors import UserError
from models.networks import NETWORKS, count_parameters, make_network
from small_data import make_part
from trainer.config import Config, make_config, read_recipe
from trainer.deletion import delete_run
from trainer.distill import distill
from trainer.estimate import COSTS, STRIDES, Amount, estimate
from trainer.events import append_event, make_event
from trainer.follow import Follower
from trainer.history import History, Story, smoothed
from trainer.presets import CAMERA, OWN, PRESETS, config_facts, preset, preset_of
from trainer.run_list import RunList, RunRow, is_busy, plain_rival, save_runs
from trainer.runs import begin_run, occupied

FACTS = {"network": "mcnn", "data": ["/nowhere"], "epochs": 4, "batch": 2, "crop": 64}


@pytest.fixture
def config() -> Config:
    return make_config(FACTS)


def started(pictures: int = 4) -> dict[str, object]:
    return make_event("started", epochs=4, pictures=pictures, people=9)


def step(epoch: int, number: int, loss: float = 1.0) -> dict[str, object]:
    facts = {"loss": loss, "loss_truth": loss, "loss_teacher": 0.0, "lr": 1e-3}
    return make_event("step", epoch=epoch, step=number, images_per_s=8.0, eta_s=1, **facts)


def validated(epoch: int, mae: float) -> dict[str, object]:
    return make_event("validated", epoch=epoch, mae=mae, rmse=mae + 1, best=True, preview=None)


def test_only_whole_new_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    follower = Follower(path)
    assert follower.events() == []
    append_event(path, started())
    assert [event["event"] for event in follower.events()] == ["started"]
    line = json.dumps(step(1, 1)).encode()
    with path.open("ab") as file:
        file.write(line[:20])
        file.flush()
        assert follower.events() == []
        file.write(line[20:] + b"\n")
    assert [event["event"] for event in follower.events()] == ["step"]
    assert follower.events() == []
    path.write_text(json.dumps(started()) + "\n")
    assert [event["event"] for event in follower.events()] == ["started"]


def test_what_is_no_event_is_passed_over(tmp_path: Path, config: Config) -> None:
    path = tmp_path / "events.jsonl"
    bad = ['{"event": "step", "time": 1}', "{", "[1]", '{"event": 7, "time": 1}', "\x00\xff",
           '{"event": "step"}', '{"event": "validated", "time": 2, "epoch": "x"}',
           "[" * 3000]  # fmt: skip
    path.write_text("\n".join([json.dumps(started()), *bad, json.dumps(step(1, 1))]) + "\n")
    follower, history = Follower(path), History(config)
    history.add_all(follower.events())
    assert (len(history), history.kind) == (1, "step")


def test_steps_done_again_replace_those_before(config: Config) -> None:
    history = History(config)
    events = [started(), step(1, 1, 5.0), step(1, 2, 4.0), step(2, 1, 3.0)]
    history.add_all([*events, started(), step(1, 2, 9.0), step(2, 1, 8.0)])
    assert history.column("epoch").tolist() == [0.5, 1.0, 1.5]
    assert history.column("loss").tolist() == [5.0, 9.0, 8.0]
    assert (history.steps_done, history.steps_total) == (3, 8)


def test_what_is_being_done_is_over_when_the_next_has_come() -> None:
    story = Story()
    prepared = make_event("preparing", done=3, of=9)
    measured = make_event("validating", epoch=1, done=1, of=2)
    told = (started(), prepared, make_event("paused"), make_event("resumed"), step(1, 1),
            measured, make_event("validating", done="x", of=2), validated(1, 5.0))  # fmt: skip
    doings = []
    for event in told:
        story.add_all([event])
        doings.append(story.doing)
    assert doings == [{}, prepared, prepared, prepared, {}, measured, measured, {}]


def test_pauses_and_the_time_between_parts_do_not_count() -> None:
    story = Story()
    times = {"started": 10, "paused": 13, "resumed": 50, "stopped": 52}
    facts = {"epochs": 4, "pictures": 4}
    story.add_all({"event": kind, "time": time, **facts} for kind, time in times.items())
    story.add_all([{"event": "started", "time": 100, **facts},
                   {"event": "finished", "time": 104}])  # fmt: skip
    assert (story.seconds, story.kind) == (3 + 2 + 4, "finished")


def test_a_run_that_ended_with_its_window_is_cut_off(tmp_path: Path, config: Config) -> None:
    for name, epochs, facts in (
        ("wanted", 2, {}), ("left", 2, {"parent_gone": True}),
        ("whole", config.epochs, {"parent_gone": True}),
    ):  # fmt: skip
        log = begin_run(config, tmp_path / name) / "events.jsonl"
        for event in (started(), validated(epochs, 7.5), make_event("stopped", **facts)):
            append_event(log, event)
    states = {row.name: row.state for row in RunList(tmp_path).look()}
    assert states == {"wanted": "stopped", "left": "cut off", "whole": "stopped"}


def test_the_states_of_runs(tmp_path: Path, config: Config) -> None:
    for name in ("done", "cut", "busy", "new", "torn"):
        folder = begin_run(config, tmp_path / name)
        append_event(folder / "events.jsonl", started())
        append_event(folder / "events.jsonl", validated(2, 7.5))
    append_event(tmp_path / "done" / "events.jsonl", make_event("finished", message="good"))
    facts = json.loads((tmp_path / "new" / "config.json").read_text())
    (tmp_path / "new" / "config.json").write_text(json.dumps({**facts, "v": 99}))
    (tmp_path / "torn" / "config.json").write_text("{")
    runs = RunList(tmp_path)
    with occupied(tmp_path / "busy"):
        rows = {row.name: row for row in runs.look()}
        assert is_busy(tmp_path / "busy")
        with pytest.raises(UserError, match="Another training"):
            delete_run(tmp_path / "busy")
    states = {name: row.state for name, row in rows.items()}
    assert states == {"done": "finished", "cut": "cut off", "busy": "running", "new": "newer",
                      "torn": "damaged"}  # fmt: skip
    assert [name for name, row in rows.items() if row.continuable] == ["cut"]
    assert (rows["cut"].best_mae, rows["cut"].best_epoch, rows["cut"].epochs) == (7.5, 2, 2)
    assert {row.name: row.state for row in runs.look()}["busy"] == "cut off"
    rival = plain_rival(list(rows.values()), config)
    assert rival is not None
    assert rival.name == "done"
    # A try on a few pictures is measured on a few pictures.
    assert plain_rival(list(rows.values()), replace(config, limit=2)) is None
    save_runs(tmp_path / "runs.csv", list(rows.values()))
    with (tmp_path / "runs.csv").open(newline="", encoding="utf-8") as file:
        assert {row["run"]: row["state"] for row in csv.DictReader(file)} == states
    delete_run(tmp_path / "cut")
    assert "cut" not in [row.name for row in runs.look()]


def test_a_run_may_lie_in_a_folder_whose_name_is_no_text(tmp_path: Path, config: Config) -> None:
    row = RunRow(
        tmp_path, os.fsdecode(b"caf\xe9"), "finished", config, None, 1, 2.0, 3.0, 1, 0.0, 1.0, None,
        "",
    )  # fmt: skip
    save_runs(tmp_path / "runs.csv", [row])
    assert "caf?,finished" in (tmp_path / "runs.csv").read_text("utf-8")


def test_a_failure_says_what_can_be_translated(tmp_path: Path) -> None:
    data = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_3", "IMG_4"])
    config = make_config({**FACTS, "data": [str(data)], "teacher": "nobody", "alpha": 0.5})
    with pytest.raises(UserError, match="nobody"):
        list(distill(config, tmp_path / "run"))
    story = Story()
    story.add_all(Follower(tmp_path / "run" / "events.jsonl").events())
    assert (story.kind, story.end["code"]) == ("failed", "model-unknown")
    assert story.end["facts"]["name"] == "nobody"


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("network", list(NETWORKS))
@pytest.mark.parametrize("loss", ["mse", "poisson"])
def test_presets_make_networks(name: str, network: str, loss: str) -> None:
    chosen = {**preset(name), "network": network, "loss": loss, "teacher": "x", "data": ("d",)}
    config = make_config(config_facts(chosen))
    make_network(config.network, config.options)
    assert config.recipe == name
    as_chosen = make_config(config_facts({**preset(name), "teacher": "x", "data": ("d",)}))
    assert preset_of(as_chosen) == name
    assert preset_of(replace(as_chosen, lr=as_chosen.lr / 2)) == OWN
    assert preset_of(replace(as_chosen, recipe="mcnn")) == OWN


def test_the_camera_preset_is_a_recipe_too() -> None:
    window = config_facts(preset(CAMERA))
    recipe = make_config({**read_recipe("camera"), "teacher": "x", "data": ("d",)})
    told = {name: window[name] for name in ("recipe", "save_every", "log_every")}
    assert make_config({**window, "teacher": "x", "data": ("d",)}) == replace(recipe, **told)


@pytest.mark.parametrize("name", COSTS)
def test_costs_are_those_of_the_networks(name: str) -> None:
    assert NETWORKS.keys() <= COSTS.keys()
    kind, _, slim = name.partition(", ")
    options = {"mcnn": {"batch_norm": True}}.get(kind, {"slim": True} if slim else {})
    network = make_network(kind, options).train()
    side = 256
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        network(torch.zeros(2, 3, side, side))
    assert COSTS[name][0] == pytest.approx(counter.get_total_flops() / (4 * side**2), rel=0.01)
    assert COSTS[name][2] == count_parameters(network)


def test_a_slim_network_is_estimated_as_such() -> None:
    amount = Amount(10, 10 * 786_432, 786_432)
    wide = make_config({"network": "compact", "data": ["x"], "options": {"batch_norm": True}})
    slim = replace(wide, options={"batch_norm": True, "slim": True})
    known, less = (estimate(config, amount, [], [], 1) for config in (wide, slim))
    assert less.seconds == pytest.approx(known.seconds / 2, rel=0.01)
    assert less.memory < known.memory


def test_an_estimate_grows_with_the_work_and_learns_from_runs(
    tmp_path: Path, config: Config
) -> None:
    amount = Amount(10, 10 * 786_432, 786_432)
    guess = estimate(config, amount, [], [], 1)
    assert not guess.measured
    longer = estimate(replace(config, epochs=40), amount, [], [], 1)
    assert longer.seconds == pytest.approx(guess.seconds * 10, rel=0.2)
    assert estimate(replace(config, batch=64), amount, [], [], 1).memory > guess.memory
    half = Amount(5, 5 * 786_432, 786_432)
    limited = estimate(replace(config, limit=5), amount, [], [], 1)
    assert limited == estimate(config, half, [], [], 1) != guess
    # A limit is of each part, and what is no data set is trained on too.
    parted = replace(amount, validation=2)
    assert estimate(replace(config, limit=1), parted, [], [], 1).seconds == pytest.approx(
        estimate(config, Amount(1, 786_432, 393_216, 1), [], [], 1).seconds
    )
    more = replace(config, scenes=10, negatives=("x",), negative_pictures=20)
    known_work = estimate(replace(more, validate_every=100), amount, [], [], 1).seconds
    alone = estimate(replace(config, validate_every=100), amount, [], [], 1).seconds
    assert known_work > 2 * alone
    folder = begin_run(config, tmp_path / "run")
    for event in (started(), step(1, 1)):
        append_event(folder / "events.jsonl", event)
    rows = RunList(tmp_path).look()
    known = estimate(replace(config, validate_every=100), amount, [], rows, 1)
    assert known.measured
    # 40 crops at the 8 a second of the earlier run, and one validation picture's worth of 192.
    crops = 4 * 10 + 786_432 / 64**2 / 3
    assert known.seconds == pytest.approx(crops / 8.0, rel=0.01)


def test_smoothing_is_the_mean_of_the_last_values() -> None:
    values = np.array([4.0, 2.0, 6.0, 0.0])
    assert smoothed(values, 1) is values
    assert smoothed(values, 2).tolist() == [4.0, 3.0, 4.0, 3.0]
    assert smoothed(values, 9).tolist() == pytest.approx([4.0, 3.0, 4.0, 3.0])


def test_teacher_maps_count_towards_the_memory() -> None:
    config = make_config({"network": "mcnn", "data": ["x"], "alpha": 0.1, "teacher": "m-sfanet"})
    amount = Amount(train=100, train_pixels=100_000_000, validation_pixels=0)
    alone = estimate(replace(config, alpha=0.0), amount, ["m-sfanet"], [], 1)
    taught = estimate(config, amount, ["m-sfanet"], [], 1)
    # A number of 4 bytes for every 2x2 pixels.
    assert taught.memory - alone.memory == 100_000_000
    assert all(make_network(name, {}).stride == stride for name, stride in STRIDES.items())
