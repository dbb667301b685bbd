"""When each sentence of the article is heard: what a page highlights, and jumps to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from tts.segment.sentences import sentences
from tts.stitch.timeline import moment, ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.model import Cue, PassageKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is written, and when it is heard.

    block : as in `Passage`. speaker : who is quoted.
    """

    block: int | None
    kind: PassageKind
    speaker: str | None
    start_ms: int
    end_ms: int
    text: str


def heard(cues: Sequence[Cue]) -> tuple[Sentence, ...]:
    """The sentences of an episode, in order.

    A sentence that a voice takes in several passages is one; two that share a passage are parted at the word that
    begins the second. The first of a block, and the first of what Voorlezer says itself, starts with its cue. The
    sentences of a block, joined by single spaces, are its text with its white space folded.
    """
    return tuple(sentence for line in _lines(cues) for sentence in _sentences(line))


def _lines(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    line: list[Cue] = []
    for cue in cues:
        if line and cue.passage.index == 0:
            yield line
            line = []
        line.append(cue)
    if line:
        yield line


def _sentences(line: Sequence[Cue]) -> Iterator[Sentence]:
    first = line[0].passage
    sources = [cue.passage.source for cue in line]
    text = " ".join(filter(None, sources))
    begins = list(accumulate((len(source) + bool(source) for source in sources), initial=0))[:-1]
    spans = sentences(text) or ((0, len(text)),)
    starts = [_start(line, begins, start) for start, _ in spans]
    for (start, stop), (begin, end) in zip(spans, pairwise((*starts, line[-1].end)), strict=True):
        yield Sentence(first.block, first.kind, first.speaker, ms(begin), ms(end), text[start:stop])


def _start(line: Sequence[Cue], begins: Sequence[int], at: int) -> int:
    """When the character at this place of the joined sources is said, in samples."""
    number = bisect_right(begins, at) - 1
    cue = line[number]
    return moment(cue, (at - begins[number]) / max(1, len(cue.passage.source)))
