"""What stands under an article: notes behind a rule, and lines about who wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.read.byline import header_line
from tts.read.clutter import is_clutter
from tts.read.doubles import remove
from tts.read.folding import has_word, same_letters
from tts.read.markup import tag_of, text_of

if TYPE_CHECKING:
    from lxml import etree

    from tts.model import Paragraph

_MOST_NOTES = 4
_LONGEST_NOTE = 60  # words
_MARKS = frozenset("*†‡¹²³")  # of a footnote, which is the article's
_SLANTED = frozenset({"em", "i", "small", "br"})
_IS_WRITER = re.compile(
    r"[\s,(][^.!?]{0,80}?\b(?:is|was|schrijft|werkt|woont|studeert|studeerde|doceert|publiceert|publiceerde|volgt|verslaat|maakt)\b"
)
_GREETING = re.compile(r"(?:veel )?(?:liefs|groet(?:en|jes)?|hartelijke groet)\b\W*", re.IGNORECASE)
_BETWEEN_AUTHORS = re.compile(r", | en ")


def drop_notes(root: etree._Element) -> None:
    """Take out the notes in slanted letters behind the last rule under `root`, where nothing else stands there."""
    for note in _notes(root):
        remove(note)


def _notes(root: etree._Element) -> list[etree._Element]:
    rule = next(reversed(list(root.iter("hr"))), None)
    if rule is None or has_word(rule.tail or ""):
        return []
    notes = []
    for below in rule.itersiblings():
        if has_word(below.tail or "") or (has_word(text_of(below)) and not _is_note(below)):
            return []
        notes.append(below)
    return notes if len(notes) <= _MOST_NOTES else []


def _is_note(element: etree._Element) -> bool:
    text = text_of(element)
    if tag_of(element) not in {"p", "div", "small"} or len(text.split()) > _LONGEST_NOTE or text[:1] in _MARKS:
        return False
    slanted = not has_word(element.text or "") and all(
        tag_of(inner) in _SLANTED and not has_word(inner.tail or "") for inner in element
    )
    return slanted or is_clutter(text)


def without_signature(paragraphs: tuple[Paragraph, ...], author: str | None) -> tuple[Paragraph, ...]:
    """`paragraphs` without the last lines that name the author and what else they do ("Anna de Wit is columnist.")."""
    names = _BETWEEN_AUTHORS.split(author) if author else []
    n_kept = len(paragraphs)
    while n_kept > 1 and any(_is_signature(paragraphs[n_kept - 1], name) for name in names):
        n_kept -= 1
    return paragraphs[:n_kept]


def _is_signature(paragraph: Paragraph, name: str) -> bool:
    text = paragraph.text
    greeting = _GREETING.match(text)
    if greeting and same_letters(text[greeting.end() :], name):
        return True
    if " " not in name or paragraph.kind not in {"text", "aside"} or len(text.split()) > _LONGEST_NOTE:
        return False
    header = header_line(text)
    if same_letters(text, name) or (header is not None and header.author is not None and name in header.author):
        return True
    return text.startswith(name) and _IS_WRITER.match(text, len(name)) is not None
