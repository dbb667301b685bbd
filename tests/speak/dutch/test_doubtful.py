from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.read import read_article
from tts.speak.dutch.doubtful import doubtful, why_doubtful

ARTICLES = sorted(
    path for path in (Path(__file__).parents[2] / "corpus" / "articles").iterdir() if path.suffix != ".json"
)


def _words(text: str, **lexicon: str) -> list[str]:
    return [doubt.word for doubt in doubtful([text], lexicon)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Szczepan", "szcz"),
        ("Horváczky", "cz"),
        ("Mikhail", "kh"),
        ("Jagernath", "th"),
        ("Dvořák", "ř"),
        ("Søren", "ø"),
        ("Håkan", "å"),
        ("Müslüm", "ü"),
        ("Mbeki", "mb"),
        ("Schmoller", "schm"),
        ("Toufali", "ou"),
        ("Benhaddou", "ou"),
        ("Hiiragi", "ii"),
        ("Krylov", "v"),
        ("D’Ambrini", "apostrophe"),
        ("O'Dowda", "apostrophe"),
    ],
)
def test_a_foreign_name_is_doubtful_and_it_says_why(name: str, reason: str) -> None:
    (doubt,) = doubtful([f"Toen kwam {name} binnen, en {name}’s hond."], {})
    assert (doubt.word, doubt.n, doubt.spoken) == (name, 2, name)
    assert reason in doubt.reason.lower()
    assert name in doubt.context


@pytest.mark.parametrize(
    "text",
    [
        "De burgemeester van Schiedam, Roelof Terpstra, sprak met Thijs en Sjoerd van Nieuwenhuijzen.",
        "In ’s-Hertogenbosch zei Wouter Hoekstra zo’n beetje alles over foto’s en coördinatie.",
        "Volgens Ruud Gerritsen uit IJsselstein is de reünie in Hoogeveen geëindigd in een façade.",
        "Theaters, chauffeurs en journalisten vieren feest. Chauffeurs het meest.",
        "De NAVO, het ICC, de PvdA en het KNMI zwijgen.",
        "Koning Willem III betaalde € 12 miljoen aan WhatsApp en mail@example.org.",
        "Dat is NIET waar.",
        "STORM TREKT OVER HET LAND",
        "HENGELO (ANP) – De brug is open.",
        "Een stagiair at in de herfst erwtensoep, maar omhelsd heeft hij níet één penitentiair.",
        "De dichtstbijzijnde halte, de slechtstbetaalde baan en het recentste bericht.",
    ],
)
def test_ordinary_dutch_and_known_names_are_not(text: str) -> None:
    assert _words(text) == []


def test_capitals_in_no_table_are_doubtful_spelled_or_read() -> None:
    spelled, read = doubtful(["De bond TVGK en stichting OMARIS tekenden."], {})
    assert (spelled.word, spelled.spoken) == ("TVGK", "t v g k")
    assert (read.word, read.spoken) == ("OMARIS", "OMARIS")


def test_capitals_of_a_word_that_the_text_has_are_a_shout() -> None:
    assert _words("Dit is de laatste KANSRIJK genoemde. Zij is kansrijk.") == []


def test_words_of_the_lexicon_are_left_out() -> None:
    text = "Toen kwam Szczepan met de TVGK."
    assert _words(text) == ["Szczepan", "TVGK"]
    assert _words(text, Szczepan="Sjtsjepan", TVGK="tevege ka") == []


def test_parts_with_hyphens_count_apart() -> None:
    assert _words("Dat zegt Jan Vos-Szczepan.") == ["Szczepan"]


def test_ordinary_words_of_articles_are_hardly_ever_listed() -> None:
    words = {
        word
        for path in ARTICLES
        for paragraph in read_article(str(path)).paragraphs
        for word in paragraph.text.replace("-", " ").split()
        if word.isalpha() and word.islower() and len(word) > 1
    }
    listed = {word for word in words if why_doubtful(word, is_name=False)}
    assert len(words) > 1500
    assert len(listed) <= len(words) / 500, listed


@given(st.lists(st.text(alphabet="aAzZšØ’'&-. 3İß\n", max_size=60), max_size=4))
def test_each_doubt_stands_in_the_texts_as_often_as_it_says(texts: list[str]) -> None:
    found = doubtful(texts, {})
    assert len({doubt.word for doubt in found}) == len(found)
    for doubt in found:
        assert sum(text.count(doubt.word) for text in texts) >= doubt.n >= 1
        assert doubt.word in doubt.context


@pytest.mark.parametrize("piece", ["A", "’", "A’", "Ab ", "-", "zč", "(“", "aeiou"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    doubtful([piece * (100_000 // len(piece))], {})
    assert time.process_time() - began < 5
