"""Pull quotes in scraped text, their credits, and what they repeat."""

from __future__ import annotations

import pytest

from tests.segment.articles import quotes
from tts.model import Block, Paragraph
from tts.segment.pulls import credited, split_credit
from tts.segment.repeats import Body

BODY = (
    "Dijkgraaf Klaas van der Meij kijkt naar de rivier. "
    "‘’Als we nu niet beginnen, dan staan we straks tot de knieën in het water.’’"
)


def _pull(*paragraphs: str) -> Block:
    (pull,) = [block for block in quotes(*paragraphs) if block.pull]
    return pull


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("We gaan door. Noor Bakker, wethouder", "Noor Bakker, wethouder"),
        ("We gaan door! Bakker", "Bakker"),
        ("‘We gaan door.’ Noor Bakker", "Noor Bakker"),
        ("‘We gaan door’ Noor Bakker", "Noor Bakker"),
        (
            "We gaan door. Dr. J.P. van der Meij, lector aan de hogeschool",
            "Dr. J.P. van der Meij, lector aan de hogeschool",
        ),
        ("We gaan door. Wethouder Noor Bakker (D66)", "Wethouder Noor Bakker (D66)"),
        ("We gaan door. Omwonende", "Omwonende"),
        ("Xi wacht. Poetin niet. Abbas Galjoen, politicoloog", "Abbas Galjoen, politicoloog"),
        ("We gaan door. Dat zegt Bakker.", None),
        ("We gaan door.", None),
    ],
)
def test_the_credit_follows_the_last_sentence(text: str, credit: str | None) -> None:
    assert split_credit(text).credit == credit


@pytest.mark.parametrize(
    ("credit", "name", "role"),
    [
        ("Noor Bakker, wethouder van Oost", "Noor Bakker", "wethouder van Oost"),
        ("— Noor Bakker", "Noor Bakker", None),
        ("wethouder Noor Bakker", "Noor Bakker", "wethouder"),
        ("Noor Bakker (wethouder)", "Noor Bakker", "wethouder"),
        ("dr. Noor Bakker", "Noor Bakker", None),
        ("Wethouder Bakker", "Bakker", "Wethouder"),
        ("een omwonende", None, "een omwonende"),
    ],
)
def test_a_credit_is_a_name_and_a_role(credit: str, name: str | None, role: str | None) -> None:
    assert credited(credit) == (name, role)


def test_a_pull_quote_repeats_the_body_before_and_after_it() -> None:
    scraped = "Quote Als we nu niet beginnen, staan we straks tot de knieën in het water. Klaas van der Meij, Dijkgraaf"
    for paragraphs in ((BODY, scraped, "Slot."), (scraped, BODY, "Slot.")):
        pull = _pull(*paragraphs)
        assert (pull.speaker, pull.role, pull.repeats) == ("Klaas van der Meij", "Dijkgraaf", True)


def test_of_two_with_one_surname_it_is_the_one_who_said_it() -> None:
    other = "Zijn nicht Irma van der Meij is bang. ‘’Ik verkoop mijn huis als dit zo doorgaat.’’"
    pull = _pull(BODY, other, "Quote Ik verkoop mijn huis als dit zo doorgaat. Van der Meij", "Slot.")
    assert (pull.speaker, pull.repeats) == ("Irma van der Meij", True)


def test_without_a_credit_the_body_tells_who_said_it() -> None:
    pull = _pull(BODY, "Quote We staan straks tot de knieën in het water", "Slot.")
    assert (pull.text, pull.speaker, pull.repeats) == (
        "We staan straks tot de knieën in het water",
        "Klaas van der Meij",
        True,
    )


def test_a_credit_without_a_full_stop_before_it() -> None:
    pull = _pull(BODY, "Quote De rivier vraagt niets en neemt alles Van der Meij", "Slot.")
    assert (pull.text, pull.speaker, pull.repeats) == (
        "De rivier vraagt niets en neemt alles",
        "Klaas van der Meij",
        False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Quote is een zakenblad dat rijke mensen telt.",
        "Quote publiceerde gisteren een lijst met namen.",
        "Quote 500 heet voortaan anders, zegt de uitgever.",
        "Quote Media verkoopt het blad aan een concurrent.",
        "Quote, het zakenblad, telt de rijken.",
    ],
)
def test_the_word_quote_is_not_always_a_label(text: str) -> None:
    assert quotes(BODY, text, "Slot.") == quotes(BODY, "Slot.")


def test_an_aside_is_a_pull_quote() -> None:
    found = quotes(BODY, Paragraph("aside", "We staan straks tot de knieën in het water."), "Slot.")
    assert [(q.speaker, q.pull, q.repeats) for q in found] == [
        ("Klaas van der Meij", False, False),
        ("Klaas van der Meij", True, True),
    ]


@pytest.mark.parametrize(
    ("pull", "repeats"),
    [
        ("Het water komt elk jaar een beetje hoger en niemand doet er iets aan.", True),
        ("Het water komt ieder jaar een beetje hoger, en niemand doet er wat aan.", True),
        ("Niemand doet er iets aan", True),
        ("Elk jaar komt er een ambtenaar langs. Niemand doet er iets aan.", True),
        ("Er komt een moment dat we hier weg moeten.", False),
        ("Het water is hier altijd de baas geweest.", False),
    ],
)
def test_nearly_and_in_part_are_repetitions_too(pull: str, repeats: bool) -> None:  # a parameter of the table
    body = Body(["Kijk, het water komt elk jaar een beetje hoger en niemand doet er iets aan. Ik heb het wel gehad."])
    assert (body.repeated_by(pull) is not None) == repeats
