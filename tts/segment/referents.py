"""What a paragraph's own words point at: names, pronouns, and descriptions such as "de wethouder"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tts.segment.clauses import PREPOSITIONS, ends_phrase, gender_of_clause, is_plural_verb, rival_after
from tts.segment.lexicon import words
from tts.segment.roles import Gender, gender_of_role, is_demonym, is_group, may_be_demonym, role_head
from tts.segment.tokens import Token, tokens
from tts.segment.verbs import is_verb, says

if TYPE_CHECKING:
    from tts.segment.people import Cast, Mention, Person

_POSSESSIVES = frozenset("haar zijn hun mijn onze ons diens".split())
_INDEFINITE = frozenset("een één 'n elke iedere geen sommige enkele veel vele twee drie vier vijf".split())
_ARTICLES = _INDEFINITE | frozenset("de het deze die dit dezelfde diezelfde".split())
_PRONOUNS: dict[str, Gender] = {"hij": "m", "ie": "m", "zij": "f", "ze": "f"}
_OBLIQUE_PRONOUNS: dict[str, Gender] = {"hem": "m", "haar": "f"}
_NO_ADJECTIVES = PREPOSITIONS | frozenset("en toen alleen samen meteen eveneens bovendien intussen".split())
_LATTER = frozenset("laatste laatstgenoemde".split())
CONTRASTS = frozenset("jongste oudste ander andere".split())
ORIGIN = "origin"  # the head of a description that says only where somebody is from
_GENERATION = re.compile(r",?\s(?P<which>senior|sr|junior|jr)\b", re.IGNORECASE)
_PARENTS = frozenset("vader moeder opa oma grootvader".split())
_LONGEST_ADJECTIVES = 4
_COMPLEMENT = re.compile(
    r"(?:\s(?:van|uit|bij|in|namens|op|aan|naast|achter|met)(?:\s(?:de|het|een|haar|zijn|hun))?\s[^\s,.;:!?()]+(?:\s[A-Z][^\s,.;:!?()]*)*){1,2}"
)


@dataclass(frozen=True, slots=True)
class Referent:
    """A word or phrase that points at somebody.

    oblique  : stands after a preposition, or can't be a subject.
    aged     : told apart by more than a role: "de 34-jarige spits", "de oude baas".
    definite : "de wethouder", not "een wethouder".
    possessive : with its role somebody's: "haar zus Josefien".
    rival    : the gender of a pronoun beside it that is another's: "ze liet hem wachten", "vroeg de portier hem".
    phrase   : a description as the article gives it.
    """

    kind: Literal["name", "pronoun", "description"]
    start: int
    end: int
    people: tuple[Person, ...] = ()
    full: bool = False
    head: str = ""
    phrase: str = ""
    gender: Gender | None = None
    oblique: bool = False
    definite: bool = True
    plural: bool = False
    group: bool = False
    aged: bool = False
    possessive: bool = False
    rival: Gender | None = None

    @property
    def is_group(self) -> bool:
        """Whether it surely points at an organisation."""
        return self.group or (self.kind == "name" and not self.weak and self.people[0].group)

    @property
    def weak(self) -> bool:
        """A capitalised word that need not be anybody's name."""
        return self.kind == "name" and not any(person.sure for person in self.people)


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
            and i - start < _LONGEST_ADJECTIVES
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
                _is_oblique(text, found, start),
                possessive=bool(heads) and found[start].lower in _POSSESSIVES,
            )
        )
    taken = [(ref.start, ref.end) for ref in names]
    others = [ref for i, token in enumerate(found) if (ref := _at(text, found, i, cast.trades)) is not None]
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
        if result and _in_apposition(text, result[-1], ref):
            ref = replace(ref, start=result[-1].start, oblique=result[-1].oblique)  # noqa: PLW2901  # it takes the place of both
            result.pop()
        result.append(ref)
    return result


def _in_apposition(text: str, description: Referent, name: Referent) -> bool:
    """Whether both are one person: "Die trainer, oud-schaatser Wiebe Dijkema,"."""
    return (
        description.kind == "description"
        and name.kind == "name"
        and name.full
        and text[description.end : name.start] == ", "
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
    if text[before.end : found[i].start] != " " or found[i].lower in _ARTICLES:
        return False
    if before.lower in _ARTICLES or before.lower in _POSSESSIVES:
        return True
    adjective = before.text.islower() and before.lower.endswith(("e", "en"))
    return after_role and adjective and before.lower not in _NO_ADJECTIVES and not is_verb(before.text)


def _is_oblique(text: str, found: tuple[Token, ...], i: int) -> bool:
    return i > 0 and found[i - 1].lower in PREPOSITIONS and text[found[i - 1].end : found[i].start] == " "


def _at(text: str, found: tuple[Token, ...], i: int, trades: set[str]) -> Referent | None:
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
    if (
        lower in {"die", "deze"}
        and i + 1 < len(found)
        and found[i + 1].lower in _LATTER
        and ends_phrase(text, found, i + 1)
    ):
        return Referent("pronoun", token.start, found[i + 1].end, head="die")
    if lower == "laatstgenoemde":
        return Referent("pronoun", token.start, token.end, head="die")
    description = _description(text, found, i, trades) if lower in _ARTICLES or lower in _POSSESSIVES else None
    if description is not None:
        return description
    if lower in _OBLIQUE_PRONOUNS:
        return Referent("pronoun", token.start, token.end, gender=_OBLIQUE_PRONOUNS[lower], head=lower, oblique=True)
    if lower in {"die", "deze"} and i and says(found[i - 1].text):
        return Referent("pronoun", token.start, token.end, head="die")
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
            oblique=_is_oblique(text, found, i),
        )
    return None


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


def _description(text: str, found: tuple[Token, ...], i: int, trades: set[str]) -> Referent | None:
    article = found[i].lower
    for j in range(i + 1, min(i + 2 + _LONGEST_ADJECTIVES, len(found))):
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
                oblique=_is_oblique(text, found, i),
                definite=article not in _INDEFINITE,
            )
        if head or is_group(token.text):
            start = i
            oblique = _is_oblique(text, found, i)
            if oblique and i > 1 and found[i - 1].lower == "van" and found[i - 2].lower in {"een", "één"}:
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
                gender=gender_of_role(token.text) or gender_of_clause(text, token.end),
                oblique=oblique,
                definite=article not in _INDEFINITE and start == i,
                plural=bool(head) and head != lower and not lower.endswith((head or lower, "ologe")),
                group=head is None,
                aged=any(
                    t.lower in words("roles", "personal") or t.lower.endswith("-jarige") for t in found[i + 1 : j]
                ),
                rival=rival_after(text, found, j),
            )
        if token.lower in PREPOSITIONS or token.lower in _POSSESSIVES or token.lower in _ARTICLES:
            return None
        if is_verb(token.text) and not token.lower.endswith(("de", "te", "end", "ende")):
            return None
    return None
