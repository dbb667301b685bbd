"""What is said about an article beside its text: by front matter, by a row of a table."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tts.read.byline import author_names, join_names
from tts.read.dates import iso_date
from tts.read.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TITLE = ("title", "titel", "kop")
_DATE = ("date", "datum", "published", "pubdate", "gepubliceerd", "publicatiedatum")
_AUTHOR = ("author", "auteur", "authors", "auteurs", "by", "door")
_KEY = ("id", "guid")
URL_NAMES = ("url", "canonical", "source", "link", "bron", "canonical_url", "source_url")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """Title, date (ISO 8601), author, id (`key`) and address of an article; None for what is not said."""

    title: str | None = None
    date: str | None = None
    author: str | None = None
    key: str | None = None
    url: str | None = None


def facts_of(named: Mapping[str, Any]) -> Facts:
    """The facts among the values in `named`, whose names are Dutch or English, in lower case."""
    return Facts(
        title=as_text(_first(named, _TITLE)),
        date=_as_date(_first(named, _DATE)),
        author=_as_author(_first(named, _AUTHOR)),
        key=as_text(_first(named, _KEY)),
        url=next((url for url in map(as_text, _given(named, URL_NAMES)) if url and _URL.fullmatch(url)), None),
    )


def as_text(value: Any) -> str | None:
    """A value on one line; None where it is empty or no single value."""
    return fold(str(value)) or None if isinstance(value, str | int | float) else None


def _given(named: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Any]:
    return (named[name] for name in names if named.get(name) not in (None, "", []))


def _first(named: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next(_given(named, names), None)


def _as_date(value: Any) -> str | None:
    if isinstance(value, dt.datetime | dt.date):
        return iso_date(value.isoformat())
    return iso_date(str(value)) if isinstance(value, str | int) else None


def _as_author(value: Any) -> str | None:
    if isinstance(value, dict):
        return _as_author(value.get("name") or value.get("naam"))
    if isinstance(value, list):
        names = [name for name in map(_as_author, value) if name]
        return join_names(names) if names else None
    return author_names(fold(value)) if isinstance(value, str) else None
