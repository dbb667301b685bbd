"""Dutch and ISO dates as they stand in articles, to ISO 8601, as exact as the source and never more."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb febr february",
            "maart mrt mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = (
    r"(?:(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+)?"
)
_CLOCK = r"\d{1,2}(?:[:.]\d{2}(?::\d{2}(?:\.\d+)?)?|u(?:\d{2})?\b|(?=\s?uur\b))(?![\d.])(?:\s?(?:uur|u|h)\b)?"
_TIME = rf"(?:(?:[\s,|–-]{{1,5}}(?-i:om\s+|at\s+|@\s*)?|T){_CLOCK}\s?(?:Z\b|CES?T\b|[+-]\d{{2}}:?\d{{2}}\b)?)?"
_YEAR = r"(?:1[5-9]|20|21)\d{2}"
_DATE = re.compile(
    rf"(?<![\w-]){_WEEKDAY}(?:"
    rf"(?P<iso_y>{_YEAR})-(?P<iso_m>\d{{2}})(?:-(?P<iso_d>\d{{2}}))?(?![\d-])"
    rf"|(?P<num_d>\d{{1,2}})(?P<sep>[-/.])(?P<num_m>\d{{1,2}})(?P=sep)(?P<num_y>{_YEAR}|\d{{2}})(?![\d-])"
    rf"|(?P<word_d>\d{{1,2}})(?:e|ste|de)?[\s-]+(?P<word_m>{_MONTH})\b\.?,?[\s-]*(?P<word_y>{_YEAR}|['’]\d{{2}})(?!\d)"
    rf"|(?P<us_m>{_MONTH})\b\.?\s+(?P<us_d>\d{{1,2}}),\s*(?P<us_y>{_YEAR})(?!\d)"
    rf"|(?P<my_m>{_MONTH})\b\.?\s+(?P<my_y>{_YEAR})(?!\d)"
    rf"|(?P<y>{_YEAR})(?![\w-])"
    rf"){_TIME}",
    re.IGNORECASE,
)
_YEARLESS = re.compile(
    rf"(?<![\w-]){_WEEKDAY}(?:\d{{1,2}}\s+(?:{_MONTH})\b\.?|vandaag|gisteren|eergisteren){_TIME}|(?<![\w.:]){_CLOCK}(?!\w)",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    rf"({_YEAR}-\d{{2}}-\d{{2}})[T ](\d{{2}}):?(\d{{2}})(?::?\d{{2}}(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]00:?00)",
    re.IGNORECASE,
)


def iso_date(text: str) -> str | None:
    """The date that `text` gives: "2023", "2023-03" or "2023-03-20"; None where it gives none.

    A moment in universal time is the day that it was in the Netherlands and Flanders: sites store midnight of
    25 February as 2022-02-24T23:00:00Z.
    """
    moment = _MOMENT.search(text)
    if moment is not None:
        return _dutch_day(moment)
    first = next(_dates(text), None)
    return None if first is None else first[0]


def leading_date(text: str) -> tuple[str, int] | None:
    """The date with which `text` begins, and where it ends, its time of day included; None where there is none."""
    found = _DATE.match(text)
    if found is None:
        return None
    date = _iso(found)
    return None if date is None else (date, found.end())


def dates_in(text: str) -> Iterator[tuple[str, int]]:
    """The full dates in `text`, in its order, each with where it begins."""
    return ((date, found.start()) for date, found in _dates(text))


def cut_dates(text: str) -> tuple[str | None, str]:
    """The first full date in `text`, and `text` with a bar in the place of each date and time of day."""
    dates = list(_dates(text))
    for _, found in reversed(dates):
        text = f"{text[: found.start()]} | {text[found.end() :]}"
    return (dates[0][0] if dates else None), _YEARLESS.sub(" | ", text)


def _dates(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for found in _DATE.finditer(text):
        date = _iso(found)
        if date is not None:
            yield date, found


def _dutch_day(moment: re.Match[str]) -> str | None:
    from zoneinfo import ZoneInfo

    try:
        at = dt.datetime.fromisoformat(f"{moment[1]}T{moment[2]}:{moment[3]}+00:00")
    except ValueError:
        return None
    return at.astimezone(ZoneInfo("Europe/Amsterdam")).date().isoformat()


def _iso(found: re.Match[str]) -> str | None:
    year, month, day = _numbers(found)
    try:
        date = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return date.isoformat()
    return f"{year:04}-{month:02}" if month else f"{year:04}"


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day; 0 for what the source leaves out."""
    part = found.groupdict()
    if part["iso_y"]:
        return int(part["iso_y"]), int(part["iso_m"]), int(part["iso_d"] or 0)
    if part["num_d"]:
        return _full_year(part["num_y"]), int(part["num_m"]), int(part["num_d"])
    if part["word_d"]:
        return _full_year(part["word_y"]), _MONTHS[part["word_m"].lower()], int(part["word_d"])
    if part["us_d"]:
        return int(part["us_y"]), _MONTHS[part["us_m"].lower()], int(part["us_d"])
    if part["my_y"]:
        return int(part["my_y"]), _MONTHS[part["my_m"].lower()], 0
    return int(part["y"]), 0, 0


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits[-2:])
