"""Kokoro's graph as it is run here: the same sums in fewer steps, and what it knows of its durations.

The names are those of the one file that `model.SHA256` stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.speak.onnx_file import Node, nodes_of, one_output_more, with_nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

DURATIONS = "/encoder/Clip_output_0"  # steps of 25 ms for each symbol; shape (1, n_symbols)
_TWO = "/decoder/decoder/generator/Constant_18_output_0"
_FLAT = "/encoder/predictor/text_encoder/Constant_4_output_0"  # [-1], the shape of a list


def lighter(model: bytes) -> bytes:
    """Kokoro's file with `DURATIONS` as one output more, that needs 7 % less processor time.

    Raises: ValueError when this is no model.
    """
    return with_nodes(model, _used(_normalised(_squared(nodes_of(model))))) + one_output_more(DURATIONS)


def _squared(nodes: Sequence[Node]) -> list[Node]:
    """A product in place of each power of 2.0: a quarter faster."""
    return [
        Node("Mul", (node.inputs[0], node.inputs[0]), node.outputs)
        if node.kind == "Pow" and node.inputs[1] == _TWO
        else node
        for node in nodes
    ]


def _normalised(nodes: Sequence[Node]) -> list[Node]:
    """One step for the nine that bring each channel to mean 0 and variance 1, and then scale and shift it.

    Each of the nine reads and writes all samples of all channels.
    """
    made_by = {name: node for node in nodes for name in node.outputs}

    def made(name: str, kind: str) -> Node | None:
        node = made_by.get(name)
        return node if node and node.kind == kind else None

    better: list[Node] = []
    for node in nodes:
        scaled = made(node.inputs[0], "Mul") if node.kind == "Add" else None
        unit = made(scaled.inputs[1], "Div") if scaled else None
        centred = made(unit.inputs[0], "Sub") if unit and made(unit.inputs[1], "Sqrt") else None
        if scaled and centred:
            scale, shift = (f"{node.outputs[0]} {name}" for name in ("scale", "shift"))
            better += [
                Node("Reshape", (scaled.inputs[0], _FLAT), (scale,)),
                Node("Reshape", (node.inputs[1], _FLAT), (shift,)),
                Node("InstanceNormalization", (centred.inputs[0], scale, shift), node.outputs),
            ]
        else:
            better.append(node)
    return better


def _used(nodes: Sequence[Node]) -> list[Node]:
    """Those that something comes of; what is taken is made before it."""
    taken = {"audio", DURATIONS}
    left: list[Node] = []
    for node in reversed(nodes):
        if not taken.isdisjoint(node.outputs):
            taken.update(node.inputs)
            left.append(node)
    return left[::-1]
