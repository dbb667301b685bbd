"""ONNX files as bytes: what a graph does, read and written without a library of 20 MB to do it.

Source: the encoding guide of Protocol Buffers; the numbers of the fields are those of onnx.proto.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GRAPH = 7  # of ModelProto
_NODE, _OUTPUT = 1, 12  # of GraphProto
_NODE_INPUT, _NODE_OUTPUT, _NODE_NAME, _NODE_KIND, _NODE_ATTRIBUTE = 1, 2, 3, 4, 5  # of NodeProto
_ATTRIBUTE_NAME, _INTEGER, _INTEGERS, _ATTRIBUTE_KIND = 1, 3, 8, 20  # of AttributeProto
_KINDS = {_INTEGER: 2, _INTEGERS: 7}  # as AttributeProto numbers them
_NAME = 1  # of ValueInfoProto
_VARINT, _EIGHT_BYTES, _COUNTED, _FOUR_BYTES = 0, 1, 2, 5


@dataclass(frozen=True, slots=True)
class Node:
    """A step of a graph: what it is ("Ceil"), the names of the values that it takes and gives, and its attributes."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rest: bytes = b""


def integer(name: str, value: int) -> bytes:
    """An attribute, for `Node.rest`."""
    return _attribute(name, _INTEGER, (value,))


def integers(name: str, values: Iterable[int]) -> bytes:
    """An attribute that is a list, for `Node.rest`; none of them negative."""
    return _attribute(name, _INTEGERS, values)


def integers_of(node: Node, name: str) -> list[int]:
    """That list of the node's; empty when it has none of that name."""
    own = (value for number, _, value in _fields(memoryview(node.rest)) if _is_attribute(number, value, name))
    return [_varint(value, 0)[0] for attribute in own for value in _values(attribute, _INTEGERS)]


def without(rest: bytes, name: str) -> bytes:
    """All of `Node.rest` but the attribute of that name."""
    fields = _fields(memoryview(rest))
    return b"".join(whole for number, whole, value in fields if not _is_attribute(number, value, name))


def one_output_more(name: str) -> bytes:
    """What to put behind a model, so that it gives out the value of that name too.

    It is the message ModelProto{graph {output {name}}}. Of a message that stands twice in a row protobuf makes one,
    with the outputs of both ("Last One Wins").
    """
    return _field(_GRAPH, _field(_OUTPUT, _field(_NAME, name.encode())))


def outputs_of(model: bytes, kind: str) -> list[str]:
    """The names of what the model's nodes of that kind ("Ceil") give.

    Raises: ValueError when this is no model.
    """
    return [name for node in nodes_of(model) if node.kind == kind for name in node.outputs]


def nodes_of(model: bytes) -> list[Node]:
    """The steps of the model's graph, in order.

    Raises: ValueError when this is no model.
    """
    return [_node(node) for graph in _values(memoryview(model), _GRAPH) for node in _values(graph, _NODE)]


def with_nodes(model: bytes, nodes: Iterable[Node]) -> bytes:
    """The model with these steps in place of its own, and all else that it has."""
    around: list[bytes | memoryview] = []
    graph: list[bytes | memoryview] = [_field(_NODE, _written(node)) for node in nodes]
    for number, whole, value in _fields(memoryview(model)):
        if number == _GRAPH:
            graph += [part for part_number, part, _ in _fields(value) if part_number != _NODE]
        else:
            around.append(whole)
    return b"".join((*around, _field(_GRAPH, b"".join(graph))))


def _node(message: memoryview) -> Node:
    names: dict[int, list[str]] = {_NODE_INPUT: [], _NODE_OUTPUT: [], _NODE_KIND: []}
    rest: list[memoryview] = []
    for number, whole, value in _fields(message):
        if number in names:
            names[number].append(str(value, "utf-8"))
        elif number != _NODE_NAME:
            rest.append(whole)
    inputs, outputs, kinds = names.values()
    return Node("".join(kinds[-1:]), tuple(inputs), tuple(outputs), b"".join(rest))


def _written(node: Node) -> bytes:
    inputs = (_field(_NODE_INPUT, name.encode()) for name in node.inputs)
    outputs = (_field(_NODE_OUTPUT, name.encode()) for name in node.outputs)
    return b"".join((*inputs, *outputs, _field(_NODE_KIND, node.kind.encode()), node.rest))


def _attribute(name: str, field: int, values: Iterable[int]) -> bytes:
    counted = b"".join(_number(field << 3 | _VARINT) + _number(value) for value in values)
    kind = _number(_ATTRIBUTE_KIND << 3 | _VARINT) + _number(_KINDS[field])
    return _field(_NODE_ATTRIBUTE, _field(_ATTRIBUTE_NAME, name.encode()) + counted + kind)


def _is_attribute(number: int, message: memoryview, name: str) -> bool:
    return number == _NODE_ATTRIBUTE and name.encode() in map(bytes, _values(message, _ATTRIBUTE_NAME))


def _field(number: int, data: bytes) -> bytes:
    return b"".join((_number(number << 3 | _COUNTED), _number(len(data)), data))


def _number(value: int) -> bytes:
    """As `_varint` reads it."""
    sevens = [value & 0x7F]
    while value := value >> 7:
        sevens.append(value & 0x7F)
    return bytes([*(seven | 0x80 for seven in sevens[:-1]), sevens[-1]])


def _values(message: memoryview, wanted: int) -> Iterator[memoryview]:
    return (value for number, _, value in _fields(message) if number == wanted)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """Each field: its number, the whole of it, and its value."""
    at = 0
    while at < len(message):
        begin = at
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _COUNTED:
            size, at = _varint(message, at)
            end = at + size
        elif kind == _VARINT:
            _, end = _varint(message, at)
        elif kind in {_EIGHT_BYTES, _FOUR_BYTES}:
            end = at + (8 if kind == _EIGHT_BYTES else 4)
        else:
            raise ValueError(f"no field of a message begins with {key:#x}")
        if end > len(message):
            raise ValueError("a message that breaks off")
        yield key >> 3, message[begin:end], message[at:end]
        at = end


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number there, seven bits a byte, and where it ends."""
    value = shift = 0
    for byte in message[at : at + 10]:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at + shift // 7
    raise ValueError("a number without an end")
