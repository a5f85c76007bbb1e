"""An ONNX graph: its constants, and changes that leave its values and make it faster."""

from __future__ import annotations

from onnx import ModelProto, NodeProto, TensorProto


def stored(model: ModelProto, name: str) -> TensorProto:
    """Return a constant of the graph by its name; what is written into it changes the graph."""
    found: TensorProto = next(item for item in model.graph.initializer if item.name == name)
    return found


def activate_before_pooling(model: ModelProto) -> None:
    """Put a ReLU behind a max pooling before it: the same values, and part of a convolution."""
    graph = model.graph
    for pool in [node for node in graph.node if node.op_type == "MaxPool"]:
        readers = _readers(model, pool.output[0])
        if [node.op_type for node in readers] != ["Relu"]:
            continue
        relu = readers[0]
        before, between, after = pool.input[0], pool.output[0], relu.output[0]
        pool.input[0], pool.output[0] = between, after
        relu.input[0], relu.output[0] = before, between
        graph.node.remove(relu)
        graph.node.insert(list(graph.node).index(pool), relu)


def _readers(model: ModelProto, name: str) -> list[NodeProto]:
    return [node for node in model.graph.node if name in node.input]
