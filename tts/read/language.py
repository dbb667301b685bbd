"""Which language a text is in, by the share of each language's commonest words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
_N_SAMPLED = 20_000  # characters; the shares do not move after the first few thousand
_LEAST_SHARE = 0.08  # a text of no listed language stays under this
_CLEARLY_MORE = 1.25  # times the Dutch share; Afrikaans and quotes in English come near


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that `text` is in; "nl" when in doubt."""
    counts = Counter(word.lower() for word in _WORD.findall(text[:_N_SAMPLED]))
    n_words = counts.total()
    shares = {code: sum(counts[word] for word in words) for code, words in _function_words().items()}
    best = max(shares, key=lambda code: shares[code])
    clear = shares[best] > _CLEARLY_MORE * shares["nl"] and shares[best] >= _LEAST_SHARE * n_words
    return best if clear and n_words >= 5 else "nl"


@cache
def _function_words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("tts.read").joinpath("languages.toml").read_text(encoding="utf-8"))
    return {code: frozenset(words.split()) for code, words in table.items()}
