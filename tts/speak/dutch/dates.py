"""Dates: 24 februari 2022, 24-02-2022, 5/5, ma 4 dec."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.speak.dutch.data import table, words
from tts.speak.dutch.rule import ANY, DIGIT, Rule, ends_sentence, word_after, word_before
from tts.speak.dutch.spelling import GAP, NUMBER_END, PAIR_END, cardinal, number, ordinal, year

if TYPE_CHECKING:
    import re

_WEEKDAYS = "(?i:ma|di|wo|do|vr|za|zo)"
_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|jan|febr|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec"
)
_WEEKDAY = rf"(?:(?P<weekday>{_WEEKDAYS})[.]? )?"
_YEAR = r"[’'‘]?[0-9]{2}(?:[0-9]{2})?(?![\w])(?![.,:/][0-9])"
_BEFORE = r"(?<![\w-])(?<![0-9][.,:/])"


def month_name(written: str) -> str:
    """The whole name of a month that is written in full or short."""
    for names in table("calendar")["months"]:
        if written.lower().rstrip(".") in names:
            return str(names[0])
    raise KeyError(written)


def year_words(written: str) -> str:
    """A year of four digits, or of two (’62), as it is said."""
    bare = written.lstrip("’'‘")
    return year(int(bare)) if len(bare) == 4 else number(bare)


def _weekday(match: re.Match[str]) -> str:
    written = match["weekday"]
    return f"{table('calendar')['weekdays'][written.lower()]} " if written else ""


def _named(match: re.Match[str]) -> str | None:
    if not 1 <= int(match["day"]) <= 31:
        return None
    day = ordinal(int(match["day"])) if match["rank"] else cardinal(int(match["day"]))
    if match["until"]:
        day += f" tot {cardinal(int(match['until']))}"
    spoken = f"{_weekday(match)}{day} {month_name(match['month'])}"
    if match["year"]:
        return f"{spoken} {year_words(match['year'])}"
    return spoken + _stop(match)


def _stop(match: re.Match[str]) -> str:
    return "." if match[0].endswith(".") and ends_sentence(match) else ""


def _month_and_year(match: re.Match[str]) -> str:
    return f"{month_name(match['month'])} {year_words(match['year'])}"


def _numeric(match: re.Match[str]) -> str | None:
    return _said(match, int(match["day"]), int(match["month"]), match["year"])


def _said(match: re.Match[str], day: int, month: int, written_year: str) -> str | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    spoken = f"{_weekday(match)}{cardinal(day)} {table('calendar')['months'][month - 1][0]}"
    return f"{spoken} {year_words(written_year)}" if written_year else spoken


def _day_and_month(match: re.Match[str]) -> str | None:
    day, month = int(match["day"]), int(match["month"])
    if match["weekday"] is None:
        dated = word_before(match).lower() in words("context", "date_before")
        if word_after(match) in {"van", "deel", "finale", "meerderheid", "liter", "uur"}:
            return None
        if match["mark"] == "-" and not (dated and (day > 20 or day == month)):
            return None
        if match["mark"] == "/" and not dated and day < month and month in {2, 3, 4, 5, 6, 8, 10, 12}:
            return None
    return _said(match, day, month, "")


def _weekdays(match: re.Match[str]) -> str | None:
    first, last = match["weekday"].lower(), match["last"].lower()
    if first == last:
        return None
    names = table("calendar")["weekdays"]
    link = {"t/m": "tot en met", "en": "en"}.get(match["link"].strip(), "tot")
    return f"{names[first]} {link} {names[last]}"


RULES = (
    Rule(
        "date",
        DIGIT,
        rf"{_BEFORE}{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?P<rank>e|ste|de)?(?:\s?[-–]\s?(?P<until>[0-9]{{1,2}}))?[ \u00a0]"
        rf"(?P<month>(?i:{_MONTHS}))(?!\w)(?:[.]?[ \u00a0](?P<year>{_YEAR})|[.](?!\w))?",
        _named,
        (
            (
                "Op 24 februari 2022 viel het leger binnen.",
                "Op vierentwintig februari tweeduizend tweeëntwintig viel het leger binnen.",
            ),
            ("De raad vergadert ma 4 dec. over de brug.", "De raad vergadert maandag vier december over de brug."),
            ("Het feest is op 3 okt. Daarna sluit de zaal.", "Het feest is op drie oktober. Daarna sluit de zaal."),
            ("Van 4-6 mei is het druk.", "Van vier tot zes mei is het druk."),
        ),
    ),
    Rule(
        "month and year",
        DIGIT,
        rf"(?<!\w)(?P<month>(?i:{_MONTHS}))[.]?[ \u00a0](?P<year>[’'‘][0-9]{{2}}|1[0-9]{{3}}|20[0-9]{{2}}){NUMBER_END}",
        _month_and_year,
        (("Sinds sept. 1987 is hij weg.", "Sinds september negentienzevenentachtig is hij weg."),),
    ),
    Rule(
        "numeric date",
        DIGIT,
        rf"{_BEFORE}{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)"
        r"(?P<year>[0-9]{4}|(?<=[-/])[0-9]{2})(?![\w])(?![.,:/-][0-9])",
        _numeric,
        (
            ("Geboren op 24-02-2022.", "Geboren op vierentwintig februari tweeduizend tweeëntwintig."),
            ("Getekend: 1/12/1999.", "Getekend: één december negentiennegenennegentig."),
        ),
    ),
    Rule(
        "iso date",
        DIGIT,
        rf"{_BEFORE}(?P<weekday>(?!))?(?P<year>[12][0-9]{{3}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?![\w-])",
        _numeric,
        (("Versie van 2023-03-09.", "Versie van negen maart tweeduizend drieëntwintig."),),
    ),
    Rule(
        "day and month",
        DIGIT,
        rf"{_BEFORE}{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?P<mark>[/-])(?P<month>[0-9]{{1,2}}){PAIR_END}",
        _day_and_month,
        (
            ("Op 5/5 vieren we de vrijheid.", "Op vijf mei vieren we de vrijheid."),
            ("De markt is do 12/6 weer open.", "De markt is donderdag twaalf juni weer open."),
        ),
    ),
    Rule(
        "weekdays",
        ANY,
        rf"(?<![\w-])(?P<weekday>{_WEEKDAYS})[.]?(?P<link>{GAP}(?:t/m|en|[-–/]){GAP})(?P<last>{_WEEKDAYS})(?![\w-])",
        _weekdays,
        (("Open ma t/m vr.", "Open maandag tot en met vrijdag."), ("Dicht: za-zo.", "Dicht: zaterdag tot zondag.")),
    ),
    Rule(
        "weekday",
        DIGIT,
        rf"(?<![\w-])(?P<weekday>{_WEEKDAYS})[.]?(?=[ \u00a0][0-9]{{1,2}}[.:][0-9]{{2}}(?![0-9]))",
        lambda match: _weekday(match).strip(),
        (("Nog te zien: za. 20.30 uur.", "Nog te zien: zaterdag twintig uur dertig."),),
    ),
)
