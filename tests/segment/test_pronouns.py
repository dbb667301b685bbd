"""Whom "hij" and "ze" mean where more than one may be meant."""

from __future__ import annotations

import pytest

from tests.segment.articles import speakers

SAID = "‘Het water staat nu al aan de deur’"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Who was just brought up without a name is meant, not somebody named further back.
        (f"Noor Bakker belde aan. Een buurvrouw van twee straten verder werd wakker. {SAID}, zegt ze.", None),
        (f"Kees Pool belde aan. Een buurtbewoner die haast had, zwaaide. {SAID}, zucht de man.", None),
        # Of "ze" and "hem" the one whose gender is open is him.
        (f"Noor Bakker schilderde. Een verzamelaar bood een ton. Ze liet hem wachten. {SAID}, zegt ze.", "Noor Bakker"),
        # What something is said to be, is nobody.
        (f"Noor Bakker schilderde. Dat geduld een raadgever is, leerde Kees Pool. {SAID}, zegt ze.", "Noor Bakker"),
    ],
)
def test_a_pronoun_means_who_fits_best(text: str, speaker: str | None) -> None:
    assert speakers(text) == [speaker]
