"""What a paragraph's own words point at: names, pronouns, and descriptions such as "de wethouder"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from tts.segment.clauses import PREPOSITIONS, asks_in
from tts.segment.phrases import ARTICLES, LONGEST_ADJECTIVES, ONE, POSSESSIVES, is_oblique, phrase_at
from tts.segment.referent import Referent
from tts.segment.roles import gender_of_role, role_head
from tts.segment.sentences import QUOTED, QUOTED_END
from tts.segment.tokens import Token, tokens
from tts.segment.verbs import is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.segment.people import Cast, Mention, Person

_NO_ADJECTIVES = PREPOSITIONS | frozenset("en toen alleen samen meteen eveneens bovendien intussen".split())
_GENERATION = re.compile(r",?\s(?P<which>senior|sr|junior|jr)\b", re.IGNORECASE)
_AFTER_SPEECH = re.compile(rf"[{QUOTED}{QUOTED_END}],?\s$")
_BEHIND = re.compile(r"(?: \([^()]{1,40}\))?, ")
_SPOKEN = re.compile(rf"[.,]?\s?[{QUOTED}{QUOTED_END}]+")
_ONE_STOP = re.compile(r"[^.!?]*[.!?](?: \S+)?[ ,]*(?:\S+ )?")  # "De organist zucht. Nu wil hij", "… ‘…’, zegt hij"
_OLD = re.compile(r"\b(?P<which>oude|jonge)\s$", re.IGNORECASE)
_PARENTS = frozenset("vader moeder opa oma grootvader".split())


def referents(text: str, cast: Cast) -> list[Referent]:
    """All referents of a paragraph, in order, none overlapping."""
    found = tokens(text)
    names = _names(text, found, cast)
    others = [ref for i in range(len(found)) if (ref := phrase_at(text, found, i, cast.trades)) is not None]
    result: list[Referent] = []
    for ref in sorted([*names, *_beside(others, names)], key=lambda ref: ref.start):
        if result and (ref.start < result[-1].end or _says_what(text, result[-1], ref)):
            continue
        described = next((n for n in (1, 2) if len(result) >= n and _in_apposition(text, result[-n], ref)), 0)
        if described:
            ref = replace(ref, start=result[-described].start, oblique=result[-described].oblique)  # noqa: PLW2901  # it takes the place of both
            del result[-described:]
        result.append(ref)
    return [_told_by_next(text, ref, after) for ref, after in zip_longest(result, result[1:])]


def _names(text: str, found: tuple[Token, ...], cast: Cast) -> list[Referent]:
    """The names, each with the words before it that belong to it."""
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
        if start > 1 and found[start - 1].lower == "van" and found[start - 2].lower in ONE:
            start -= 2
        names.append(
            _owned(text, found, mention, cast)
            or Referent(
                "name",
                found[start].start,
                mention.end,
                _of_generation(text, mention),
                mention.full,
                heads[0] if heads else "",
                role,
                gender_of_role(found[i - 1].lower) if i else None,
                is_oblique(text, found, start),
                whose=found[start].lower if heads and found[start].lower in POSSESSIVES else "",
            )
        )
    return names


def _beside(others: Sequence[Referent], names: Sequence[Referent]) -> Iterator[Referent]:
    """Those of `others`, in order, that share no word with a name."""
    cursor = 0
    for ref in others:
        while cursor < len(names) and names[cursor].end <= ref.start:
            cursor += 1
        if cursor == len(names) or names[cursor].start >= ref.end:
            yield ref


def _says_what(text: str, name: Referent, ref: Referent) -> bool:
    """Whether a description tells no more than what the name before it is: "De Poort, de corporatie die hier bouwt"."""
    if (
        name.kind != "name"
        or ref.kind != "description"
        or ref.whose
        or _BEHIND.fullmatch(text, name.end, ref.start) is None
    ):
        return False
    return name.is_group if ref.group else any(ref.head in person.heads() for person in name.people)


def _told_by_next(text: str, ref: Referent, after: Referent | None) -> Referent:
    """Somebody described, with the gender of a pronoun that goes on about them: "De organist zucht. Hij speelt"."""
    if ref.kind != "description" or ref.gender or ref.plural or ref.group or ref.oblique or after is None:
        return ref
    goes_on = after.kind == "pronoun" and not after.oblique and not after.plural and after.rival is None
    between = _SPOKEN.sub(".", text[ref.end : after.start]) if goes_on else ""
    if _ONE_STOP.fullmatch(between) is None or asks_in(between)[0]:
        return ref
    return replace(ref, gender=after.gender)


def _in_apposition(text: str, description: Referent, name: Referent) -> bool:
    """Whether both are one person: "Die trainer, oud-schaatser Wiebe Dijkema,", "de voorzitter van A, Ton Bos,"."""
    return (
        description.kind == "description"
        and name.kind == "name"
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


def _of_generation(text: str, mention: Mention) -> tuple[Person, ...]:
    """Of two of one name, the one that "senior" or "junior" behind it, or "oude" or "jonge" before it, means."""
    people = mention.people
    match = _GENERATION.match(text, mention.end) or _OLD.search(text, max(0, mention.start - 6), mention.start)
    if match is None or len(people) < 2:
        return people
    elder = [person for person in people if person.heads() & _PARENTS]
    if not elder and all(person.age for person in people):
        elder = [max(people, key=lambda person: person.age or 0)]
    old = match["which"].lower().startswith(("s", "o"))
    chosen = elder if old else [person for person in people if person not in elder]
    return tuple(chosen) or people


def _is_modifier(text: str, found: tuple[Token, ...], i: int, *, after_role: bool) -> bool:
    """Whether the word before token `i` belongs to the same noun phrase as a name with its role."""
    before = found[i - 1]
    if text[before.end : found[i].start] != " " or found[i].lower in ARTICLES:
        return False
    if _AFTER_SPEECH.search(text, max(0, before.start - 3), before.start):
        return False  # "‘…’, hoonde brandwacht Bakker": its verb
    if before.lower in ARTICLES or before.lower in POSSESSIVES:
        return True
    adjective = before.text.islower() and before.lower.endswith(("e", "en"))
    return after_role and adjective and before.lower not in _NO_ADJECTIVES and not is_verb(before.text)
