"""The chapters of an episode, in its MP3 and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from tts.show.check.finding import MAKE_AGAIN, Flaw, Rules
from tts.stitch.chapters import Chapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.show.check.recording import Recording


class _Entry(msgspec.Struct, rename="camel"):
    start_time: float
    end_time: float
    title: str


class _Listing(msgspec.Struct):
    version: str
    chapters: list[_Entry]


@dataclass(frozen=True, slots=True)
class Chapters:
    """The chapters of an episode.

    listed : those of the JSON, None where it can't be read, for the reason in `fault`.
    """

    mp3: Recording
    where: str
    listed: tuple[Chapter, ...] | None
    fault: str


def chapters_of(mp3: Recording) -> Chapters | None:
    """The chapters of an episode, None where there is no JSON of them."""
    where = f"episodes/{mp3.episode.slug}.chapters.json"
    if where not in mp3.stock.sizes:
        return None
    try:
        listing = msgspec.json.decode(mp3.stock.read(where), type=_Listing)
    except ValueError as error:  # also where it is not UTF-8
        return Chapters(mp3, where, None, str(error))
    listed = (Chapter(round(one.start_time * 1000), round(one.end_time * 1000), one.title) for one in listing.chapters)
    return Chapters(mp3, where, tuple(listed), "" if listing.version.startswith("1.") else listing.version)


def readable(chapters: Chapters) -> Iterator[Flaw]:
    """The JSON is JSON Chapters 1.x."""
    if chapters.fault:
        yield Flaw(chapters.where, f"no JSON Chapters 1.2: {chapters.fault}", MAKE_AGAIN)


def in_order(chapters: Chapters) -> Iterator[Flaw]:
    """In the JSON the chapters are in order of time, within the audio."""
    if chapters.listed is not None and not _in_order(chapters.listed, chapters.mp3):
        yield Flaw(chapters.where, "chapters that are not in order of time, or not within the audio", MAKE_AGAIN)


def in_order_in_the_tag(chapters: Chapters) -> Iterator[Flaw]:
    """In the MP3 the chapters are in order of time, within the audio: some players show them as they stand there."""
    mp3 = chapters.mp3
    if mp3.tags and (not mp3.tags.chapters or not _in_order(mp3.tags.chapters, mp3) or not mp3.tags.by_time):
        yield Flaw(mp3.where, "chapters in its tag that are missing, out of order or not within the audio", mp3.remedy)


def contents(chapters: Chapters) -> Iterator[Flaw]:
    """An ordered table of contents in the MP3 names every chapter."""
    mp3 = chapters.mp3
    if mp3.tags and mp3.tags.listed != mp3.tags.chapters:
        yield Flaw(mp3.where, "the table of contents in its tag does not name every chapter in order", mp3.remedy)


def the_same(chapters: Chapters) -> Iterator[Flaw]:
    """The MP3 and the JSON have the same chapters."""
    tags = chapters.mp3.tags
    if tags and chapters.listed is not None and tags.chapters != chapters.listed:
        yield Flaw(chapters.where, "other chapters than in the tag of the MP3", MAKE_AGAIN)


RULES: Rules[Chapters] = Rules(must=(readable, in_order, in_order_in_the_tag, contents, the_same))


def _in_order(listed: tuple[Chapter, ...], mp3: Recording) -> bool:
    in_time = all(before.start_ms < after.start_ms for before, after in pairwise(listed))
    return in_time and all(0 <= one.start_ms <= one.end_ms <= mp3.episode.duration_s * 1000 + 1 for one in listed)
