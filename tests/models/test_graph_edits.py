"""Edits of an ONNX graph change no value."""

from __future__ import annotations

import copy
import io
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from models.graph_edits import activate_before_pooling


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


def test_an_activation_goes_before_the_pooling() -> None:
    before = exported(nn.Sequential(nn.Conv2d(3, 4, 3), nn.MaxPool2d(2), nn.ReLU()))
    after = copy.deepcopy(before)
    activate_before_pooling(after)
    assert [node.op_type for node in before.graph.node] == ["Conv", "MaxPool", "Relu"]
    assert [node.op_type for node in after.graph.node] == ["Conv", "Relu", "MaxPool"]
    np.testing.assert_array_equal(values(after, 16, 24), values(before, 16, 24))


class ReadTwice(nn.Module):
    """A pooling whose values are needed without the activation too."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        pooled = nn.functional.max_pool2d(self.conv(x), 2)
        return torch.relu(pooled) + pooled


def test_a_pooling_that_something_else_reads_stays_where_it_is() -> None:
    before = exported(ReadTwice())
    after = copy.deepcopy(before)
    activate_before_pooling(after)
    found = values(before, 16, 24)
    assert found.min() < 0
    np.testing.assert_array_equal(values(after, 16, 24), found)
