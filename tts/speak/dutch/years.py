"""Years against counts: in 1984, 1984 bezoekers, de jaren ’60, 2019-2023, 44 v.Chr."""

from __future__ import annotations

import re

from tts.speak.dutch.data import table, words
from tts.speak.dutch.rule import DIGIT, Rule, after_a_name, word_after, word_before
from tts.speak.dutch.spelling import GAP, NUMBER_END, NUMBER_START, PAIR_END, cardinal, number, year

_BC = re.compile(r"[ \u00a0]v[.] ?C")
_YEAR = r"(?:1[0-9]|20)[0-9]{2}"
_SHORT = r"[’'‘`][0-9]{2}"


def is_counted(word: str, *, loosely: bool = False) -> bool:
    """Whether `word` is a plural that a number can count, as far as its form tells.

    loosely : take every -en for a plural; right only where no year is to be expected.
    """
    if not word or not word[0].islower() or word in words("context", "not_counted"):
        return False
    if word in words("context", "counted") or word.endswith(tuple(table("context")["counted_endings"])):
        return True
    return loosely and len(word) > 4 and word.endswith("en") and not word.endswith("den")


def _said_as_year(match: re.Match[str]) -> bool:
    before, after, further = word_before(match), word_after(match), word_after(match, 1)
    if _BC.match(match.string, match.end()):
        return False
    expected = before in words("context", "year_before") or before.lower() in words("context", "year_before")
    strongly = before.lower() in words("context", "year_strongly_before")
    if is_counted(after, loosely=not strongly):
        return strongly and is_counted(further)  # in 1944 gevallen soldaten
    if after.endswith("e") and is_counted(further, loosely=not strongly):
        return False
    if before.lower() in words("context", "count_before"):
        return False
    if expected or strongly or not after or after_a_name(match):
        return True
    return after in words("context", "after_year") or not after[0].islower()


def _single(match: re.Match[str]) -> str:
    n = int(match[0])
    return year(n) if _said_as_year(match) else cardinal(n)


def _span(match: re.Match[str]) -> str | None:
    first, last = int(match["first"]), match["last"]
    if len(last.lstrip("’'‘`")) == 2:
        spoken = number(last.lstrip("’'‘`"))
        n_last = first // 100 * 100 + int(last[-2:])
    else:
        n_last = int(last)
        spoken = year(n_last)
    if n_last < first or (match["mark"] == "/" and n_last > first + 1):
        return None
    before = word_before(match).lower()
    if match["mark"] == "/" or (n_last == first + 1 and before in words("context", "seasons")):
        return f"{year(first)} {spoken}"
    return f"{year(first)} {'en' if before == 'tussen' else 'tot'} {spoken}"


def _short_span(match: re.Match[str]) -> str:
    first, last = match["first"][1:], match["last"][1:]
    season = match["mark"] == "/" or word_before(match).lower() in words("context", "seasons")
    return f"{number(first)} {'' if season else 'tot '}{number(last)}"


def _decade(match: re.Match[str]) -> str:
    bare = match["year"].lstrip("’'‘`")
    return f"{match['word']} {year(int(bare)) if len(bare) == 4 else number(bare)}"


RULES = (
    Rule(
        "decade",
        DIGIT,
        rf"(?<!\w)(?P<word>[Jj]aren)[ \u00a0-](?P<year>{_SHORT}|[0-9]0|1[0-9]{{2}}0){PAIR_END}",
        _decade,
        (("Muziek uit de jaren ’60.", "Muziek uit de jaren zestig."),),
    ),
    Rule(
        "years",
        DIGIT,
        rf"{NUMBER_START}(?<![-–])(?P<first>{_YEAR}){GAP}(?P<mark>[-–—/]){GAP}"
        rf"(?P<last>{_YEAR}|{_SHORT}|(?<![ \u00a0])[0-9]{{2}}){PAIR_END}",
        _span,
        (
            (
                "Zij was burgemeester (2019-2023).",
                "Zij was burgemeester (tweeduizend negentien tot tweeduizend drieëntwintig).",
            ),
            ("Het seizoen 2021/22 begint.", "Het seizoen tweeduizend eenentwintig tweeëntwintig begint."),
        ),
    ),
    Rule(
        "short years",
        DIGIT,
        rf"(?<!\w)(?P<first>{_SHORT}){GAP}(?P<mark>[-–—/]){GAP}(?P<last>{_SHORT}){NUMBER_END}",
        _short_span,
        (("Het seizoen ’21-’22 eindigde.", "Het seizoen eenentwintig tweeëntwintig eindigde."),),
    ),
    Rule(
        "year or count",
        DIGIT,
        rf"{NUMBER_START}(?<!-){_YEAR}{NUMBER_END}",
        _single,
        (
            ("In 1984 werd zij geboren.", "In negentienvierentachtig werd zij geboren."),
            ("Er kwamen 1984 bezoekers.", "Er kwamen negentienhonderdvierentachtig bezoekers."),
            ("Wat 2023 zal brengen.", "Wat tweeduizend drieëntwintig zal brengen."),
        ),
    ),
    Rule(
        "short year",
        DIGIT,
        rf"(?<!\w){_SHORT}{NUMBER_END}",
        lambda match: number(match[0][1:]),
        (("De watersnood van ’53.", "De watersnood van drieënvijftig."),),
    ),
)
