"""Markdown, with or without front matter, as a Draft."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING, Any

import yaml
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from tts.errors import InputError
from tts.read.byline import author_names, join_names
from tts.read.clutter import without_clutter
from tts.read.dates import iso_date
from tts.read.draft import Draft
from tts.read.folding import fold, visible
from tts.read.header import cut_header
from tts.read.prune import drop_silent
from tts.read.structure import paragraphs_of

if TYPE_CHECKING:
    from tts.model import Paragraph

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PARSER = (
    MarkdownIt("commonmark", {"html": True, "breaks": True})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
    .use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=False)
)
_TITLE = ("title", "titel", "kop")
_DATE = ("date", "datum", "published", "pubdate", "gepubliceerd")
_AUTHOR = ("author", "auteur", "authors", "auteurs", "by", "door")
_KEY = ("id", "guid")
_URL = ("url", "canonical", "source", "link", "bron", "canonical_url", "source_url")


def read_markdown(text: str) -> Draft:
    """The article in Markdown `text`: front matter over what the text says, nothing of its body lost.

    Raises: InputError for front matter that can't be read.
    """
    front, text = _front_matter(visible(text))
    paragraphs = _paragraphs(text)
    title = _as_text(_first(front, _TITLE))
    title, paragraphs = _cut_title(paragraphs, title)
    header, paragraphs = cut_header(paragraphs, title or "")
    address = _as_text(_first(front, _URL))
    return Draft(
        title=title,
        date=_as_date(_first(front, _DATE)) or header.date,
        author=_as_author(_first(front, _AUTHOR)) or header.author,
        paragraphs=without_clutter(paragraphs),
        url=address if address and re.match(r"https?://", address) else None,
        key=_as_text(_first(front, _KEY)),
    )


def _paragraphs(text: str) -> list[Paragraph]:
    rendered = _PARSER.render(text)
    root = lxml_html.fromstring(f"<div>{rendered}</div>")
    drop_silent(root)
    return paragraphs_of(root)


def _cut_title(paragraphs: list[Paragraph], title: str | None) -> tuple[str | None, list[Paragraph]]:
    """The title, and the paragraphs without the heading that says it."""
    if paragraphs and paragraphs[0].kind == "heading":
        first = paragraphs[0].text
        if title is None or first.casefold() == title.casefold():
            return title or first, paragraphs[1:]
    return title, paragraphs


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter with its keys in lower case, and the text after it."""
    found = _YAML.match(text)
    try:
        if found is not None:
            values = yaml.safe_load(found[1])
        else:
            found = _TOML.match(text)
            values = tomllib.loads(found[1]) if found is not None else None
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"the front matter can't be read ({reason}): correct it") from error
    if found is None or not isinstance(values, dict):
        return {}, text
    return {str(key).lower(): value for key, value in values.items()}, text[found.end() :]


def _first(front: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((front[key] for key in keys if front.get(key) not in (None, "", [])), None)


def _as_text(value: Any) -> str | None:
    return fold(str(value)) or None if isinstance(value, str | int | float) else None


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
