"""Chapters of an episode: its beginning, its headings, and the people who are quoted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from tts.stitch.timeline import ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tts.model import Cue


MAX_CHAPTERS = 255  # the table of contents in ID3 counts its entries in one byte (id3v2-chapters-1.0, 3.2)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the episode with a title; `end_ms` is the first millisecond after it."""

    start_ms: int
    end_ms: int
    title: str


def chapters(cues: Sequence[Cue], n_samples: int, intro_title: str) -> tuple[Chapter, ...]:
    """The chapters in time order: the beginning, each heading, and each person at his first quote.

    The first starts at 0, each ends where the next starts, and the last ends with the episode. The beginning has
    no chapter of its own where the very first cue starts another. Of more than `MAX_CHAPTERS`, which is a book and
    no article, so many stay, evenly spread.
    """
    starts = list(_starts(cues))
    if not starts or starts[0][0] != cues[0].start:
        starts.insert(0, (0, intro_title))
    if len(starts) > MAX_CHAPTERS:
        starts = [starts[number * len(starts) // MAX_CHAPTERS] for number in range(MAX_CHAPTERS)]
    moments = [0, *(ms(start) for start, _ in starts[1:]), ms(n_samples)]
    spans = pairwise(moments)
    return tuple(Chapter(start, end, title) for (start, end), (_, title) in zip(spans, starts, strict=True))


def chapters_json(listed: Sequence[Chapter]) -> bytes:
    """The chapters as the podcast namespace's JSON Chapters 1.2, times in seconds."""
    entries = [
        {"startTime": chapter.start_ms / 1000, "endTime": chapter.end_ms / 1000, "title": chapter.title}
        for chapter in listed
    ]
    return msgspec.json.encode({"version": "1.2.0", "chapters": entries})


def _starts(cues: Sequence[Cue]) -> Iterator[tuple[int, str]]:
    introduced: set[str] = set()
    headings = _heading_titles(cues)
    for cue in cues:
        passage = cue.passage
        if passage.kind == "heading" and passage.block in headings:
            yield cue.start, headings.pop(passage.block)
        elif passage.kind == "quote" and passage.speaker and passage.speaker not in introduced:
            introduced.add(passage.speaker)
            yield cue.start, passage.speaker


def _heading_titles(cues: Iterable[Cue]) -> dict[int | None, str]:
    """The whole heading by block: a long one is spoken in several passages."""
    titles: dict[int | None, list[str]] = {}
    for cue in cues:
        if cue.passage.kind == "heading":
            titles.setdefault(cue.passage.block, []).append(cue.passage.source)
    return {block: " ".join(sources) for block, sources in titles.items()}
