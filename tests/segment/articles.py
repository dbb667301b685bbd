"""Articles for the tests of the segmenter, made of bare paragraphs."""

from __future__ import annotations

from tts.model import Article, Block, Paragraph
from tts.segment import segment


def article(*paragraphs: str | Paragraph) -> Article:
    """An article of `paragraphs`; a string is one of plain text."""
    made = tuple(p if isinstance(p, Paragraph) else Paragraph("text", p) for p in paragraphs)
    return Article(None, None, None, "nl", None, "text:test", made)


def quotes(*paragraphs: str | Paragraph) -> list[Block]:
    """The quote blocks of an article of `paragraphs`."""
    return [block for block in segment(article(*paragraphs)) if block.kind == "quote"]


def speakers(*paragraphs: str | Paragraph) -> list[str | None]:
    """Who speaks in each quote block of an article of `paragraphs`."""
    return [block.speaker for block in quotes(*paragraphs)]
