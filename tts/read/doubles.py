"""What a page shows twice and the article says once: a lead above its own copy, a caption, a copy to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.read.folding import fold, letters
from tts.read.markup import is_pull_quote, tag_of, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lxml import etree

    from tts.model import Paragraph

_FEWEST_WORDS = 8  # a shorter line may be said again: "Maar niet hier."
_SHORTEST_TEASER = 6  # words
_SHORTEST_CAPTION = 3  # words
_LINES = ("p", "h2", "h3", "h4", "h5", "h6", "li", "div")
_MOST_INSIDE = 3  # elements


def captions_of(root: etree._Element) -> set[str]:
    """The letters of the captions and descriptions of the pictures under `root`."""
    texts = [text_of(caption) for caption in root.iter("figcaption")]
    texts += [fold(picture.get(name) or "") for picture in root.iter("img") for name in ("alt", "title")]
    return {letters(text) for text in texts if len(text.split()) >= _SHORTEST_CAPTION and not _is_prose(text)}


def is_caption_again(element: etree._Element, captions: Collection[str]) -> bool:
    """Whether `element` is a line that says again what the caption of a picture says."""
    if not captions or tag_of(element) not in {"p", "div"} or len(element) > _MOST_INSIDE:
        return False
    return letters(text_of(element)) in captions


def drop_copies(box: etree._Element) -> None:
    """Take out the lines of `box` that say again what a line in another box inside it has said: a copy to print.

    Lines beside each other may say the same, and so may a pull quote; a short line goes only in a longer copy.
    """
    said: dict[str, etree._Element | None] = {}
    copies = []
    copying = False
    for element in box.iter(*_LINES):
        if (tag_of(element) == "div" and len(element)) or _is_apart(element, box):
            continue
        key, parent = letters(text_of(element)), element.getparent()
        if not key:
            continue
        n_words = len(text_of(element).split())
        copying = said.setdefault(key, parent) is not parent and (copying or n_words >= _FEWEST_WORDS)
        if copying:
            copies.append(element)
    for copy in copies:
        remove(copy)


def without_title_again(paragraphs: Iterable[Paragraph], title: str) -> Iterator[Paragraph]:
    """`paragraphs` without the title, where it heads them again, and without a heading that stands there twice."""
    before = None
    for at, paragraph in enumerate(paragraphs):
        key = letters(paragraph.text)
        heading = paragraph.kind == "heading"
        if not (key == letters(title) and (heading or at == 0)) and not (heading and key == before):
            yield paragraph
        before = key if heading else None


def without_lead_again(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """`paragraphs` without a first one that the second, alone, begins with: a teaser above the text it is from."""
    first = [paragraph for paragraph in paragraphs[:3] if paragraph.kind == "text"]
    if len(paragraphs) > 1 and first[:2] == list(paragraphs[:2]):
        teaser, text, *after = [letters(paragraph.text) for paragraph in first]
        taken = len(first[0].text.split()) >= _SHORTEST_TEASER and text.startswith(teaser)
        return paragraphs[1:] if taken and after != [teaser] else paragraphs
    return paragraphs


def remove(element: etree._Element) -> None:
    """Take `element` out of its tree, the text behind it left where it is."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _is_apart(element: etree._Element, box: etree._Element) -> bool:
    """Whether `element` stands in a quote or box that may say again what the text says."""
    for outer in element.iterancestors():
        if outer is box:
            return False
        if tag_of(outer) in {"aside", "blockquote", "figure", "table"} or is_pull_quote(outer):
            return True
    return False


def _is_prose(text: str) -> bool:
    return text.endswith((".", "!", "?")) and len(text.split()) > 25
