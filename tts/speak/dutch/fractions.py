"""Fractions: ½, 2½, 2/3."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING
from unicodedata import numeric

from tts.speak.dutch.data import words
from tts.speak.dutch.rule import ANY, DIGIT, Rule, word_after
from tts.speak.dutch.spelling import GAP, NUMBER_START, PAIR_END, cardinal, ordinal, whole

if TYPE_CHECKING:
    import re

_LARGEST_IMPROPER = 10
_FINALES = {(1, 2): "halve", (1, 4): "kwart", (1, 8): "achtste", (1, 16): "zestiende", (1, 32): "tweeëndertigste"}


def fraction(top: int, bottom: int) -> str:
    """A part of a whole in words: een half, driekwart, twee derde."""
    if bottom == 2:
        return "een half" if top == 1 else f"{cardinal(top)} tweede"
    if bottom == 4 and top in {1, 3}:
        return "een kwart" if top == 1 else "driekwart"
    return f"{'een' if top == 1 else cardinal(top)} {ordinal(bottom)}"


def _glyph(match: re.Match[str]) -> str:
    top, bottom = Fraction(numeric(match["glyph"])).limit_denominator(10).as_integer_ratio()
    if not match["whole"]:
        return _part(match, top, bottom)
    return _mixed(int(match["whole"]), top, bottom) + ("e" if match["ending"] else "")


def _part(match: re.Match[str], top: int, bottom: int) -> str:
    """A part without a whole: "een half uur", but "een halve liter"."""
    of_de_word = (top, bottom) == (1, 2) and word_after(match) in words("context", "halved")
    return "een halve" if of_de_word else fraction(top, bottom)


def _mixed(n: int, top: int, bottom: int) -> str:
    if bottom != 2:
        return f"{cardinal(n)} en {'drie kwart' if (top, bottom) == (3, 4) else fraction(top, bottom)}"
    if n == 1:
        return "anderhalf"
    counted = cardinal(n)
    return counted + ("ën" if counted.endswith("e") else "en") + "half"


def _slashed(match: re.Match[str]) -> str | None:
    top, bottom = int(match["top"]), whole(match["bottom"])
    if bottom < 2 or top == 0 or (top > bottom > _LARGEST_IMPROPER) or (bottom == top + 1 and top > _LARGEST_IMPROPER):
        return None  # 120/80, or the season 24/25
    if word_after(match) in {"finale", "finales"} and (top, bottom) in _FINALES:
        return _FINALES[top, bottom]
    if match["whole"]:
        return _mixed(int(match["whole"]), top, bottom)
    return _part(match, top, bottom)


RULES = (
    Rule(
        "fraction glyph",
        ANY,
        rf"(?:{NUMBER_START}(?P<whole>[0-9]{{1,9}}){GAP})?(?P<glyph>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])(?P<ending>e(?!\w))?",
        _glyph,
        (
            ("Nog 2½ uur en ¾ liter.", "Nog tweeënhalf uur en driekwart liter."),
            ("Na 3¼ uur.", "Na drie en een kwart uur."),
            ("Na ½ uur nog ½ liter.", "Na een half uur nog een halve liter."),
        ),
    ),
    Rule(
        "fraction",
        DIGIT,
        rf"{NUMBER_START}(?:(?P<whole>[0-9]{{1,3}}) )?(?P<top>[0-9]{{1,2}})"
        rf"/(?P<bottom>10{{0,2}}[.]?000|[0-9]{{1,3}}){PAIR_END}",
        _slashed,
        (
            ("Met 2/3 van de stemmen.", "Met twee derde van de stemmen."),
            ("Zij haalde de 1/8 finale.", "Zij haalde de achtste finale."),
            ("Een kans van 1/10.000.", "Een kans van een tienduizendste."),
        ),
    ),
)
