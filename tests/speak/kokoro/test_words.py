"""How Dutch words are said where espeak-ng errs."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.speak.espeak.phonemes import Phonemizer
from tts.speak.kokoro import words
from tts.speak.kokoro.words import compound, known, said

if TYPE_CHECKING:
    from collections.abc import Iterator

TIE = "\N{COMBINING DOUBLE INVERTED BREVE}"
FIRST, LAST = known().first.split(), known().last.split()


@pytest.fixture(scope="module")
def phonemizer() -> Iterator[Phonemizer]:
    phonemizer = Phonemizer()
    yield phonemizer
    phonemizer.close()


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Handboek", ("hand", "boek")),
        ("verkeersplein", ("verkeers", "plein")),
        ("zonneschijn", ("zonne", "schijn")),
        ("ruimteschip", ("ruimte", "schip")),  # not "ruimtes" and "chip"
        ("hoofdrolspelers", ("hoofd", "rol", "spelers")),
        ("doorgegeven", ("door", "gegeven")),
        ("bestuur", ("bestuur",)),
        ("planeten", ("planeten",)),
        ("Zuid-Holland", ("Zuid-Holland",)),
        ("", ("",)),
    ],
)
def test_what_a_compound_is_made_of(word: str, parts: tuple[str, ...]) -> None:
    assert compound(word) == parts


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("handboek", "hˈɑntbˌuk"),  # "hɑndbˈuk"
        ("schoenwinkels", "sxˈunʋˌɪŋkəls"),  # "sxˌunʋɪŋkˈɛls"
        ("gevangenisstraf", "ɣəvˈɑŋənˌɪstrˌɑf"),
        ("Effect", "ɛfˈɛkt"),
        ("Italië", "itˈaːliə"),
        ("innovatie", "ˌɪnoːvˈaːtsi"),
        ("democratie", "dˌeːmoːkraːtsˈi"),
        ("koffie", "kˈɔfi"),
        ("wetenschappelijk", "ʋˌeːtənsxˈɑpələk"),
        ("informeert", "ˌɪnfɔrmˈɪrt"),
        ("afgestudeerd", "ˈɑfɣəstydˌɪrt"),
        ("kinderen", "kˈɪndərən"),
        ("tekent", "tˈeːkənt"),
        ("spelletjes", "spˈɛlətʲəs"),
        ("raadsman", "rˈaːtsmˌɑn"),  # "rˈaːdsmɑn"
        ("bloeddruk", "blˈudrˌɵk"),
    ],
)
def test_how_a_word_is_said(word: str, ipa: str, phonemizer: Phonemizer) -> None:
    assert said([word], phonemizer.ipa) == [ipa]


def test_every_correction_is_of_use(phonemizer: Phonemizer) -> None:
    fixed = known().words
    read = phonemizer.ipa(list(fixed))
    assert [word for word, sound in zip(fixed, read, strict=True) if sound.replace(TIE, "") == fixed[word]] == []


def test_a_word_is_listed_once_as_it_is_compared() -> None:
    for listed in (FIRST, LAST, known().whole.split()):
        assert listed == sorted(set(listed))
        assert all(word == word.lower() and word.isalpha() for word in listed)


def test_what_is_no_compound_would_be_taken_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = known().whole.split()
    monkeypatch.setattr(words, "_whole", frozenset)
    assert [word for word in whole if compound(word) == (word,)] == []


@given(st.sampled_from(FIRST), st.sampled_from(["", "s"]), st.sampled_from(LAST))
def test_a_compound_is_its_parts_and_has_one_stress(phonemizer: Phonemizer, first: str, link: str, last: str) -> None:
    word = first + link + last
    assert "".join(compound(word)) == word
    (sound,) = said([word], phonemizer.ipa)
    assert len(re.findall("ˈ", sound)) <= 1


@given(st.lists(st.text(max_size=50)))
def test_each_word_is_said_on_its_own(asked: list[str]) -> None:
    assert said(asked, list) == [sound for word in asked for sound in said([word], list)]


@pytest.mark.parametrize("word", ["zee" * 13, "a" * 40, "s" * 100_000, "ˈ" * 100_000, "lijk" * 25_000])
def test_hostile_words_take_no_time(word: str) -> None:
    start = time.process_time()
    said([word], list)
    assert time.process_time() - start < 1.0
