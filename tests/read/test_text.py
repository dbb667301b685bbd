"""Plain text: what stands above an article and among its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.read import read_article
from tts.read.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

LEAD = "De brug over de Lauwe is na elf jaar klaar, en daar heeft bijna niemand in het dorp nog op gerekend."


@pytest.mark.parametrize(
    ("above", "title", "author"),
    [
        ("", None, None),
        ("Brug over de Lauwe klaar\n\n", "Brug over de Lauwe klaar", None),
        ("Brug over de Lauwe klaar\n\nDoor Anna de Wit\n\n", "Brug over de Lauwe klaar", "Anna de Wit"),
    ],
)
def test_a_date_glued_to_the_lead_under_a_title_is_no_text(above: str, title: str | None, author: str | None) -> None:
    draft = read_text(f"{above}date 2025-10-30 {LEAD}")
    assert (draft.title, draft.date, draft.author) == (title, "2025-10-30", author)
    assert [paragraph.text for paragraph in draft.paragraphs] == [LEAD]


@pytest.mark.parametrize(
    "caption",
    [
        "De brug bij nacht, gezien vanaf de dijk.\nFoto Harm Zijlstra",
        "Kindertekening van de brug\nBeeld ANP",
        "Wethouder Ans Bolt op de nieuwe brug, met achter haar de oude veerpont\n\nFoto: Harm Zijlstra",
    ],
)
def test_a_caption_goes_with_the_credit_under_it(caption: str) -> None:
    draft = read_text(f"Brug klaar\n\n{LEAD}\n\n{caption}\n\nVrijdag gaat zij open.")
    assert [paragraph.text for paragraph in draft.paragraphs] == [LEAD, "Vrijdag gaat zij open."]


@pytest.mark.parametrize(
    "line",
    [
        "Een man keek toe.\n\nFoto Harm Zijlstra",
        "Het wachten\n\nFoto Harm Zijlstra",
        "Een man keek toe.\nFoto’s maakte hij niet.",
    ],
)
def test_text_above_a_picture_stays(line: str) -> None:
    draft = read_text(f"Brug klaar\n\n{LEAD}\n\n{line}\n\nVrijdag gaat zij open.")
    assert draft.paragraphs[1].text == line.split("\n", maxsplit=1)[0]


def test_title_and_lead_above_a_credit_stay() -> None:
    draft = read_text(f"Brug klaar\nFoto Harm Zijlstra\n\nEr is feest.\nFoto Harm Zijlstra\n\n{LEAD}")
    assert draft.title == "Brug klaar"
    assert [paragraph.text for paragraph in draft.paragraphs] == ["Er is feest.", LEAD]


@pytest.mark.parametrize(
    "text",
    [
        f"Brug klaar\n\nBrug klaar\n\n{LEAD} Vrijdag gaat zij open.",
        f"Brug klaar\n\n{LEAD}\n\n{LEAD} Vrijdag gaat zij open.",
        f"Brug klaar\n\nDoor Anna de Wit\n\n{LEAD} Vrijdag gaat zij open.\n\nDoor Anna de Wit",
        f"Brug klaar\n\n{LEAD} Vrijdag gaat zij open.\n\nBijgewerkt op 13 mei 2024 om 14.00 uur",
    ],
)
def test_what_stands_there_twice_is_read_once(text: str, tmp_path: Path) -> None:
    source = tmp_path / "brug.txt"
    source.write_text(text, encoding="utf-8")
    article = read_article(str(source))
    assert article.title == "Brug klaar"
    assert [paragraph.text for paragraph in article.paragraphs] == [f"{LEAD} Vrijdag gaat zij open."]


def test_a_byline_under_a_scraped_date_is_no_text() -> None:
    draft = read_text(f"date 2025-10-30 Brug klaar\n\nDoor Anna de Wit\n\n{LEAD}")
    assert (draft.date, draft.author) == ("2025-10-30", "Anna de Wit")
    assert [paragraph.text for paragraph in draft.paragraphs] == ["Brug klaar", LEAD]


def test_a_word_of_buttons_is_a_heading_between_text() -> None:
    draft = read_text(f"{LEAD}\n\nTerug\n\n{LEAD} En nu toch.\n\nTerug")
    assert [paragraph.text for paragraph in draft.paragraphs] == [LEAD, "Terug", f"{LEAD} En nu toch."]
