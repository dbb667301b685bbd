"""Numbers with their unit: 120 km/u, 5 m², -3 °C, 10-15%, 3,2 mln."""

from __future__ import annotations

import re

from tts.speak.dutch.data import table, words
from tts.speak.dutch.rule import ANY, DIGIT, Rule, ends_sentence, word_before
from tts.speak.dutch.spelling import GAP, NUMBER, NUMBER_START, is_one, number

_SIGNS = {"-": "min ", "−": "min ", "–": "min ", "+": "plus ", "±": "plusminus ", "~": "ongeveer "}
_LINKS = {"à": " à ", "t/m": " tot en met "}
_POINTED = re.compile(r"[0-9]+[.][0-9]{1,2}")
_SIDE = re.compile(r"[0-9][0-9., ]*")
_SHORTEST_NOUN = 4
_PERIOD = "min|sec|uur|u|dag|nacht|week|wk|maand|mnd|jaar|jr|pers|persoon"
_UNIT = (
    rf"dB\(A\)|[°º˚](?: ?[CF](?!\w|[.] ?[A-Z]))?|[a-zë]{{4,15}}/(?:{_PERIOD})|%-?punt(?:en)?|[%‰℃]"
    r"|[A-Za-zµμΩ][A-Za-z0-9²³]{0,5}(?:/(?:100 ?km|[A-Za-z][A-Za-z²³]{0,6}))?"
)


def unit_words(written: str) -> str | None:
    """The unit in words; one with a slash may be made of two: mg/l."""
    units = table("units")
    if (bare := written.replace(" ", "")) in units["after_number"]:
        return str(units["after_number"][bare])
    top, slash, bottom = written.partition("/")
    per = units["per"].get(bottom) or units["after_number"].get(bottom)
    if not slash or not per:
        return None
    whole = units["after_number"].get(top) or (top if len(top) >= _SHORTEST_NOUN else None)
    return f"{whole} per {per}" if whole else None


def _measure(match: re.Match[str]) -> str | None:
    written = match["unit"]
    unit = unit_words(written)
    dotted = match["dot"] is not None
    if unit is None or (written in words("units", "only_with_stop") and not dotted):
        return None
    if is_one(match["first"]) and not match["last"]:
        unit = table("units")["singular"].get(unit, unit)
    spoken = _SIGNS.get(match["sign"] or "", "") + _number(match["first"])
    if match["sides"]:
        spoken += "".join(f" bij {number(side.strip())}" for side in _SIDE.findall(match["sides"]))
    if match["last"]:
        until = " en " if word_before(match).lower() == "tussen" else " tot "
        spoken += _LINKS.get(match["link"], until) + number(match["last"])
    return f"{spoken} {unit}" + ("." if dotted and _keeps_stop(match) else "")


def _number(written: str) -> str:
    """A number that may have a point for its comma: 1.84 m."""
    return number(written.replace(".", ",") if _POINTED.fullmatch(written) else written)


def _keeps_stop(match: re.Match[str]) -> bool:
    return match["unit"] not in words("units", "with_stop") or ends_sentence(match)


def _part_of(match: re.Match[str]) -> str | None:
    return None if match["unit"] in words("units", "only_with_stop") else unit_words(match["unit"])


def _alone(match: re.Match[str]) -> str | None:
    return unit_words(match[0]) if match[0] in words("units", "alone") else None


RULES = (
    Rule(
        "measure",
        DIGIT,
        rf"(?:(?<![\w)%])(?<![0-9][ ])(?P<sign>[-−–+±~]){GAP}|{NUMBER_START})(?<!\w-)"
        rf"(?P<first>[0-9]{{1,3}}[.][0-9]{{1,2}}(?![0-9])|{NUMBER})"
        rf"(?P<sides>(?:{GAP}[x×]{GAP}{NUMBER}){{1,2}})?"
        rf"(?:{GAP}%(?={GAP}[-–]))?(?:{GAP}(?P<link>[-–]|à|t/m|(?<=[ \u00a0])tot(?=[ \u00a0])){GAP}(?P<last>{NUMBER}))?"
        rf"[ \u00a0\u202f]?(?P<unit>{_UNIT})(?![\w²³]|[.][a-z][.])(?P<dot>[.](?!\w))?",
        _measure,
        (
            ("De wind haalt 120 km/u.", "De wind haalt honderdtwintig kilometer per uur."),
            ("Het wordt -3 °C.", "Het wordt min drie graden Celsius."),
            (
                "Tussen 10-15% van de 5 m² is nat.",
                "Tussen tien en vijftien procent van de vijf vierkante meter is nat.",
            ),
            ("Na 5 min. stopte de bus.", "Na vijf minuten stopte de bus."),
            ("Nog 8 mg/l in de sloot.", "Nog acht milligram per liter in de sloot."),
            ("Bij 300 toeren/min.", "Bij driehonderd toeren per minuut."),
        ),
    ),
    Rule(
        "unit after a fraction",
        "[/½⅓⅔¼¾⅛]",
        rf"(?:(?<=[½⅓⅔¼¾⅛] )|(?<=[0-9]/[0-9] ))(?P<unit>{_UNIT})(?![\w²³])",
        _part_of,
        (("Giet er ¼ l melk en 2/3 dl room bij.", "Giet er een kwart liter melk en twee derde deciliter room bij."),),
    ),
    Rule(
        "unit",
        ANY,
        r"(?<![\w/.])(?:[°º][CF]|[kMGT]?Wh|kWp|dB|km²?(?:/[uh])?|[kcmµ]?[mg][²³]?(?:/s)?|km³|[MGk]Hz|Mbps|hPa|[%‰])(?![\w²³/])",
        _alone,
        (("De prijs per kWh en per m² stijgt.", "De prijs per kilowattuur en per vierkante meter stijgt."),),
    ),
)
