"""Plain text, scraped or typed, as a Draft.

The scraped form has a header glued to its lead (" date 2023-03 Of het …") and mostly no title. The ordinary form has
a title, byline and date above its text, each where it is given. Paragraphs are set apart by blank lines, or each is a
line; hard-wrapped lines are joined.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.model import Paragraph
from tts.read.clutter import is_credit, without_clutter
from tts.read.dates import leading_date
from tts.read.draft import Draft
from tts.read.folding import fold, has_word, visible
from tts.read.header import cut_header, is_header_line
from tts.read.notes import cut_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SCRAPED = re.compile(r"\s*date\s+", re.IGNORECASE)
_LONGEST_DATE = 60  # characters
_BULLET = re.compile(r"[-•*·▪●‣◦]\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:][’”\"'»)\]]*$")
_KEEPS_HYPHEN = re.compile(r"[aeiou]-[aeiou]|-(?:en|of|tot|noch|maar|als)\b|-[^a-zà-ÿ]", re.IGNORECASE)
_LONGEST_CAPTION = 30  # words
_SHORTEST_TEXT = 20  # words; above the first line of text there may be titles and bylines
_WIDEST_WRAP = 110  # characters; whoever has longer lines writes a paragraph a line
_SURELY_WRAPPED = 0.6  # of the widest line; a shorter line without a full stop is a heading


def read_text(text: str) -> Draft:
    """The article in plain `text`: nothing of its body lost, in order, a paragraph a paragraph."""
    text = visible(text)
    if (scraped := _scraped_header(text)) is not None:
        date, end = scraped
        header, paragraphs = cut_header(_marked(_lines(text[end:])), title="")
        return _draft(Draft(None, date, header.author, ()), paragraphs)
    header, paragraphs = cut_header(_marked(_lines(text)))
    if paragraphs and (glued := _scraped_header(paragraphs[0].text)) is not None:  # under a title or a byline
        date, end = glued
        header = replace(header, date=header.date or date)
        paragraphs[0] = replace(paragraphs[0], text=paragraphs[0].text[end:].lstrip())
    return _draft(header, paragraphs)


def _draft(header: Draft, paragraphs: list[Paragraph]) -> Draft:
    body, notes = cut_notes(paragraphs)
    return replace(header, paragraphs=without_clutter(body), notes=notes)


def _scraped_header(text: str) -> tuple[str, int] | None:
    """The date that a scraper glued to the lead, and where the lead begins; None where it did not."""
    label = _SCRAPED.match(text)
    found = leading_date(text[label.end() : label.end() + _LONGEST_DATE]) if label else None
    return (found[0], label.end() + found[1]) if label and found else None


def read_body(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of plain `text` that has no title, byline or date above it."""
    return without_clutter(_marked(_lines(visible(text))))


def _marked(lines: list[str]) -> list[Paragraph]:
    """Paragraphs of `lines`, the entries of lists known as such."""
    numbers = [_number(line) for line in lines]
    paragraphs = []
    for at, line in enumerate(lines):
        marker = _BULLET.match(line)
        if marker is None and _is_counted(numbers, at):
            marker = _NUMBER.match(line)
        if marker is None:
            paragraphs.append(Paragraph("text", line))
        else:
            paragraphs.append(Paragraph("item", line[marker.end() :]))
    return paragraphs


def _number(line: str) -> int | None:
    found = _NUMBER.match(line)
    return int(found[1]) if found else None


def _is_counted(numbers: list[int | None], at: int) -> bool:
    """Whether the number before a line counts on from the line before, or to the one after."""
    number = numbers[at]
    if number is None:
        return False
    return (at > 0 and numbers[at - 1] == number - 1) or (at + 1 < len(numbers) and numbers[at + 1] == number + 1)


def _lines(text: str) -> list[str]:
    """The paragraphs of `text`, each on one line, with list markers still before them."""
    lines = list(_without_captions([line.strip() for line in text.splitlines()]))
    width = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    for pieces in _runs(lines, width):
        folded = fold(_joined(pieces))
        if has_word(folded):
            paragraphs.append(folded)
    return paragraphs


def _without_captions(lines: Sequence[str]) -> Iterator[str]:
    """All but a line that, set apart from the text by blank lines, has nothing but the credit of a picture under it."""
    begun = False
    for before, line, after, behind in zip(["", *lines], lines, [*lines[1:], ""], [*lines[2:], "", ""], strict=False):
        n_words = len(line.split())
        if not (begun and is_credit(after) and not before and not behind and n_words <= _LONGEST_CAPTION):
            yield line
        begun = begun or n_words >= _SHORTEST_TEXT


def _runs(lines: list[str], width: int) -> Iterator[list[str]]:
    """The lines of each paragraph."""
    run: list[str] = []
    n_runs = 0
    for line in lines:
        if run and not (has_word(line) and _runs_on(run[-1], line, width, near_top=n_runs < 3)):
            yield run
            n_runs += 1
            run = []
        if has_word(line):
            run.append(line)
    if run:
        yield run


def _runs_on(before: str, line: str, width: int, *, near_top: bool) -> bool:
    """Whether `line` goes on with the paragraph of the line `before`.

    Whoever wraps at a width never leaves room for the next word; so a line with room to spare ended by intention.
    """
    if _BULLET.match(line) or (near_top and (is_header_line(before) or is_header_line(line))):
        return False
    ended = _SENTENCE_END.search(before[-8:]) is not None
    if _NUMBER.match(line) and ended:
        return False
    if line[0].islower() and not ended and len(before) > 20:
        return True
    if width > _WIDEST_WRAP:
        return False
    full = len(before) + 1 + len(line.split(maxsplit=1)[0]) > width
    return full or (not ended and not near_top and len(before) > _SURELY_WRAPPED * width)


def _joined(pieces: list[str]) -> str:
    """One line of `pieces`, a word that was broken over two of them made whole."""
    joined = [pieces[0]]
    for before, piece in pairwise(pieces):
        if before[-1] == "-" and before[-2:-1].isalpha() and piece[0].isalpha():
            seam = f"{before[-2:]}{piece.split(maxsplit=1)[0]}"
            joined.append(_seam(joined.pop(), seam))
            joined.append(piece)
        else:
            joined.extend((" ", piece))
    return "".join(joined)


def _seam(before: str, seam: str) -> str:
    kept = _KEEPS_HYPHEN.search(seam)
    if kept is None:
        return before[:-1]
    return f"{before} " if re.search(r"-(?:en|of|tot|noch|maar|als)$", seam) else before
