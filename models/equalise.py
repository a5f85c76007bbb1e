"""Convolutions that hand on channels of like size, so that 8 bits are as fine for each of them.

One range for a whole tensor is too coarse for its smallest channels: in a MobileNet their largest
values differ a hundredfold. What a channel is multiplied by in the convolution that makes it, the
one that reads it divides by; a ReLU and a maximum between them let positive factors pass. A
ReLU6 may then cut off what is larger than all that was seen, as 8 bits do. Nagel et al., ICCV 2019
(arXiv 1906.04721), section 4.1.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from models.graph_edits import stored

# The whole way (1) leaves the readers' weights as uneven as the channels were.
POWER = 0.75
MOST = 32.0
PASSING = ("Relu", "Clip", "MaxPool", "Pad")


def equalise(model: onnx.ModelProto, highs: Mapping[str, NDArray[np.float32]]) -> None:
    """Scale the channels between pairs of convolutions; up to the values seen nothing changes.

    `highs` (C,) by tensor are the largest values of its channels. Left as they are: tensors that
    are not among them, that something else reads too, or whose convolution has no bias.
    """
    for reader in [node for node in model.graph.node if node.op_type == "Conv"]:
        maker = _maker(model, reader.input[0])
        high = highs.get(reader.input[0])
        if high is None or maker is None or len(maker.input) < 3:
            continue
        high = np.maximum(high, 1e-6)
        factor = np.clip((high.max() / high) ** POWER, 1, MOST).astype(np.float32)
        _multiply(model, maker.input[1], factor[:, None, None, None])
        _multiply(model, maker.input[2], factor)
        depthwise = any(a.name == "group" and a.i > 1 for a in reader.attribute)
        shape = (-1, 1, 1, 1) if depthwise else (1, -1, 1, 1)
        _multiply(model, reader.input[1], 1 / factor.reshape(shape))


def _maker(model: onnx.ModelProto, name: str) -> onnx.NodeProto | None:
    """Return the convolution that makes a tensor, if what lies between lets factors pass."""
    nodes: list[onnx.NodeProto] = list(model.graph.node)
    while True:
        readers = [node for node in nodes if name in node.input]
        node = next((node for node in nodes if name in node.output), None)
        if node is None or len(readers) != 1:
            return None
        if node.op_type == "Conv":
            return node
        if node.op_type not in PASSING:
            return None
        name = node.input[0]


def _multiply(model: onnx.ModelProto, name: str, factor: NDArray[np.float32]) -> None:
    constant = stored(model, name)
    value = np.asarray(numpy_helper.to_array(constant) * factor, np.float32)
    constant.CopyFrom(numpy_helper.from_array(value, name))
