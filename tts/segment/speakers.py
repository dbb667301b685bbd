"""Who says it: resolves a referent to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.segment.descriptions import by_description
from tts.segment.lexicon import words
from tts.segment.pronouns import by_pronoun, learn_gender
from tts.segment.roles import same_role

if TYPE_CHECKING:
    from tts.segment.evidence import Speech
    from tts.segment.memory import Memory
    from tts.segment.people import Person
    from tts.segment.referent import Referent


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a quotation. person : None where the article does not let one tell."""

    person: Person | None
    confidence: float

    @property
    def speaker(self) -> str | None:
        return self.person.name if self.person else None

    @property
    def role(self) -> str | None:
        return self.person.roles[0] if self.person and self.person.roles else None


NOBODY = Attribution(None, 0.3)


def resolve(memory: Memory, ref: Referent, speech: Speech | None = None) -> tuple[Person | None, float]:
    """The person that `ref` points at here, and how sure that is.

    speech : what the person says who is meant, None for somebody in the narration.
    """
    if ref.kind == "name":
        return _by_name(memory, ref)
    if ref.kind == "description":
        return by_description(memory, ref)
    if ref.head == "het":
        return next((person for person in memory.recent if person.group), memory.last_group), 0.8
    if ref.head == "die":
        return memory.last_named or memory.front, 0.8
    person, confidence = by_pronoun(memory, ref, speech)
    learn_gender(memory, person, ref.gender)
    return person, confidence


def _by_name(memory: Memory, ref: Referent) -> tuple[Person, float]:
    people = list(ref.people)
    if len(people) == 1:
        return people[0], 1.0 if people[0].sure else 0.8
    for fits in (
        [p for p in people if ref.head and any(same_role(ref.head, head) for head in p.heads())],
        [p for p in people if ref.gender and p.gender == ref.gender],
        [p for p in people if not p.heads() & words("roles", "relatives")],  # they go by their first names
        [p for p in people if not p.familiar],
    ):
        if len(fits) == 1:
            return fits[0], 0.9
    recent = next((p for p in memory.recent if p in people), people[0])
    return recent, 0.7
