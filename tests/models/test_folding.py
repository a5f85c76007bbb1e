"""Networks without their batch norms count as before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from models.catalogue import Model
from models.engines.torch_engine import TorchEngine
from models.folding import fold_norms
from models.header import Header
from models.loading import open_predictor
from models.networks import NETWORKS, count_parameters, density_of, make_network
from models.predictor import Predictor
from models.weights import load_network, save_weights


def trained(name: str, options: dict[str, object] | None = None) -> nn.Module:
    """A network whose norms have statistics and scales as after a training."""
    torch.manual_seed(0)
    network = make_network(name, options)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            assert module.running_mean is not None
            assert module.running_var is not None
            nn.init.uniform_(module.running_mean, -0.2, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 2.0)
            nn.init.uniform_(module.weight, 0.7, 1.5)
            nn.init.uniform_(module.bias, -0.1, 0.1)
    return network.eval()


@pytest.mark.parametrize(
    ("name", "options", "norms_left"),
    [
        ("m-sfanet", {}, 1),  # the norm behind the density, which it never uses
        ("assistant", {}, 0),
        ("compact", {"batch_norm": True}, 0),
        ("mcnn", {"batch_norm": True}, 3),  # those behind a pooling
        ("mcnn", {}, 0),
    ],
)
def test_the_same_map_with_fewer_norms(
    name: str, options: dict[str, object], norms_left: int
) -> None:
    network = trained(name, options)
    picture = torch.randn(1, 3, 96, 64, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        before = density_of(network(picture))
        fold_norms(network, 3)
        after = density_of(network(picture))
    assert float(before.std()) > 1e-4
    assert torch.allclose(after, before, rtol=1e-3, atol=1e-4 * float(before.abs().max()))
    norms = sum(isinstance(module, nn.BatchNorm2d) for module in network.modules())
    assert norms == norms_left


@pytest.mark.parametrize("name", ["m-sfanet", "assistant"])
def test_the_torch_engine_folds_what_it_loads(
    name: str, tmp_path: Path, picture: NDArray[np.uint8]
) -> None:
    network = trained(name)
    kind = NETWORKS[name]
    header = Header(name, kind.stride, kind.pad_to, kind.margin, count_parameters(network))
    weights = tmp_path / "m.safetensors"
    save_weights(weights, network.state_dict(), header)
    plain, _ = load_network(weights)
    wanted = Predictor(TorchEngine(plain), header, "m").predict(picture).count
    predictor = open_predictor(Model("m", weights, None), engine="torch", device="cpu")
    assert predictor.predict(picture).count == pytest.approx(wanted, rel=1e-3, abs=0.01)
    engine = predictor.engine
    assert isinstance(engine, TorchEngine)
    assert sum(isinstance(part, nn.BatchNorm2d) for part in engine.network.modules()) <= 1
    # A network that is still being trained keeps its own.
    assert any(isinstance(part, nn.BatchNorm2d) for part in plain.modules())
