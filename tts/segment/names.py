"""Where names stand in a text: capitalised words, with the particles between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.segment.lexicon import words
from tts.segment.roles import (
    group_head,
    is_association,
    is_demonym,
    is_first_name,
    is_group,
    may_be_demonym,
    role_head,
    sounds_like_role,
)
from tts.segment.tokens import Token, tokens
from tts.segment.verbs import is_verb, says

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

_POSSESSIVE = re.compile(r"['’]s?$")
_LONGEST_NAME = 8  # words; a line of capitals is no name
_LONGEST_SURNAME = 5
# "SINT-TRUIDEN - Voor het derde jaar", "Amsterdam – De gemeente": where the article was written.
_DATELINE = re.compile(r"\s*(?P<place>[^\W\d_a-z][^.!?:;‘’“”„\"«»]{1,38}?)\s[–—-]\s(?=[^\W_a-z]|[‘“„«\"'])")
# "Jildou, hun oudste,", "Dilara (41)": only a name has that behind it.
_NAMED_BEHIND = re.compile(r", (?:hun|haar|zijn|mijn|onze) [^\s,.]+(?: [^\s,.]+){0,3},| \(\d{1,2}\)|, \d{2}(?: jaar)?,")
_NUMBER = re.compile("(?:tien|twintig|tig|honderd|duizend)$")  # "Driehonderd Kempische schapen"
_BEFORE_NOUN = frozenset("de een deze die".split())
_WITH_ARTICLE = frozenset("in op bij uit".split())
_NEVER_CHAIN = frozenset("in op bij uit te".split())


class Names:
    """Finds the names in the texts of one article.

    known : how the article may call somebody whom it introduced in full; grows while it is read.
    """

    def __init__(self, texts: Iterable[str], known: Container[str]) -> None:
        found = [token for text in texts for token in tokens(text)]
        self._known = known
        self._common = {token.text for token in found if token.text.islower()}
        starters = words("names", "starters")  # "VENRADE - Een brand": no sentence seems to begin there
        self._surnames = frozenset(_surnames(found))
        self._proper = {token.lower for token in found if token.capital and not token.initial} - starters

    def find(self, text: str) -> Iterator[tuple[Token, ...]]:
        """The names in `text`, in order, each as its words."""
        found = tokens(text)
        past = _after_dateline(text, found)
        for i, token in enumerate(found):
            if token.capital and i >= past:
                past = self._end(text, found, i)
                if past > i:
                    yield found[i:past]

    def _end(self, text: str, found: Sequence[Token], i: int) -> int:
        """Where the name ends that begins at token `i`; `i` itself when none does."""
        if not self._starts(text, found, i):
            return i
        stop = i + 1
        limit = min(len(found), i + _LONGEST_NAME)
        while stop < limit and _adjoin(text, found, stop) and not found[stop].initial:
            if found[stop].capital:
                if not self._continues(text, found, i, stop):
                    break
                stop += 1
                continue
            after = stop
            while after < limit and is_particle(found[after]) and _adjoin(text, found, after):
                after += 1
            if stop == after and self._pairs(found, i, stop):
                stop += 2
                continue
            if not (stop < after < limit and _adjoin(text, found, after) and self._chains(found, i, stop, after)):
                break
            stop = after + 1
        particle = is_particle(found[i]) and not self.is_known(found[i].lower)  # "Ben" is a name too
        if stop == i + 1 and (particle or not self._stands_alone(text, found, i)):
            return i
        return stop

    def _pairs(self, found: Sequence[Token], i: int, stop: int) -> bool:
        """Whether a group is named after two: "waterschap Rijn en Berkel"."""
        headed = i > 0 and found[i - 1].lower in words("roles", "named_with_head")
        return headed and found[stop].lower == "en" and stop + 1 < len(found) and found[stop + 1].capital

    def _starts(self, text: str, found: Sequence[Token], i: int) -> bool:
        token = found[i]
        lower = token.lower
        follower = found[i + 1] if i + 1 < len(found) and _adjoin(text, found, i + 1) else None
        first_name = is_first_name(token.text)
        if lower in words("names", "titles"):
            return False
        if (
            lower.endswith(("se", "sche"))
            and not first_name
            and not self.is_known(lower)
            and (_after_article(found, i) or (follower is not None and not follower.capital))
        ):
            return False  # "Nederlandse", "de Noorse Ingrid Bakker", "zegt de Brugse"
        if is_particle(token) and not first_name:
            named = follower is not None and (follower.capital or is_particle(follower))
            return named and (not token.initial or self._is_known_surname(found, i))
        after_group = i > 0 and is_group(found[i - 1].text) and _adjoin(text, found, i)
        trade = not first_name and role_head(token.text)
        trade_first = follower is not None and follower.capital and trade and not after_group
        if lower not in self._known and trade_first:
            return False
        if _after_article(found, i) and (
            is_demonym(token.text)
            or (may_be_demonym(token.text) and not self.is_known(lower) and not (follower and follower.capital))
        ):
            return False
        if not token.initial or self.is_known(lower) or first_name:
            named = first_name and follower is not None and follower.capital and not follower.initial  # "Wil Prins"
            return lower not in words("names", "starters") or self.is_known(lower) or named
        if follower is not None and follower.capital and is_association(lower):
            return True
        return self._starts_sentence(token, follower)

    def _starts_sentence(self, token: Token, follower: Token | None) -> bool:
        """Whether a name begins with a word, unknown till here, that the start of a sentence gives its capital."""
        lower = token.lower
        if lower in words("names", "starters") or is_verb(lower) or _NUMBER.search(lower):
            return False
        if lower in self._common:
            return follower is not None and self._names_a_kind(token, follower)
        if _is_own_group(lower, follower):
            return True
        # "Kunsthistoricus Fleur Tichelaar": a trade that no list has.
        trade = follower is not None and lower not in self._proper and self._is_named(follower, token)
        return not (trade or role_head(token.text) or is_group(lower))

    def _is_named(self, token: Token, before: Token) -> bool:
        if is_first_name(token.text):
            return True
        known = token.lower in self._known or token.lower in self._proper
        return token.capital and known and sounds_like_role(before.text)

    def _names_a_kind(self, token: Token, follower: Token) -> bool:
        """Whether a common noun at the start of a sentence is part of the name after it: "Natuurhuis Zeeduin"."""
        listed = role_head(token.text) or is_group(token.text) or sounds_like_role(token.text)
        personal = is_first_name(follower.text) or self.is_known(follower.lower) or is_particle(follower)
        return follower.capital and not listed and not personal and not token.lower.endswith(("e", "en"))

    def _stands_alone(self, text: str, found: Sequence[Token], i: int) -> bool:
        """Whether one capitalised word is a name: at the start of a sentence it has to be known as one."""
        token = found[i]
        if not token.initial or self.is_known(token.lower) or is_first_name(token.text) or token.lower in self._proper:
            return True
        shouts = sum(c.isupper() for c in token.text) > 1
        follower = found[i + 1] if i + 1 < len(found) and _adjoin(text, found, i + 1) else None
        if _NAMED_BEHIND.match(text, token.end):
            return True
        says_something = follower is not None and says(follower.text)
        return shouts or says_something or _is_own_group(token.lower, follower)

    def is_known(self, key: str) -> bool:
        """Whether the article knows somebody by `key`, also as a possessive ("Bakkers plan")."""
        return key in self._known or key.removesuffix("s") in self._known

    def _continues(self, text: str, found: Sequence[Token], i: int, stop: int) -> bool:
        here = found[stop]
        if found[stop - 1].text.endswith(".") and here.lower in words("names", "starters"):
            return False  # "de lage F. Die klinkt al"
        if not is_first_name(here.text):
            follows = stop + 1 < len(found) and found[stop + 1].capital and _adjoin(text, found, stop + 1)
            named = follows and not is_first_name(found[stop - 1].text) and not _is_society(found[stop - 1])
            return not (named and role_head(here.text)) or here.lower in self._known  # "VVD-Kamerlid Noor Bakker"
        after_preposition = i > 0 and found[i - 1].lower in {"van", "uit", "in", "bij"} and _adjoin(text, found, i)
        return not after_preposition or is_first_name(found[i].text)  # "wethouder van Rijnwoude Noor Bakker"

    def _chains(self, found: Sequence[Token], i: int, stop: int, after: int) -> bool:
        """Whether found[stop:after] are part of the name: "Klaas van der Meij", but not "Bakker van Zonnewerk"."""
        so_far = list(found[i:stop])
        headed = so_far[0].lower in words("roles", "organisation_words") or is_association(so_far[0].text)
        surname = headed or is_particle(so_far[-1]) or found[after - 1].lower in {"den", "der"}  # "Luc Van den Bossche"
        adjective = found[after].lower.endswith(("se", "sche")) and not surname  # "Unie van Vlaamse Foorreizigers"
        if not found[after].capital or found[after].initial or adjective:
            return False
        while len(so_far) > 1 and is_particle(so_far[-1]):
            so_far.pop()
        if all(map(is_particle, so_far)) or (len(so_far) == 1 and key_of(found[stop : after + 1]) in self._surnames):
            return True
        if so_far[-1].lower in words("roles", "places"):
            return False
        if found[stop].lower in _NEVER_CHAIN and not is_first_name(so_far[-1].text):
            return False
        if found[stop].lower in _WITH_ARTICLE and after - stop == 1:  # "Jelle in Zaandijk", not "Jelle in 't Veld"
            return False
        if headed:
            return True
        if all(is_first_name(t.text) or "." in t.text for t in so_far):
            group = words("roles", "organisation_words") | words("roles", "places")
            return len(so_far) == 1 or not any(t.lower in group for t in found[after : after + 2])
        if len(so_far) > 1:  # "Hessel van Andringa de Kempenaer", "Louise van Asch van Wijck"
            double = found[stop].text in {"de", "tot"} and is_first_name(so_far[0].text) and is_particle(so_far[1])
            return double or key_of(found[i + 1 : after + 1]) in self._surnames
        firm = found[stop].lower not in words("names", "loose") or (found[stop].lower == "van" and after - stop > 1)
        plain = not so_far[0].initial and sum(c.isupper() for c in so_far[0].text) == 1
        return firm or (found[stop].lower in {"van", "de"} and so_far[0].lower not in self._known and plain)

    def _is_known_surname(self, found: Sequence[Token], i: int) -> bool:
        stops = range(i + 2, min(i + _LONGEST_SURNAME, len(found)) + 1)
        return any(self.is_known(key_of(found[i:stop])) for stop in stops)


def _is_society(token: Token) -> bool:
    """Whether a group's name begins with a word, and its members may follow: "Unie Ondernemers Wevelbeke"."""
    return token.lower in words("roles", "organisation_words") or is_association(token.text)


def _surnames(found: Sequence[Token]) -> Iterator[str]:
    """Surnames with particles that stand behind a first name, or behind "familie"; double ones by themselves too."""
    for i, token in enumerate(found):
        double = found[i : i + 4]
        if [t.capital for t in double] == [True, True, False, True] and all(map(is_particle, double[::2])):
            yield key_of(double)  # "Van Asch van Wijck"
        if token.lower == "familie" or (token.capital and is_first_name(token.text)):
            after = i + 1
            while after < len(found) and is_particle(found[after]):
                after += 1
            chained = i + 1 < after < len(found) and found[i + 1].lower not in _NEVER_CHAIN
            if chained and found[after].capital and not found[after].initial:
                yield key_of(found[i + 1 : after + 1])


def _is_own_group(word: str, follower: Token | None) -> bool:
    """Whether a group's own name ends in what it is: "Merconbank wil niets zeggen", else there were an article."""
    return group_head(word) not in {None, word} and follower is not None and is_verb(follower.text)


def _after_dateline(text: str, found: Sequence[Token]) -> int:
    """The first token behind the place that an article begins with; 0 when it begins with none."""
    match = _DATELINE.match(text)
    if match is None or not (match["place"].isupper() or match["place"].isalpha()) or is_first_name(match["place"]):
        return 0
    return next((i for i, token in enumerate(found) if token.start >= match.end("place")), len(found))


def _adjoin(text: str, found: Sequence[Token], i: int) -> bool:
    """Whether only a space stands before token `i`, or the sign in "Boer & Toekomst"."""
    return text[found[i - 1].end : found[i].start] in {" ", " & "}


def _after_article(found: Sequence[Token], i: int) -> bool:
    """Whether token `i` follows an article, with or without adjectives between: "de 27-jarige Kampenaar"."""
    before = i - 1
    while (
        before >= 0
        and found[before].text[0].islower() | found[before].text[0].isdigit()
        and found[before].lower.endswith("e")
        and found[before].lower not in _BEFORE_NOUN
    ):
        before -= 1
    return before >= 0 and found[before].lower in _BEFORE_NOUN


def is_particle(token: Token) -> bool:
    """Whether a word can join first name and surname: "van", "der", "’t"."""
    return token.lower in words("names", "particles")


def spelled(text: str, span: Sequence[Token]) -> str:
    """The name as `text` spells it, without a possessive ending."""
    return _POSSESSIVE.sub("", text[span[0].start : span[-1].end])


def key_of(span: Sequence[Token]) -> str:
    """The form under which a name is looked up."""
    return _POSSESSIVE.sub("", " ".join(t.lower for t in span)).replace("’", "'").replace("‘", "'")


def short_forms(span: Sequence[Token]) -> Iterator[str]:
    """What the article may call somebody later: first name, surname with and without particles, half a double name."""
    if len(span) == 1:
        yield key_of(span)
        return
    firsts = 1
    while firsts < len(span) - 1 and (is_first_name(span[firsts].text) or "." in span[firsts].text):
        firsts += 1
    yield key_of(span[:1])
    surname = span[firsts:]
    for i, token in enumerate(surname):
        if token.capital or i == 0:
            yield key_of(surname[i:])
    for half in surname[-1].lower.split("-") if "-" in surname[-1].text else ():
        if len(half) > 2:
            yield half
            yield " ".join((*(token.lower for token in surname[:-1]), half))


def is_full(span: Sequence[Token]) -> bool:
    """Whether a name has more than one word, particles aside."""
    return sum(not is_particle(token) for token in span) > 1
