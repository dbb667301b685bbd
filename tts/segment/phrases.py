"""What points at somebody without a name: pronouns, and descriptions such as "de wethouder"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from tts.segment.clauses import PREPOSITIONS, ends_phrase, gender_of_clause, gender_of_own, is_plural_verb, rival_after
from tts.segment.lexicon import words
from tts.segment.referent import Referent
from tts.segment.roles import (
    Gender,
    gender_of_role,
    is_demonym,
    is_group,
    is_singular,
    may_be_demonym,
    role_head,
)
from tts.segment.verbs import is_verb, says

if TYPE_CHECKING:
    from collections.abc import Collection

    from tts.segment.tokens import Token

POSSESSIVES = frozenset("haar zijn hun mijn onze ons diens".split())
ONE = frozenset("een één eén".split())
_INDEFINITE = ONE | frozenset("'n elke iedere geen sommige enkele veel vele twee drie vier vijf".split())
ARTICLES = _INDEFINITE | frozenset("de het deze die dit dezelfde diezelfde".split())
_PRONOUNS: dict[str, Gender] = {"hij": "m", "ie": "m", "zij": "f", "ze": "f"}
_OBLIQUE_PRONOUNS: dict[str, Gender] = {"hem": "m", "haar": "f"}
_LATTER = frozenset("laatste laatstgenoemde".split())
CONTRASTS = frozenset("jongste oudste ander andere".split())
ORIGIN = "origin"  # the head of a description that says only where somebody is from
LONGEST_ADJECTIVES = 4
_CLAUSE = re.compile(
    r"(?:\s(?:van|uit|met|in|op|bij|achter|naast)(?:\s(?:de|het|een))?\s[^\s,.;:!?()]+)?,?\s(?:die|dat|wiens|wier)\s|"
    r"\s(?:met|in|achter|naast)\s(?:een|het|de|zijn|haar)\s"
)
_OF_THEM = re.compile(r" van (?:hen|hun)\b")
_COMPLEMENT = re.compile(
    r"(?:\s(?:van|uit|bij|in|namens|op|aan|naast|achter|met)(?:\s(?:de|het|een|haar|zijn|hun))?\s[^\s,.;:!?()]+(?:\s[A-Z][^\s,.;:!?()]*)*){1,2}"
)


def phrase_at(text: str, found: tuple[Token, ...], i: int, trades: Collection[str]) -> Referent | None:
    """The pronoun or description that begins with token `i`."""
    token = found[i]
    lower = token.lower
    if lower in _PRONOUNS:
        if lower == "zij" and text.startswith(" het ", token.end):
            return None  # "though": "onder de norm, zij het net"
        plural = lower != "hij" and _is_plural(text, found, i)
        return Referent(
            "pronoun",
            token.start,
            token.end,
            gender=_PRONOUNS[lower],
            head=lower,
            plural=plural,
            rival=rival_after(text, found, i),
        )
    if (latter := _latter(text, found, i, trades)) is not None:
        return latter
    description = _description(text, found, i, trades) if lower in ARTICLES or lower in POSSESSIVES else None
    if description is not None:
        return description
    if lower in _OBLIQUE_PRONOUNS:
        return Referent("pronoun", token.start, token.end, gender=_OBLIQUE_PRONOUNS[lower], head=lower, oblique=True)
    if lower in ONE and _OF_THEM.match(text, token.end) and _is_said(text, found, i):
        end = found[i + 2].end
        return Referent("description", token.start, end, head="iemand", phrase="een van hen", definite=False)
    if lower == "iemand":
        start = found[i - 1].start if i and found[i - 1].lower == "die" else token.start
        return Referent("description", start, token.end, head="iemand", phrase="iemand", definite=False)
    head = role_head(token.text)
    if head and head != lower and lower.endswith(("en", "s")) and (token.text.islower() or token.initial):
        return Referent(
            "description",
            token.start,
            token.end,
            head=head,
            phrase=lower,
            definite=False,
            plural=True,
            oblique=is_oblique(text, found, i),
        )
    return None


def _is_said(text: str, found: tuple[Token, ...], i: int) -> bool:
    """Whether a verb of saying stands right before token `i`."""
    return i > 0 and says(found[i - 1].text) and text[found[i - 1].end : found[i].start] == " "


def _latter(text: str, found: tuple[Token, ...], i: int, trades: Collection[str]) -> Referent | None:
    """`Die laatste`, `laatstgenoemde`, `zegt die`."""
    token = found[i]
    if token.lower == "laatstgenoemde":
        return Referent("pronoun", token.start, token.end, head="die")
    if token.lower not in {"die", "deze"}:
        return None
    if i + 1 < len(found) and found[i + 1].lower in _LATTER and ends_phrase(text, found, i + 1):
        return Referent("pronoun", token.start, found[i + 1].end, head="die")
    said = _is_said(text, found, i) and _description(text, found, i, trades) is None
    return Referent("pronoun", token.start, token.end, head="die") if said else None


def _is_plural(text: str, found: tuple[Token, ...], i: int) -> bool:
    """Whether the verb beside a pronoun, which tells its number, is of many."""
    behind = i + 1 < len(found) and text[found[i].end : found[i + 1].start] == " "
    before = i > 0 and text[found[i - 1].end : found[i].start] == " "
    return (behind and is_plural_verb(found[i + 1].lower)) or (before and is_plural_verb(found[i - 1].lower))


def _origin(text: str, found: tuple[Token, ...], j: int) -> Gender | Literal["?"] | None:
    """Whether token `j` calls somebody by origin or age: "de Tsjech", "de Groningse", "de 34-jarige"."""
    token = found[j]
    ends = ends_phrase(text, found, j)
    if is_demonym(token.text) or token.lower in words("roles", "demonyms") or (ends and may_be_demonym(token.text)):
        return "m" if token.text.isalpha() and token.lower.endswith(("er", "aar")) else "?"  # she is "de Almeerse"
    if not ends:
        return None
    if token.lower.endswith("-jarige"):
        return "?"
    return "f" if token.capital and token.lower.endswith(("se", "in")) and not token.initial else None


def _description(text: str, found: tuple[Token, ...], i: int, trades: Collection[str]) -> Referent | None:
    article = found[i].lower
    for j in range(i + 1, min(i + 2 + LONGEST_ADJECTIVES, len(found))):
        token = found[j]
        if text[found[j - 1].end : token.start] != " ":
            return None
        head = role_head(token.text) or (token.lower if token.lower in trades else None)
        if token.lower in CONTRASTS and article != "het" and j == i + 1 and ends_phrase(text, found, j):
            return Referent(
                "description", found[i].start, token.end, head=token.lower, phrase=f"{article} {token.text}"
            )
        origin = _origin(text, found, j)
        if origin:
            return Referent(
                "description",
                found[i].start,
                token.end,
                head=ORIGIN,
                phrase=f"{article} {token.text}",
                gender=origin if origin != "?" else None,
                oblique=is_oblique(text, found, i),
                definite=article not in _INDEFINITE,
            )
        if head or is_group(token.text):
            start = i
            oblique = is_oblique(text, found, i)
            if oblique and i > 1 and found[i - 1].lower == "van" and found[i - 2].lower in ONE:
                start, oblique = i - 2, False
            phrase = text[found[start].start : token.end]
            complement = _COMPLEMENT.match(text, token.end)
            lower = token.lower
            return Referent(
                "description",
                found[start].start,
                token.end,
                head=head or lower,
                phrase=phrase[:1].lower() + phrase[1:] + (complement.group() if complement else ""),
                gender=gender_of_role(token.text)
                or gender_of_clause(text, token.end)
                or gender_of_own(text, token.end),
                oblique=oblique,
                definite=article not in _INDEFINITE and start == i,
                plural=bool(head) and not is_singular(lower, head or lower),
                group=head is None,
                aged=any(
                    t.lower in words("roles", "personal") or t.lower.endswith("-jarige") for t in found[i + 1 : j]
                ),
                clause=_CLAUSE.match(text, token.end) is not None,
                rival=rival_after(text, found, j),
                whose=article if article in POSSESSIVES and start == i else "",
            )
        if token.lower in PREPOSITIONS or token.lower in POSSESSIVES or token.lower in ARTICLES:
            return None
        if is_verb(token.text) and not token.lower.endswith(("de", "te", "end", "ende")):
            return None
    return None


def is_oblique(text: str, found: tuple[Token, ...], i: int) -> bool:
    """Whether token `i` stands after a preposition."""
    return i > 0 and found[i - 1].lower in PREPOSITIONS and text[found[i - 1].end : found[i].start] == " "
