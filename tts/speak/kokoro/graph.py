"""Kokoro's graph as it is run here: the same sums in fewer steps, and what it knows of its durations.

The names are those of the one file that `model.SHA256` stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.speak.onnx_file import Node, integer, integers, integers_of, nodes_of, one_output_more, with_nodes, without

if TYPE_CHECKING:
    from collections.abc import Sequence

DURATIONS = "/encoder/Clip_output_0"  # steps of 25 ms for each symbol; shape (1, n_symbols)
_WIDEST = tuple(f"/decoder/decoder/generator/{part}/" for part in ("noise_res.1", "resblocks.4", "resblocks.5"))
_TWO = "/decoder/decoder/generator/Constant_18_output_0"
_FLAT = "/encoder/predictor/text_encoder/Constant_4_output_0"  # [-1], the shape of a list


def lighter(model: bytes) -> bytes:
    """Kokoro's file with `DURATIONS` as one output more, that needs 7 % less processor time.

    Raises: ValueError when this is no model.
    """
    return with_nodes(model, _halved(_used(_normalised(_squared(nodes_of(model)))))) + one_output_more(DURATIONS)


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


def _halved(nodes: Sequence[Node]) -> list[Node]:
    """The longest convolutions over each half of the sound.

    onnxruntime lays out all that each sample is made of, 7 or 11 times the sound: that is what takes most memory.
    """
    better: list[Node] = []
    for node in nodes:
        if node.kind == "ConvInteger" and node.outputs[0].startswith(_WIDEST):
            better += _in_halves(node)
        else:
            better.append(node)
    return better


def _in_halves(conv: Node) -> list[Node]:
    """Each half is convolved with as much of the other as it reaches, and no padding in the middle."""
    sound, *weights = conv.inputs
    (whole,) = conv.outputs
    left, right = integers_of(conv, "pads")
    rest = without(conv.rest, "pads")
    zero, two, end, reach, length, half = (f"{whole} {name}" for name in ("0", "2", "end", "reach", "length", "half"))
    to, start, first, last, first_done, last_done = (f"{half} {number}" for number in range(6))
    return [
        *(
            Node("Constant", (), (name,), integers("value_ints", (value,)))
            for name, value in ((zero, 0), (two, 2), (end, 2**63 - 1), (reach, left))
        ),
        Node("Shape", (sound,), (length,), integer("start", 2)),
        Node("Div", (length, two), (half,)),
        Node("Add", (half, reach), (to,)),
        Node("Sub", (half, reach), (start,)),
        Node("Slice", (sound, zero, to, two), (first,)),
        Node("Slice", (sound, start, end, two), (last,)),
        Node("ConvInteger", (first, *weights), (first_done,), rest + integers("pads", (left, 0))),
        Node("ConvInteger", (last, *weights), (last_done,), rest + integers("pads", (0, right))),
        Node("Concat", (first_done, last_done), (whole,), integer("axis", 2)),
    ]


def _used(nodes: Sequence[Node]) -> list[Node]:
    """Those that something comes of; what is taken is made before it."""
    taken = {"audio", DURATIONS}
    left: list[Node] = []
    for node in reversed(nodes):
        if not taken.isdisjoint(node.outputs):
            taken.update(node.inputs)
            left.append(node)
    return left[::-1]
