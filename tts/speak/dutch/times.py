"""Times of the clock (14.30 uur, 9:05, 7u) and of a race (2:01:09; 1.44,05)."""

from __future__ import annotations

import re

from tts.speak.dutch.data import words
from tts.speak.dutch.ranges import is_place
from tts.speak.dutch.rule import DIGIT, Rule, ends_sentence, left_of, word_before
from tts.speak.dutch.spelling import GAP, NUMBER_START, cardinal, fraction_digits

_CLOCK = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9]"
_CLOCK_COMES = rf"[ \u00a0](?:tot|en|of|à|t/m|[-–])[ \u00a0](?:ongeveer )?{_CLOCK}(?![0-9])"
_RATIO_COMES = re.compile(r"(?:schaal|verhouding|ratio)(?: \w{1,9}){0,2} $", re.IGNORECASE)
_RACE_COMES = re.compile(
    r"(?:(?:^| )in|(?:tijd|record|voorsprong|achterstand|klokten?|finishten?)(?: \w{1,15}){0,4}"
    r"|(?<!\w)(?:zwom|schaatste|reed|liep|rende)(?: \w{1,9})?) $"
)
_NOUGHT = {"nul uur", "nul minuten", "nul seconden"}
_PARTS = re.compile(r"[.:,uh'’′]")


def _clock_words(written: str) -> str:
    hours, minutes = (int(part) for part in _PARTS.split(written, maxsplit=1))
    return f"{cardinal(hours)} uur" + (f" {cardinal(minutes)}" if minutes else "")


def _clock(match: re.Match[str]) -> str | None:
    if _RATIO_COMES.search(left_of(match)) or is_place(match):
        return None
    dotted = "." in match["first"]
    told = match["unit"] or match["last"] or match["comes"] is not None
    if dotted and not told and word_before(match).lower() not in words("context", "time_before"):
        return None
    spoken = _clock_words(match["first"])
    if match["last"]:
        spoken += f" tot {_clock_words(match['last'])}"
    return spoken + ("." if match[0].endswith(".") and ends_sentence(match) else "")


def _hours(match: re.Match[str]) -> str:
    since = f"{cardinal(int(match['since']))} tot " if match["since"] else ""
    minutes = f" {cardinal(int(match['minutes']))}" if match["minutes"] else ""
    return f"{since}{cardinal(int(match['hours']))} uur{minutes}"


def _count(written: str, one: str, many: str) -> str:
    n = int(written)
    return f"{cardinal(n)} {one if n == 1 else many}"


def _race(match: re.Match[str]) -> str:
    """Hours, minutes and seconds; parts that are nought are not said."""
    parts = [
        _count(match["h"], "uur", "uur"),
        _count(match["m"], "minuut", "minuten"),
        _seconds(match["s"], match.groupdict().get("part")),
    ]
    *first, last = [part for part in parts if part not in _NOUGHT] or parts[2:]
    return f"{' '.join(first)} en {last}" if first else last


def _seconds(written: str, part: str | None) -> str:
    if part is None:
        return _count(written, "seconde", "seconden")
    return f"{cardinal(int(written))} komma {fraction_digits(part)} seconden"


def _lap(match: re.Match[str]) -> str | None:
    if _RATIO_COMES.search(left_of(match)):
        return None
    seconds = cardinal(int(match["s"]))
    return f"{_count(match['m'], 'minuut', 'minuten')} {seconds} komma {fraction_digits(match['part'])}"


def _running(match: re.Match[str]) -> str | None:
    at_the_clock = word_before(match).lower() in words("context", "time_before")
    return None if at_the_clock or not _RACE_COMES.search(left_of(match)) else _minutes(match)


def _minutes(match: re.Match[str]) -> str:
    return f"{_count(match['m'], 'minuut', 'minuten')} en {_count(match['s'], 'seconde', 'seconden')}"


RULES = (
    Rule(
        "race time",
        DIGIT,
        rf"{NUMBER_START}(?P<h>[0-9]{{1,2}})(?P<mark>[:.])(?P<m>[0-5][0-9])(?P=mark)(?P<s>[0-5][0-9])"
        r"(?:,(?P<part>[0-9]{1,3}))?(?!\w)(?![.,:][0-9])(?:[ \u00a0]uur(?!\w))?",
        _race,
        (("Zij won in 2:01:09.", "Zij won in twee uur één minuut en negen seconden."),),
    ),
    Rule(
        "lap time",
        DIGIT,
        rf"{NUMBER_START}(?P<m>[0-9]{{1,2}})(?:[.:](?=[0-9]{{2}},)|:(?=[0-9]{{2}}[.]))(?P<s>[0-5][0-9])[.,](?P<part>[0-9]{{1,3}})(?!\w)",
        _lap,
        (
            ("Hij reed 1.44,05.", "Hij reed één minuut vierenveertig komma nul vijf."),
            ("Zij zwom 2:03.81.", "Zij zwom twee minuten drie komma eenentachtig."),
        ),
    ),
    Rule(
        "race time in letters",
        DIGIT,
        rf"{NUMBER_START}(?P<h>[0-9]{{1,2}})[uh](?P<m>[0-5][0-9])m?(?P<s>[0-5][0-9])s?(?!\w)",
        _race,
        (("Hij liep 2u05m33s.", "Hij liep twee uur vijf minuten en drieëndertig seconden."),),
    ),
    Rule(
        "minutes and seconds",
        DIGIT,
        rf"{NUMBER_START}(?P<m>[0-9]{{1,3}})[.:](?P<s>[0-5][0-9])[ \u00a0](?:minuten|minuut|min[.])(?!\w)",
        _minutes,
        (("Na 34:12 minuten was hij binnen.", "Na vierendertig minuten en twaalf seconden was hij binnen."),),
    ),
    Rule(
        "minutes and seconds in signs",
        DIGIT,
        rf"{NUMBER_START}(?P<m>[0-9]{{1,3}})['’′](?P<s>[0-5][0-9])(?:[\"”″]|['’′]{{2}})(?P<part>[0-9]{{1,2}})?(?!\w)",
        lambda match: _lap(match) if match["part"] else _minutes(match),
        (
            ("De Belg won in 48'12\".", "De Belg won in achtenveertig minuten en twaalf seconden."),
            ("Zij reed 1'55\"12.", "Zij reed één minuut vijfenvijftig komma twaalf."),
        ),
    ),
    Rule(
        "running time",
        DIGIT,
        rf"{NUMBER_START}(?P<m>[0-9]{{1,2}}):(?P<s>[0-5][0-9])(?!\w)(?![.,:–/-][0-9])"
        rf"(?![ \u00a0]?[-–]|[ \u00a0](?:uur|u[.]|u|h)(?!\w)|{_CLOCK_COMES})",
        _running,
        (
            (
                "Zij liep 5 kilometer in 15:32.",
                "Zij liep vijf kilometer in vijftien minuten en tweeëndertig seconden.",
            ),
            ("Hij finishte om 15:32.", "Hij finishte om vijftien uur tweeëndertig."),
        ),
    ),
    Rule(
        "clock",
        DIGIT,
        rf"{NUMBER_START}(?P<first>{_CLOCK})(?:[ \u00a0]?[-–][ \u00a0]?(?P<last>{_CLOCK}))?(?![.,:]?[0-9])(?![-/][0-9])"
        rf"(?:(?P<unit>[ \u00a0]?(?:uur|u[.]|u|h))(?!\w)|(?!\w)(?P<comes>(?={_CLOCK_COMES}|-[a-z]))?)",
        _clock,
        (
            ("Om 14.30 uur begint het.", "Om veertien uur dertig begint het."),
            ("De trein van 9:05 rijdt niet.", "De trein van negen uur vijf rijdt niet."),
            ("Van 9.00 tot 17.00 uur.", "Van negen uur tot zeventien uur."),
        ),
    ),
    Rule(
        "hours",
        DIGIT,
        rf"{NUMBER_START}(?:(?P<since>[01]?[0-9]|2[0-4])[-–])?(?P<hours>[01]?[0-9]|2[0-4]){GAP}[uh](?P<minutes>[0-5][0-9])?(?![\w/])"
        r"(?:[.](?=[ \u00a0][a-z]))?",
        _hours,
        (
            ("Wekker om 7u, vertrek 7u30.", "Wekker om zeven uur, vertrek zeven uur dertig."),
            ("Open van 9-17u.", "Open van negen tot zeventien uur."),
        ),
    ),
)
