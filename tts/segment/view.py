"""One paragraph as the attribution sees it: its sentences, and what in them points at somebody."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.segment.referents import referents
from tts.segment.sentences import QUOTED, QUOTED_END, ends_sentence, sentences

if TYPE_CHECKING:
    from tts.segment.people import Cast
    from tts.segment.quotes import Quotation
    from tts.segment.referent import Referent

_BEGINS_SENTENCE = re.compile(r"\s*(?:$|[^\W_a-zß-öø-ÿ]|[\"'‘’“”„«»‹›]|,,)")


@dataclass(frozen=True, slots=True)
class View:
    """One paragraph as the attribution sees it: `masked` is its text with the quotations blotted out, same length."""

    text: str
    masked: str
    quotations: tuple[Quotation, ...]
    sentences: tuple[tuple[int, int], ...]
    referents: tuple[Referent, ...]

    def speech(self, k: int) -> str:
        """The words of quotation `k`, without its marks."""
        q = self.quotations[k]
        return self.text[q.text_start : q.text_end]

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds `position`."""
        return min(bisect_right(self.sentences, position, key=lambda s: s[1]), len(self.sentences) - 1)

    def between(self, start: int, end: int) -> list[Referent]:
        """The referents that begin in [start, end)."""
        first = bisect_left(self.referents, start, key=lambda ref: ref.start)
        return list(self.referents[first : bisect_left(self.referents, end, lo=first, key=lambda ref: ref.start)])


def view(text: str, quotations: tuple[Quotation, ...], cast: Cast) -> View:
    """The paragraph with all that the attribution needs to know."""
    masked = _mask(text, quotations)
    return View(text, masked, quotations, sentences(masked), tuple(referents(masked, cast)))


def _mask(text: str, quotations: tuple[Quotation, ...]) -> str:
    pieces = []
    last = 0
    for q in quotations:
        pieces.append(text[last : q.start])
        ends = ends_sentence(text[q.text_start : q.text_end]) and _BEGINS_SENTENCE.match(text, q.end)
        pieces.append(QUOTED * (q.end - q.start - 1) + (QUOTED_END if ends else QUOTED))
        last = q.end
    pieces.append(text[last:])
    return "".join(pieces)
