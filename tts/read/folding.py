"""Text as every later room gets it: one line, one kind of space, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, zero-width characters, direction marks and byte-order marks: they split words that the eye sees whole.
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0f\x00-\x08\x0e-\x1b\x7f]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def visible(text: str) -> str:
    """`text` in Unicode's composed form (NFC) without soft hyphens, zero-width and control characters."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fold(text: str) -> str:
    """`visible` text on one line, each run of white space (also non-breaking) as one space, none at the ends."""
    return " ".join(visible(text).split())


def same_letters(one: str, other: str) -> bool:
    """Whether two texts differ in case, white space and punctuation at most."""
    return letters(one) == letters(other)


def ends_with_letters(text: str, end: str) -> bool:
    """Whether `text` ends with what `end` says, case, white space and punctuation aside."""
    return letters(text).endswith(letters(end))


def letters(text: str) -> str:
    """`text` without its case, white space and punctuation."""
    return "".join(filter(str.isalnum, text.casefold()))


def has_word(text: str) -> bool:
    """Whether there is a letter or a digit in `text`."""
    return _LETTER_OR_DIGIT.search(text) is not None
