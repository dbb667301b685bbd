"""What the clause around a pronoun or a description tells of whom it means."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.segment.tokens import tokens
from tts.segment.verbs import is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.roles import Gender
    from tts.segment.tokens import Token

PREPOSITIONS = frozenset(
    "aan tegen tegenover met van voor over op in uit bij door na naar tot tussen onder sinds tijdens namens dankzij "
    "zonder richting rond om binnen buiten vanuit via naast behalve dan als".split()
)
_ADVERBS = frozenset("even ook nog al wel toch nu dan hier daar later zelf niet meteen weer er eerst".split())
_WHOSE = re.compile(r",\sdie\s(?:[^\s,.;:!?]+\s){0,5}?(?:met|in|op|van|uit|naar|voor)\s(?P<whose>zijn|haar)\s")
_OWN = re.compile(
    r"(?:\s[^\s,.;:!?]+){1,2}\s(?:met\s)?(?P<whose>zijn|haar)\s"
    r"(?:armen|arm|bril|duim|hand|handen|hoed|hoofd|jas|keel|lippen|mouwen|neus|ogen|pet|rug|schouders|stok|tas|tranen|vinger|wenkbrauwen)\b"
)
OWNERS: dict[str, Gender] = {"zijn": "m", "haar": "f"}
_ASKS = frozenset("vraagt vragen vroeg vroegen informeert informeerde informeren".split())
_TO_KNOW = frozenset({"weten"})
_WANTS = frozenset("wil willen wilde wilden wou".split())
# Behind the verb, where it asks: not in "vraagt een werkstraf" or "vroeg er 54.000 euro voor".
_WHAT_IS_ASKED = frozenset(
    "of waarom wat hoe wie wanneer waar waarmee waarvoor waarop waarover waardoor wiens welk welke hoeveel waarheen "
    "hem haar hen hun me mij ons zich naar aan".split()
)
_OBJECT_REACH = 3  # words
_OBJECTS: dict[str, Gender] = {"hem": "m", "haar": "f"}


def asks_in(sentence: str) -> tuple[bool, bool]:
    """Whether somebody asks in a sentence, "De rechter wil weten waarom", and whether the sentence itself does."""
    found = [token.lower for token in tokens(sentence)]
    asks = _comes_after(found, _ASKS, _WHAT_IS_ASKED) or _comes_after(found, _WANTS, _TO_KNOW)
    return asks, sentence.rstrip().endswith("?")


def _comes_after(found: Sequence[str], some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of `others` stands behind one of `some`."""
    first = next((i for i, word in enumerate(found) if word in some), len(found))
    return not others.isdisjoint(found[first:])


def rival_after(text: str, found: tuple[Token, ...], i: int) -> Gender | None:
    """The gender of an object soon after token `i`, in its clause: "hem", and "haar" where that owns nothing."""
    for before, token in pairwise(found[i : i + 2 + _OBJECT_REACH]):
        if not text[before.end : token.start].isspace():
            return None
        if token.lower == "hem" or (token.lower == "haar" and not text[token.end : token.end + 2].strip(" .,")):
            return _OBJECTS[token.lower]
    return None


def gender_of_clause(text: str, end: int) -> Gender | None:
    """What a relative clause tells: "de boer, die niet met zijn naam in de krant wil"."""
    match = _WHOSE.match(text, end)
    return OWNERS[match["whose"]] if match else None


def gender_of_own(text: str, end: int) -> Gender | None:
    """What a subject does with what is its own tells: "De voorzitter schuift haar bril omhoog"."""
    match = _OWN.match(text, end)
    return OWNERS[match["whose"]] if match else None


def ends_phrase(text: str, found: tuple[Token, ...], j: int) -> bool:
    """Whether no noun follows token `j`: "de jongste van de twee", "de Groningse lacht"."""
    if j + 1 == len(found) or text[found[j].end : found[j + 1].start] != " ":
        return True
    following = found[j + 1]
    return is_verb(following.text) or following.lower in PREPOSITIONS | _ADVERBS


def is_plural_verb(word: str) -> bool:
    """Whether `word` is, as far as its form tells, a verb of many: "ze gaan"."""
    return word.endswith(("en", "aan", "oen", "zijn")) and is_verb(word)
