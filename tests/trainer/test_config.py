"""Settings that cannot be, or that nobody would heed, are refused in one sentence."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import UserError
from models.header import Header, ScaleRule
from models.networks import count_parameters, make_network
from models.weights import save_weights
from small_models import save_mcnn
from trainer.config import config_from_json, config_to_json, make_config
from trainer.setup import make_header, make_student

UNHEEDED = [("attention_weight", "mcnn"), ("attention_weight", "compact"), ("trunk_lr", "mcnn")]


@pytest.mark.parametrize(("name", "network"), UNHEEDED)
def test_what_a_network_does_not_heed_is_refused(name: str, network: str) -> None:
    with pytest.raises(UserError, match=f"{name} cannot be 0.1: {network} has no") as caught:
        make_config({"network": network, "data": [], name: 0.1})
    assert caught.value.code == "setting-invalid"
    assert make_config({"network": "m-sfanet", "data": [], name: 0.1})
    assert make_config({"network": network, "data": [], name: 0.0})


@pytest.mark.parametrize(("name", "network"), UNHEEDED)
def test_a_run_that_began_with_what_nobody_heeded_goes_on(
    name: str, network: str, tmp_path: Path
) -> None:
    config = make_config({"network": network, "data": []})
    old = {**json.loads(config_to_json(config)), name: 0.1}
    assert config_from_json(json.dumps(old), tmp_path) == config


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"scale_high": math.inf}, "scale_high"),
        ({"density_factor": math.inf}, "density_factor"),
        ({"weight_decay": math.inf}, "weight_decay"),
        ({"lr": math.inf}, "lr"),
        ({"sigma": math.nan}, "sigma"),
        ({"clip": math.nan}, "clip"),
        ({"epochs": True}, "epochs"),
        ({"lr": True}, "lr"),
        ({"trust": 1}, "trust"),
        ({"multiple": 257}, "multiple"),
        ({"options": {"in_channels": 1}}, "in_channels"),
        ({"options": {"batch_norm": [1]}}, "batch_norm"),
    ],
)
def test_what_no_training_can_do_is_refused(facts: dict[str, Any], name: str) -> None:
    with pytest.raises(UserError, match=f"^{name} cannot be ") as caught:
        make_config({"network": "mcnn", "data": [], **facts})
    assert caught.value.code == "setting-invalid"


def test_what_is_unusual_and_possible_is_taken(tmp_path: Path) -> None:
    options = {"in_channels": 3, "batch_norm": True, "output": "relu"}
    config = make_config({"network": "mcnn", "data": [], "clip": math.inf, "options": options})
    assert config_from_json(config_to_json(config), tmp_path) == config


def test_a_network_without_anything_left_to_learn_is_refused(tmp_path: Path) -> None:
    init = save_mcnn(tmp_path / "first.safetensors")
    facts = {"network": "mcnn", "data": [], "init": str(init), "density_factor": 1.0}
    config = make_config({**facts, "frozen": ["large", "medium", "small"]})
    make_student(config)
    with pytest.raises(UserError, match=r"cannot be large, .*: no layer of mcnn") as caught:
        make_student(replace(config, frozen=(*config.frozen, "fuse")))
    assert caught.value.code == "setting-invalid"


def test_first_weights_bring_to_what_multiple_pictures_are_rounded(tmp_path: Path) -> None:
    """As the public M-SFANet, whose authors round to 16."""
    init = save_mcnn(tmp_path / "first.safetensors", scale_rule=ScaleRule(multiple=16))
    facts = {"network": "mcnn", "data": [], "init": str(init), "density_factor": 1.0}
    config = make_config(facts)
    assert make_header(config, make_student(config)).scale_rule == ScaleRule(multiple=16)
    assert make_config({**facts, "multiple": 0}).multiple == 0
    # A run from before there was the setting keeps what it began with, without the weights too.
    old = json.loads(config_to_json(config))
    del old["multiple"], old["shrink"]
    for _ in range(2):
        assert config_from_json(config_to_json(config), tmp_path) == config
        assert config_from_json(json.dumps(old), tmp_path) == replace(config, multiple=0)
        init.unlink(missing_ok=True)


@pytest.mark.parametrize("said", [{}, {"shrink": 0.7}, {"multiple": 8}, {"min_side": 0}])
def test_first_weights_bring_what_is_not_said(tmp_path: Path, said: dict[str, Any]) -> None:
    network, path = make_network("compact", {"slim": True}), tmp_path / "first.safetensors"
    header = Header(
        "compact", 8, 16, 0, count_parameters(network), options={"slim": True},
        scale_rule=ScaleRule(multiple=16, shrink=0.5),
    )  # fmt: skip
    save_weights(path, network.state_dict(), header)
    config = make_config({"network": "compact", "data": [], "init": str(path), **said})
    size = {name: getattr(config, name) for name in ("min_side", "multiple", "shrink")}
    assert size == {"min_side": 0, "multiple": 16, "shrink": 0.5, **said}
    assert config.options == {"slim": True}


def test_first_weights_are_raised_as_crops_are(tmp_path: Path) -> None:
    rule = ScaleRule(min_side=384, max_factor=4.0)
    init = save_mcnn(tmp_path / "first.safetensors", scale_rule=rule)
    facts = {"network": "mcnn", "data": [], "init": str(init), "density_factor": 1.0}
    with pytest.raises(UserError, match=r"its max_factor is 4\.0, the recipe's is 2\.0") as caught:
        make_student(make_config(facts))
    assert caught.value.code == "init-differs"
