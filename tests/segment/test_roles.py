"""What nouns tell: which two can be one person's, and of what gender."""

from __future__ import annotations

import pytest

from tts.segment.clauses import asks_in
from tts.segment.roles import agent_stem, gender_of_role, role_head, same_role


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("trainer", "oefenmeester", True),
        ("minister", "premier", True),
        ("woordvoerster", "voorlichter", True),
        ("schrijfster", "auteur", True),
        ("oma", "oma", True),
        ("speelster", "keepster", True),
        ("bioloog", "gedragsbioloog", True),
        ("keeper", "spits", False),
        ("kopman", "winnaar", False),
        ("vrouw", "buurvrouw", False),
    ],
)
def test_two_words_for_one_role(one: str, other: str, *, same: bool) -> None:
    assert same_role(one, other) is same


@pytest.mark.parametrize(
    ("noun", "gender"),
    [("bakster", "f"), ("woordvoerster", "f"), ("koster", None), ("priester", None), ("minister", None), ("zoon", "m")],
)
def test_a_role_tells_a_gender(noun: str, gender: str | None) -> None:
    assert gender_of_role(noun) == gender


@pytest.mark.parametrize("word", ["overleden", "goedkoper", "waarden", "bevriend", "schouders"])
def test_a_word_that_only_ends_like_a_role(word: str) -> None:
    assert role_head(word) is None


def test_what_a_trade_is_called_after() -> None:
    assert [agent_stem(noun) for noun in ("bakker", "bakster", "winnaar", "wethouder")] == [
        "bak",
        "bak",
        "win",
        "wethou",
    ]


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("De rechter vraagt hem waarom.", True),
        ("Ze wilde weten wie het had gedaan.", True),
        ("De officier vraagt een werkstraf van zestig uur.", False),
        ("De veiling vroeg er 54.000 euro voor.", False),
    ],
)
def test_who_asks_waits_for_an_answer(sentence: str, *, asks: bool) -> None:
    assert asks_in(sentence)[0] is asks
