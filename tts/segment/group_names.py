"""The names of groups and places: what stands before them, and the words they are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.segment.beside import token_before
from tts.segment.lexicon import words
from tts.segment.names import is_full, is_particle, key_of
from tts.segment.roles import is_association, is_first_name, is_group, role_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.tokens import Token

_STREET = re.compile(r".{3,}(?:straat|laan|plein|gracht|kade|singel|steeg)")
_NAMED_WITH_VAN = frozenset({"ministerie"})


def kind_before(text: str, span: Sequence[Token]) -> Token | None:
    """The noun before a group's name that says what it is: "gemeente", "bouwbedrijf"."""
    before = token_before(text, span[0])
    return before if before is not None and is_group(before.lower) else None


def head_of(text: str, span: Sequence[Token]) -> str | None:
    """The noun, with "van" where that joins them, that is part of a group's name: "gemeente", "ministerie van"."""
    before = token_before(text, span[0])
    if before is not None and before.lower == "van":
        office = token_before(text, before)
        return f"{office.lower} van" if office is not None and office.lower in _NAMED_WITH_VAN else None
    named = before is not None and before.lower in words("roles", "named_with_head")
    return before.lower if before is not None and named else None


def headed(text: str, span: Sequence[Token]) -> str | None:
    """The key of a group whose head noun is part of its name: "gemeente Zaandijk" is not the town."""
    head = head_of(text, span)
    return f"{head} {key_of(span)}" if head is not None else None


def brand(span: Sequence[Token]) -> str | None:
    """The first word of a group's name, where that can stand for it: "Enova" for Enova Wind."""
    first = span[0].lower
    generic = words("roles", "organisation_words") | words("roles", "places") | words("names", "starters")
    plain = is_particle(span[0]) or first in generic or is_group(first) or is_first_name(span[0].text)
    return None if plain or not is_full(span) or role_head(first) or first.endswith(("se", "sche")) else first


def is_group_name(span: Sequence[Token]) -> bool:
    """Whether the words of a name tell that it is a group's or a place's."""
    return any(
        _is_place(t) or t.lower in words("roles", "organisation_words") or is_association(t.text) or _shouts(t.text)
        for t in span
    ) or is_group(span[0].text)


def ends_like_a_group(span: Sequence[Token]) -> bool:
    """Whether a long name ends as groups' names do, though it begins with a first name; "Gerda van 't Hof" doesn't."""
    return len(span) > 2 and not is_particle(span[-2]) and span[-1].lower in words("roles", "organisation_words")


def is_of_places(span: Sequence[Token]) -> bool:
    """Whether a name is nothing but places."""
    return all(_is_place(token) or is_particle(token) for token in span)


def _is_place(token: Token) -> bool:
    return token.lower in words("roles", "places") or _STREET.fullmatch(token.lower) is not None


def _shouts(word: str) -> bool:
    """Capitals inside a word: "KNVB", "ProRail"; not "J.P." or "Bakker-Smit"."""
    return sum(c.isupper() for c in word) > 1 and not {".", "-", "'", "’"} & set(word)
