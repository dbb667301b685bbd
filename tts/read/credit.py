"""The name under a quote that is set apart from the text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tts.read.folding import fold
from tts.read.names import bare_author

if TYPE_CHECKING:
    from tts.model import Paragraph

_DASH = re.compile(r"\s*(?:[—–-]{1,3}|―)\s*")
_SPACED_DASH = re.compile(r"\S\s+(?:[—–―]|--?)\s*(?=[^\W\d_a-zà-ÿ])")
_STOP = re.compile(r"[.!?…”’\"'»]$")
_LONGEST = 14  # words


def with_credits(paragraphs: list[Paragraph], marked: list[str]) -> list[Paragraph]:
    """`paragraphs` of one quote, each on one line and with the quote's credit.

    marked : what the markup itself sets apart as the credit, in order. Without it the credit is a last line after a
    dash, or a last paragraph that is a name.
    """
    credit = ", ".join(filter(None, (_bare(text) for text in marked))) or None
    if credit is None:
        paragraphs, credit = _split_last(paragraphs)
    return [
        replace(paragraph, text=fold(paragraph.text), credit=credit) if paragraph.kind != "left_out" else paragraph
        for paragraph in paragraphs
    ]


def _split_last(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
    """`paragraphs` without their credit, and the credit."""
    if not paragraphs:
        return paragraphs, None
    *before, last = paragraphs
    text, newline, line = last.text.rpartition("\n")
    if _DASH.match(line) and _is_short(line) and (text or before):
        kept = [*before, replace(last, text=text)] if newline else before
        return kept, _bare(line)
    if before and not newline and _is_name(line) and (_STOP.search(before[-1].text) or _is_full_name(line)):
        return before, _bare(line)
    if text and _is_name(line) and _STOP.search(text):
        return [*before, replace(last, text=text)], _bare(line)
    dash = None
    for dash in _SPACED_DASH.finditer(last.text):  # noqa: B007 - the last one is wanted
        pass
    if dash is not None and _is_credited(last.text[: dash.start() + 1], last.text[dash.end() :]):
        return [*before, replace(last, text=last.text[: dash.start() + 1])], _bare(last.text[dash.end() :])
    return paragraphs, None


def _is_credited(quote: str, after_dash: str) -> bool:
    """Whether a dash within a line divides a quote and its credit: after a full sentence, or before a full name."""
    if _STOP.search(after_dash) or not _is_short(after_dash):
        return False
    return _STOP.search(quote) is not None or _is_full_name(after_dash)


def _is_full_name(text: str) -> bool:
    """Whether `text` is a first name and a surname, with or without a role behind a comma."""
    return bare_author(text.partition(",")[0]) is not None


def _bare(text: str) -> str:
    return _DASH.sub("", fold(text), count=1) if _DASH.match(text) else fold(text).removeprefix(", ")


def _is_short(text: str) -> bool:
    return len(text.split()) <= _LONGEST


def _is_name(text: str) -> bool:
    return _is_short(text) and text[:1].isupper() and not _STOP.search(text)
