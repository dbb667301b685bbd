"""A source becomes an Article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tts.model import Article

__all__ = ["read_article"]


def read_article(source: str) -> Article:
    """The article that `source` holds: its body's words all there, in order, once, and nothing else.

    source : the path of a text, Markdown or HTML file, an http(s) address, or "-" for standard input.

    Raises: InputError, with one line that says what to do.
    """
    from tts.read.source import open_source

    return open_source(source)
