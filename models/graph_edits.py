"""Changes of an ONNX graph that leave its values as they are and make it faster."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, helper, numpy_helper


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


def mix_before_enlarging(model: ModelProto) -> None:
    """Let a 1x1 convolution of joined maps take each map before it is enlarged.

    It mixes channels and enlarging mixes places, so their order is free: the convolution has a
    quarter or less of the places to go over, there are fewer channels to enlarge, and nothing is
    copied to be joined.
    """
    makers = {name: node for node in model.graph.node for name in node.output}
    channels = _channels(model)
    for conv in [node for node in model.graph.node if node.op_type == "Conv"]:
        joint = makers.get(conv.input[0])
        if joint is None or joint.op_type != "Concat":
            continue
        enlarged = any(_is_enlarging(makers.get(name)) for name in joint.input)
        # A joint that is made all the same would only be more work.
        if enlarged and all(map(_is_pointwise, _readers(model, joint.output[0]))):
            _mix_apart(model, conv, joint, makers, channels)
    used = {name for node in model.graph.node for name in node.input}
    for tensor in [tensor for tensor in model.graph.initializer if tensor.name not in used]:
        model.graph.initializer.remove(tensor)


def _mix_apart(
    model: ModelProto,
    conv: NodeProto,
    joint: NodeProto,
    makers: dict[str, NodeProto],
    channels: dict[str, int],
) -> None:
    """Replace a convolution of joined maps by one of each, and their sum."""
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    kernel = numpy_helper.to_array(weights[conv.input[1]])
    name, place = conv.output[0], list(model.graph.node).index(conv)
    made: list[NodeProto] = []
    parts: list[str] = []
    start = 0
    for number, source in enumerate(joint.input):
        stop = start + channels[source]
        part, own = f"{name}_part{number}", f"{conv.input[1]}_part{number}"
        piece = np.ascontiguousarray(kernel[:, start:stop])
        model.graph.initializer.append(numpy_helper.from_array(piece, own))
        resize = makers.get(source)
        enlarge = resize is not None and _is_enlarging(resize)
        small = resize.input[0] if enlarge and resize is not None else source
        # The bias once; enlarging leaves a constant as it is.
        words = [small, own, *([conv.input[2]] if number == 0 and len(conv.input) > 2 else [])]
        mixed = f"{part}_small" if enlarge else part
        made.append(_like(conv, words, mixed))
        if enlarge and resize is not None:
            made.append(_like(resize, [mixed, *resize.input[1:]], part))
        parts.append(part)
        start = stop
    # Pairwise: the engine adds such a sum within a convolution.
    for number, part in enumerate(parts[1:], start=1):
        total = name if number == len(parts) - 1 else f"{name}_sum{number}"
        made.append(helper.make_node("Add", [parts[0], part], [total], name=total))
        parts[0] = total
    model.graph.node.remove(conv)
    for offset, node in enumerate(made):
        model.graph.node.insert(place + offset, node)
    for node in (joint, *(makers[source] for source in joint.input if source in makers)):
        if node in model.graph.node and not _is_used(model, node):
            model.graph.node.remove(node)


def _like(node: NodeProto, inputs: list[str], output: str) -> NodeProto:
    copy = NodeProto()
    copy.CopyFrom(node)
    copy.name = output
    del copy.input[:], copy.output[:]
    copy.input.extend(inputs)
    copy.output.append(output)
    return copy


def _channels(model: ModelProto) -> dict[str, int]:
    """Return how many channels each map has, by name."""
    inferred = onnx.shape_inference.infer_shapes(model).graph
    found = {}
    for value in (*inferred.value_info, *inferred.input, *inferred.output):
        sides = value.type.tensor_type.shape.dim
        if len(sides) == 4 and sides[1].dim_value:
            found[value.name] = sides[1].dim_value
    return found


def _readers(model: ModelProto, name: str) -> list[NodeProto]:
    return [node for node in model.graph.node if name in node.input]


def _is_used(model: ModelProto, node: NodeProto) -> bool:
    results = {value.name for value in model.graph.output}
    return any(name in results or _readers(model, name) for name in node.output)


def _is_pointwise(node: NodeProto) -> bool:
    facts = {item.name: helper.get_attribute_value(item) for item in node.attribute}
    return (
        node.op_type == "Conv"
        and list(facts["kernel_shape"]) == [1, 1]
        and facts.get("group", 1) == 1
        and set(facts.get("strides", [1])) == {1}
        and set(facts.get("pads", [0])) == {0}
    )


def _is_enlarging(node: NodeProto | None) -> bool:
    """Whether a node enlarges maps by fixed factors, linearly."""
    if node is None or node.op_type != "Resize":
        return False
    facts = {item.name: helper.get_attribute_value(item) for item in node.attribute}
    by_factors = len(node.input) == 3 or not node.input[3]
    return by_factors and facts.get("mode") == b"linear"
