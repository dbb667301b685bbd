"""Whom a description speaks for most, and who speaks where the article turns to somebody else for a sentence."""

from __future__ import annotations

import pytest

from tests.segment.articles import speakers

SAID = "‘Het water staat nu al aan de deur’"


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        # A property of somebody known is no new person; an office, or what is somebody's, is one.
        (["Noor Bakker (81) bakt nog elke dag.", f"{SAID}, zegt de oma van zeven kleinkinderen."], "Noor Bakker"),
        (["Noor Bakker werkte hier jaren.", f"{SAID}, vertelt de oud-collega."], "Noor Bakker"),
        (["Een inbreker vluchtte voor Noor Bakker.", f"{SAID}, zegt de kranige weduwe."], "Noor Bakker"),
        (["Noor Bakker stond terecht.", f"{SAID}, zegt de rechter."], None),
        (["Noor Bakker viel van haar fiets.", f"{SAID}, zegt de moeder van het slachtoffer."], None),
        (["Noor Bakker stapte binnen.", f"Haar tafelgenote lacht. {SAID}, vult die aan."], None),
        (["Noor Bakker exposeert in Parijs.", f"{SAID}, zegt de kunstenaar."], "Noor Bakker"),
        (["Schaatser Kees Pool werd tweede.", f"{SAID}, lachte de Heerenvener."], "Kees Pool"),
        (["Dit zeggen de bewoners.", f"{SAID} – Noor Bakker, lerares"], "Noor Bakker"),
        (["Kees Pool (74) sprak. Veerman Wim Bos niet.", f"{SAID}, zegt de 36-jarige schipper."], "Wim Bos"),
        # One trade speaks against another.
        (
            ["Kaasboer Noor Bakker en visboer Kees Pool.", f"Pool lacht. {SAID}, roept de kaasboer."],
            "Noor Bakker",
        ),
        # Two who stand beside each other, or of whom one is the other's.
        (
            [
                "Noor Pool en haar dochter Els Pool zijn arts.",
                f"Kees Bos zwijgt. {SAID}, zegt de oudste van de twee.",
            ],
            "Noor Pool",
        ),
        (["Kees (71) en Wim Pool (68) varen.", f"Nu roeit de oudste broer. {SAID}, zegt hij."], "Kees Pool"),
    ],
)
def test_the_one_for_whom_most_speaks(paragraphs: list[str], speaker: str | None) -> None:
    assert speakers(*paragraphs)[-1] == speaker


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        # Number is told by the verb beside the pronoun, not by a word beyond the comma or the full stop.
        (["Imkers klagen. Noor Bakker deelt in de klappen. Zij kweekt bijen.", f"{SAID}, zegt ze."], "Noor Bakker"),
        (["Imkers klagen. Noor Bakker ziet dat ze leven, zij het kort.", f"{SAID}, zegt ze."], "Noor Bakker"),
        # A group can be "zij", where it has just spoken.
        (
            ["Stichting Otter. ‘Wij zijn nu vol’, meldt de stichting. Zij eist geld. ‘Nu is het op’, schrijft ze."],
            "Stichting Otter",
        ),
        # The article turns to somebody who is spoken of, and the speaker goes on.
        ([f"{SAID}, zegt Noor Bakker. Haar man sliep altijd bij de oven. ‘Dat mist hij nog steeds.’"], "Noor Bakker"),
        (["Kees Pool kwam in 1970. Zijn vader werkte hard. ‘Hij zei altijd: ga naar school.’"], "Kees Pool"),
        # Who tells what the sentence before holds, wherever they stand in it.
        (["Noor Bakker en Kees Pool.", f"Bakker sliep nog, zegt Pool. {SAID}."], "Kees Pool"),
        # Who has said it, comes after it.
        (["Kees Pool is boos.", f"{SAID}. De buurvrouw die dit vertelt, wil niet met zijn naam in de krant."], None),
        # An age in a sentence of its own.
        (["Kees Pool en Wim Bos varen. Pool is 20. Bos is 83.", f"{SAID}, zegt de oudste van de twee."], "Wim Bos"),
        # Who is spoken to may answer, and "de Almeerder" is a man.
        ([f"{SAID}, zegt Noor Bakker tegen visboer Kees Pool.", "‘Dan ga ik maar eens’, antwoordt hij."], "Kees Pool"),
        (["Kees Pool werkt bij Noor Bakker.", f"Bakker lacht. {SAID}, vraagt de Almeerder."], "Kees Pool"),
        (["Volgens Noor Bakker zei burgemeester Kees Pool: ‘Dat komt wel weer goed.’"], "Kees Pool"),
        (["Kees Pool en Noor Bakker varen.", f"{SAID}, aldus laatstgenoemde."], "Noor Bakker"),
        ([f"Noor Bakker sprak. {SAID}, klonk het uit de zaal."], None),
        (["SINT-TRUIDEN - De bond is boos.", f"{SAID}, zegt de bond."], None),
        (["In de loods controleert Noor Bakker de pomp.", f"Kees Pool kijkt. Ze lacht. {SAID}."], "Noor Bakker"),
    ],
)
def test_the_sentence_before_tells_who_speaks(paragraphs: list[str], speaker: str | None) -> None:
    assert speakers(*paragraphs)[-1] == speaker
