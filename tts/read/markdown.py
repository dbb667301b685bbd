"""Markdown, with or without front matter, as a Draft."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import yaml
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from tts.errors import InputError
from tts.read.clutter import without_clutter
from tts.read.draft import Draft
from tts.read.facts import facts_of
from tts.read.folding import same_letters, visible
from tts.read.foot import drop_notes
from tts.read.footnotes import take_notes
from tts.read.header import cut_header, is_header_line
from tts.read.prune import drop_links, drop_silent
from tts.read.structure import paragraphs_of

if TYPE_CHECKING:
    from tts.model import Paragraph

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# What people type and CommonMark takes for text: "##Kop" and "** Kop **".
_HEADING_WITHOUT_SPACE = re.compile(r"^(#{2,6})(?=[^\s#])", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^(#{1,6}[ \t][^\n{]{1,200}?)[ \t]{0,3}\{[#.][\w-]{1,60}\}[ \t]*$", re.MULTILINE)  # of Pandoc
_BOLD_WITH_SPACES = re.compile(r"^\*\*[ \t]+(\S[^*\n]{0,100}?)[ \t]*\*\*[ \t]*$", re.MULTILINE)
_MOST_ABOVE_TITLE = 4  # paragraphs
_PARSER = (
    MarkdownIt("commonmark", {"html": True, "breaks": True})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
    .use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=False)
)


def read_markdown(text: str) -> Draft:
    """The article in Markdown `text`: front matter over what the text says, nothing of its body lost.

    Raises: InputError for front matter that can't be read.
    """
    front, text = _front_matter(visible(text))
    paragraphs, notes = _paragraphs(text)
    said = facts_of(front)
    title, paragraphs = _cut_title(paragraphs, said.title)
    header, paragraphs = cut_header(paragraphs, title or "")
    return Draft(
        title=title,
        date=said.date or header.date,
        author=said.author or header.author,
        paragraphs=without_clutter(paragraphs),
        notes=notes,
        url=said.url,
        key=said.key,
    )


def _paragraphs(text: str) -> tuple[list[Paragraph], tuple[Paragraph, ...]]:
    """The paragraphs of the text, and what is said of its footnotes."""
    text = _ATTRIBUTES.sub(r"\1", _HEADING_WITHOUT_SPACE.sub(r"\1 ", text))
    text = _BOLD_WITH_SPACES.sub(r"**\1**", text)
    rendered = _PARSER.render(text)
    root = lxml_html.fromstring(f"<div>{rendered}</div>")
    notes = take_notes(root)
    drop_silent(root)
    drop_links(root)
    drop_notes(root)
    return paragraphs_of(root), notes


def _cut_title(paragraphs: list[Paragraph], title: str | None) -> tuple[str | None, list[Paragraph]]:
    """The title, and the paragraphs without the heading that says it; dates and labels may stand above that."""
    for at, paragraph in enumerate(paragraphs[:_MOST_ABOVE_TITLE]):
        if paragraph.kind == "heading":
            if title is None or same_letters(paragraph.text, title):
                return title or paragraph.text, [*paragraphs[:at], *paragraphs[at + 1 :]]
            break
        if not is_header_line(paragraph.text):
            break
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
