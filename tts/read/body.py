"""Where on a page the article is: the smallest box that holds its prose, and the lead above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.read.doubles import drop_copies
from tts.read.folding import fold, has_word, letters, same_letters
from tts.read.markup import class_words, tag_of
from tts.read.metadata import heading_text
from tts.read.phrases import pattern
from tts.read.structure import INLINE, paragraphs_of

if TYPE_CHECKING:
    from lxml import etree

    from tts.model import Paragraph

_PROSE = 8  # words; shorter runs are labels and links as often as text
_MOST = 0.6  # of the prose on the page
_NEARLY_ALL = 0.85
_END = re.compile(r"[.!?…:][’”\"'»)\]]*$")


def find_body(root: etree._Element, title: str | None) -> list[Paragraph]:
    """The paragraphs of the article on the page under `root`, its lead before them."""
    prose = _prose(root)
    box = _box(root, prose)
    drop_copies(box)
    body = paragraphs_of(box)
    said = {letters(paragraph.text) for paragraph in body}
    return [*(one for one in _lead(root, box, title) if letters(one.text) not in said), *body]


def _prose(root: etree._Element) -> dict[etree._Element, float]:
    """The words of running text in each element, links not counted."""
    prose: dict[etree._Element, float] = {}
    for element in root.iter():
        if tag_of(element) in INLINE or not tag_of(element):
            continue
        n_words = _own_words(element)
        if n_words >= _PROSE:
            prose[element] = prose.get(element, 0) + n_words
            for outer in element.iterancestors():
                prose[outer] = prose.get(outer, 0) + n_words
    return prose


def _own_words(element: etree._Element) -> int:
    """The words in an element that are in no block inside it, nor in a link."""
    n_words = len((element.text or "").split())
    waiting = list(element)
    while waiting:
        inner = waiting.pop()
        n_words += len((inner.tail or "").split())
        if tag_of(inner) in INLINE and tag_of(inner) != "a":
            n_words += len((inner.text or "").split())
            waiting.extend(inner)
    return n_words


def _box(root: etree._Element, prose: dict[etree._Element, float]) -> etree._Element:
    total = prose.get(root, 0)
    marked = [element for element in prose if prose[element] >= _MOST * total and _is_marked(element)]
    box = marked[-1] if marked else root
    while True:
        inner = max((child for child in box if child in prose), key=lambda child: prose[child], default=None)
        if inner is None or prose[inner] < _NEARLY_ALL * prose[box] or _own_words(box) >= _PROSE:
            return box
        if tag_of(inner) in {"p", "blockquote", "ul", "ol", "li", "aside"}:
            return box
        box = inner


def _is_marked(element: etree._Element) -> bool:
    return (
        element.get("itemprop") in {"articleBody", "reviewBody", "text"}
        or tag_of(element) in {"article", "main"}
        or (tag_of(element) in {"div", "section"} and pattern("body_class").search(class_words(element)) is not None)
    )


def _lead(root: etree._Element, box: etree._Element, title: str | None) -> list[Paragraph]:
    """What stands between the title and the body: the lead, and the header lines."""
    within = list(box.iterancestors())
    headings = [heading for heading in root.iter("h1") if title and same_letters(heading_text(heading), title)]
    if not headings or headings[-1] in box.iter("h1"):
        return []
    heading = headings[-1]
    outer = next((element for element in heading.iterancestors() if element in within), None)
    if outer is None:
        return []
    chain = {box, *within}
    lead: list[Paragraph] = []
    below = False
    for element in outer.iter():
        if element is box:
            break
        if element is heading:
            below = True
        elif below and element not in chain and _is_outermost(element, heading, chain):
            lead += paragraphs_of(element)
    return [paragraph for paragraph in lead if has_word(fold(paragraph.text))]


def _is_outermost(element: etree._Element, heading: etree._Element, chain: set[etree._Element]) -> bool:
    """Whether `element` is the top of a subtree that holds neither the title nor the body."""
    parent = element.getparent()
    return parent is not None and (parent in chain or parent in set(heading.iterancestors())) and tag_of(element) != ""
