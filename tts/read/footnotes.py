"""Footnotes in a tree of HTML: where they stand, and what of it is no text of the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from tts.read.doubles import remove
from tts.read.folding import has_word
from tts.read.markup import class_words, is_footnote_mark, tag_of, text_of
from tts.read.notes import said_of
from tts.read.phrases import pattern
from tts.read.structure import INLINE, paragraphs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.model import Paragraph

_LONGEST_NOTE = 150  # words
_MOST_IN_NOTES = 0.5  # of the words of the page; what holds more is the article in a badly named box
_HOLDERS = frozenset({"ol", "ul", "dl", "div", "section"})
_NUMBER = re.compile(r"\d{1,2}")
_BEFORE_MARK = re.compile(r"(?:[.,;:!?’”\"')\]]|[a-zà-ÿ]{3})$")  # "km<sup>2</sup>" is no mark


def take_notes(root: etree._Element) -> tuple[Paragraph, ...]:
    """Take the footnotes out from under `root`: what is to be said of them behind the article.

    They are known by the name of their box, or by the marks in the text before them that lead to them.
    """
    boxes = _boxes(root)
    notes = [note for box in boxes for note in _notes_in(box)]
    beside = list(_linked_notes(root, boxes))
    if boxes or beside:
        _drop_bare_marks(root, boxes, len(notes) + len(beside))
    said = said_of([(_texts_of(note), _links_out(note)) for note in (*notes, *beside)])
    _remove_with_labels([*boxes, *beside])
    return said


def _boxes(root: etree._Element) -> list[etree._Element]:
    """The outermost elements whose names say that they hold nothing but notes."""
    boxes: list[etree._Element] = []
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        named = tag_of(element) not in INLINE and pattern("notes_class").search(class_words(element)) is not None
        if named and element is not root and _n_words(element) <= _MOST_IN_NOTES * _n_words(root):
            boxes.append(element)
            walker.skip_subtree()
    return boxes


def _n_words(element: etree._Element) -> int:
    return len(text_of(element).split())


def _notes_in(box: etree._Element) -> list[etree._Element]:
    """Each note in a box, which may be a list, paragraphs under a heading, or one note."""
    listed = [one for one in box.iter("li", "dd") if one is not box]
    return listed or [one for one in box.iter("p") if one is not box] or [box]


def _linked_notes(root: etree._Element, boxes: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """The notes that no box holds, where the marks in the text before them lead."""
    within = {inner for box in boxes for inner in box.iter()}
    targets: set[str | None] = set()
    for element in root.iter("a", "sup", "span", "li", "p", "div", "dd"):
        if element in within:
            continue
        if targets & {element.get("id") or "", element.get("name") or ""}:
            note = _begun_by(element)
            if note is not None and _n_words(note) <= _LONGEST_NOTE:
                yield note
                within.update(note.iter())
        elif is_footnote_mark(element):
            targets.update((link.get("href") or "#")[1:] for link in element.iter("a"))
            targets.discard("")


def _drop_bare_marks(root: etree._Element, boxes: Sequence[etree._Element], n_notes: int) -> None:
    """Take out the raised numbers that count notes without leading to them."""
    within = {inner for box in boxes for inner in box.iter("sup")}
    for raised in [one for one in root.iter("sup") if one not in within]:
        before, parent = raised.getprevious(), raised.getparent()
        text = (before.tail if before is not None else parent.text if parent is not None else None) or ""
        if _NUMBER.fullmatch(text_of(raised)) and int(text_of(raised)) <= n_notes and _BEFORE_MARK.search(text):
            remove(raised)


def _begun_by(element: etree._Element) -> etree._Element | None:
    """The note that begins with `element`: itself, or the line in which only a mark stands before its text."""
    if tag_of(element) not in INLINE:
        return element
    parent = element.getparent()
    if parent is None or element.getprevious() is not None or has_word(parent.text or ""):
        return None
    return _begun_by(parent)


def _texts_of(note: etree._Element) -> list[str]:
    """The paragraphs of a note, whatever it is set as."""
    note.tag = "div"
    note.attrib.pop("class", "")
    return [paragraph.text for paragraph in paragraphs_of(note) if paragraph.kind != "left_out"]


def _links_out(note: etree._Element) -> bool:
    return any((link.get("href") or "").startswith(("http", "www.", "//")) for link in note.iter("a"))


def _remove_with_labels(elements: Sequence[etree._Element]) -> None:
    """Take out `elements`, the lists that they leave empty, and the rules and headings above only for notes."""
    parents = dict.fromkeys(element.getparent() for element in elements)
    for element in elements:
        above = element.getprevious()
        remove(element)
        while above is not None and (tag_of(above) == "hr" or pattern("notes_label").fullmatch(text_of(above))):
            label, above = above, above.getprevious()
            remove(label)
    empty = [one for one in parents if one is not None and tag_of(one) in _HOLDERS and not has_word(text_of(one))]
    if empty:
        _remove_with_labels(empty)
