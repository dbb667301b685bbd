"""Whom a pronoun means: the most recent who fits, counted against what speaks for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.memory import Memory
    from tts.segment.people import Person
    from tts.segment.referents import Referent
    from tts.segment.roles import Gender

# What speaks against somebody, counted in people who were mentioned later.
_NEAR = 4  # of those who fit
_UNKNOWN_GENDER = 0.25
_ASIDE = 1.5  # "een dure raadgever", never the subject of a sentence
_NO_SIGN_OF_A_PERSON = 0.5  # "Huize Sint-Barbara"
_SOMEBODYS = 3.0  # "zijn zoon": rather the one whose son it is
_NOBODY_LEFT = 12.0


def by_pronoun(memory: Memory, ref: Referent, others: Sequence[Person] = ()) -> tuple[Person | None, float]:
    """The person that a pronoun means, rather none of `others`, and how sure that is."""
    fits = [
        p
        for p in memory.recent
        if p.plural == ref.plural
        and (ref.plural or not p.group or p is memory.speaking_group)
        and (ref.gender is None or p.gender in {ref.gender, None})
    ]
    if not fits:
        return _whoever_there_is(memory, ref)
    left = [p for p in fits[:_NEAR] if p not in others] or fits
    against = [rank + _against(memory, p, ref) for rank, p in enumerate(left)]
    best = left[against.index(min(against))]
    certain = not others and best is left[0] and (best.gender is not None or len(left) == 1)
    return best, 0.92 if certain else 0.75


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


def _against(memory: Memory, person: Person, ref: Referent) -> float:
    """What speaks against a pronoun's meaning `person`, apart from those who were mentioned later."""
    cost = _of_another(memory, person, ref.rival) if ref.rival else 0.0
    if person.gender is None:
        cost += _UNKNOWN_GENDER
        cost += _ASIDE * (person.name is None and id(person) not in memory.subjects)
        cost += _NO_SIGN_OF_A_PERSON * (person.name is not None and not person.roles)
    somebodys = person.name is None and person.roles[0].startswith(("zijn ", "haar "))
    return cost + _SOMEBODYS * (somebodys and person is not memory.front)


def _of_another(memory: Memory, person: Person, gender: Gender) -> float:
    """What it takes to find another for the pronoun beside: "ze liet hem wachten" needs two."""
    people = [p for p in memory.recent if not p.group and not p.plural]
    costs = (
        rank + _UNKNOWN_GENDER * (p.gender is None)
        for rank, p in enumerate(people)
        if p is not person and p.gender in {gender, None}
    )
    return min(costs, default=_NOBODY_LEFT)
