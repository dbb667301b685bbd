"""The forms in which newsrooms print an interview, and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.segment.articles import article
from tts.model import Paragraph
from tts.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable

LEAD = "Molenaar Noor de Graaf (58) sluit in mei haar zaak. Ze maalde er dertig jaar."
TWO = "Noor de Graaf (58) en Teun van der Wees (61) malen samen, al dertig jaar."


def _strong(text: str) -> Paragraph:
    return Paragraph("text", text, strong=True)


def _slanted(text: str) -> Paragraph:
    return Paragraph("text", text, slanted=True)


def _said(*paragraphs: str | Paragraph) -> list[tuple[str | None, str]]:
    return [(block.speaker, block.text) for block in segment(article(*paragraphs)) if block.kind == "quote"]


@pytest.mark.parametrize("set_apart", [_strong, _slanted, lambda text: Paragraph("heading", text)])
def test_answers_that_seldom_say_i(set_apart: Callable[[str], Paragraph]) -> None:
    answers = ["Op zolder. ‘Die weet het nog’, zei opa tegen mij.", "Een molen wil draaien.", "Nee, ik slaap prima."]
    questions = ["Waar begon het?", "Wat is een molen voor u?", "Ligt u er wakker van?"]
    paragraphs = [p for q, a in zip(questions, answers, strict=True) for p in (set_apart(q), a)]
    assert _said(LEAD, *paragraphs) == [("Noor de Graaf", answer) for answer in answers]


def test_an_answer_may_end_in_a_question() -> None:
    asks = "Niemand vroeg me iets. Waar moest ik heen?"
    found = _said(LEAD, "Waarom bleef u?", asks, "Mist u iets?", "Ik mis de wind.", "U lacht.", "Ik lach altijd.")
    assert [text for _, text in found] == [asks, "Ik mis de wind.", "Ik lach altijd."]


@pytest.mark.parametrize("labels", [("De Graaf", "Van der Wees"), ("NdG", "TvdW"), ("NG", "TW"), ("NOOR", "TEUN")])
@pytest.mark.parametrize("form", ["{}: {}", "{} (lacht): {}"])
def test_two_people_with_labels(labels: tuple[str, str], form: str) -> None:
    lines = [form.format(labels[i % 2], text) for i, text in enumerate(["De wind.", "Het meel.", "Geld.", "Rust."])]
    found = _said(TWO, "Wat is het mooist?", lines[0], lines[1], "Wat ontbreekt er?", lines[2], lines[3])
    assert [speaker for speaker, _ in found] == ["Noor de Graaf", "Teun van der Wees"] * 2


def test_a_letter_is_not_a_name() -> None:
    found = _said(LEAD, "Q: Is het koud?", "A: Vandaag wel.", "Q: En morgen?", "A: Morgen malen we.")
    assert found == [("Noor de Graaf", "Vandaag wel."), ("Noor de Graaf", "Morgen malen we.")]


def test_what_is_told_between_answers_in_marks() -> None:
    blocks = segment(
        article(
            LEAD,
            _strong("Bent u moe?"),
            "“Ik slaap veel te weinig.” Ze schenkt thee in. “Dat hoort bij molenaars.”",
            _strong("En nu?"),
            "“Thee.”",
        )
    )
    assert [b.text for b in blocks if b.kind == "quote"] == [
        "Ik slaap veel te weinig.",
        "Dat hoort bij molenaars.",
        "Thee.",
    ]


def test_what_is_told_between_plain_answers() -> None:
    found = _said(
        LEAD, _strong("Bent u moe?"), "Ik slaap weinig.", _slanted("Ze schenkt thee in."), _strong("En u?"), "Ik ook."
    )
    assert [text for _, text in found] == ["Ik slaap weinig.", "Ik ook."]


def test_questions_of_the_reader_are_no_interview() -> None:
    found = _said(
        "Molenaar Noor de Graaf weet alles van meel. Drie vragen.",
        _strong("Hoe lang kan ik meel bewaren?"),
        "Een jaar, op een droge plek. We krijgen die vraag vaak.",
        _strong("Wordt mijn brood er beter van?"),
        "Ja. “Vers meel ruikt naar de akker”, zegt De Graaf.",
    )
    assert found == [("Noor de Graaf", "Vers meel ruikt naar de akker")]


def test_an_article_of_questions_and_answers_alone() -> None:
    found = _said(
        "Wat maakt u boos?",
        "Ik word boos van ruis.",
        "Waar bent u trots op?",
        "Mijn brood.",
        "Wie mist u?",
        "Ik? Haar.",
    )
    assert found == [(None, "Ik word boos van ruis."), (None, "Mijn brood."), (None, "Ik? Haar.")]
