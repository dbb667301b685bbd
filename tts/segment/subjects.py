"""Whom a sentence is about."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.segment.asking import SECOND_PERSON
from tts.segment.lexicon import words
from tts.segment.tokens import Token, tokens
from tts.segment.verbs import is_verb, says_strongly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.people import Person
    from tts.segment.referent import Referent
    from tts.segment.view import View

# What may stand before the subject at the start of a sentence.
_FRONT = frozenset("ook maar en want dus volgens voor zelf alleen zelfs bij zo aldus toch echter juist".split())
_SUBORDINATING = frozenset("als of toen omdat hoewel terwijl nu wanneer dat wat wie waarom hoe zodra sinds".split())
FIRMLY = 0.9  # of `subject`: surely the subject of its sentence
SURELY = 0.95  # right behind a verb of saying too
_LONGEST_CLAUSE = 40  # words
_REACH = 61  # words
_THERE_REACH = 20  # characters
_THERE = frozenset("is was zijn waren komt kwam staat stond zit zat ligt lag loopt liep hangt hing".split())
_IS = re.compile(r"\s(?:is|was|werd|wordt|heet|heette)\s")
ANNOUNCERS = frozenset("aldus volgens dixit".split())


def writer(start: int, found: tuple[Token, ...], candidates: list[Referent]) -> Referent | None:
    """Whose words they are: "een brief van bewoner Gerrit ter Horst"."""
    for i in range(len(found) - 1):
        if found[i].lower in words("verbs", "speech_nouns") and found[i + 1].lower == "van":
            at = start + found[i + 1].end + 1
            return next((ref for ref in candidates if ref.start <= at < ref.end), None)
    return None


def _main_clause(v: View, start: int, end: int) -> int:
    """Where the main clause begins after a subordinate one that names somebody: "Of Bakker blijft, weet ze niet"."""
    found = tokens(v.masked[start:end])
    if not found or found[0].lower not in _SUBORDINATING:
        return start
    for before, token in pairwise(found[:_LONGEST_CLAUSE]):
        at = start + token.start
        comma = "," in v.masked[start + before.end : at]
        if comma and is_verb(token.text) and any(not ref.oblique and not ref.weak for ref in v.between(at, end)):
            return at
    return start


def is_called(v: View, ref: Referent, name: Referent) -> bool:
    """Whether a sentence gives somebody described a name: "Die bezoeker was Noor Bakker"."""
    both = ref.kind == "description" and name.kind == "name"
    return both and _IS.fullmatch(v.masked, ref.end, name.start) is not None


def _called(v: View, ref: Referent, direct: list[Referent]) -> Referent | None:
    """The name that a sentence gives to somebody described: "Die bezoeker was Noor Bakker"."""
    return next((other for other in direct if is_called(v, ref, other)), None)


def _said_by(start: int, found: tuple[Token, ...], direct: list[Referent]) -> Referent | None:
    """Who stands right behind a verb of saying."""
    begins = {ref.start: ref for ref in direct}
    for token in found[:_REACH]:
        if says_strongly(token.text) and (ref := begins.get(start + token.end) or begins.get(start + token.end + 1)):
            return ref
    return None


def _reporter(v: View, start: int, found: tuple[Token, ...], direct: list[Referent]) -> Referent | None:
    """Who tells what stands before: "Het dak lekt al jaren, zegt hij."."""
    begins = {ref.start: ref for ref in direct}
    for before, token in pairwise(found[:_REACH]):
        behind = says_strongly(token.text) and v.masked[start + before.end : start + token.start] == ", "
        if behind and (ref := begins.get(start + token.end + 1)) is not None:
            return ref
    return None


def _announced(v: View, start: int, end: int, found: tuple[Token, ...]) -> Referent | None:
    """Who stands behind "volgens" or "aldus"."""
    for token in found[:_REACH]:
        after = v.between(start + token.end, min(end, start + token.end + 40)) if token.lower in ANNOUNCERS else []
        if after:
            return after[0]
    return None


def subject(v: View, start: int, end: int) -> tuple[Referent | None, float]:
    """Whom the sentence [start, end) is about, by the place of the Dutch verb: one phrase goes before it.

    A referent that begins the sentence is its subject, otherwise the first one after the verb; one that stands
    after a preposition only where there is no other.
    """
    start = _main_clause(v, start, end)
    everybody = v.between(start, end)
    candidates = [ref for ref in everybody if not ref.weak] or everybody
    direct = [ref for ref in candidates if not ref.oblique]
    found = tokens(v.masked[start:end])
    if (author := writer(start, found, candidates)) is not None:
        return author, 0.9
    front = 0
    while front < len(found) and found[front].lower in _FRONT:
        front += 1
    first = start + (found[front].start if front < len(found) else 0)
    verb_first = _said_by(start, found, direct)
    if verb_first is not None and found[0].lower in ANNOUNCERS:
        return verb_first, 0.95  # "Volgens Bakker zei de wethouder"
    if (reporter := _reporter(v, start, found, direct)) is not None:
        return reporter, 0.95
    for ref in candidates:
        if ref.start <= first <= ref.end and not (ref.oblique and direct):
            return _called(v, ref, direct) or replace(ref, oblique=ref.oblique and not front), 0.95
    announced = _announced(v, start, end, found)
    if announced is not None and (verb_first is None or verb_first.start >= announced.start):
        return replace(announced, oblique=False), 0.9  # "Volgens Bakker" makes Bakker speak
    if verb_first is not None:
        return verb_first, 0.95
    if direct:
        return direct[0], 0.85
    return (candidates[0], 0.7) if candidates else (None, 0.0)


def asked_by_name(v: View, start: int, end: int) -> Referent | None:
    """`Waar ziet u tegen op, dokter Bakker?`: who is asked by the article itself."""
    last = v.between(start, end)[-1:]
    if not last or last[0].kind != "name" or not v.masked[start:end].rstrip().endswith("?"):
        return None
    before = v.masked[start : last[0].start]
    you = not SECOND_PERSON.isdisjoint(token.lower for token in tokens(before))
    return last[0] if you and before.endswith(", ") else None


def is_passing(v: View, start: int, end: int, about: Referent) -> bool:
    """Whether a sentence has somebody in passing: `Er stond een agent voor de deur`, `Weet de schepen daarvan?`."""
    if about.kind != "description":
        return False
    before = [token.lower for token in tokens(v.masked[start : about.start])]
    behind = [token.lower for token in tokens(v.masked[about.end : about.end + _THERE_REACH])]
    there_is = not about.definite and ("er" in before or (behind[:1] and behind[0] in _THERE and behind[1:2] == ["er"]))
    return there_is or v.masked[start:end].rstrip().endswith("?")


def named_in(refs: Sequence[Referent]) -> frozenset[Person]:
    """Whom a sentence calls by a name that is one person's."""
    return frozenset(ref.people[0] for ref in refs if ref.kind == "name" and len(ref.people) == 1)
