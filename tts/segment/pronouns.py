"""Whom a pronoun means: the one for whom most speaks of those who fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.segment.choice import choose
from tts.segment.evidence import of_pronoun
from tts.segment.weights import PRONOUN

if TYPE_CHECKING:
    from tts.segment.evidence import Speech
    from tts.segment.memory import Memory
    from tts.segment.people import Person
    from tts.segment.referent import Referent
    from tts.segment.roles import Gender


def by_pronoun(memory: Memory, ref: Referent, speech: Speech | None = None) -> tuple[Person | None, float]:
    """The person that a pronoun means, and how sure that is.

    speech : what the person says who is meant, None where the pronoun stands in the narration.
    """
    fits = [
        p
        for p in memory.recent
        if p.plural == ref.plural
        and (ref.plural or not p.group or (p is memory.speaking_group and ref.head != "hij"))
        and (ref.gender is None or p.gender in {ref.gender, None})
    ]
    if not fits:
        return _whoever_there_is(memory, ref)
    return choose(PRONOUN, {p: of_pronoun(memory, p, ref, speech) for p in fits})


def learn_gender(memory: Memory, person: Person | None, gender: Gender | None) -> None:
    """From here on the article has told."""
    if person and (person is memory.front or person.name is None) and not person.plural:
        person.gender = person.gender or gender


def _whoever_there_is(memory: Memory, ref: Referent) -> tuple[Person | None, float]:
    """`ze` for the one person of an article, whose first name may be given to either: "Marijn"."""
    alone = memory.recent[0] if len(memory.recent) == 1 else None
    if alone is None or ref.plural or alone.gender is None or alone.group or alone.plural:
        return None, 0.4
    alone.gender = ref.gender
    return alone, 0.75
