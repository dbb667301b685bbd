"""The voices, as data."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest

from tts.speak.kokoro.styles import SHAPE, styles, vectors

APART_SEMITONES = 3.0


@pytest.mark.parametrize("name", styles())
def test_a_voice_has_a_style_for_every_length(name: str) -> None:
    loaded = vectors(name)
    assert loaded.shape == SHAPE
    assert np.isfinite(loaded).all()
    assert len(np.unique(loaded, axis=0)) > SHAPE[0] // 2


def test_each_voice_is_told_from_the_others_by_its_pitch() -> None:
    pitches = sorted(style.pitch_hz for style in styles().values())
    assert len(pitches) >= 5
    assert all(12 * math.log2(high / low) >= APART_SEMITONES for low, high in pairwise(pitches))


def test_a_quote_is_read_by_another_voice() -> None:
    for name, style in styles().items():
        assert style.beside in styles()
        assert style.beside != name


def test_no_two_voices_sound_the_same() -> None:
    for one, other in combinations(styles(), 2):
        assert not np.allclose(vectors(one), vectors(other), atol=1e-2)


@pytest.mark.parametrize("name", styles())
def test_the_shares_of_a_blend_are_a_whole(name: str) -> None:
    style = styles()[name]
    for blend in (style.blend, style.prosody or style.blend):
        assert math.isclose(sum(blend.values()), 1.0)
