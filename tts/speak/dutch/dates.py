"""Dates: 24 februari 2022, 24-02-2022, 5/5, ma 4 dec."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tts.speak.dutch.data import table, words
from tts.speak.dutch.rule import ANY, DIGIT, Rule, ends_sentence, word_after, word_before
from tts.speak.dutch.spelling import GAP, NUMBER_END, PAIR_END, cardinal, number, ordinal, year

if TYPE_CHECKING:
    import re

# Any word of that shape, which the calendar then knows or not: an alternation of all names takes 5 ms to compile.
_WEEKDAYS = "[DMVWZdmvwz][aior]"
_MONTH = "[A-Za-z]{3,9}"
_WEEKDAY = rf"(?:(?P<weekday>{_WEEKDAYS})[.]? )?"
_YEAR = rf"(?:[’'‘][0-9]{{2}}|[12][0-9]{{3}}){NUMBER_END}"
_BEFORE = r"(?<![\w-])(?<![0-9][.,:/])"


@cache
def _months() -> dict[str, str]:
    """Every way of writing a month; only a whole name may have a capital (Jan is a man)."""
    months = table("calendar")["months"]
    return {short: names[0] for names in months for short in [*names, names[0].capitalize(), names[0].upper()]}


def year_words(written: str) -> str:
    """A year of four digits, or of two (’62), as it is said."""
    bare = written.lstrip("’'‘")
    return year(int(bare)) if len(bare) == 4 else number(bare)


def _weekday(match: re.Match[str]) -> str | None:
    """The day of the week with its space, "" where there is none, None where that word is no day."""
    written = match.groupdict().get("weekday")
    if not written:
        return ""
    day = table("calendar")["weekdays"].get(written.lower())
    return f"{day} " if day else None


def _named(match: re.Match[str]) -> str | None:
    weekday, month = _weekday(match), _months().get(match["month"])
    if weekday is None or month is None or not 1 <= int(match["day"]) <= 31:
        return None
    day = ordinal(int(match["day"])) if match["rank"] else cardinal(int(match["day"]))
    if match["until"]:
        day += f" {'en' if match['link'] == '/' else 'tot'} {cardinal(int(match['until']))}"
    spoken = f"{weekday}{day} {month}"
    if match["year"]:
        return f"{spoken} {year_words(match['year'])}"
    return spoken + _stop(match)


def _stop(match: re.Match[str]) -> str:
    return "." if match[0].endswith(".") and ends_sentence(match) else ""


def _month_and_year(match: re.Match[str]) -> str | None:
    month = _months().get(match["month"])
    return month and f"{month} {year_words(match['year'])}"


def _numeric(match: re.Match[str]) -> str | None:
    return _said(match, int(match["day"]), int(match["month"]), match["year"])


def _said(match: re.Match[str], day: int, month: int, written_year: str) -> str | None:
    weekday = _weekday(match)
    if weekday is None or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    spoken = f"{weekday}{cardinal(day)} {table('calendar')['months'][month - 1][0]}"
    return f"{spoken} {year_words(written_year)}" if written_year else spoken


def _month_in_digits(match: re.Match[str]) -> str | None:
    month, written_year = int(match["month"] or match["first"]), match["year"] or match["last"]
    if match["year"] and int(written_year[2:]) + 1 == month:  # the season 2008-09
        return None
    return f"{table('calendar')['months'][month - 1][0]} {year_words(written_year)}"


def _day_and_month(match: re.Match[str]) -> str | None:
    day, month = int(match["day"]), int(match["month"])
    if not match["weekday"]:
        dated = word_before(match).lower() in words("context", "date_before")
        if word_after(match) in words("context", "fraction_after"):
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
    if first not in names or last not in names:
        return None
    link = {"t/m": "tot en met", "en": "en"}.get(match["link"].strip(), "tot")
    return f"{names[first]} {link} {names[last]}"


RULES = (
    Rule(
        "date",
        DIGIT,
        rf"{_BEFORE}{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?P<rank>e|ste|de)?"
        rf"(?:{GAP}(?P<link>[-–/]){GAP}(?P<until>[0-9]{{1,2}}))?[ \u00a0]"
        rf"(?P<month>{_MONTH})(?!\w)(?:[.]?[ \u00a0](?P<year>{_YEAR})|[.](?!\w))?",
        _named,
        (
            (
                "Op 24 februari 2022 viel het leger binnen.",
                "Op vierentwintig februari tweeduizend tweeëntwintig viel het leger binnen.",
            ),
            ("De raad vergadert ma 4 dec. over de brug.", "De raad vergadert maandag vier december over de brug."),
            ("Het feest is op 3 okt. Daarna sluit de zaal.", "Het feest is op drie oktober. Daarna sluit de zaal."),
            ("In de nacht van 4/5 mei.", "In de nacht van vier en vijf mei."),
            ("Van 4-6 mei is het druk.", "Van vier tot zes mei is het druk."),
        ),
    ),
    Rule(
        "month and year",
        DIGIT,
        rf"(?<!\w)(?P<month>{_MONTH})[.]?[ \u00a0](?P<year>{_YEAR})",
        _month_and_year,
        (("Sinds sept. 1987 is hij weg.", "Sinds september negentienzevenentachtig is hij weg."),),
    ),
    Rule(
        "numeric date",
        DIGIT,
        rf"{_BEFORE}{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)"
        r"(?P<year>[0-9]{4}|(?<=[-/])[’']?[0-9]{2})(?![\w])(?![.,:/-][0-9])",
        _numeric,
        (
            ("Geboren op 24-02-2022.", "Geboren op vierentwintig februari tweeduizend tweeëntwintig."),
            ("Getekend: 1/12/1999.", "Getekend: één december negentiennegenennegentig."),
        ),
    ),
    Rule(
        "iso date",
        DIGIT,
        rf"{_BEFORE}(?P<year>[12][0-9]{{3}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?![\w-])",
        _numeric,
        (("Versie van 2023-03-09.", "Versie van negen maart tweeduizend drieëntwintig."),),
    ),
    Rule(
        "month in digits",
        DIGIT,
        rf"{_BEFORE}(?:(?P<year>(?:19|20)[0-9]{{2}})-(?P<month>0[1-9]|1[0-2])(?![\w-])"
        r"|(?P<first>0[1-9]|1[0-2])[/-](?P<last>(?:19|20)[0-9]{2})(?![\w/-]))",
        _month_in_digits,
        (
            ("Gepubliceerd in 2023-03.", "Gepubliceerd in maart tweeduizend drieëntwintig."),
            ("Geldig tot 03/2027.", "Geldig tot maart tweeduizend zevenentwintig."),
        ),
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
        rf"(?<![\w-])(?P<weekday>{_WEEKDAYS})[.]?"
        r"(?=[ \u00a0][0-9]{1,2}(?:[.:][0-9]{2}(?![0-9])|[ \u00a0](?:t/m|tot|en)[ \u00a0]))",
        lambda match: (_weekday(match) or match[0]).strip(),
        (("Nog te zien: za. 20.30 uur.", "Nog te zien: zaterdag twintig uur dertig."),),
    ),
)
