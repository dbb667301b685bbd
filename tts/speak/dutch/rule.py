"""What a rule of the rewriter is, and what it can ask about the text around a match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DIGIT = "[0-9]"
CAPITAL = "[A-Z]"
DOT = r"[.]"
ANY = ""

_NEAR_CHARS = 120  # how far a cue may stand from what it decides; keeps hostile input linear
_WORD_CHARS = 48
_LAST_WORD = re.compile(r"([\w’'.&-]*\w[.]?)[ \u00a0(‘“\"]{1,3}$")
_NEXT_WORD = re.compile(r"[ \u00a0]([\w’'&-]+)")
_SENTENCE_GAP = re.compile(r"[.!?…][’”\"')]{0,3}\s+(?=[A-ZÀ-Þ])")
_ENDING = re.compile(r"[’”\"'»)\]]{0,3}(?:\s*$|\s+[‘“„\"'«(]{0,3}(?:[’'][snmt] )?[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of rewrite.

    trigger  : a character class of which a text must hold something for the rule to be worth a search.
    pattern  : matches exactly what is rewritten; the context stands in look-arounds or is asked for in `say`.
               It must be linear in the text: possessive or bounded repetition behind a fixed look-behind.
    say      : the spoken form of a match, or None where the match turns out to be something else.
    examples : (written, spoken) through all rules together; a test says them.
    """

    name: str
    trigger: str
    pattern: str
    say: Callable[[re.Match[str]], str | None]
    examples: tuple[tuple[str, str], ...]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when a text first needs it: start-up pays for none."""
    return re.compile(pattern)


def word_before(match: re.Match[str]) -> str:
    """The word that stands right before the match, "" where punctuation or nothing does."""
    found = _LAST_WORD.search(match.string, max(0, match.start() - _WORD_CHARS), match.start())
    return found[1] if found else ""


def word_after(match: re.Match[str], skipped: int = 0) -> str:
    """The word that stands right after the match (or `skipped` words further), "" where punctuation or nothing does."""
    word, at = "", match.end()
    for _ in range(skipped + 1):
        found = _NEXT_WORD.match(match.string, at)
        if not found:
            return ""
        word, at = found[1], found.end()
    return word


def left_of(match: re.Match[str]) -> str:
    """What precedes the match in its own sentence, a bounded stretch."""
    # With the first character of the match, whose capital tells whether a sentence begins there.
    stretch = match.string[max(0, match.start() - _NEAR_CHARS) : match.start() + 1]
    return _SENTENCE_GAP.split(stretch)[-1][:-1]


def right_of(match: re.Match[str]) -> str:
    """What follows the match in its own sentence, a bounded stretch."""
    return _SENTENCE_GAP.split(match.string[match.end() : match.end() + _NEAR_CHARS])[0]


def starts_sentence(match: re.Match[str]) -> bool:
    """Whether the match is the first word of its sentence."""
    return not any(character.isalnum() for character in left_of(match))


def after_a_name(match: re.Match[str]) -> bool:
    """Whether the word before the match has a capital of its own, not that of a sentence's start."""
    before = word_before(match)
    preceding = left_of(match).rstrip().removesuffix(before).rstrip()
    return before[:1].isupper() and (preceding[-1:].isalnum() or "-" in before)


def ends_sentence(match: re.Match[str], skipped: int = 0) -> bool:
    """Whether a full stop at the end of the match (or that many characters on) would also close the sentence."""
    return _ENDING.match(match.string, match.end() + skipped) is not None
