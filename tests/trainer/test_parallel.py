"""Two processes that train together do what one does on the joined batch."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
from torch import nn

import trainer.parallel
from models.errors import UserError
from models.mcnn import MCNN
from small_data import make_part
from trainer.config import make_config
from trainer.distill import distill
from trainer.parallel import Ranks, device_of, join

RECIPE = """
network = "mcnn"
epochs = 3
batch = 3
crop = 64
precision = "fp32"
threads = 1
validate_every = 3
log_every = 1
"""


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def train(tmp_path: Path, name: str, *launcher: str) -> list[dict[str, float]]:
    words = ["train", "--data", str(tmp_path / "part_A"), "--recipe", str(tmp_path / "tiny.toml")]
    words += ["--run", str(tmp_path / name), "--device", "cpu", "--events", "json"]
    command = [sys.executable, "-m", *launcher, "crowdgui", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert events[-1]["event"] == "finished"
    return events


def test_two_gloo_processes_give_the_loss_of_one(tmp_path: Path) -> None:
    # Seven crops in batches of three: of two batches the first process has two and the other one,
    # and in the last batch the other has nothing of its own.
    taught = [f"IMG_{number}" for number in (1, 2, 3, 5, 6, 7, 8)]
    make_part(tmp_path / "part_A", [*taught, "IMG_4", "IMG_9"])
    (tmp_path / "tiny.toml").write_text(RECIPE)
    alone = train(tmp_path, "one")
    launcher = ("torch.distributed.run", "--nproc-per-node", "2", "--master-addr", "127.0.0.1")
    together = train(tmp_path, "two", *launcher, "--master-port", str(free_port()), "-m", "--")
    assert alone[0]["processes"] == 1
    assert together[0]["processes"] == 2
    assert alone[0]["pictures"] == 7
    for kind, fact in (("step", "loss"), ("validated", "mae")):
        one = [event[fact] for event in alone if event["event"] == kind]
        two = [event[fact] for event in together if event["event"] == kind]
        assert one
        assert two == pytest.approx(one, rel=1e-4)


def test_a_card_is_taken_only_by_who_trains_on_one(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setenv("WORLD_SIZE", "3")
    monkeypatch.setenv("LOCAL_RANK", "2")
    for name in ("RANK", "MASTER_ADDR", "MASTER_PORT"):
        monkeypatch.setenv(name, "2")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 3)
    monkeypatch.setattr(torch.cuda, "set_device", taken.append)
    monkeypatch.setattr(dist, "init_process_group", lambda *_, **__: None)
    monkeypatch.setattr(dist, "get_rank", lambda: 2)
    monkeypatch.setattr(dist, "get_world_size", lambda: 3)
    ranks = join()
    assert device_of("cpu", ranks) == "cpu"
    assert taken == []
    assert device_of("cuda", ranks) == "cuda:2"
    assert taken == ["cuda:2"]
    # A process more than there are cards.
    monkeypatch.setenv("LOCAL_RANK", "3")
    with pytest.raises(UserError, match="cuda:3 is not available here") as caught:
        device_of("cuda", ranks)
    assert caught.value.facts["devices"] == "cuda:0, cuda:1, cuda:2"
    assert taken == ["cuda:2"]


@pytest.mark.parametrize("world", ["2", "0", "many"])
def test_a_number_of_processes_that_nobody_started_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, world: str
) -> None:
    for name in ("RANK", "MASTER_ADDR", "MASTER_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORLD_SIZE", world)
    with pytest.raises(UserError, match=f"WORLD_SIZE cannot be {world}: .*torchrun") as caught:
        join()
    assert caught.value.code == "setting-invalid"


@pytest.mark.parametrize("world", ["", "1"])
def test_one_process_is_alone(monkeypatch: pytest.MonkeyPatch, world: str) -> None:
    monkeypatch.setenv("WORLD_SIZE", world)
    assert join() == Ranks()


def test_batch_norms_are_joined_on_cards_and_said_to_be_apart_on_cpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer.parallel, "DistributedDataParallel", lambda learner, **_: learner)
    network = MCNN(batch_norm=True)
    before = dict(network.named_parameters())
    Ranks(0, 2).wrap(nn.ModuleList([network]), "cuda:0")
    kinds = {type(module) for module in network.modules()}
    assert nn.SyncBatchNorm in kinds
    assert nn.BatchNorm2d not in kinds
    # The very numbers that the optimizer has, kept foldable as before.
    assert all(before[name] is tensor for name, tensor in network.named_parameters())
    scale = network.get_parameter("large.bn2.weight")
    nn.init.constant_(scale, -1.0)
    with torch.no_grad():
        network.keep_foldable()
    assert scale.min() > 0
    assert not Ranks(0, 2).norms_apart(network)

    monkeypatch.setattr(Ranks, "tell_order", lambda _self, order, _device: order)
    monkeypatch.setattr(Ranks, "mean", lambda _self, values, _device: values)
    monkeypatch.setattr(Ranks, "first_goes_ahead", lambda _self: contextlib.nullcontext())
    data = str(make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"]))
    for norms in (True, False):
        facts = {"network": "mcnn", "data": [data], "options": {"batch_norm": norms}}
        config = make_config({**facts, "crop": 64, "precision": "fp32", "threads": 1})
        events = list(distill(config, tmp_path / f"{norms}", lambda: "stop", Ranks(0, 2)))
        assert events[-1]["event"] == "stopped"
        assert any(event["event"] == "warning" for event in events) == norms
