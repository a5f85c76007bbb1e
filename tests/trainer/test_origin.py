"""Where weights come from is told from one training to the next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.header import Header, read_header
from models.weights import load_network, save_weights
from tests.small_models import save_assistant
from trainer.config import make_config
from trainer.origin import origin_of, trunk_of

HEADER = Header(network="compact", stride=8, pad_to=8, margin=0, parameters=1)


@pytest.mark.parametrize(
    ("network", "told", "trunk"),
    [
        ("compact", {}, "mobilenet_v1_imagenet_to_pw12"),
        ("compact", {"trunk": ""}, ""),
        ("m-sfanet", {"trunk": "other"}, "other"),
        ("mcnn", {}, ""),
        ("m-sfanet", {"imported_from": "best.pth"}, ""),
        ("assistant", {"imported_from": "best.safetensors"}, ""),
    ],
)
def test_what_a_network_began_with(network: str, told: dict[str, str], trunk: str) -> None:
    assert trunk_of(replace(HEADER, network=network, trained_on=told)) == trunk


def test_it_is_told_of_what_goes_on_from_there(tmp_path: Path) -> None:
    weights = save_assistant(tmp_path / "first.safetensors")
    network, header = load_network(weights)
    save_weights(weights, network.state_dict(), replace(header, trained_on={"epochs": 7}))
    config = make_config({"network": "assistant", "data": [], "init": str(weights)})
    origin = origin_of(config, [], tmp_path)
    assert (origin.epochs, origin.trunk) == (7, trunk_of(read_header(weights)))
    assert origin.trunk == "mobilenet_v1_imagenet_to_pw12"
    (tmp_path / "origin.json").unlink()
    weights.unlink()
    assert origin_of(replace(config, trunk="x.safetensors"), [], tmp_path).trunk == ""
