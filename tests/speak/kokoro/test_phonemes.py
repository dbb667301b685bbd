"""How Dutch is written in Kokoro's symbols."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.speak.espeak.phonemes import Phonemizer
from tts.speak.kokoro.phonemes import PUNCTUATION, numbers, phonemes
from tts.speak.kokoro.words import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS = ["het", "Dorp", "’s", "uit", "café", "Zuid-Holland", "KNMI", "3", "ß", "Ĳsland", "東", "auto's", "één", "ﬁ"]
SIGNS = ["", ",", ".", "…", "!", "”", "«", "(", ")", "–", "-", "'", "\N{COMBINING TILDE}", "*", "#"]


@pytest.fixture(scope="module")
def phonemizer() -> Iterator[Phonemizer]:
    phonemizer = Phonemizer()
    yield phonemizer
    phonemizer.close()


def _written(text: str, phonemizer: Phonemizer) -> str:
    return " ".join(said.symbols for said in phonemes(text, phonemizer.ipa))


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("uit het dorp", "œyt hət dˈorp"),  # not "ui te torp", as espeak-ng's whole phrases have it
        ("een brug voor hun vijf zoons", "ən brˈøx foːr høn fˈæɪf zˈoːns"),
        ("over gevallen gevels", "oːvər xəfˈɑlən xˈeːvəls"),  # between vowels it stays v
        ("gisteren, tussen de wegen", "xˈɪstərən, tˈøsən də ʋˈeːxən"),
        ("oude leeuwen", "ˈaʊdə lˈeːwən"),
        ("weer meer", "ʋˈeːr mˈeːr"),
        ("'s ochtends", "s ˈoxtɛnts"),
        ("hij staat op.", "hæɪ stˈaːt ˈop."),  # at the end of a clause it is the verb's, and stressed
        ("de minister", "də minˈɪstər"),
        ("Omdat «zij» – ook", "omdˈɑt “zæɪ” — oːk"),
    ],
)
def test_as_it_is_said(text: str, symbols: str, phonemizer: Phonemizer) -> None:
    assert _written(text, phonemizer) == symbols


def test_a_word_has_its_place(phonemizer: Phonemizer) -> None:
    text = "De  (oude) brug , zei 'Jan' …"
    places = [text[said.start : said.end] for said in phonemes(text, phonemizer.ipa)]
    assert places == ["De", "oude)", "brug", "zei", "Jan'"]


def test_every_word_with_a_sound_of_its_own_can_be_said(phonemizer: Phonemizer) -> None:
    for word in known().words:
        assert set(_written(word, phonemizer)) <= set(numbers())


@given(st.lists(st.tuples(*(st.sampled_from(choice) for choice in (SIGNS, WORDS, SIGNS)))))
def test_no_word_is_lost(phonemizer: Phonemizer, parts: list[tuple[str, str, str]]) -> None:
    text = " ".join("".join(part) for part in parts)
    said = phonemes(text, phonemizer.ipa)
    assert len(said) == len(parts)
    assert all(set(one.symbols) - set(PUNCTUATION) and set(one.symbols) <= set(numbers()) for one in said)


@given(st.text())
def test_whatever_comes_is_written_in_kokoros_symbols(text: str) -> None:
    def echo(words: Sequence[str]) -> list[str]:
        return list(words)

    for said in phonemes(text, echo):
        assert said.symbols
        assert set(said.symbols) <= set(numbers())
        assert 0 <= said.start < said.end <= len(text)


@pytest.mark.parametrize(
    "text", ["r" * 100_000, "ˈ" * 100_000, "ɔ͡" * 50_000, "…'" * 50_000, "a," * 50_000, "( " * 50_000]
)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    start = time.process_time()
    phonemes(text, list)
    assert time.process_time() - start < 2.0
