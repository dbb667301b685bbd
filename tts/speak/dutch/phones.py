"""Telephone numbers, digit by digit: 020-1234567, 06 12 34 56 78, +31 6 12345678, 0900-1234, bel 112."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.speak.dutch.data import words
from tts.speak.dutch.rule import DIGIT, Rule, left_of, word_after, word_before
from tts.speak.dutch.spelling import cardinal, digits

if TYPE_CHECKING:
    import re

_NATIONAL_DIGITS = 10
_SHORTEST_CODE = 9  # an ISBN has ten or more; a date in digits eight
_SERVICE_DIGITS = {8, 11}


def _national(match: re.Match[str]) -> str | None:
    count = sum(character.isdigit() for character in match[0])
    service = match[0].startswith(("0800", "0900", "0906", "0909", "088")) and count in _SERVICE_DIGITS
    return digits(match[0]) if count in {9, _NATIONAL_DIGITS} or service else None


def _code(match: re.Match[str]) -> str | None:
    count = sum(character.isdigit() for character in match[0])
    return digits(match[0]) if count >= _SHORTEST_CODE else None


def _international(match: re.Match[str]) -> str:
    prefix = "nul nul" if match["noughts"] else "plus"
    return f"{prefix} {cardinal(int(match['country']))} {digits(match['rest'])}"


def _emergency(match: re.Match[str]) -> str | None:
    before = words("context", "emergency_before")
    # "Bel bij brand altijd meteen 112.", but not "Ze belde alle 112 leden."
    called = match["tail"] or word_before(match).lower() in before
    called = called or (not word_after(match) and not before.isdisjoint(left_of(match).lower().split()))
    if not called or word_after(match) in words("context", "counted"):
        return None
    return digits(match["number"]) + (match["tail"] or "")


RULES = (
    Rule(
        "international phone",
        DIGIT,
        r"(?<![\w+])(?:\+|(?P<noughts>00)(?=[1-9]))(?P<country>[1-9][0-9]{1,2}?)"
        r"(?P<rest>[ -]?(?:\(0\)[ -]?)?[0-9](?:[ -]?[0-9]){6,10})(?![\w-])",
        _international,
        (("Bel +31 6 12345678.", "Bel plus eenendertig zes één twee drie vier vijf zes zeven acht."),),
    ),
    Rule(
        "phone",
        DIGIT,
        r"(?<![\w.,+-])\(?0[0-9]{1,3}\)?(?:[ -]{1,3}|/)?[0-9](?:[ -]?[0-9]){2,8}(?![\w-])",
        _national,
        (("Bel 020-1234567.", "Bel nul twee nul één twee drie vier vijf zes zeven."),),
    ),
    Rule(
        "code in groups",
        DIGIT,
        r"(?<![\w.,-])[0-9]{1,7}(?:-[0-9]{1,7}){2,6}(?![\w-])",
        _code,
        (("Code 12-345-67-89.", "Code één twee drie vier vijf zes zeven acht negen."),),
    ),
    Rule(
        "municipal phone",
        DIGIT,
        r"(?<![\w.,-])14[ \u00a0]0[0-9]{2,3}(?![\w.,-]*[0-9])",
        lambda match: f"veertien {digits(match[0][2:])}",
        (("De gemeente is te bereiken op 14 020.", "De gemeente is te bereiken op veertien nul twee nul."),),
    ),
    Rule(
        "emergency number",
        DIGIT,
        r"(?<![\w.,-])(?P<number>112|113|144|911|116|1-1-2)(?:(?P<tail>-(?:melding|oproep|nummer|centrale)\w*)|(?![\w-])(?![.,][0-9]))",
        _emergency,
        (
            ("Zij belde 112.", "Zij belde één één twee."),
            ("Bel bij brand altijd 112.", "Bel bij brand altijd één één twee."),
        ),
    ),
)
