"""What stands beside a name: roles, titles, ages."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from tts.segment.lexicon import words
from tts.segment.roles import gender_of_role, is_demonym, is_first_name, is_group, role_head, sounds_like_role
from tts.segment.tokens import Token, tokens
from tts.segment.verbs import is_verb, says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENDS = r",.;:!?()\ue000\ue001"
_AGE = re.compile(r"\s*,?\s*\(?(?P<age>\d{1,2})(?:\)| jaar|,)")
_PARENTHESIS = re.compile(r"\s*\([^()]{1,60}\)")
_APPOSITION = re.compile(rf"\s*,\s+(?P<role>[^{_ENDS}]{{3,90}})(?=[{_ENDS}]|$)")
_COPULA = re.compile(rf"\s+(?:is|was|werd|wordt|blijft|werkt als|werkte als|begon als)\s+(?P<role>[^{_ENDS}]{{3,60}})")
_INTRODUCED = re.compile(
    r"\b(?:(?:de|het|een|die|deze|haar|zijn|hun|mijn|onze)\s|(?-i:[A-Z])[^\s,.;:]*s\s)(?P<role>[^\s,.;:]+(?:\s(?:[A-Z]\.|[^\s,.;:]+)){0,5}),\s$",
    re.IGNORECASE,
)
_BECOMES = re.compile(
    r"\b(?:die|deze|de|haar|zijn|hun|mijn|onze)\s(?P<role>[^\s,.;:]+)\s(?:is|was|werd|wordt|heet|heette)\s$",
    re.IGNORECASE,
)
# "Noor Bakker, haar man Kees en hun dochter": whom a list names next.
_LISTED = re.compile(
    r"(?:haar|zijn|hun|de|het)\s(?:[^\W\d_A-Z]+\s){0,2}(?!van|uit|bij|in|op)[^\W\d_A-Z]+\s[A-Z][\w’'-]+(?:\sen\s|$)"
)
_INTRODUCED_REACH = 60  # characters
_BETWEEN_ROLE_AND_NAME = frozenset("van de het voor bij in der den en".split())
_INTO = frozenset("in bij".split())
_TOWARDS = frozenset("aan door met naar namens over tegen tegenover".split())
_ARTICLES = frozenset("de het een 'n haar zijn hun mijn onze ons die deze".split())
_ROLE_REACH = 6  # words
_NO_ROLE = frozenset(
    "die dat wiens wie wier geen niet en maar of als met in op aan waar toen terwijl omdat want dus hij zij ze ik we "
    "wij er volgens".split()
)
_PHRASE_REACH = 7


def role_before(text: str, span: Sequence[Token]) -> Token | None:
    """The role noun before a name: "wethouder Bakker", "hoogleraar economie Jan Smit", "haar broer, de Fries Jan"."""
    found = tokens(text)
    name = _index(found, span[0])
    start = name
    while start > 0 and text[found[start - 1].end : found[start].start] == " " and _tells_apart(found[start - 1]):
        start -= 1
    if start < name and start > 0 and found[start - 1].lower in _ARTICLES:
        start -= 1
    for back in range(start - 1, max(-1, start - 1 - _ROLE_REACH), -1):
        token = found[back]
        between = text[token.end : found[back + 1].start]
        nearest = back == start - 1
        surname = token.capital and back > 0 and is_first_name(found[back - 1].text)  # "Noor Bakker wenkt Kees Pool"
        if (
            role_head(token.text)
            and not surname
            and (between == " " or (between == ", " and nearest and _is_theirs(found, back)))
        ):
            return token
        titled = token.lower in words("names", "titles")
        if between != " " and not (titled and between == ". "):
            return None
        if nearest and len(span) > 1 and _is_unlisted_trade(found, back, span):
            return token
        # "de koning van schutterij Sint-Urbanus", "een verkoopster in het filiaal Sittard"
        if surname or (nearest and is_group(token.text)) or (token.lower in _INTO and len(span) == 1):
            return None
        if not titled and (_ends_role(token) or (nearest and (token.initial or token.lower in _BETWEEN_ROLE_AND_NAME))):
            return None
    return None


def _tells_apart(token: Token) -> bool:
    """Whether a word between an article and a name says where somebody is from, or how old."""
    return is_demonym(token.text) or token.lower.endswith("-jarige")


def titled(text: str, span: Sequence[Token]) -> Token | None:
    """The title before a name: "mevrouw", "dr."."""
    before = token_before(text, span[0])
    return before if before is not None and before.lower in words("names", "titles") else None


def token_before(text: str, token: Token) -> Token | None:
    """The word right before `token`, None where more than a space or the point of a title stands between."""
    found = tokens(text)
    i = _index(found, token)
    if not i:
        return None
    between = text[found[i - 1].end : token.start]
    abbreviated = between == ". " and found[i - 1].lower in words("names", "titles")
    return found[i - 1] if between == " " or abbreviated else None


def age_behind(text: str, span: Sequence[Token]) -> int | None:
    """The age that stands behind the name, which only people have."""
    match = _AGE.match(text, span[-1].end)
    return int(match["age"]) if match else None


def roles_beside(text: str, span: Sequence[Token]) -> Iterator[str]:
    """The roles that the article puts beside this mention of a name, the one before it first."""
    before = role_before(text, span)
    if before is not None:
        role = text[before.start : span[0].start].strip(" ,")
        role = " ".join(w for w in role.split() if w.lower().strip(".") not in words("names", "titles"))
        if role:
            yield role[:1].lower() + role[1:] if before.initial else role
    start = before.start if before is not None else span[0].start
    reach = max(0, start - _INTRODUCED_REACH)
    introduced = _INTRODUCED.search(text, reach, start) or _BECOMES.search(text, reach, start)
    if introduced and (phrase := _role_phrase(introduced["role"])):
        yield phrase
    rest = span[-1].end
    parenthesis = _PARENTHESIS.match(text, rest)
    rest = parenthesis.end() if parenthesis else rest
    behind = _APPOSITION.match(text, rest) or _COPULA.match(text, rest)
    if behind and not _LISTED.match(behind["role"]) and (phrase := _role_phrase(behind["role"])):
        yield phrase


def _index(found: Sequence[Token], token: Token) -> int:
    return bisect_left(found, token.start, key=lambda t: t.start)


def _is_theirs(found: Sequence[Token], i: int) -> bool:
    """Whether a role with an article is that of the name behind it: not so in "de neef van de afslager, Krijn"."""
    before = [token.lower for token in found[max(0, i - 3) : i]]
    return not _ARTICLES.isdisjoint(before[-2:]) and "van" not in before


def _is_unlisted_trade(found: Sequence[Token], i: int, span: Sequence[Token]) -> bool:
    """A noun right before a full name that can only be what somebody is: "zegt kaarsenmaakster Noor Bakker"."""
    token = found[i]
    if not (token.text.islower() or token.initial) or len(token.text) < 4 or _ends_role(token) or is_group(token.text):
        return False
    if token.lower in words("names", "titles") or token.lower in _BETWEEN_ROLE_AND_NAME:
        return False
    if token.lower.endswith(("e", "ig", "lijk")) and gender_of_role(token.lower) is None:
        return False  # an adjective
    before = found[i - 1] if i else None
    announced = (
        token.initial
        or before is None
        or before.lower in _ARTICLES
        or says(before.text)
        or before.lower in {"ook", "aldus"}
    )
    if is_first_name(span[0].text):
        return announced or sounds_like_role(token.text)
    grouped = any(t.lower in words("roles", "organisation_words") | words("roles", "places") for t in span)
    return sounds_like_role(token.text) and not grouped


def _ends_role(token: Token) -> bool:
    """A word that can't stand between a role noun and the name it belongs to."""
    if token.lower in _BETWEEN_ROLE_AND_NAME:
        return False
    return is_verb(token.text) or token.lower in _TOWARDS or token.lower in words("names", "starters")


def _role_phrase(phrase: str) -> str | None:
    for i, token in enumerate(tokens(phrase)[:_PHRASE_REACH]):
        if role_head(token.text):
            return phrase.strip() if i < 3 else phrase[token.start :].strip()
        if token.lower in _NO_ROLE or (is_verb(token.text) and (i or token.lower != "zijn")):
            return None
    return None
