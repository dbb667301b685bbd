"""Symbols and samples, without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.model import Mark
from tts.speak.piper.timing import joined, marks, quietest, word_starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 22_050


def test_a_short_sentence_is_with_its_neighbour() -> None:
    ja, dat, lang = "jaː.", "dɑt klɔpt.", "ɪk həp hət ɣəzˈeːn ɛn ɪk vɛrɣˈeːt hət noːjt."
    assert ["".join(one) for one in joined([ja, lang, dat, ja], 25)] == [f"{ja} {lang} {dat} {ja}"]
    assert ["".join(one) for one in joined([lang, lang], 25)] == [lang, lang]
    assert ["".join(one) for one in joined([lang, ja, lang], 25)] == [f"{lang} {ja}", lang]
    assert ["".join(one) for one in joined([ja, dat], 25)] == [f"{ja} {dat}"]
    assert ["".join(one) for one in joined([ja, dat], 0)] == [ja, dat]


@given(st.lists(st.text("ab .", max_size=30)), st.integers(0, 40))
def test_no_symbol_is_lost_or_moved_and_what_can_be_is_long_enough(sentences: list[str], shortest: int) -> None:
    together = joined(sentences, shortest)
    assert "".join(map("".join, together)).replace(" ", "") == "".join(sentences).replace(" ", "")
    assert len(together) <= 1 or all(len(one) >= shortest for one in together[1:])


def test_words_begin_after_spaces_and_punctuation_is_none() -> None:
    symbols = list("ˈeːn tʋˈeː – drˈi. “ˈɑf”")
    assert ["".join(symbols[start:]).split()[0] for start in word_starts(symbols)] == [
        "ˈeːn",
        "tʋˈeː",
        "drˈi.",
        "“ˈɑf”",
    ]


def test_each_word_has_the_moment_that_was_told() -> None:
    assert marks("Een – twee.", [10, 20], 100) == (Mark(10, 0, 3), Mark(20, 6, 11))


@pytest.mark.parametrize("starts", [[], [10], [10, 20, 30]])
def test_where_words_and_moments_differ_each_word_has_its_share(starts: list[int]) -> None:
    assert marks("Een – twee.", starts, 110) == (Mark(0, 0, 3), Mark(60, 6, 11))


def _tone(seconds: float, level: float) -> NDArray[np.float32]:
    tone: NDArray[np.float32] = np.sin(np.arange(round(seconds * RATE_HZ)) * 0.1, dtype=np.float32)
    return tone * np.float32(level)


def test_a_pause_is_cut_where_it_is_silent() -> None:
    sound = np.concatenate([_tone(0.5, 0.3), _tone(0.06, 1e-4), _tone(0.5, 0.3)])
    cut = quietest(sound, round(0.48 * RATE_HZ), round(0.6 * RATE_HZ), RATE_HZ)
    assert cut is not None
    assert 0.5 <= cut / RATE_HZ <= 0.56


def test_a_pause_with_sound_in_it_is_not_cut() -> None:
    sound = np.concatenate([_tone(0.5, 0.3), _tone(0.06, 0.1), _tone(0.5, 0.3)])
    assert quietest(sound, round(0.48 * RATE_HZ), round(0.6 * RATE_HZ), RATE_HZ) is None


def test_a_pause_without_length_is_looked_at_all_the_same() -> None:
    assert quietest(_tone(0.5, 0.3), 5_000, 5_000, RATE_HZ) is None
