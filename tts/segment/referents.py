"""What a paragraph's own words point at: names, pronouns, and descriptions such as "de wethouder"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from tts.segment.clauses import PREPOSITIONS
from tts.segment.phrases import ARTICLES, LONGEST_ADJECTIVES, POSSESSIVES, is_oblique, phrase_at
from tts.segment.referent import Referent
from tts.segment.roles import gender_of_role, role_head
from tts.segment.tokens import Token, tokens
from tts.segment.verbs import is_verb

if TYPE_CHECKING:
    from tts.segment.people import Cast, Mention, Person

_NO_ADJECTIVES = PREPOSITIONS | frozenset("en toen alleen samen meteen eveneens bovendien intussen".split())
_GENERATION = re.compile(r",?\s(?P<which>senior|sr|junior|jr)\b", re.IGNORECASE)
_PARENTS = frozenset("vader moeder opa oma grootvader".split())


def referents(text: str, cast: Cast) -> list[Referent]:
    """All referents of a paragraph, in order, none overlapping."""
    found = tokens(text)
    index = {token.start: i for i, token in enumerate(found)}
    names = []
    for mention in cast.mentions(text):
        i = index[mention.start]
        role = text[mention.start : mention.name_start].strip()
        heads = [head for t in tokens(role) if (head := role_head(t.text))]
        start = i
        while (
            start > 0
            and i - start < LONGEST_ADJECTIVES
            and _is_modifier(text, found, start, after_role=mention.start != mention.name_start)
        ):
            start -= 1
        if start > 1 and found[start - 1].lower == "van" and found[start - 2].lower in {"een", "één"}:
            start -= 2
        owned = _owned(text, found, mention, cast)
        names.append(
            owned
            or Referent(
                "name",
                found[start].start,
                mention.end,
                _of_generation(text, mention.end, mention.people),
                mention.full,
                heads[0] if heads else "",
                role,
                gender_of_role(found[i - 1].lower) if i else None,
                is_oblique(text, found, start),
                possessive=bool(heads) and found[start].lower in POSSESSIVES,
            )
        )
    taken = [(ref.start, ref.end) for ref in names]
    others = [ref for i, token in enumerate(found) if (ref := phrase_at(text, found, i, cast.trades)) is not None]
    merged = list(names)
    cursor = 0
    for ref in others:
        while cursor < len(taken) and taken[cursor][1] <= ref.start:
            cursor += 1
        if cursor < len(taken) and taken[cursor][0] < ref.end:
            continue
        merged.append(ref)
    merged.sort(key=lambda ref: ref.start)
    result: list[Referent] = []
    for ref in merged:
        if result and ref.start < result[-1].end:
            continue
        described = next((n for n in (1, 2) if len(result) >= n and _in_apposition(text, result[-n], ref)), 0)
        if described:
            ref = replace(ref, start=result[-described].start, oblique=result[-described].oblique)  # noqa: PLW2901  # it takes the place of both
            del result[-described:]
        result.append(ref)
    return result


def _in_apposition(text: str, description: Referent, name: Referent) -> bool:
    """Whether both are one person: "Die trainer, oud-schaatser Wiebe Dijkema,", "de voorzitter van A, Ton Bos,"."""
    return (
        description.kind == "description"
        and name.kind == "name"
        and name.full
        and text[description.start + len(description.phrase) : name.start] in {", ", "., "}
        and any(head == description.head for person in name.people for head in person.heads())
    )


def _owned(text: str, found: tuple[Token, ...], mention: Mention, cast: Cast) -> Referent | None:
    """Somebody described by whose they are: "Bakkers woordvoerder"; a possessive before anything else is no subject."""
    if not cast.is_genitive(text[mention.name_start : mention.end]):
        return None
    i = bisect_left(found, mention.end, key=lambda token: token.start)
    head = role_head(found[i].text) if i < len(found) and text[mention.end : found[i].start] == " " else None
    if head is None:
        return Referent("name", mention.start, mention.end, mention.people, mention.full, oblique=True)
    end = found[i].end
    gender = gender_of_role(found[i].text)
    return Referent("description", mention.start, end, head=head, phrase=text[mention.start : end], gender=gender)


def _of_generation(text: str, end: int, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Of a father and a son of one name, the one that "senior" or "junior" behind it means."""
    match = _GENERATION.match(text, end)
    if match is None or len(people) < 2:
        return people
    elder = [person for person in people if person.heads() & _PARENTS]
    chosen = elder if match["which"].lower().startswith("s") else [person for person in people if person not in elder]
    return tuple(chosen) or people


def _is_modifier(text: str, found: tuple[Token, ...], i: int, *, after_role: bool) -> bool:
    """Whether the word before token `i` belongs to the same noun phrase as a name with its role."""
    before = found[i - 1]
    if text[before.end : found[i].start] != " " or found[i].lower in ARTICLES:
        return False
    if before.lower in ARTICLES or before.lower in POSSESSIVES:
        return True
    adjective = before.text.islower() and before.lower.endswith(("e", "en"))
    return after_role and adjective and before.lower not in _NO_ADJECTIVES and not is_verb(before.text)
