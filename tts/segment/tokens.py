"""The words of a paragraph."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[’'‘][tsn](?=\s)|(?:[A-Z]\.)+(?![a-z])|[^\W_]\w*(?:[-'’][^\W_]\w*)*")
_CAPITAL = re.compile(r"(?:(?:al|el|ad|as|ar|ben|ibn|d)[-'’])?[^\W\d_a-zß-öø-ÿ]")  # "al-Hassani" is a name too
_BEGINNING = frozenset('.!?:…\ue001‘’“„«»"')


class Token(NamedTuple):
    """A word of a paragraph, with where it stands; a tuple, as it is made a third of the time of a frozen dataclass.

    capital : begins with a capital, "al-Hassani" too. initial : a sentence or a quotation begins with it.
    """

    start: int
    end: int
    text: str
    lower: str
    capital: bool
    initial: bool


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a paragraph."""
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        between = text[last : match.start()]
        initial = not found or (between != " " and _begins(between))
        start, last = match.span()
        found.append(Token(start, last, word, word.lower(), _is_capital(word), initial))
    return tuple(found)


def _is_capital(word: str) -> bool:
    """Whether `word` begins as `_CAPITAL` does; most are plain letters, for which no pattern is needed."""
    if word.isascii() and word.isalnum():
        return word[0].isupper()
    return _CAPITAL.match(word) is not None


def _begins(between: str) -> bool:
    """Whether a sentence or a quotation begins after what stands between two words."""
    if between.strip() in {"’", "'"}:
        return False
    return not _BEGINNING.isdisjoint(between)
