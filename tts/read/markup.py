"""What tags and class names say about an element."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tts.read.folding import fold
from tts.read.phrases import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset({"p", "div", "ul", "ol", "section", "article", "blockquote", "table"})
_FOOTNOTE_TARGET = re.compile(r"#.{0,20}(?:fn|note|noot|ref|cite|voet).{0,40}", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡]{1,3}|noot \d{1,3}|↩︎?|↑)\s*[\])]?")


def tag_of(element: etree._Element) -> str:
    """The tag in lower case; "" for comments and the like."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def texts_of(element: etree._Element) -> Iterator[str]:
    """The stretches of text in an element, in order."""
    for text in element.itertext():
        yield text if isinstance(text, str) else text.decode()


def text_of(element: etree._Element) -> str:
    """All text in an element, on one line."""
    return fold("".join(texts_of(element)))


def class_words(element: etree._Element) -> str:
    """The words of an element's class, id and role, set apart by single spaces, with a space at both ends."""
    return _words(f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}")


@cache
def _words(names: str) -> str:
    return f" {' '.join(re.split(r'[-_:/ .]+', _CAMEL.sub(' ', names).lower()))} "


def is_pull_quote(element: etree._Element) -> bool:
    """Whether `element` is a quote displayed apart from the text."""
    tag = tag_of(element)
    if tag == "aside":
        return _headless(element)
    if tag in {"figure", "div", "p", "section", "blockquote", "q", "span"}:
        return pattern("pull_quote_class").search(class_words(element)) is not None and _headless(element)
    return False


def is_heading(element: etree._Element) -> bool:
    """Whether `element` is a cross-head."""
    tag = tag_of(element)
    if tag in _HEADINGS:
        return True
    if tag not in {"p", "div", "span"}:
        return False
    if element.get("role") == "heading":
        return True
    named = tag != "span" and pattern("heading_class").search(class_words(element)) is not None
    return named and (tag == "p" or not any(tag_of(inner) in _BLOCKS for inner in element.iterdescendants()))


def is_footnote_mark(element: etree._Element) -> bool:
    """Whether `element` is a reference to a footnote; "m<sup>2</sup>" is none."""
    tag = tag_of(element)
    if tag not in {"sup", "a", "span"}:
        return False
    words = class_words(element)
    if " noteref " in words or (" footnote " in words and tag != "span") or (" reference " in words and tag == "sup"):
        return True
    target = element.get("href") if tag == "a" else None
    if tag == "sup":
        link = element.find(".//a")
        target = None if link is None else link.get("href")
    if target is None or not target.startswith("#"):
        return False
    text = text_of(element)
    return _MARK.fullmatch(text) is not None or (tag == "sup" and _FOOTNOTE_TARGET.fullmatch(target) is not None)


def _headless(element: etree._Element) -> bool:
    """A box with headings of its own is a piece of the text, not a quote."""
    return not any(tag_of(inner) in _HEADINGS for inner in element.iter())


def is_beside(element: etree._Element) -> bool:
    """Whether `element` stands in a box, a menu, a foot or the comments."""
    return any(
        tag_of(outer) in {"aside", "footer", "nav"} or pattern("comments_class").search(class_words(outer))
        for outer in element.iterancestors()
    )
