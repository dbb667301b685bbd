"""Title, byline and date above the text of an article whose form does not mark them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.read.byline import Header, header_line
from tts.read.clutter import is_clutter
from tts.read.draft import Draft
from tts.read.folding import letters, same_letters
from tts.read.names import bare_author

if TYPE_CHECKING:
    from tts.model import Paragraph

_LONGEST_TITLE = 160  # characters
_N_UNDER_LEAD = 3
_N_LINES = 14  # a title, and all that sites put under it
_STOP = re.compile(r"(?<![.…])[.,;:][’”\"'»)\]]*$")
_SENTENCES = re.compile(r"[.!?…][’”\"'»)]*\s")
_MARKED = re.compile(r"[-•*·]\s|quote\s", re.IGNORECASE)
_WORDS_OF_QUESTIONS = 15
_SHORT = 10  # words
_LONGEST_KICKER = 3  # words


def cut_header(paragraphs: list[Paragraph], title: str | None = None) -> tuple[Draft, list[Paragraph]]:
    """What the paragraphs above the text say about the article, and all other paragraphs.

    title : the title where it is known already, "" where no line may be taken for one. A byline or date may also
            stand under the lead.
    """
    said = Header()
    n_read = 0
    for paragraph in paragraphs[:_N_LINES]:
        line = paragraph.text
        header = header_line(line)
        plain = paragraph.kind in {"text", "item"}
        if not plain and (header is None or not (header.date or header.author) or paragraph.credit):
            break
        if header is not None:
            said |= header
        elif title is None and _heads(line, paragraphs[n_read + 1 : n_read + 2]):
            title = None if _is_kicker(line, paragraphs[n_read + 1].text) else line
        elif title and same_letters(line, title):
            pass  # some pages show it twice
        elif title is not None and said.author is None and bare_author(line):
            said |= Header(author=bare_author(line))
        elif not is_clutter(line):
            break
        n_read += 1
    rest = paragraphs[n_read:]
    for paragraph in rest[1 : 1 + _N_UNDER_LEAD]:
        header = header_line(paragraph.text) if paragraph.kind == "text" else None
        if header is not None and (header.date or header.author):
            said |= header
            rest.remove(paragraph)
    return Draft(title or None, said.date, said.author, ()), rest


def is_header_line(line: str) -> bool:
    """Whether `line` holds a byline, a date or a label, and nothing else."""
    return header_line(line) is not None


def _is_kicker(line: str, after: str) -> bool:
    """Whether `line` is the place or subject that stands above a title, which names it again."""
    words = [letters(word) for word in after.split()]
    return " " not in line and _is_title(after) and len(words) > _LONGEST_KICKER and letters(line) in words


def _heads(line: str, below: list[Paragraph]) -> bool:
    """Whether `line` is the title over what is `below`: by its form, or short and right above a byline or a date."""
    if not below or is_clutter(line):
        return False
    if _is_title(line):
        return True
    under = header_line(below[0].text)
    return len(line.split()) <= _SHORT and under is not None and (under.date or under.author) is not None


def _is_title(line: str) -> bool:
    """Short, one sentence, without a full stop; a question or an exclamation is possible."""
    if len(line) > _LONGEST_TITLE or _STOP.search(line) or _MARKED.match(line) or is_clutter(line):
        return False
    asks = line.rstrip("’”\"'»)")[-1:] in {"?", "!"}
    return not (asks and _SENTENCES.search(line) and len(line.split()) > _WORDS_OF_QUESTIONS)
