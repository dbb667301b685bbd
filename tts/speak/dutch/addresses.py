"""Postcodes and house numbers: 1012 AB, Kerkstraat 12a, Dorpsweg 5-bis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.speak.dutch.rule import DIGIT, Rule
from tts.speak.dutch.spelling import cardinal, digits, letters

if TYPE_CHECKING:
    import re


def _postcode(match: re.Match[str]) -> str:
    first, last = match["digits"][:2], match["digits"][2:]
    spoken = cardinal(int(first))
    if last == "00":
        spoken += "honderd"
    else:
        spoken += " " + (digits(last) if last[0] == "0" else cardinal(int(last)))
    return f"{spoken} {letters(match['letters'])}" if match["letters"] else spoken


def _house(match: re.Match[str]) -> str:
    addition = cardinal(len(match["floor"])) if match["floor"] else match["addition"].lower()
    return f"{cardinal(int(match['number']))} {addition}"


RULES = (
    Rule(
        "postcode",
        DIGIT,
        r"(?<![\w.,/€-])(?<!€ )(?P<digits>[1-9][0-9]{3})[ \u00a0]?(?P<letters>(?!S[ADS])[A-Z]{2})(?=[ \u00a0,.;)\n]|$)",
        _postcode,
        (("Stuur het naar 1012 AB Amsterdam.", "Stuur het naar tien twaalf a b Amsterdam."),),
    ),
    Rule(
        "house number",
        DIGIT,
        r"(?<=[a-z] )(?P<number>[0-9]{1,4})(?:-?(?P<addition>[a-dfA-H]|bis)|-(?P<floor>I{1,3}))(?![\w-])",
        _house,
        (("Zij woont Kerkstraat 12a.", "Zij woont Kerkstraat twaalf a."),),
    ),
)
