"""Whom "zijn broer", "de jongste", "de unie" and "de beiaardier" mean."""

from __future__ import annotations

import pytest

from tests.segment.articles import article, quotes, speakers
from tts.segment import segment

SAID = "‘Het water staat nu al aan de deur’"


@pytest.mark.parametrize(
    ("paragraphs", "speaker"),
    [
        # The other of two, by what one is to the other, by age, or by who spoke last.
        (["Kees en Wim Pool varen.", f"‘We gaan’, zegt Kees. Zijn broer knikt. {SAID}, zegt hij."], "Wim Pool"),
        (["Kees Pool (52) vaart met Wim Bakker (47).", f"{SAID}, zegt de jongste van de twee."], "Wim Bakker"),
        (["Kees Pool en Noor Bakker varen.", f"{SAID}, zegt zijn compagnon."], "Noor Bakker"),
        (
            [
                "Kees Pool proeft. ‘Het is hier elf graden’, zegt hij.",
                "Wim Bakker proeft mee. ‘Hij proeft met zijn hart’, zegt hij.",
                f"De keldermeester lacht. {SAID}.",
            ],
            "Kees Pool",
        ),
        # By what the article told that somebody does, or by the name of the group.
        (
            ["Noor Pool maalt, Dirkje Bos bakt het brood.", f"‘Zij is laat’, zegt Pool. {SAID}, zegt de bakster."],
            "Dirkje Bos",
        ),
        (["De Unie van Vlaamse Reizigers is boos.", f"{SAID}, schrijft de unie."], "Unie van Vlaamse Reizigers"),
        (["Netbeheer Laagland wil bouwen.", f"{SAID}, aldus de netbeheerder."], "Netbeheer Laagland"),
        (["Volgens Stichting Otter is het vol.", f"{SAID}, aldus de stichting."], "Stichting Otter"),
        # Whose colleague is an MP is one too; a trade that is in no list is known by its form.
        (
            [
                "Kees Pool, Kamerlid, zwijgt. Zijn collega van links niet.",
                f"{SAID}, zegt Noor Bakker. ‘En straks in de kelder’, vervolgt het Kamerlid.",
            ],
            "Noor Bakker",
        ),
        (["De zaak begon toen kosteres Noor Bakker iets miste.", f"{SAID}, zegt de kosteres."], "Noor Bakker"),
        # Not who is spoken to, and nobody known where the words tell of another.
        (["Noor Bakker praat met Kees Pool.", f"{SAID}, verbetert de oud-directeur haar."], "Kees Pool"),
        (
            ["Arts Noor Bakker kwam. De boer, die niet met zijn naam in de krant wil, zweeg.", f"{SAID}, zegt hij."],
            None,
        ),
    ],
)
def test_a_description_means_who_fits_best(paragraphs: list[str], speaker: str | None) -> None:
    assert speakers(*paragraphs)[-1] == speaker


def test_a_dateline_makes_no_name_of_the_first_word() -> None:
    found = speakers("ZAANDIJK - Een brand is geblust.", f"Een buurvrouw zag het. {SAID}, zegt ze.")
    assert found == [None]


def test_a_group_that_begins_with_a_surname_is_not_its_director() -> None:
    text = f"Van Asperen Uurwerken groeit. Noor van Asperen is trots. {SAID}, zegt Van Asperen."
    assert speakers("Noor van Asperen loopt door de gang.", text) == ["Noor van Asperen"]


@pytest.mark.parametrize(
    "said",
    [
        "‘De oude toren was op’, laat het natuurhuis weten.",
        "‘Het was een mooie partij’, gaf de verliezend finaliste toe.",
        "‘Vroeger stonden hier zestig kramen’, weet de koopman.",
        "‘Een werkstraf? Waar dan, op een dak?’ repliceerde Bakker.",
    ],
)
def test_more_words_than_zegt_announce_speech(said: str) -> None:
    assert len(quotes("Noor Bakker kwam kijken.", said)) == 1


def test_a_sentence_with_a_verb_that_no_list_has_is_speech() -> None:
    blocks = segment(article("Noor Bakker is er niet blij mee. ‘Onze eigen kraan druppelt al sinds mei.’"))
    assert [block.kind for block in blocks] == ["narration", "quote"]
