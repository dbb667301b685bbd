"""The lighter graph says what the packages' own says."""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tts.speak.kokoro import PARTS
from tts.speak.kokoro.graph import DURATIONS, lighter
from tts.speak.kokoro.model import LIGHTER_SHA256, N_BYTES
from tts.speak.kokoro.phonemes import numbers
from tts.speak.kokoro.styles import vectors
from tts.speak.onnx_file import nodes_of, one_output_more
from tts.speak.onnx_session import load

if TYPE_CHECKING:
    from tts.model import VoiceSpec
    from tts.speak.kokoro.session import Session


@pytest.fixture(scope="module")
def plain() -> bytes:
    return b"".join(resources.files(part).joinpath("part.bin").read_bytes() for part in PARTS)


@pytest.fixture(scope="module")
def light(plain: bytes) -> bytes:
    return lighter(plain)


def test_it_is_the_graph_that_was_measured(light: bytes) -> None:
    assert hashlib.sha256(light).hexdigest() == LIGHTER_SHA256
    assert len(light) == N_BYTES


def test_nine_steps_became_one_wherever_they_were(plain: bytes, light: bytes) -> None:
    before, after = (Counter(node.kind for node in nodes_of(model)) for model in (plain, light))
    assert after["InstanceNormalization"] == 68
    assert after["Pow"] == 0 < before["Pow"]
    assert after["ConvInteger"] == before["ConvInteger"] + 18


def test_it_sounds_the_same(plain: bytes, loaded: Session, narrator: VoiceSpec) -> None:
    symbols = [numbers()[symbol] for symbol in "də bˈoːm."]
    style = vectors(narrator.name)[len(symbols) - 1]
    inputs = {"tokens": np.array([[0, *symbols, 0]]), "style": style[np.newaxis], "speed": np.ones(1, np.float32)}
    sound, steps = load(plain + one_output_more(DURATIONS), 1).run(["audio", DURATIONS], inputs)
    lighter_sound, lasts = loaded.run(symbols, style, 1.0)
    assert np.array_equal(lasts, steps[0] * (len(sound) // steps.sum()))
    assert np.corrcoef(sound, lighter_sound)[0, 1] > 0.98  # rounding moves what is rounded to 8 bits after it
