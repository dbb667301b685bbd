"""What one reader found in one source, before it is an Article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tts.model import Paragraph


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of an article as its own form gives them; None for what it does not give.

    notes : what is said of its footnotes, behind all else. url : canonical address. key : the id in the front matter.
    """

    title: str | None
    date: str | None
    author: str | None
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Paragraph, ...] = ()
    url: str | None = None
    key: str | None = None
