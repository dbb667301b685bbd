"""Who appears in an article: people and groups by name, with the roles that it gives them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tts.segment.lexicon import groups_of_words, words
from tts.segment.verbs import is_verb, says

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Gender = Literal["f", "m"]

_TOKEN = re.compile(r"[’'‘][tsn](?=\s)|(?:[A-Z]\.)+(?![a-z])|[^\W_]\w*(?:[-'’][^\W_]\w*)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_AGE = re.compile(r"\s*,?\s*\(?\d{1,2}(?:\)| jaar|,)")
_PARENTHESIS = re.compile(r"\s*\((?P<inside>[^()]{1,60})\)")
_APPOSITION = re.compile(r"\s*,\s+(?P<role>[^,.;:!?()\ue000\ue001]{3,90})(?=[,.;:!?()\ue000\ue001]|$)")
_COPULA = re.compile(
    r"\s+(?:is|was|werd|wordt|blijft|werkt als|werkte als|begon als)\s+(?P<role>[^,.;:!?()\ue000\ue001]{3,60})"
)
_BETWEEN_ROLE_AND_NAME = frozenset("van de het voor bij in der den en".split())
_ARTICLES = frozenset("de het een 'n haar zijn hun mijn onze ons die deze".split())
_ROLE_REACH = 6
_LONGEST_NAME = 8  # words; a line of capitals is no name
_APPOSITION_REACH = 6


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a paragraph, with where it stands and whether a sentence begins with it."""

    start: int
    end: int
    text: str
    initial: bool

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(slots=True, eq=False)
class Person:
    """Somebody, or a group, that the article names or describes.

    name : as full as the article gives it; None where it gives only a description, which is then the first role.
    """

    name: str | None
    roles: list[str] = field(default_factory=list)
    gender: Gender | None = None
    group: bool = False
    plural: bool = False
    sure: bool = True  # False: a capitalised word of which nothing tells what it is

    def heads(self) -> set[str]:
        """The head nouns of its roles."""
        return {head for role in self.roles for word in _TOKEN.findall(role) if (head := role_head(word))}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. start : with the role before it. people : whom it can mean, first introduced first."""

    start: int
    name_start: int
    end: int
    people: tuple[Person, ...]
    full: bool


@lru_cache(maxsize=4096)
def role_head(word: str) -> str | None:
    """The noun in the lists of roles that `word` ends with: "wethouder" for "D66-wethouders", None if it is no role."""
    known = words("roles", "people")
    lower = word.lower()
    for form in (lower, *(_singulars(lower))):
        if form in known:
            return form
        for cut in range(2, len(form) - 2):
            tail = form[cut:]
            if tail in known and (
                len(tail) > 4 or tail in {"lid", "arts", "boer", "chef", "baas"} or form[cut - 1] == "-"
            ):
                return tail
    return None


def _singulars(word: str) -> tuple[str, ...]:
    forms = []
    if word.endswith("s"):
        forms.append(word[:-1].removesuffix("'").removesuffix("’"))
    if word.endswith("leden"):
        forms.append(word[:-5] + "lid")
    elif word.endswith("en"):
        forms.extend((word[:-2], word[:-1]))
        if len(word) > 4 and word[-3] == word[-4]:
            forms.append(word[:-3])
    return tuple(forms)


def is_group(word: str) -> bool:
    """Whether `word` names a kind of group: "gemeente", "woningcorporatie"."""
    lower = word.lower()
    return lower in words("roles", "groups") or any(
        lower.endswith(tail)
        for tail in ("organisatie", "vereniging", "corporatie", "bedrijf", "stichting", "comité", "bond", "ministerie")
    )


def is_demonym(word: str) -> bool:
    """Whether `word` can say where somebody is from: "Tsjech", "Rotterdammer"."""
    lower = word.lower()
    return word[:1].isupper() and (
        lower in words("roles", "demonyms") or (lower.endswith(("mer", "enaar", "der", "ner")) and not is_first_name(word))
    )


def same_role(one: str, other: str) -> bool:
    """Whether two head nouns can stand for one role: "trainer" and "coach"."""
    return one == other or any(one in group and other in group for group in groups_of_words("roles", "same"))


def gender_of_role(word: str) -> Gender | None:
    """What a role tells of a gender: "moeder", "woordvoerster", "zakenman"."""
    lower = word.lower()
    head = role_head(lower) or lower
    if head in words("roles", "female") or lower in words("roles", "female"):
        return "f"
    return "m" if head in words("roles", "male") or lower in words("roles", "male") else None


def gender_of_first_name(name: str) -> Gender | None:
    """What a first name tells, None when it is unknown or given to both."""
    lower = name.lower()
    if lower in words("names", "either"):
        return None
    for form in (lower, lower.split("-")[0]):
        if form in words("names", "female"):
            return "f"
        if form in words("names", "male"):
            return "m"
    return None


def is_first_name(name: str) -> bool:
    """Whether `name` is in the lists of first names, or begins a double one that is."""
    lower = name.lower()
    return any(
        form in words("names", kind) for form in (lower, lower.split("-")[0]) for kind in ("female", "male", "either")
    )


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a paragraph."""
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        between = text[last : match.start()]
        initial = not found or any(c in ".!?:…\ue001" for c in between) or any(c in '‘’“„«»"' for c in between)
        if initial and found and between.strip() in {"’", "'"}:
            initial = False
        found.append(Token(match.start(), match.end(), match.group(), initial))
        last = match.end()
    return tuple(found)


class Cast:
    """The people of one article. Found once, from all its paragraphs; `mentions` then finds them in a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.people: list[Person] = []
        self._full: dict[str, Person] = {}
        self._short: dict[str, list[Person]] = defaultdict(list)
        self._lower = {t.text for text in texts for t in tokens(text) if t.text.islower()}
        spans = [(text, span) for text in texts for span in self._spans(text)]
        for text, span in spans:
            if len(_bare(span)) > 1:
                self._introduce(text, span)
        for text, span in spans:
            if len(_bare(span)) == 1:
                self._introduce(text, span)

    def mentions(self, text: str) -> list[Mention]:
        """The names in `text`, in order."""
        found = []
        for span in self._spans(text):
            people = self._meant(text, span)
            if people:
                start = span[0].start
                role = _role_before(text, span)
                found.append(Mention(role.start if role else start, start, span[-1].end, people, len(_bare(span)) > 1))
        return found

    def known_as(self, name: str) -> tuple[Person, ...]:
        """Whom a name can mean that stands by itself, as in the credit of a pull quote."""
        found = [t for t in tokens(name) if t.lower not in words("names", "titles")]
        return self._named(found) if found else ()

    def _meant(self, text: str, span: Sequence[Token]) -> tuple[Person, ...]:
        headed = self._full.get(_headed(text, span) or "")
        return (headed,) if headed else self._named(span)

    def _named(self, span: Sequence[Token]) -> tuple[Person, ...]:
        for key in (_key(span), _key(span).removesuffix("s")):
            if key in self._full:
                return (self._full[key],)
            if self._short.get(key):
                return tuple(self._short[key])
        return ()

    def _introduce(self, text: str, span: Sequence[Token]) -> None:
        headed = _headed(text, span)
        key = headed or _key(span)
        known = tuple(filter(None, (self._full.get(headed),))) if headed else self._named(span)
        if not known:
            # An uncertain start ("De Wit", "Van Dam") is a name only once it is known from elsewhere.
            if span[0].initial and span[0].lower in words("names", "particles"):
                return
            # "Bakker" is a trade too: by itself it is a surname only with a role or title before it.
            if len(span) == 1 and role_head(span[0].text) and not (_role_before(text, span) or _titled(text, span)):
                return
            person = self._new(text, span)
            self.people.append(person)
            known = (person,)
            self._full[key] = person
            if not person.group:
                for short in _short_forms(span):
                    if person not in self._short[short]:
                        self._short[short].append(person)
        if len(known) == 1:
            _learn(known[0], text, span)

    def _new(self, text: str, span: Sequence[Token]) -> Person:
        name = _name(text, span)
        before = _token_before(text, span[0])
        head = before.lower if before else ""
        if is_group(head) and before is not None:
            if head in words("roles", "named_with_head"):
                name = f"{before.text[:1].lower()}{before.text[1:]} {name}"
            return Person(name, [] if head in words("roles", "named_with_head") else [before.text.lower()], group=True)
        first = span[0].text
        person_like = (
            is_first_name(first) or "." in first or _role_before(text, span) or head in words("names", "titles")
        )
        org_words = [
            t for t in span if t.lower in words("roles", "organisation_words") or t.lower in words("roles", "places")
        ]
        shouting = [
            t
            for t in span
            if len(t.text) > 1 and sum(c.isupper() for c in t.text) > 1 and "." not in t.text and "-" not in t.text
        ]
        if (not person_like or (org_words and org_words[-1] is span[-1] and len(span) > 2)) and (
            org_words or shouting or (head in {"de", "het", "een", "'t", "’t"} and before)
        ):
            place = all(t.lower in words("roles", "places") or t.lower in words("names", "starters") for t in span)
            return Person(name, group=True, sure=not place and bool(shouting or org_words))
        return Person(name, gender=gender_of_first_name(first), sure=bool(person_like) or len(span) > 1)

    def _spans(self, text: str) -> list[tuple[Token, ...]]:
        found = tokens(text)
        spans: list[tuple[Token, ...]] = []
        i = 0
        while i < len(found):
            stop = self._span_end(text, found, i)
            if stop > i:
                spans.append(found[i:stop])
                i = stop
            else:
                i += 1
        return spans

    def _span_end(self, text: str, found: Sequence[Token], i: int) -> int:
        """Where the name ends that begins at token `i`; `i` itself when none does."""
        token = found[i]
        if not token.capital or not self._can_start(text, found, i):
            return i
        stop = i + 1
        limit = min(len(found), i + _LONGEST_NAME)
        while stop < limit and text[found[stop - 1].end : found[stop].start] == " ":
            here = found[stop]
            if here.initial:
                break
            if here.capital and not (
                role_head(here.text) and not is_first_name(here.text) and here.lower not in self._short
            ):
                if is_first_name(here.text) and _preposition_before(text, found, i) and not is_first_name(token.text):
                    break
                stop += 1
                continue
            after = stop
            while (
                after < len(found)
                and found[after].lower in words("names", "particles")
                and text[found[after - 1].end : found[after].start] == " "
            ):
                after += 1
            chained = (
                after > stop
                and after < len(found)
                and found[after].capital
                and not found[after].initial
                and text[found[after - 1].end : found[after].start] == " "
                and self._joins(found, i, stop, after)
            )
            if not chained:
                break
            stop = after + 1
        last = found[stop - 1]
        if stop == i + 1 and last.lower in words("names", "particles"):
            return i
        return stop

    def _joins(self, found: Sequence[Token], i: int, stop: int, after: int) -> bool:
        """Whether the particles found[stop:after] are part of the name: "Klaas van der Meij", but "Bakker van Zonnewerk"."""
        so_far = found[i:stop]
        while len(so_far) > 1 and so_far[-1].lower in words("names", "particles"):
            so_far = so_far[:-1]
        if all(t.lower in words("names", "particles") for t in so_far):
            return True
        if so_far[-1].lower in words("roles", "places") or found[after].lower.endswith(("se", "sche")):
            return False
        if found[stop].lower in {"in", "op", "bij", "uit", "te"} and not is_first_name(so_far[-1].text):
            return False
        if found[stop].lower not in words("names", "loose") or (after - stop > 1 and found[stop].lower == "van"):
            if so_far[-1].lower in words("roles", "organisation_words") or so_far[0].lower in words(
                "roles", "organisation_words"
            ):
                return True
            return len(so_far) == 1 or all(is_first_name(t.text) or "." in t.text for t in so_far)
        if so_far[0].lower in words("roles", "organisation_words"):
            return True
        return all(is_first_name(t.text) or "." in t.text for t in so_far) or (
            len(so_far) == 1
            and found[stop].lower == "van"
            and so_far[0].lower not in self._short
            and not so_far[0].initial
            and sum(c.isupper() for c in so_far[0].text) == 1
        )

    def _can_start(self, text: str, found: Sequence[Token], i: int) -> bool:
        token = found[i]
        lower = token.lower
        nxt = found[i + 1] if i + 1 < len(found) and text[token.end : found[i + 1].start] == " " else None
        if lower in words("names", "titles") or (
            lower.endswith(("se", "sche")) and not is_first_name(token.text) and nxt is not None and not nxt.capital
        ):
            return False
        if lower in words("names", "particles"):
            return (
                nxt is not None
                and (nxt.capital or nxt.lower in words("names", "particles"))
                and (not token.initial or self._known_from(found, i))
            )
        if role_head(token.text) and nxt is not None and nxt.capital and lower not in self._short:
            return False
        if i and found[i - 1].lower in {"de", "een", "deze"} and is_demonym(token.text):
            return False
        if not token.initial:
            return True
        if lower in self._short or lower.removesuffix("s") in self._short:
            return True
        if lower in words("names", "starters") or is_verb(lower):
            return False
        if is_first_name(token.text):
            return True
        return not (lower in self._lower or role_head(token.text) or is_group(lower))

    def _known_from(self, found: Sequence[Token], i: int) -> bool:
        for stop in range(i + 2, min(i + 6, len(found)) + 1):
            key = _key(found[i:stop])
            if key in self._full or key in self._short or key.removesuffix("s") in self._short:
                return True
        return False


def _bare(span: Sequence[Token]) -> list[Token]:
    return [t for t in span if t.lower not in words("names", "particles")]


def _headed(text: str, span: Sequence[Token]) -> str | None:
    """The key of a group whose head noun is part of its name: "gemeente Zaandijk" is not the town."""
    before = _token_before(text, span[0])
    if before is None or before.lower not in words("roles", "named_with_head"):
        return None
    return f"{before.lower} {_key(span)}"


def _name(text: str, span: Sequence[Token]) -> str:
    return _POSSESSIVE.sub("", text[span[0].start : span[-1].end])


def _key(span: Sequence[Token]) -> str:
    return _POSSESSIVE.sub("", " ".join(t.lower for t in span)).replace("’", "'").replace("‘", "'")


def _short_forms(span: Sequence[Token]) -> Iterable[str]:
    """What the article may call somebody later: first name, surname with and without particles, half a double name."""
    firsts = 1
    while firsts < len(span) - 1 and (is_first_name(span[firsts].text) or "." in span[firsts].text):
        firsts += 1
    if len(span) == 1:
        yield _key(span)
        return
    yield _key(span[:1])
    surname = span[firsts:]
    for i in range(len(surname)):
        if surname[i].capital or i == 0:
            yield _key(surname[i:])
    last = surname[-1].lower
    if "-" in last:
        yield from (part for part in last.split("-") if len(part) > 2)


def _token_before(text: str, token: Token) -> Token | None:
    found = tokens(text)
    i = _index(found, token)
    return found[i - 1] if i and text[found[i - 1].end : token.start] in {" ", ". "} else None


def _titled(text: str, span: Sequence[Token]) -> Token | None:
    before = _token_before(text, span[0])
    return before if before is not None and before.lower in words("names", "titles") else None


def _index(found: Sequence[Token], token: Token) -> int:
    return bisect_left(found, token.start, key=lambda t: t.start)


def _preposition_before(text: str, found: Sequence[Token], i: int) -> bool:
    return (
        i > 0 and found[i - 1].lower in {"van", "uit", "in", "bij"} and text[found[i - 1].end : found[i].start] == " "
    )


def _role_before(text: str, span: Sequence[Token]) -> Token | None:
    """The role noun before a name: "wethouder Bakker", "hoogleraar economie Jan Smit", "haar broer, de Fries Jan Smit"."""
    found = tokens(text)
    i = _index(found, span[0])
    start = i
    while start > 0 and text[found[start - 1].end : found[start].start] == " " and is_demonym(found[start - 1].text):
        start -= 1
    if start < i and start > 0 and found[start - 1].lower in _ARTICLES:
        start -= 1
    for back in range(start - 1, max(-1, start - 1 - _ROLE_REACH), -1):
        token = found[back]
        between = text[token.end : found[back + 1].start]
        if role_head(token.text) and (between == " " or (between == ", " and back == start - 1 and _has_article(found, back))):
            return token
        titled = token.lower in words("names", "titles")
        if between != " " and not (titled and between == ". "):
            return None
        if not titled and (_ends_role(token) or (back == start - 1 and (token.initial or token.lower in _BETWEEN_ROLE_AND_NAME))):
            return None
    return None


def _has_article(found: Sequence[Token], i: int) -> bool:
    return any(token.lower in _ARTICLES for token in found[max(0, i - 2) : i])


def _ends_role(token: Token) -> bool:
    """A word that can't stand between a role noun and the name it belongs to."""
    if token.lower in _BETWEEN_ROLE_AND_NAME:
        return False
    return is_verb(token.text) or token.lower in words("names", "starters")


def _learn(person: Person, text: str, span: Sequence[Token]) -> None:
    """Take up the role and the gender that stand beside a name."""
    before = _role_before(text, span)
    if before is not None:
        role = text[before.start : span[0].start].strip(" ,")
        role = " ".join(w for w in role.split() if w.lower().strip(".") not in words("names", "titles"))
        _add_role(person, role[:1].lower() + role[1:] if before.initial else role)
        person.sure = True
    title = _titled(text, span)
    if title is not None:
        person.gender = person.gender or gender_of_role(title.lower)
        person.sure = True
    rest = span[-1].end
    parenthesis = _PARENTHESIS.match(text, rest)
    if parenthesis:
        rest = parenthesis.end()
        person.sure = person.sure or bool(re.search(r"\d", parenthesis["inside"]))
    if _AGE.match(text, span[-1].end):
        person.sure = True
    apposition = _APPOSITION.match(text, rest) or _COPULA.match(text, rest)
    if apposition and (role := _role_phrase(apposition["role"])):
        _add_role(person, role)
        person.sure = True


def _role_phrase(phrase: str) -> str | None:
    found = tokens(phrase)[: _APPOSITION_REACH + 1]
    for i, token in enumerate(found):
        if role_head(token.text):
            return phrase.strip() if i < 3 else phrase[token.start :].strip()
        if token.lower in {"die", "dat", "en", "maar", "of"} or says(token.text):
            return None
    return None


def _add_role(person: Person, role: str) -> None:
    if role and role not in person.roles:
        person.roles.append(role)
    for token in tokens(role):
        head = role_head(token.text)
        if head and person.gender is None:
            person.gender = gender_of_role(token.text)
        if head:
            break
