"""A title for an article that has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.model import Block
from tts.segment.title import DANGLING, LONGEST_CHARS, title_from


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        ("De brug bij Zaltbommel gaat dicht. Dat zegt de gemeente.", "De brug bij Zaltbommel gaat dicht"),
        (
            "De gemeente Nieuwkerk sluit per direct het oude zwembad, omdat de vloer van het diepe bad het begeeft.",
            "De gemeente Nieuwkerk sluit per direct het oude zwembad",
        ),
        (
            "Waarom het Waterschap Zuiderdelta (WZD) vorige week besloot de sluis bij Westerlo voor jaren te sluiten.",
            "Waarom het Waterschap Zuiderdelta vorige week besloot de sluis…",
        ),
        ("‘Wij gaan door’, zegt de bakker van het plein.", "‘Wij gaan door’, zegt de bakker van het plein"),
    ],
)
def test_it_is_taken_from_the_lead(lead: str, title: str) -> None:
    assert title_from((Block("heading", "Kop"), Block("narration", lead))) == title


def test_without_words_it_still_has_a_name() -> None:
    assert title_from(()) == "Zonder titel"


@given(st.text(max_size=300))
def test_it_is_short_and_never_empty(lead: str) -> None:
    title = title_from((Block("narration", lead),))
    assert 0 < len(title) <= LONGEST_CHARS + 1
    last = title.removesuffix("…").split()[-1:]
    assert not title.endswith("…") or last == title.removesuffix("…").split() or last[0].lower() not in DANGLING
