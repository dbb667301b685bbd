"""Where a reader breathes: how well a passage may end between two words of Dutch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tts.speak.dutch.data import words

SENTENCE, CLAUSE, COMMA, CONJUNCTION, PREPOSITION, PLAIN, TIGHT, NAME = 0, 2, 3, 5, 9, 14, 34, 46
"""What it costs to breathe there, from the end of a sentence to the middle of a name."""

_OPENING = "‘“„\"'«([‹’–—-"
_CLOSING = "’”\"'»)]›"
_APOSTROPHE_WORD = re.compile(r"[’'‘`](?:s|t|n|k|r|m)(?!\w)", re.IGNORECASE)
_NUMBERING = re.compile(r"[0-9]{1,2}[.]$")
_NO_VOWEL = re.compile(r"[^\W\daeiouyAEIOUY]{2,5}[.]$")

_PARTICIPLE = re.compile(r"(?:\w{0,5}?ge|be|ver|ont|her|er)\w{2,}(?:d|t|en)$")
_INFINITIVE = re.compile(r"\w{2,}(?:en|aan|staan|zien|doen)$")
_NUMBER_WORD = re.compile(
    "(?=...)(?:één|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|der|veer|tach|tig|ën|en|honderd|duizend)++$"
)
_BARE = "‘“„\"'«([‹’”»)]›.,;:!?…–—"


@dataclass(frozen=True, slots=True)
class Word:
    """What must stay together, and what it was spelled as: a word, or the words of one rewrite."""

    text: str
    source: str


def cost(left: Word, right: Word) -> int:
    """How badly a passage ends between these two."""
    marked = _mark(left, right)
    if marked is not None:
        return marked
    last, first = _bare(left.text.rsplit(" ", 1)[-1]), _bare(right.text.split(" ", 1)[0])
    if _in_name(left, last, first):
        return NAME
    if last.lower() in _wants_more() or _counted(left, last, first) or _in_verb_group(last.lower(), first.lower()):
        return TIGHT
    if first in words("breath", "conjunctions") and last not in words("breath", "auxiliaries"):  # is dat: no clause
        return CONJUNCTION
    return PREPOSITION if first in words("breath", "prepositions") else PLAIN


@cache
def _wants_more() -> frozenset[str]:
    return words("breath", "wants_more") | words("breath", "prepositions")


def _bare(word: str) -> str:
    return word.strip(_BARE)


def _mark(left: Word, right: Word) -> int | None:
    """What the punctuation between them says, None where there is none."""
    text = left.text.rstrip(_CLOSING)
    if not text:
        return None
    mark = text[-1]
    if mark in ".!?…":
        if not _starts_sentence(right):
            return TIGHT if mark in ".…" else COMMA
        # An initial has lost its stop by now; one letter that kept it ends a sentence (plan B. De rest).
        if mark == "." and (_NUMBERING.match(left.source) or _NO_VOWEL.match(left.source.lstrip(_OPENING))):
            return NAME
        return SENTENCE
    if mark in ";:–—":
        return CLAUSE
    if mark == ",":
        return COMMA
    if text != left.text or right.text[0] in "(–—‘“„«[":
        return CONJUNCTION
    return None


def _starts_sentence(word: Word) -> bool:
    if _APOSTROPHE_WORD.match(word.source):
        return True
    bare = word.source.lstrip(_OPENING)
    return not bare or not bare[0].islower()


def _in_name(left: Word, last: str, first: str) -> bool:
    if left.source.endswith(".") and not left.text.endswith(
        "."
    ):  # an abbreviation or initial that goes with what follows
        return True
    if not last or not first or not last[0].isupper():
        return last.lower() in words("breath", "particles") and first[0:1].isupper()
    return first[0].isupper() or first in words("breath", "particles") - {"in", "op"}


def _counted(left: Word, last: str, first: str) -> bool:
    counts = left.source[-1:].isdigit() or last in words("breath", "counts") or _NUMBER_WORD.match(last)
    return first == "per" or (bool(counts) and first[:1].islower())


def _in_verb_group(last: str, first: str) -> bool:
    auxiliaries = words("breath", "auxiliaries")
    if "te" in {first, last}:
        return True
    return (last in auxiliaries and _is_verb(first)) or (first in auxiliaries and _is_verb(last))


def _is_verb(word: str) -> bool:
    return word in words("breath", "auxiliaries") or bool(_PARTICIPLE.match(word) or _INFINITIVE.match(word))
