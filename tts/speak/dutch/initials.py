"""Letters with full stops: J.P. Balkenende, U.S.A., Mohammed B."""

from __future__ import annotations

import re

from tts.speak.dutch.data import words
from tts.speak.dutch.rule import DOT, Rule, ends_sentence, word_after, word_before
from tts.speak.dutch.spelling import letters

_INITIAL = r"(?:[A-ZÀ-Þ]|Th|Ch|Ph|IJ|Chr|Joh|Jac|Fr|St)[.]"
_GAP = r"[ \u00a0]?-?"
_ENDED = re.compile(r"[’”\"')»]{0,3}\s*$")


def _initials(match: re.Match[str]) -> str | None:
    if len(match[0]) > 2 and match[0].count(".") == 1:
        return None  # Joh. or Fr. alone is no row of letters
    spoken = letters(match[0])
    if _ENDED.match(match.string, match.end()):
        return spoken + "." if match[0].count(".") > 1 else None
    if ends_sentence(match) and not word_after(match):  # a quotation begins
        return spoken + "." if match[0].count(".") > 1 else None
    after = word_after(match)
    if after and after[0].isupper():
        return _before_capital(match, after, spoken)
    return spoken


def _before_capital(match: re.Match[str], after: str, spoken: str) -> str | None:
    single = match[0].count(".") == 1
    before = word_before(match)
    starts_anew = after in words("context", "sentence_starters")
    if single and (before.lower() in words("context", "lettered") or (starts_anew and before)):
        return None
    if not single and starts_anew and after not in {"De", "Van", "Het"}:
        return spoken + "."
    return spoken


RULES = (
    Rule(
        "initials",
        DOT,
        rf"(?<![\w.’'-]){_INITIAL}(?:{_GAP}{_INITIAL}){{0,7}}+(?!\w)",
        _initials,
        (
            ("Premier J.P. Balkenende sprak.", "Premier j p Balkenende sprak."),
            ("De schrijver A. F. Th. van Dam.", "De schrijver a f t h van Dam."),
            ("Verdachte Youssef B. werd gehoord.", "Verdachte Youssef b werd gehoord."),
            ("Zij koos plan B. De rest niet.", "Zij koos plan B. De rest niet."),
        ),
    ),
)
