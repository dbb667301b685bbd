"""Who appears in an article: people and groups by name, with the roles that it gives them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.segment.beside import age_behind, role_before, roles_beside, titled, token_before
from tts.segment.group_names import (
    brand,
    ends_like_a_group,
    head_of,
    headed,
    is_group_name,
    is_of_places,
    kind_before,
)
from tts.segment.lexicon import words
from tts.segment.names import Names, is_full, is_particle, key_of, short_forms, spelled
from tts.segment.roles import (
    Gender,
    gender_of_first_name,
    gender_of_role,
    is_first_name,
    is_group,
    own_words,
    role_head,
)
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.tokens import Token

_AND = re.compile(r"(?: \(\d{1,2}\))? (?:en|&) ")
_ALIAS = re.compile(
    r"(?:\bdoor \w{1,20} (?=[^\s,.;:]{1,20} genoemd\b)|\bbijgenaamd |\bbekend als )"
    r"[‘’'\"“”„]{0,2}(?P<alias>[A-Z]\w{1,20})"
)
# "Middenstand Merksteen, dat zestig zaken verenigt"
_NEUTER = re.compile(r",\sdat\s(?!(?:is|was|weet|had|heeft|zegt|zei)\b)")
_INITIAL = re.compile(r"[A-Z]\.")
_KIND_BEHIND = re.compile(r", (?:de|het|een) (?P<kind>[^\W\d_A-Z][^\s,.;:]*)")  # "De Poort, de corporatie die"
_BEHIND_NAME = re.compile(r"[A-Z][\w’'-]+ \($")  # "Noor Bakker (Groen Zaandijk)": a party
_ALIAS_REACH = 60  # characters
_NAME_REACH = 20  # characters
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
                    if full == is_full(span):
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
                beside = kind_before(text, span) if people[0].group else role_before(text, span)
                start = beside.start if beside else span[0].start
                found.append(Mention(start, span[0].start, span[-1].end, people, is_full(span)))
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
        group = self._full.get(headed(text, span) or "")
        return (group,) if group else self._named(span)

    def _named(self, span: Sequence[Token]) -> tuple[Person, ...]:
        key = key_of(span)
        for form in (key, key.removesuffix("s")):
            if form in self._full:
                return (self._full[form],)
            if form in self._short:
                return tuple(self._short[form])
        if len(span) > 1 and _INITIAL.fullmatch(span[0].text):  # "B. Tol" for Bea Tol
            bearers = self._short.get(key_of(span[1:]), ())
            return tuple(p for p in bearers if str(p.name).startswith(span[0].text[0]))[:1]
        return ()

    def _introduce(self, text: str, span: Sequence[Token]) -> None:
        key = headed(text, span)
        known = (self._full[key],) if key in self._full else () if key else self._named(span)
        if not known:
            # "Bakker" is a trade too: by itself it is a surname only with a role or title before it.
            if not is_full(span) and role_head(span[0].text) and not (role_before(text, span) or titled(text, span)):
                return
            person = _newcomer(text, span)
            self.people.append(person)
            self._full[key or key_of(span)] = person
            if not person.group:
                for short in dict.fromkeys(short_forms(span)):
                    self._short[short].append(person)
            elif (first := brand(span)) is not None:
                self._short[first].append(person)
            known = (person,)
        if len(known) == 1 and not is_of_places(span):
            self._learn(known[0], text, span)

    def are_paired(self, one: Person, other: Person) -> bool:
        """Whether the article has named them together: "Peter Schouten en Ineke Vos"."""
        return frozenset((id(one), id(other))) in self._pairs

    def _pair_up(self, text: str) -> None:
        """Keep who stand beside each other in `text`."""
        found = list(self._names.find(text))
        for i, (one, other) in enumerate(pairwise(found)):
            joint = text[one[-1].end : other[0].start]
            if _AND.fullmatch(joint):
                self._introduce_sibling(one, other, text)
                if i and text[found[i - 1][-1].end : one[0].start] == ", ":  # "Lei, Hub en Sef Geurts"
                    self._introduce_sibling(found[i - 1], other, text)
            both = (*self._named(one), *self._named(other))
            if _JOINT.fullmatch(joint) and len(both) == len(("one", "other")):
                self.pair(*both)

    def _take_up_aliases(self, text: str) -> None:
        """`Noor Bakker (79), door iedereen Moeke genoemd`."""
        aliases = list(_ALIAS.finditer(text))
        named = [span for span in self._names.find(text) if is_full(span)] if aliases else []
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
        both = len(one) == 1 and is_full(other)
        named = is_first_name(other[0].text) and (is_first_name(first) or not is_of_places(one))
        if not both or key_of(one) in self._short or not named:
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


def _newcomer(text: str, span: Sequence[Token]) -> Person:
    name = spelled(text, span)
    before = token_before(text, span[0])
    head = before.lower if before is not None else ""
    personal = is_first_name(span[0].text) and is_full(span)
    if not personal and (part := head_of(text, span)) is not None:
        return Person(f"{part} {name}", group=True)
    if before is not None and is_group(head) and not personal:
        return Person(name, [head], group=True)
    kind = _KIND_BEHIND.match(text, span[-1].end)
    if not personal and kind and is_group(kind["kind"]) and titled(text, span) is None:
        return Person(name, [kind["kind"]], group=True)
    if (
        not personal
        and role_before(text, span) is None
        and (
            head in words("roles", "named_places")
            or _NEUTER.match(text, span[-1].end)
            or (
                _BEHIND_NAME.search(text, max(0, span[0].start - _NAME_REACH), span[0].start)
                and text[span[-1].end : span[-1].end + 1] == ")"
            )
        )
    ):
        return Person(name, [head] if head else [], group=True)
    personal = personal or is_first_name(span[0].text) or "." in span[0].text or titled(text, span) is not None
    personal = personal or role_before(text, span) is not None
    if is_full(span) and is_particle(span[0]) and not titled(text, span):
        return Person(name, group=True)  # "Van Asperen Uurwerken": nobody's full name begins with a particle
    if (not personal or ends_like_a_group(span)) and (is_group_name(span) or head in {"de", "het", "een"}):
        return Person(name, group=True, sure=not is_of_places(span) and is_group_name(span))
    return Person(name, gender=gender_of_first_name(span[0].text), sure=personal or is_full(span))
