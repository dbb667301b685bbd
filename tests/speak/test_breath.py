from __future__ import annotations

import pytest

from tts.speak.breath import CLAUSE, COMMA, CONJUNCTION, NAME, PLAIN, PREPOSITION, SENTENCE, TIGHT, Word, cost


def between(left: str, right: str) -> int:
    return cost(Word(left, left), Word(right, right))


@pytest.mark.parametrize(
    ("left", "right", "price"),
    [
        ("dicht.", "De", SENTENCE),
        ("dicht.’’", "‘’De", SENTENCE),
        ("stil.", "’s", SENTENCE),
        ("weg?", "vroeg", COMMA),
        ("open;", "de", CLAUSE),
        ("huis –", "oud", CLAUSE),
        ("huis,", "dat", COMMA),
        ("huis", "(een", CONJUNCTION),
        ("huis", "omdat", CONJUNCTION),
        ("huis", "achter", PREPOSITION),
        ("oude", "huis", PLAIN),
        ("het", "huis", TIGHT),
        ("te", "lopen", TIGHT),
        ("heeft", "gelopen", TIGHT),
        ("lopen", "zal", TIGHT),
        ("twaalf", "huizen", TIGHT),
        ("miljoen", "mensen", TIGHT),
        ("keer", "per", TIGHT),
        ("ca.", "huizen", TIGHT),
        ("Klaas", "Jansen", NAME),
        ("Klaas", "van", NAME),
        ("der", "Meij", NAME),
        ("2.", "Jansen", NAME),
        ("Stb.", "1895", NAME),
        ("B.", "De", SENTENCE),
    ],
)
def test_what_a_breath_costs(left: str, right: str, price: int) -> None:
    assert between(left, right) == price


def test_an_abbreviation_goes_with_what_follows() -> None:
    assert cost(Word("doctor", "dr."), Word("Jansen", "Jansen")) == NAME
    assert cost(Word("j p", "J.P."), Word("Jansen", "Jansen")) == NAME


def test_places_to_breathe_are_in_order() -> None:
    places = [SENTENCE, CLAUSE, COMMA, CONJUNCTION, PREPOSITION, PLAIN, TIGHT, NAME]
    assert places == sorted(set(places))
