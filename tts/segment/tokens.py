"""The words of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"[’'‘][tsn](?=\s)|(?:[A-Z]\.)+(?![a-z])|[^\W_]\w*(?:[-'’][^\W_]\w*)*"
)
_CAPITAL = re.compile(r"(?:(?:al|el|ad|as|ar|ben|ibn|d)[-'’])?[^\W\d_a-zß-öø-ÿ]")  # "al-Hassani" is a name too


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
        return _CAPITAL.match(self.text) is not None


@lru_cache(maxsize=512)
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
