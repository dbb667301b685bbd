"""The owner's own words win over every rule."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tts.speak.dutch.rule import ANY, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping


def lexicon_rule(lexicon: Mapping[str, str]) -> Rule:
    """The rule that says whole words of `lexicon` as it has them.

    A key counts as it is spelled; a key that begins in lower case also at the start of a sentence; every key of
    more than one letter also in a line of capitals. The longest key wins.
    """
    return _rule(tuple(lexicon.items()))


@lru_cache(maxsize=8)
def _rule(entries: tuple[tuple[str, str], ...]) -> Rule:
    spoken: dict[str, str] = {}
    for key, said in entries:
        if key.strip():
            spoken.setdefault(key[:1].upper() + key[1:], said)
            if len(key) > 1:
                spoken.setdefault(key.upper(), said)
    spoken.update((key, said) for key, said in entries if key.strip())
    longest_first = sorted(spoken, key=len, reverse=True)
    alternatives = "|".join(re.escape(key) for key in longest_first) or "(?!)"
    return Rule("lexicon", ANY, rf"(?<!\w)(?:{alternatives})(?!\w)", lambda match: spoken[match[0]], ())
