"""The compact student keeps to its budget and folds into what is shipped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from models.compact import Compact
from models.errors import UserError
from models.export import export_onnx
from models.mobilenet import MobileNetTrunk
from models.networks import count_parameters
from models.weights import save_weights
from trainer.calibrate import insert_identity
from trainer.config import make_config
from trainer.setup import make_header, make_student, norms_to_insert

MCNN_PARAMETERS = 133_705
PLAIN = make_config({"network": "compact", "data": []})
SLIM = replace(PLAIN, options={"slim": True})


BOTH = pytest.mark.parametrize("slim", [False, True])


def trained(slim: bool = False) -> Compact:
    """A network whose batch norms are anything but the identity."""
    torch.manual_seed(0)
    network = Compact(batch_norm=True, slim=slim)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight)
            nn.init.normal_(module.bias)
    for _ in range(3):
        network(torch.randn(2, 3, 64, 96))
    return network.eval()


@pytest.mark.parametrize(
    ("slim", "parameters", "most"), [(False, 133_121, 3.3e9), (True, 132_657, 1.5e9)]
)
def test_it_is_no_larger_than_mcnn_and_costs_a_seventh_or_less(
    slim: bool, parameters: int, most: float, tmp_path: Path
) -> None:
    network = trained(slim).fold()
    assert count_parameters(network) == parameters <= MCNN_PARAMETERS
    path = tmp_path / "compact.safetensors"
    save_weights(path, network.state_dict(), make_header(PLAIN, network))
    assert path.stat().st_size <= 543_000
    macs = 0

    def count(module: nn.Module, _: object, output: Tensor) -> None:
        nonlocal macs
        macs += output.shape[2] * output.shape[3] * module.weight.numel()  # type: ignore[operator]

    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            module.register_forward_hook(count)
    with torch.no_grad():
        network(torch.zeros(1, 3, 768, 1024))
    assert macs <= most


@BOTH
def test_folding_changes_nothing(slim: bool) -> None:
    network = trained(slim)
    x = torch.randn(1, 3, 96, 64)
    with torch.no_grad():
        assert torch.allclose(network(x), network.fold()(x), atol=1e-5)
        assert network(x).shape == (1, 1, 12, 8)


@BOTH
def test_its_margin_covers_what_a_cell_sees(slim: bool) -> None:
    network = Compact(slim=slim).eval()
    for parameter in network.parameters():
        nn.init.constant_(parameter, 0.01)
    x = torch.rand(1, 3, 512, 512, requires_grad=True)
    network(x)[0, 0, 32, 32].backward()
    assert x.grad is not None
    seen = (x.grad[0].abs().sum(0) > 0).nonzero()
    reach = torch.maximum(32 * 8 - seen.min(0).values, seen.max(0).values - 33 * 8 + 1)
    assert int(reach.max()) <= network.margin


def test_training_goes_on_from_a_shipped_file(tmp_path: Path) -> None:
    plain = trained().fold()
    path = tmp_path / "compact.safetensors"
    save_weights(path, plain.state_dict(), make_header(PLAIN, plain))
    config = make_config({"network": "compact", "data": [], "options": {"batch_norm": True},
                          "init": str(path)})  # fmt: skip
    network = make_student(config)
    norms = norms_to_insert(network, config)
    assert len(norms) > 10
    x = torch.randn(2, 3, 64, 64)
    insert_identity(network, norms, [x])
    network.eval()
    with torch.no_grad():
        assert torch.allclose(network(x), plain(x), atol=1e-4)


def test_its_trunk_comes_from_imagenet(tmp_path: Path) -> None:
    theirs = imagenet(tmp_path / "m.safetensors")
    config = make_config({"network": "compact", "data": [], "options": {"batch_norm": True},
                          "trunk": str(tmp_path / "m.safetensors")})  # fmt: skip
    network = make_student(config)
    assert isinstance(network, Compact)
    own = network.trunk.state_dict()
    taken = [n for n in own if n in theirs and not n.endswith("num_batches_tracked")]
    # Nine convolutions, and four numbers for each channel of the norms behind them.
    assert len(taken) == 9 * 5
    assert all(torch.equal(own[name], theirs[name]) for name in taken)
    biases = [n for n in own if n.endswith(".bias") and "_bn." not in n]
    assert len(biases) == 9
    assert all(own[name].abs().sum() == 0 for name in biases)


def test_a_trunk_without_norms_has_those_of_imagenet_folded_in(tmp_path: Path) -> None:
    theirs = imagenet(tmp_path / "m.safetensors")
    network = make_student(replace(PLAIN, trunk=str(tmp_path / "m.safetensors")))
    assert isinstance(network, Compact)
    published = MobileNetTrunk((4,)).eval()
    own = published.state_dict()
    published.load_state_dict({name: theirs[name] for name in own})
    x = torch.rand(1, 3, 64, 64) * 2 - 1
    with torch.no_grad():
        (wanted,), (got,) = published(x), network.trunk(x)
    assert 0 < wanted.mean() < 6
    assert torch.allclose(got, wanted, atol=1e-3)


@pytest.mark.parametrize("batch_norm", [False, True])
def test_a_slim_trunk_is_not_imagenets(batch_norm: bool, tmp_path: Path) -> None:
    imagenet(tmp_path / "m.safetensors")
    config = replace(
        PLAIN, trunk=str(tmp_path / "m.safetensors"),
        options={"slim": True, "batch_norm": batch_norm},
    )  # fmt: skip
    with pytest.raises(UserError) as caught:
        make_student(config)
    assert caught.value.code == "weights-mismatch"


def test_first_weights_bring_their_layout(tmp_path: Path) -> None:
    plain = trained(slim=True).fold()
    path = tmp_path / "slim.safetensors"
    save_weights(path, plain.state_dict(), make_header(SLIM, plain))
    facts = {"network": "compact", "data": [], "init": str(path)}
    config = make_config({**facts, "options": {"batch_norm": True}})
    assert config.options == {"slim": True, "batch_norm": True}
    network = make_student(config)
    insert_identity(network, norms_to_insert(network, config), [torch.randn(2, 3, 64, 64)])
    x = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        assert torch.allclose(network.eval()(x), plain(x), atol=1e-4)
    # Who wants another layout is told that these weights do not fit it.
    with pytest.raises(UserError):
        make_student(make_config({**facts, "options": {"slim": False}}))


def imagenet(path: Path) -> dict[str, Tensor]:
    """Write a trunk as it is published, of numbers drawn by chance; returns its tensors."""
    torch.manual_seed(0)
    drawn = {}
    for name, tensor in MobileNetTrunk((11,)).state_dict().items():
        drawn[name] = tensor.float() + 0.1 * torch.rand_like(tensor.float())
    save_file(drawn, path)
    return drawn


@BOTH
def test_it_exports_with_free_sizes(slim: bool, tmp_path: Path) -> None:
    network = trained(slim).fold()
    path = tmp_path / "compact.safetensors"
    save_weights(path, network.state_dict(), make_header(SLIM if slim else PLAIN, network))
    export_onnx(path, tmp_path / "compact.onnx")
    assert (tmp_path / "compact.onnx").stat().st_size < 600_000
