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

    from tts.model import Cue, Passage, PassageKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is written, and when it is heard: until the next begins, or its line ends.

    line : the number of the line of the script that it belongs to, from 0. block, speaker : as in `Passage`.
    """

    line: int
    block: int | None
    kind: PassageKind
    speaker: str | None
    start_ms: int
    end_ms: int
    text: str


def heard(cues: Sequence[Cue]) -> tuple[Sentence, ...]:
    """The sentences of an episode, in order.

    A sentence that a voice takes in several passages is one; two that share a passage are parted at the word that
    begins the second. The first of a line starts with its cue, and none starts before the one before it. The
    sentences of a line, joined by single spaces, are its text with its white space folded.
    """
    return tuple(sentence for number, line in enumerate(_lines(cues)) for sentence in _sentences(number, line))


def _lines(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    line: list[Cue] = []
    for cue in cues:
        if line and cue.passage.index == 0:
            yield line
            line = []
        line.append(cue)
    if line:
        yield line


def _sentences(number: int, line: Sequence[Cue]) -> Iterator[Sentence]:
    first = line[0].passage
    sources = [cue.passage.source for cue in line]
    text = " ".join(filter(None, sources))
    begins = list(accumulate((len(source) + bool(source) for source in sources), initial=0))[:-1]
    spans = sentences(text) or ((0, len(text)),)
    starts = [line[0].start, *(_start(line, begins, start) for start, _ in spans[1:])]
    for (start, stop), (begin, end) in zip(spans, pairwise((*starts, line[-1].end)), strict=True):
        yield Sentence(number, first.block, first.kind, first.speaker, ms(begin), ms(end), text[start:stop])


def _start(line: Sequence[Cue], begins: Sequence[int], at: int) -> int:
    """When the character at this place of the joined sources is said, in samples."""
    number = bisect_right(begins, at) - 1
    cue = line[number]
    return moment(cue, _part(cue.passage, at - begins[number]))


def _part(passage: Passage, at: int) -> float:
    """Which part of the spoken form comes before this place of the source, 0 to 1.

    Where both are as many sentences, by these: "€ 12.350,75" is four times as long when it is spoken.
    """
    written, spoken = sentences(passage.source), sentences(passage.text)
    starts = [start for start, _ in written]
    if at and at in starts and len(written) == len(spoken):
        return (spoken[starts.index(at)][0] + 0.5) / len(passage.text)  # into its first letter: it has begun there
    return at / max(1, len(passage.source))
