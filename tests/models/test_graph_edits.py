"""Edits of an ONNX graph change no value."""

from __future__ import annotations

import copy
import io
import warnings
from collections import Counter

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from models.graph_edits import activate_before_pooling, mix_before_enlarging


class Joining(nn.Module):
    """Three maps of different size, joined and mixed, as M-SFANet's decoders do."""

    def __init__(self, kernel: int = 1, readers: int = 1, *, also_read: bool = False) -> None:
        super().__init__()
        self.near, self.far = nn.Conv2d(3, 4, 3, 2, 1), nn.Conv2d(4, 6, 3, 2, 1)
        self.mixes = nn.ModuleList(
            nn.Conv2d(3 + 4 + 6, 5, kernel, padding=kernel // 2) for _ in range(readers)
        )
        self.also_read = also_read

    def forward(self, x: Tensor) -> Tensor:
        near = torch.relu(self.near(x))
        far = torch.relu(self.far(near))
        joint = torch.cat([enlarged(near, 2), x, enlarged(far, 4)], dim=1)
        mixed: Tensor = sum(torch.relu(mix(joint)) for mix in self.mixes)  # type: ignore[assignment]
        return mixed + joint.mean() if self.also_read else mixed


def enlarged(x: Tensor, factor: int) -> Tensor:
    return interpolate(x, scale_factor=factor, mode="bilinear", align_corners=True)


def exported(network: nn.Module) -> onnx.ModelProto:
    torch.manual_seed(0)
    file = io.BytesIO()
    with warnings.catch_warnings():
        # As models.export does.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(), (torch.zeros(1, 3, 16, 16),), file, dynamo=False, opset_version=17,
            input_names=["x"], dynamic_axes={"x": {2: "height", 3: "width"}},
        )  # fmt: skip
    return onnx.load_from_string(file.getvalue())


def values(model: onnx.ModelProto, height: int, width: int) -> np.ndarray:
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    picture = np.random.default_rng(0).random((1, 3, height, width), np.float32)
    return np.asarray(session.run(None, {"x": picture})[0])


def kinds(model: onnx.ModelProto) -> Counter[str]:
    return Counter(node.op_type for node in model.graph.node)


@pytest.mark.parametrize("readers", [1, 2])
def test_maps_are_mixed_before_they_are_enlarged(readers: int) -> None:
    before = exported(Joining(readers=readers))
    after = copy.deepcopy(before)
    mix_before_enlarging(after)
    assert kinds(before)["Concat"] == 1
    assert kinds(after)["Concat"] == 0
    # Each map is mixed by itself, and what is enlarged now has as many channels as come out.
    assert kinds(after)["Conv"] == 2 + 3 * readers
    assert kinds(after)["Resize"] == 2 * readers
    for size in ((16, 16), (32, 48)):
        np.testing.assert_allclose(
            values(after, *size), values(before, *size), rtol=1e-4, atol=1e-6
        )
    # The kernels that were cut in pieces are gone.
    assert len(after.SerializeToString()) < len(before.SerializeToString()) + 2000 * readers
    names = {name for node in after.graph.node for name in node.input}
    assert {tensor.name for tensor in after.graph.initializer} <= names


@pytest.mark.parametrize("network", [Joining(kernel=3), Joining(also_read=True)])
def test_joined_maps_that_something_else_reads_stay_joined(network: nn.Module) -> None:
    before = exported(network)
    after = copy.deepcopy(before)
    mix_before_enlarging(after)
    assert after == before


def test_an_activation_goes_before_the_pooling() -> None:
    before = exported(nn.Sequential(nn.Conv2d(3, 4, 3), nn.MaxPool2d(2), nn.ReLU()))
    after = copy.deepcopy(before)
    activate_before_pooling(after)
    assert [node.op_type for node in before.graph.node] == ["Conv", "MaxPool", "Relu"]
    assert [node.op_type for node in after.graph.node] == ["Conv", "Relu", "MaxPool"]
    np.testing.assert_array_equal(values(after, 16, 24), values(before, 16, 24))
