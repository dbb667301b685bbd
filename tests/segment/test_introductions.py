"""Somebody, or a group, whom the article brings in without a name or a role that it gave before."""

from __future__ import annotations

import pytest

from tests.segment.articles import article, quotes, speakers
from tts.segment import segment

SAID = "‘Het water staat nu al aan de deur’"
COURT = "De rechtbank behandelde de zaak tegen Gerben Pool (41). Hij zou de loods van boer Ruud Bos hebben verkocht."


@pytest.mark.parametrize(
    ("paragraphs", "role"),
    [
        # An office that nobody named holds, beside people with names.
        ([COURT, f"{SAID}, zei de officier van justitie."], "de officier van justitie"),
        ([COURT, f"De politierechter keek op. {SAID}, zei ze."], "de politierechter"),
        # Whom more is told of, for they are new.
        (
            [
                "Burgemeester Noor Pool is boos.",
                f"De boer die er zijn koeien laat grazen, zwijgt niet. {SAID}, zegt hij.",
            ],
            "de boer",
        ),
        (
            ["Noor Pool danste. Ze won.", f"Een fietsster met rode wangen stapt af. {SAID}, zegt ze."],
            "een fietsster met",
        ),
        (["Trainer Kees Pool won.", f"{SAID}, zei de trainer van Noorderaa."], "de trainer van Noorderaa"),
        (["Arts Noor Pool kwam.", f"Een man met een pet luistert mee. {SAID}, zegt de man."], "een man met een"),
        (["Drie vrouwen praten met Kees Pool.", f"{SAID}, weet een van hen."], "een van hen"),
    ],
)
def test_who_is_new_stays_without_a_name(paragraphs: list[str], role: str) -> None:
    said = quotes(*paragraphs)[-1]
    assert said.speaker is None
    assert (said.role or "").startswith(role)


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        (["De directeur van Zonnehof, Noor Pool, zuchtte.", f"{SAID}, zegt ze."], "Noor Pool"),
        (
            ["Boer Kees Pool woont hier met zijn kleindochter Lotte (9).", f"Lotte wijst. Haar opa knikt. {SAID}."],
            "Kees Pool",
        ),
        (["Agent Kees Pool kwam. Er stond al een buurvrouw voor de deur.", f"{SAID}, zegt hij."], "Kees Pool"),
        (["Noor Pool lacht.", f"Jildou, hun oudste, niet. {SAID}, zegt ze."], "Jildou"),
    ],
)
def test_who_is_told_beside_the_name_is_that_one(paragraphs: list[str], speaker: str) -> None:
    assert speakers(*paragraphs)[-1] == speaker


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        (["Merconbank wil er niets over zeggen.", f"{SAID}, mailt de bank."], "Merconbank"),
        (
            ["Het ministerie van Volksgezondheid schrikt niet.", f"{SAID}, meldt het ministerie."],
            "ministerie van Volksgezondheid",
        ),
        (
            ["De molens zijn van ontwikkelaar Enova Wind.", f"Dat bestrijdt Enova. {SAID}, stelt het bedrijf."],
            "Enova Wind",
        ),
        (
            ["Het geld gaat naar uitzendbureau FlexGroen. Het bedrijf zwijgt.", f"{SAID}, schrijft het in een mail."],
            "FlexGroen",
        ),
        (
            ["Middenstand Meerwijk, dat zestig zaken verenigt, is boos.", f"{SAID}, schrijft de vereniging."],
            "Middenstand Meerwijk",
        ),
        (["Noor Pool (41) dirigeert brassband Looft den Heer.", f"Ze lacht. {SAID}."], "Noor Pool"),
        (["Raadslid Noor Pool (Groen Meerwijk) zucht.", f"Het meisje ook. {SAID}, zegt Pool."], "Noor Pool"),
    ],
)
def test_a_group_is_known_by_what_stands_beside_it(paragraphs: list[str], speaker: str) -> None:
    assert speakers(*paragraphs)[-1] == speaker


def test_a_dash_before_each_turn_makes_speech() -> None:
    turns = ["– Waar stopte u die kazen in?", "– In de wagen, onder een deken.", "– En waar was het kind?"]
    blocks = segment(
        article("De rechter vraagt, Kees Pool antwoordt.", *turns, "Daarna ging hij naar huis, met de wagen.")
    )
    assert [block.kind for block in blocks] == ["narration", "quote", "quote", "quote", "narration"]
    assert blocks[1].text == "Waar stopte u die kazen in?"


def test_a_dash_before_each_entry_of_a_list_makes_none() -> None:
    entries = ["– Het Rijk betaalt de helft.", "– De provincie betaalt de rest.", "– Het dorp betaalt niets."]
    assert quotes("Zo is het geregeld.", *entries, "Daarmee was de zaak rond.") == []
