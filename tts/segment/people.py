"""Who appears in an article: people and groups by name, with the roles that it gives them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.segment.beside import age_behind, role_before, roles_beside, titled, token_before
from tts.segment.lexicon import words
from tts.segment.names import Names, is_particle, key_of, short_forms, spelled
from tts.segment.roles import (
    Gender,
    gender_of_first_name,
    gender_of_role,
    is_association,
    is_first_name,
    is_group,
    own_words,
    role_head,
)
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.tokens import Token

_STREET = re.compile(r".{3,}(?:straat|laan|plein|gracht|kade|singel|steeg)")
_AND = re.compile(r"(?: \(\d{1,2}\))? (?:en|&) ")
_ALIAS = re.compile(
    r"(?:\bdoor \w{1,20} (?=[^\s,.;:]{1,20} genoemd\b)|\bbijgenaamd |\bbekend als )"
    r"[‘’'\"“”„]{0,2}(?P<alias>[A-Z]\w{1,20})"
)
_NEUTER = re.compile(
    r",\sdat\s(?!(?:is|was|weet|had|heeft|zegt|zei)\b)"
)  # "Middenstand Merksteen, dat zestig zaken verenigt"
_BEHIND_NAME = re.compile(r"[A-Z][\w’'-]+ \($")  # "Noor Bakker (Groen Zaandijk)": a party
_NAMED_WITH_VAN = frozenset({"ministerie"})
_ALIAS_REACH = 30  # characters
_JOINT = re.compile(r"(?: \(\d{1,2}\))? (?:en|&) (?:(?:haar|zijn|hun|de|het) )?(?:[^\W\d_A-Z][^\s,.;:!?]* ){0,2}")


@dataclass(slots=True, eq=False)
class Person:
    """Somebody, or a group, that the article names or describes.

    name   : as full as the article gives it; None where it gives only a description, which is then the first role.
    gender : as far as first name, roles and pronouns have told.
    age    : in years, where it stands behind the name.
    familiar : the article calls them by their first name.
    sure   : False for a capitalised word of which nothing tells what it is.
    """

    name: str | None
    roles: list[str] = field(default_factory=list)
    gender: Gender | None = None
    group: bool = False
    plural: bool = False
    age: int | None = None
    familiar: bool = False
    sure: bool = True

    def heads(self) -> set[str]:
        """The head nouns of its roles; a role of one word that no list has is its own."""
        found = {head for role in self.roles for word in own_words(role) if (head := role_head(word))}
        return found | {role.lower() for role in self.roles if " " not in role}

    def add_role(self, role: str) -> None:
        """Take up a role, and the gender that it tells."""
        if role and role not in self.roles:
            self.roles.append(role)
        head = next((token.text for token in tokens(role) if role_head(token.text)), role)
        self.gender = self.gender or gender_of_role(head)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. start : with the role before it. people : whom it can mean, first introduced first."""

    start: int
    name_start: int
    end: int
    people: tuple[Person, ...]
    full: bool


class Cast:
    """The people of one article, found once from all its paragraphs.

    trades : the nouns that stand before a name in this article and in no list.
    """

    def __init__(self, texts: Sequence[str], title: str = "") -> None:
        self.people: list[Person] = []
        self.trades: set[str] = set()
        self._full: dict[str, Person] = {}
        self._short: dict[str, list[Person]] = defaultdict(list)
        self._pairs: set[frozenset[int]] = set()
        texts = [*texts, title]
        self.title_heads = {
            head for t in tokens(title) if (head := role_head(t.text)) and head in words("roles", "public_offices")
        }
        self._names = Names(texts, self._short)
        # Full names first: they tell which single words are surnames.
        for full in (True, False):
            for text in texts:
                for span in self._names.find(text):
                    if full == _is_full(span):
                        self._introduce(text, span)
            if full:
                for text in texts:
                    self._pair_up(text)
                    self._take_up_aliases(text)

    def mentions(self, text: str) -> list[Mention]:
        """The names in `text`, in order."""
        found = []
        for span in self._names.find(text):
            people = self._meant(text, span)
            if people:
                beside = _kind_before(text, span) if people[0].group else role_before(text, span)
                start = beside.start if beside else span[0].start
                found.append(Mention(start, span[0].start, span[-1].end, people, _is_full(span)))
        return found

    def known_as(self, name: str) -> tuple[Person, ...]:
        """Whom a name can mean that stands by itself, as in the credit of a pull quote."""
        found = [t for t in tokens(name) if t.lower not in words("names", "titles")]
        return self._named(found) if found else ()

    def is_genitive(self, name: str) -> bool:
        """Whether a name is spelled as a possessive: "Bakkers", where the article knows Bakker."""
        key = key_of(tokens(name))
        plain = key.removesuffix("s")
        known = key in self._full or key in self._short
        return name.endswith(("'s", "’s")) or (
            not known and key != plain and (plain in self._full or plain in self._short)
        )

    def _meant(self, text: str, span: Sequence[Token]) -> tuple[Person, ...]:
        headed = self._full.get(_headed(text, span) or "")
        return (headed,) if headed else self._named(span)

    def _named(self, span: Sequence[Token]) -> tuple[Person, ...]:
        key = key_of(span)
        for form in (key, key.removesuffix("s")):
            if form in self._full:
                return (self._full[form],)
            if form in self._short:
                return tuple(self._short[form])
        return ()

    def _introduce(self, text: str, span: Sequence[Token]) -> None:
        headed = _headed(text, span)
        known = (self._full[headed],) if headed in self._full else () if headed else self._named(span)
        if not known:
            # "Bakker" is a trade too: by itself it is a surname only with a role or title before it.
            if not _is_full(span) and role_head(span[0].text) and not (role_before(text, span) or titled(text, span)):
                return
            person = _newcomer(text, span)
            self.people.append(person)
            self._full[headed or key_of(span)] = person
            if not person.group:
                for short in dict.fromkeys(short_forms(span)):
                    self._short[short].append(person)
            elif (brand := _brand(span)) is not None:
                self._short[brand].append(person)
            known = (person,)
        if len(known) == 1 and not _is_of_places(span):
            self._learn(known[0], text, span)

    def are_paired(self, one: Person, other: Person) -> bool:
        """Whether the article has named them together: "Peter Schouten en Ineke Vos"."""
        return frozenset((id(one), id(other))) in self._pairs

    def _pair_up(self, text: str) -> None:
        """Keep who stand beside each other in `text`."""
        for one, other in pairwise(self._names.find(text)):
            joint = text[one[-1].end : other[0].start]
            if _AND.fullmatch(joint):
                self._introduce_sibling(one, other, text)
            both = (*self._named(one), *self._named(other))
            if _JOINT.fullmatch(joint) and len(both) == len(("one", "other")):
                self.pair(*both)

    def _take_up_aliases(self, text: str) -> None:
        """`Noor Bakker (79), door iedereen Moeke genoemd`."""
        aliases = list(_ALIAS.finditer(text))
        named = [span for span in self._names.find(text) if _is_full(span)] if aliases else []
        for match in aliases:
            i = bisect_left(named, match.start(), key=lambda span: span[-1].end) - 1
            if i >= 0 and match.start() - named[i][-1].end <= _ALIAS_REACH:
                self._short[match["alias"].lower()] = list(self._named(named[i]))

    def pair(self, one: Person, other: Person) -> None:
        """Keep that the article has put two beside each other."""
        self._pairs.add(frozenset((id(one), id(other))))

    def _introduce_sibling(self, one: Sequence[Token], other: Sequence[Token], text: str) -> None:
        """`Arend en Hidde Veldkamp`: the first is a Veldkamp too."""
        first = one[0].text
        both = len(one) == 1 and _is_full(other)
        if not both or key_of(one) in self._short or not (is_first_name(first) and is_first_name(other[0].text)):
            return
        name = f"{first} {spelled(text, other[1:])}"
        person = Person(name, gender=gender_of_first_name(first))
        self.people.append(person)
        self._full[key_of(tokens(name))] = person
        for short in dict.fromkeys(short_forms(tokens(name))):
            self._short[short].append(person)

    def _learn(self, person: Person, text: str, span: Sequence[Token]) -> None:
        """Take up what stands beside a name."""
        for role in roles_beside(text, span):
            person.add_role(role)
            person.sure = True
            if role_head(role.split()[0]) is None and " " not in role:
                self.trades.add(role.lower())
        title = titled(text, span)
        if title is not None:
            person.gender = person.gender or gender_of_role(title.lower)
        age = age_behind(text, span)
        person.age = person.age or age
        person.sure = person.sure or title is not None or age is not None


def _is_full(span: Sequence[Token]) -> bool:
    return sum(not is_particle(token) for token in span) > 1


def _kind_before(text: str, span: Sequence[Token]) -> Token | None:
    """The noun before a group's name that says what it is: "gemeente", "bouwbedrijf"."""
    before = token_before(text, span[0])
    return before if before is not None and is_group(before.lower) else None


def _head_of(text: str, span: Sequence[Token]) -> str | None:
    """The noun, with "van" where that joins them, that is part of a group's name: "gemeente", "ministerie van"."""
    before = token_before(text, span[0])
    if before is not None and before.lower == "van":
        office = token_before(text, before)
        return f"{office.lower} van" if office is not None and office.lower in _NAMED_WITH_VAN else None
    named = before is not None and before.lower in words("roles", "named_with_head")
    return before.lower if before is not None and named else None


def _headed(text: str, span: Sequence[Token]) -> str | None:
    """The key of a group whose head noun is part of its name: "gemeente Zaandijk" is not the town."""
    head = _head_of(text, span)
    return f"{head} {key_of(span)}" if head is not None else None


def _newcomer(text: str, span: Sequence[Token]) -> Person:
    name = spelled(text, span)
    before = token_before(text, span[0])
    head = before.lower if before is not None else ""
    personal = is_first_name(span[0].text) and _is_full(span)
    if not personal and (part := _head_of(text, span)) is not None:
        return Person(f"{part} {name}", group=True)
    if before is not None and is_group(head) and not personal:
        return Person(name, [head], group=True)
    if not personal and (
        head in words("roles", "named_places")
        or _NEUTER.match(text, span[-1].end)
        or (_BEHIND_NAME.search(text, 0, span[0].start) and text[span[-1].end : span[-1].end + 1] == ")")
    ):
        return Person(name, [head] if head else [], group=True)
    personal = personal or is_first_name(span[0].text) or "." in span[0].text or titled(text, span) is not None
    personal = personal or role_before(text, span) is not None
    if _is_full(span) and is_particle(span[0]) and not titled(text, span):
        return Person(name, group=True)  # "Van Asperen Uurwerken": nobody's full name begins with a particle
    if (not personal or _ends_like_a_group(span)) and (_is_group_name(span) or head in {"de", "het", "een"}):
        return Person(name, group=True, sure=not _is_of_places(span) and _is_group_name(span))
    return Person(name, gender=gender_of_first_name(span[0].text), sure=personal or _is_full(span))


def _brand(span: Sequence[Token]) -> str | None:
    """The first word of a group's name, where that can stand for it: "Enova" for Enova Wind."""
    first = span[0].lower
    generic = words("roles", "organisation_words") | words("roles", "places") | words("names", "starters")
    plain = is_particle(span[0]) or first in generic or is_group(first) or is_first_name(span[0].text)
    return None if plain or not _is_full(span) or role_head(first) or first.endswith(("se", "sche")) else first


def _is_group_name(span: Sequence[Token]) -> bool:
    return any(
        _is_place(t) or t.lower in words("roles", "organisation_words") or is_association(t.text) or _shouts(t.text)
        for t in span
    ) or is_group(span[0].text)


def _ends_like_a_group(span: Sequence[Token]) -> bool:
    return len(span) > 2 and span[-1].lower in words("roles", "organisation_words")


def _is_of_places(span: Sequence[Token]) -> bool:
    return all(_is_place(token) or is_particle(token) for token in span)


def _is_place(token: Token) -> bool:
    return token.lower in words("roles", "places") or _STREET.fullmatch(token.lower) is not None


def _shouts(word: str) -> bool:
    """Capitals inside a word: "KNVB", "ProRail"; not "J.P." or "Bakker-Smit"."""
    return sum(c.isupper() for c in word) > 1 and not {".", "-", "'", "’"} & set(word)
