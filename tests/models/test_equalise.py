"""Channels of unlike size: brought to like ones without another count, and then rounded well."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from models import quantise as quantising
from models.compact import Compact
from models.engines.openvino_engine import OpenVINOEngine
from models.equalise import equalise
from models.export import export_onnx
from models.header import Header
from models.networks import count_parameters
from models.predictor import Predictor
from models.quantise import quantise, tell_nobody
from models.weights import save_weights

# The first channel is this much smaller than its neighbours between the two.
MAKER, READER, PART = "trunk.pw1", "trunk.dw2", 0.01


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compact network in fp32 one half of whose channels are far smaller than the other."""
    torch.manual_seed(3)
    network = Compact().eval()
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            # So that what a picture shows reaches the end.
            torch.nn.init.kaiming_normal_(module.weight)
    torch.nn.init.normal_(network.head.weight, std=0.02)
    torch.nn.init.constant_(network.head.get_parameter("bias"), -2.0)
    with torch.no_grad():
        maker, reader = network.get_submodule(MAKER), network.get_submodule(READER)
        for name in ("weight", "bias"):
            maker.get_parameter(name)[::2] *= PART
        reader.get_parameter("weight")[::2] /= PART
    weights = tmp_path_factory.mktemp("uneven") / "m.safetensors"
    header = Header(
        network="compact", stride=8, pad_to=16, margin=144, parameters=count_parameters(network),
        mean=(127.5,) * 3, std=(127.5,) * 3,
    )  # fmt: skip
    save_weights(weights, network.state_dict(), header)
    export_onnx(weights, weights.with_suffix(".onnx"))
    return weights.with_suffix(".onnx")


@pytest.fixture(scope="module")
def pictures() -> list[NDArray[np.uint8]]:
    rng = np.random.default_rng(2)
    coarse = [rng.integers(0, 256, (12, 16, 3), dtype=np.uint8) for _ in range(3)]
    return [picture.repeat(8, axis=0).repeat(8, axis=1) for picture in coarse]


def density(path: Path, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    engine = OpenVINOEngine(path)
    return Predictor(engine, engine.header, "").predict(picture).density


def highs(source: Path, pictures: list[NDArray[np.uint8]]) -> dict[str, NDArray[np.float32]]:
    model = onnx.load(source)
    names = [node.name for node in model.graph.node if node.op_type == "Conv"]
    seen = quantising._observe(source, quantising._watched(model, names), pictures, tell_nobody)
    return {name: tensor.highs for name, tensor in seen.items()}


def test_equalised_it_computes_the_same_with_channels_of_like_size(
    source: Path, pictures: list[NDArray[np.uint8]], tmp_path: Path
) -> None:
    model = onnx.load(source)
    before = highs(source, pictures)
    equalise(model, before)
    even = tmp_path / "even.onnx"
    onnx.save(model, even)
    after = highs(even, pictures)
    read = next(node.input[0] for node in model.graph.node if "dw2" in node.name)

    def spread(shown: dict[str, NDArray[np.float32]]) -> float:
        alive = shown[read][before[read] > 1e-4]
        return float(alive.max() / alive.min())

    assert spread(after) < spread(before) / 5
    for picture in pictures:
        assert density(even, picture) == pytest.approx(density(source, picture), rel=1e-3)


def test_8_bits_of_uneven_channels_count_well_because_they_are_equalised(
    source: Path, pictures: list[NDArray[np.uint8]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All in 8 bits: else the layer in question would be left in fp32 where it costs too much.
    monkeypatch.setattr(quantising, "WORST", np.inf)

    def error(name: str) -> float:
        path = tmp_path / name
        onnx.save(quantise(source, pictures), path)
        exact = [density(source, picture) for picture in pictures]
        rounded = [density(path, picture) for picture in pictures]
        return float(np.abs(np.stack(rounded) - np.stack(exact)).mean() / np.mean(exact))

    evened = error("even.onnx")
    monkeypatch.setattr(quantising, "equalise", lambda _model, _highs: None)
    assert evened < error("uneven.onnx") / 2


def test_the_total_is_kept(
    source: Path, pictures: list[NDArray[np.uint8]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantising, "WORST", np.inf)
    path = tmp_path / "m.int8.onnx"
    onnx.save(quantise(source, pictures), path)
    total, exact = (sum(density(p, x).sum() for x in pictures) for p in (path, source))
    assert exact > quantising.FEW
    assert total == pytest.approx(exact, rel=2e-3)


@pytest.mark.parametrize("added", [-0.3, 0.3])
def test_what_the_total_gained_or_lost_is_made_up_for(
    source: Path, pictures: list[NDArray[np.uint8]], tmp_path: Path, added: float
) -> None:
    model = onnx.load(source)
    (end,) = [node for node in model.graph.node if node.op_type == "Softplus"]
    (last,) = [node for node in model.graph.node if end.input[0] in node.output]
    bias = next(item for item in model.graph.initializer if item.name == last.input[2])
    moved = numpy_helper.to_array(bias) + np.float32(added)
    bias.CopyFrom(numpy_helper.from_array(moved, bias.name))
    path = tmp_path / "m.onnx"

    def total() -> float:
        onnx.save(model, path)
        counts = [(density(path, p).sum(), density(source, p).sum()) for p in pictures]
        found, exact = np.sum(counts, axis=0)
        return float(found / exact)

    before = total()
    assert abs(before - 1) > 0.2
    quantising._keep_total(model, source, pictures, tell_nobody)
    assert abs(total() - 1) < abs(before - 1) / 5
