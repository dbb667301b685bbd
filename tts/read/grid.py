"""The tables in an article: a small one is read aloud row by row, of a large one is said that it is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.model import Paragraph
from tts.read import left_out
from tts.read.folding import fold, has_word
from tts.read.markup import tag_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

# What an ear can follow without a heading to look back at.
_MOST_ROWS = 12  # under the head
_MOST_COLUMNS = 4
_MOST_CELLS = 40
_MOST_WORDS = 250
_ENDS = re.compile(r"[.!?…][’”\"'»)\]]*$")
_PAUSES = re.compile(r"[.!?…,;:][’”\"'»)\]]*$")
_PAUSING = ",;: "
_LAYOUT = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "form")


def read_table(table: etree._Element, text_in: Callable[[etree._Element], str]) -> list[Paragraph]:
    """A paragraph a row of a small table, each cell in it once and set apart by a comma.

    For a large one, and for one that lays out a page, the words that say that it is there.

    text_in : the text of a cell, on one line.
    """
    n_rows = sum(1 for row in table.iter("tr") if row.find("td") is not None)
    if n_rows > _MOST_ROWS or any(inner is not table for inner in table.iter(*_LAYOUT)):
        return [left_out.table(n_rows)]
    rows = [_row(row, text_in) for row in table.iter("tr")]
    if not _is_small(rows):
        return [left_out.table(n_rows)]
    caption = table.find("caption")
    above = "" if caption is None else fold(text_in(caption))
    # Slanted, as all that stands beside the text: in an interview it is no part of an answer.
    return [Paragraph("item", _sentence(cells), slanted=True) for cells in ([above], *rows) if any(cells)]


def _row(row: etree._Element, text_in: Callable[[etree._Element], str]) -> list[str]:
    texts = (fold(text_in(cell)) for cell in row if tag_of(cell) in {"td", "th"})
    return [text for text in texts if has_word(text)]


def _is_small(rows: list[list[str]]) -> bool:
    return (
        max(map(len, rows), default=0) <= _MOST_COLUMNS
        and sum(map(len, rows)) <= _MOST_CELLS
        and sum(len(cell.split()) for cells in rows for cell in cells) <= _MOST_WORDS
    )


def _sentence(cells: list[str]) -> str:
    *before, last = cells
    paused = [cell if _PAUSES.search(cell) else f"{cell}," for cell in before]
    return " ".join([*paused, last if _ENDS.search(last) else f"{last.rstrip(_PAUSING)}."])
