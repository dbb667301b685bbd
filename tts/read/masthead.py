"""What stands round the title of a page: in lines that are no text of the article, and go before it is read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from tts.read.byline import Header, header_line, marked_header
from tts.read.folding import fold, has_word, letters, same_letters
from tts.read.markup import class_words, is_beside, tag_of
from tts.read.names import bare_author
from tts.read.phrases import pattern
from tts.read.structure import INLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_ABOVE = 3  # lines
_MOST_BELOW = 30  # lines
_MOST_PARTS = 6  # elements in a byline
_PROSE = 12  # words of a sentence; after the second line of these the text is under way
_ENDS = (".", "!", "?", "”", "’", "»", '"')
_SKIPPED = frozenset(
    "script style noscript template head nav aside footer figure figcaption form button select svg iframe table".split()
)
_TITLES = ("h1", "h2")


class _Line(NamedTuple):
    """Text between two breaks, and the element that it stands in.

    text : words of elements beside each other apart by a space. parts : the same, apart by a bar.
    """

    text: str
    parts: str
    element: etree._Element


class Masthead(NamedTuple):
    """What stands round a title.

    lines : the letters of the lines that hold nothing but a byline or a date, which are no text of the article.
    """

    header: Header = Header()
    lines: frozenset[str] = frozenset()


def masthead(root: etree._Element, title: str | None) -> Masthead:
    """The date and the author that stand round the title of the page under `root`; what the title has under it first.

    Above the title only the lines count that share a box with it: the date at the head of a page is often today's.
    """
    heading = _heading(root, title)
    if heading is None:
        return Masthead()
    lines = list(_below(root, heading))
    found = Header()
    for above, line in pairwise([None, *lines]):
        if line is None:
            continue
        found |= _header(line)
        if above is not None and pattern("by").fullmatch(f"{above.text} "):
            found |= Header(author=bare_author(line.text))
    if not (found.date and found.author):
        for line in _above(root, heading):
            found |= _header(line)
    if not found.date:
        found |= _under(root)
    return Masthead(found, frozenset(letters(line.text) for line in lines if _is_header(line)))


def _is_header(line: _Line) -> bool:
    header = header_line(line.parts)
    return header is not None and (header.date is not None or header.author is not None)


def _heading(root: etree._Element, title: str | None) -> etree._Element | None:
    """The heading that says the title, of several the last, which is the one over the text; else the first one."""
    if title is None:
        return None
    saying = [one for one in root.iter(*_TITLES) if same_letters(_text(one), title)]
    return saying[-1] if saying else next(root.iter("h1"), None)


def _text(element: etree._Element) -> str:
    return fold(" ".join(str(text) for text in element.itertext()))


def _below(root: etree._Element, heading: etree._Element) -> Iterator[_Line]:
    n_prose = 0
    for n_lines, line in enumerate(_lines(root, after=heading)):
        if n_lines == _MOST_BELOW or n_prose == 2:
            return
        yield line
        n_prose += len(line.text.split()) >= _PROSE and line.text.endswith(_ENDS)


def _above(root: etree._Element, heading: etree._Element) -> list[_Line]:
    boxes = {box for box in heading.iterancestors() if tag_of(box) not in {"body", "html"} and box is not root}
    lines = _lines(root, before=heading)
    near = [line for line in lines if not boxes.isdisjoint((line.element, *line.element.iterancestors()))]
    return near[-_MOST_ABOVE:]


def _under(root: etree._Element) -> Header:
    """The first line marked as a byline that gives a date too, wherever it stands: under the text, say."""
    for element in root.iter("p", "div", "footer", "address"):
        if len(element) <= _MOST_PARTS and pattern("byline_class").search(class_words(element)):
            header = header_line(_text(element))
            if header is not None and header.date and header.author and not is_beside(element):
                return header
    return Header()


def _header(line: _Line) -> Header:
    if is_beside(line.element):
        return Header()
    marks = (line.element, *line.element.iterancestors("p", "div", "header", "section", "ul"))
    if any(pattern("byline_class").search(class_words(mark)) for mark in marks[:2]):
        return marked_header(line.text) | marked_header(line.parts)
    return header_line(line.text) or header_line(line.parts) or Header()


def _lines(
    root: etree._Element, after: etree._Element | None = None, before: etree._Element | None = None
) -> Iterator[_Line]:
    """The lines under `root`: behind the one element, or up to the other."""
    pieces: list[str] = []
    within = root
    going = after is None
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = tag_of(element)
        breaks = tag not in INLINE or tag == "br"
        if breaks and pieces:
            yield from _line(pieces, within)
            pieces = []
        if event == "start":
            if element is before:
                return
            if tag in _SKIPPED or not tag or element is after:
                walker.skip_subtree()
                continue
            within = element if breaks and tag != "br" else within
            text = element.text
        else:
            going = going or element is after
            text = element.tail if element is not root else None
            within = element.getparent() if breaks and tag != "br" and element is not root else within
        if going and text and text.strip():
            pieces.append(text)
    yield from _line(pieces, within)


def _line(pieces: list[str], within: etree._Element) -> Iterator[_Line]:
    text = fold("".join(f" {piece} " for piece in pieces))
    if not has_word(text):
        return
    joined = fold(pieces[0])
    for before, piece in pairwise(pieces):
        by = pattern("by").fullmatch(f"{fold(before)} ") is not None
        joined += f" {fold(piece)}" if by else f" | {fold(piece)}"
    yield _Line(text, joined, within)
