"""Direct speech is told from irony, terms, titles and fragments."""

from __future__ import annotations

import pytest

from tests.segment.articles import quotes

INTRODUCTION = "Wethouder Noor Bakker praatte gisteren met de bewoners."


@pytest.mark.parametrize(
    "text",
    [
        "‘We beginnen morgen met graven’, zegt Bakker.",
        "Bakker zegt: ‘We beginnen morgen met graven.’",
        "Volgens Bakker is het zover: ‘We beginnen morgen met graven.’",
        "Bakker is tevreden. ‘We beginnen morgen met graven.’",
        "‘We beginnen morgen met graven!’ roept Bakker.",
        "‘We beginnen morgen met graven’, zo laat Bakker weten.",
        "‘We beginnen morgen met graven’, legt Bakker uit.",
        "‘We beginnen morgen met graven’, heeft Bakker in de raad gezegd.",
        "‘We beginnen morgen met graven’, glundert Bakker.",
        "‘We beginnen morgen met graven.’ Dat zegt Bakker.",
        "Met de woorden ‘We beginnen morgen met graven’ sloot Bakker de avond.",
    ],
)
def test_speech(text: str) -> None:
    assert [(q.text.rstrip(".!"), q.speaker) for q in quotes(INTRODUCTION, text)] == [
        ("We beginnen morgen met graven", "Noor Bakker")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bakker noemt het plan ‘een klap in het gezicht van de buurt’.",
        "Volgens Bakker is het ‘niet meer dan logisch’.",
        "‘Onzin’, zegt Bakker.",
        "‘Een schande voor de stad’, zegt Bakker.",
        "‘Eén schot per seconde, tienduizend op een dag’, zegt Bakker.",
        "Het rapport ‘Zo houden we het droog’ ligt op haar bureau.",
        "Ze las de roman ‘Wie het water vreest’ in een avond.",
        "In de zaal klonk ‘Ik ga nog niet naar huis’, een lied uit 1974.",
        "‘Wie niet waagt, die wint niet’ is een oud gezegde.",
        "‘Samen maken we de stad groen’ luidt het motto van de avond.",
        "Op het spandoek stond: ‘Wij gaan hier nooit meer weg’.",
        "Zogenoemde ‘wij gaan niet weg’-borden hangen overal.",
        "‘Wat je zaait zul je oogsten.’ Dat staat op een tegeltje in de hal.",
    ],
)
def test_no_speech(text: str) -> None:
    assert quotes(INTRODUCTION, text) == []


def test_a_verb_in_no_list_is_known_by_its_place() -> None:
    found = quotes(INTRODUCTION, "‘De scheepvaart ondervindt drie nachten hinder’, zegt Bakker.")
    assert [q.speaker for q in found] == ["Noor Bakker"]


def test_an_interrupted_quote_is_two() -> None:
    found = quotes(INTRODUCTION, "‘Ik denk’, zegt Bakker, ‘dat het wel goed komt.’")
    assert [(q.text, q.speaker) for q in found] == [
        ("Ik denk", "Noor Bakker"),
        ("dat het wel goed komt.", "Noor Bakker"),
    ]


def test_irony_in_an_article_with_other_marks_for_speech() -> None:
    found = quotes(
        INTRODUCTION,
        "‘’We beginnen morgen met graven’’, zegt Bakker. ‘’Dan kan iedereen komen kijken.’’",
        "Het is een ‘feest’. ‘Samen werken we eraan.’ Zo heet dat dan.",
    )
    assert [q.text for q in found] == ["We beginnen morgen met graven", "Dan kan iedereen komen kijken."]
