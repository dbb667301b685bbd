"""Two or more numbers with a dash or colon between them: 10-15 procent, 2019-2023, 3-1, 4-3-3, schaal 1:100."""

from __future__ import annotations

import re
from functools import cache

from tts.speak.dutch.data import words
from tts.speak.dutch.rule import DIGIT, Rule, after_a_name, left_of, right_of, word_after, word_before
from tts.speak.dutch.spelling import GAP, NUMBER, NUMBER_START, PAIR_END, cardinal, number, whole
from tts.speak.dutch.years import is_counted

_WORD = re.compile(r"[\w’']+")
_SCORE_LIMIT = 200  # no team in any sport that the papers print makes more
_OTHER_SCORE = re.compile(r"(?<![\w.,-])([0-9]{1,3})-([0-9]{1,3})(?![\w-])")
_MANY = ("procent", "miljoen", "miljard", "euro", "graden", "duizend")


@cache
def _score_cues() -> frozenset[str]:
    return words("context", "score")


def is_score(match: re.Match[str], first: int, last: int) -> bool:
    """Whether two numbers with a dash are a score rather than a range: a range never goes down."""
    if max(first, last) > _SCORE_LIMIT:
        return False
    if first >= last:
        return True
    following = word_after(match)
    if (
        following.startswith(_MANY)
        or is_counted(following)
        or word_before(match).lower() in words("context", "range_before")
    ):
        return False
    around = left_of(match) + " " + right_of(match)
    if any(int(other[1]) > int(other[2]) for other in _OTHER_SCORE.finditer(around)):
        return True
    if first == 0 or (not following and (word_before(match) in {"de", "het"} or after_a_name(match))):
        return True
    return any(word in _score_cues() for word in _WORD.findall(around))


def _pair(match: re.Match[str]) -> str | None:
    first, last = match["first"], match["last"]
    if "," in first or "," in last:
        return f"{number(first)} tot {number(last)}"
    n_first, n_last = whole(first), whole(last)
    if is_score(match, n_first, n_last):
        return f"{cardinal(n_first)} {cardinal(n_last)}"
    link = "en" if word_before(match).lower() == "tussen" else "tot"
    return f"{number(first)} {link} {number(last)}"


def is_place(match: re.Match[str]) -> bool:
    """Whether numbers with a colon are an article of a law or a verse of the Bible: "artikel 2:16", "Johannes 3:16"."""
    return word_before(match) in words("context", "place_before")


def _row(match: re.Match[str]) -> str:
    return " ".join(cardinal(int(part)) for part in match[0].split("-"))


def _ratio(match: re.Match[str]) -> str:
    link = " " if is_place(match) else " op "
    return f"{number(match['first'])}{link}{number(match['last'])}"


RULES = (
    Rule(
        "row",
        DIGIT,
        r"(?<![\w.,/-])[0-9]{1,2}(?:-[0-9]{1,2}){2,4}(?![\w/])(?![.,-][0-9])",
        _row,
        (("De trainer koos voor 4-3-3.", "De trainer koos voor vier drie drie."),),
    ),
    Rule(
        "score or range",
        DIGIT,
        rf"{NUMBER_START}(?<![-–])(?P<first>{NUMBER}){GAP}[-–—]{GAP}(?P<last>{NUMBER})(?!/){PAIR_END}",
        _pair,
        (
            ("Oranje won met 3-1.", "Oranje won met drie één."),
            ("Zo'n 10-15 procent stemt niet.", "Zo'n tien tot vijftien procent stemt niet."),
            ("Ze kregen 1-3 kinderen.", "Ze kregen één tot drie kinderen."),
            ("Lees pagina 12-15.", "Lees pagina twaalf tot vijftien."),
        ),
    ),
    Rule(
        "ratio",
        DIGIT,
        rf"{NUMBER_START}(?P<first>[0-9]{{1,3}}) ?: ?(?P<last>{NUMBER}){PAIR_END}",
        _ratio,
        (("Een kaart met schaal 1:25.000.", "Een kaart met schaal één op vijfentwintigduizend."),),
    ),
)
