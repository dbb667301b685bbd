"""Who speaks where it is somebody whom the article brings up, asks, or calls by what they are."""

from __future__ import annotations

import pytest

from tests.segment.articles import quotes, speakers

SAID = "‘Het water staat nu al aan de deur’"


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        # A group is "de organisatie" also where its name has no word for one.
        (["Bibliotheken Waddenland stopt ermee.", f"{SAID}, laat de organisatie weten."], "Bibliotheken Waddenland"),
        (["Het COA is blij met het besluit.", f"{SAID}, meldt de opvangorganisatie."], "COA"),
        (["Chipbouwer Nanolith wil niets zeggen.", f"{SAID}, meldt het bedrijf."], "Nanolith"),
        (["Wijkraad Berflo-Oost is tegen.", f"{SAID}, schrijft de raad."], "Wijkraad Berflo-Oost"),
        # "Rechtszaal" makes nobody a judge, and "co" in "coach" nobody's fellow.
        (["Noor Bakker rolde de rechtszaal in.", f"De rechter knikte. {SAID}."], None),
        (["Coach Wim Pool en Kees Bos praten. Bos lacht.", f"{SAID}, zegt de coach."], "Wim Pool"),
        # A first name that no list has, also at the start of a sentence, with a surname that the article knows.
        (["Klaas Nijhuis maakt klompen.", f"Everwina Nijhuis brengt thee. {SAID}, lacht ze."], "Everwina Nijhuis"),
        (["Twan van Lith houdt de emmer.", f"Gonda van Lith zit in het stro. {SAID}, zegt ze."], "Gonda van Lith"),
        (["Lei, Hub en Sef Geurts zijn broers.", f"{SAID}, herinnert Hub zich."], "Hub Geurts"),
        # "Ben" and "wil" are verbs too.
        (["Ben Kuipers werkt bij de fabriek.", f"{SAID}, vertelt Kuipers."], "Ben Kuipers"),
        (["Wil Prins werkt bij de fabriek. Lisa Bos ook.", f"Wil: {SAID}"], "Wil Prins"),
        # Of two before the colon, the one whose clause it ends.
        ([f"De gemeente Zaandijk is blij, maar wethouder Jan Smit niet: {SAID}"], "Jan Smit"),
        # "De oude Smit" is the elder.
        (["Kees Smit (71) en Wim Smit (34) varen.", f"{SAID}, zegt de oude Smit."], "Kees Smit"),
        (["Kees Smit (71) en Wim Smit (34) varen.", f"{SAID}, zegt de jonge Smit."], "Wim Smit"),
        # What a subject does with its own tells who it can be.
        (["Kees Pool zweeg. Dat duurde lang.", f"De voorzitter schoof haar bril omhoog. {SAID}."], None),
        # Words, and then who said them.
        (["Noor Bakker fietst. Ze is moe.", f"{SAID}. Aan het woord is Wim Pool, hoogleraar."], "Wim Pool"),
        (["Noor Bakker fietst. Ze is moe.", f"{SAID}. Dat was vorige week, vertelt Wim Pool."], "Wim Pool"),
    ],
)
def test_who_speaks(paragraphs: list[str], speaker: str | None) -> None:
    assert speakers(*paragraphs) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "‘Tot die tijd doen wij geen mededelingen’, staat in een verklaring van drie regels.",
        "‘Wij hebben daar niets aan toe te voegen’, stond er in de brief.",
        "‘Koeien kalven ook ’s nachts’, zegt Noor Bakker.",
        "‘In de kast ontbrak één fles’, somde ze op.",
        "‘Als jullie ruzie krijgen, loop dan apart’, had hij geadviseerd.",
        ",,Daar kun je straks fijn zitten'', hoonde brandwacht Noor Bakker.",
    ],
)
def test_speech_in_letters_and_with_verbs_of_many(text: str) -> None:
    assert len(quotes("Noor Bakker en Kees Pool praten.", text)) == 1


def test_a_cry_between_marks_is_a_heading_where_the_text_says_it_too() -> None:
    before = "‘We hebben hem nodig’, zei schipper Noor Bakker. Het was donker en de zee was hoog die nacht."
    after = "De boot lag stil. ‘Wie gooit nu de lijn naar die jongen daar?’ zei Bakker. Niemand zei iets terug."
    assert "‘Wie gooit nu de lijn?’" not in [block.text for block in quotes(before, "‘Wie gooit nu de lijn?’", after)]
    assert "Mats, wat doe je nu?" in [block.text for block in quotes(before, "‘Mats, wat doe je nu?’", after)]
