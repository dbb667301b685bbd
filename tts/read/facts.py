"""What is said about an article beside its text: by front matter, by a row of a table."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tts.read.dates import iso_date
from tts.read.folding import fold
from tts.read.names import author_names, join_names

if TYPE_CHECKING:
    from collections.abc import Mapping

_TITLE = ("title", "titel", "kop")
_DATE = ("date", "datum", "published", "pubdate", "gepubliceerd", "publicatiedatum")
_AUTHOR = ("author", "auteur", "authors", "auteurs", "by", "door")
_KEY = ("id", "guid")
_URL_NAMES = ("url", "canonical", "source", "link", "bron", "canonical_url", "source_url")
_TEXT = ("text", "tekst", "body", "content", "inhoud", "artikel", "article")
_PATH = ("path", "pad", "file", "bestand", "filename", "bestandsnaam")
BODY_NAMES = frozenset((*_TEXT, *_PATH, *_URL_NAMES))  # of the columns that an article is read from
NAMES = BODY_NAMES.union(_TITLE, _DATE, _AUTHOR, _KEY)
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
        url=next(
            (url for url in (as_text(named.get(name)) for name in _URL_NAMES) if url and _URL.fullmatch(url)), None
        ),
    )


@dataclass(frozen=True, slots=True)
class Body:
    """Where a row says that its article is: text is the words themselves, link what stands for an address."""

    text: str | None
    path: str | None
    link: str | None


def body_of(named: Mapping[str, Any]) -> Body:
    """Where the values in `named`, whose names are as `column_name` gives them, say that the article is."""
    text, path = _first(named, _TEXT), _first(named, _PATH)
    return Body(
        text=text if isinstance(text, str) and text.strip() else None,
        path=path.strip() or None if isinstance(path, str) else None,
        link=as_text(_first(named, _URL_NAMES)),
    )


def column_name(name: str) -> str:
    """A column's `name` as the tables of names have it: "Source URL" is "source_url"."""
    return fold(name).casefold().replace(" ", "_")


def as_text(value: Any) -> str | None:
    """A value on one line; None where it is empty or no single value."""
    return fold(str(value)) or None if isinstance(value, str | int | float) else None


def _url(named: Mapping[str, Any]) -> str | None:
    """The first value that is an address; "bron" may also hold the name of a newspaper."""
    said = (as_text(named.get(name)) for name in _URL_NAMES)
    return next((url for url in said if url and _URL.fullmatch(url)), None)


def _first(named: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        value = named.get(name)
        if value not in (None, "", []):
            return value
    return None


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
    return author_names(fold(value).strip("[]")) if isinstance(value, str) else None  # "[[…]]": a link of Obsidian
