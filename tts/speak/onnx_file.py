"""ONNX files as bytes: what a graph holds, and one output more for it, without a library of 20 MB to do it.

Source: the encoding guide of Protocol Buffers; the numbers of the fields are those of onnx.proto.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRAPH = 7  # of ModelProto
_NODE, _OUTPUT = 1, 12  # of GraphProto
_NODE_OUTPUT, _NODE_KIND = 2, 4  # of NodeProto
_NAME = 1  # of ValueInfoProto
_VARINT, _EIGHT_BYTES, _COUNTED, _FOUR_BYTES = 0, 1, 2, 5


def one_output_more(name: str) -> bytes:
    """What to put behind a model, so that it gives out the value of that name too (of less than 120 characters).

    It is the message ModelProto{graph {output {name}}}. Of a message that stands twice in a row protobuf makes one,
    with the outputs of both ("Last One Wins").
    """
    return _field(_GRAPH, _field(_OUTPUT, _field(_NAME, name.encode())))


def outputs_of(model: bytes, kind: str) -> list[str]:
    """The names of what the model's nodes of that kind ("Ceil") give.

    Raises: ValueError when this is no model.
    """
    names: list[str] = []
    for graph in _values(memoryview(model), _GRAPH):
        for node in _values(graph, _NODE):
            if kind.encode() in map(bytes, _values(node, _NODE_KIND)):
                names += [str(name, "utf-8") for name in _values(node, _NODE_OUTPUT)]
    return names


def _field(number: int, data: bytes) -> bytes:
    """One of less than 128 bytes."""
    return bytes([number << 3 | _COUNTED, len(data)]) + data


def _values(message: memoryview, wanted: int) -> Iterator[memoryview]:
    """All fields of that number whose length is written before them."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == _COUNTED:
            size, at = _varint(message, at)
            if number == wanted:
                yield message[at : at + size]
            at += size
        elif kind == _VARINT:
            _, at = _varint(message, at)
        elif kind in {_EIGHT_BYTES, _FOUR_BYTES}:
            at += 8 if kind == _EIGHT_BYTES else 4
        else:
            raise ValueError(f"no field of a message begins with {key:#x}")


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number there, seven bits a byte, and where it ends."""
    value = shift = 0
    for byte in message[at : at + 10]:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at + shift // 7
    raise ValueError("a number without an end")
