"""One article becomes one episode: the five rooms, one after the other."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from tts.errors import InputError, VoiceError
from tts.model import Episode, utc_now
from tts.orders import Desk, Order, Wishes
from tts.segment import segment
from tts.segment.title import title_from
from tts.show.names import guid_for
from tts.show.tagging import tagged
from tts.speak.perform import perform
from tts.speak.script import passages, script
from tts.stitch.chapters import chapters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tts.model import Article, Block, Part, Passage, Voice
    from tts.show.library import Library
    from tts.speak.cast import Cast
    from tts.speak.studio import Studio
    from tts.stitch import Mastered, Take
    from tts.stitch.chapters import Chapter

State = Literal["made", "made again", "unchanged"]

# Of the phrases of three words in one article of tests/corpus/articles, another has 5 % at most.
_LEFT_OF_A_CORRECTION = 0.1
_FEWEST_PHRASES = 10

FINGERPRINT_SCHEMA = 2  # another number makes every episode be made again


class Listener(Protocol):
    """Who wants to hear how it goes."""

    def segmented(self, article: Article, title: str, blocks: Sequence[Block]) -> None:
        """The article has been read and divided."""

    def cast_chosen(self, cast: Cast) -> None:
        """These voices will speak."""

    def progress(self, done: int, total: int) -> None:
        """So many characters of spoken text, of so many, are in the episode."""

    def warn(self, message: str) -> None:
        """Something the person should know, though it goes on."""


@dataclass(frozen=True, slots=True)
class Product:
    """What came of it."""

    episode: Episode
    audio: Path
    state: State
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """An episode that is not yet in the show: it has no slug, and its file no name. "unchanged" has no new audio."""

    episode: Episode
    state: State


def produce(article: Article, library: Library, studio: Studio, wishes: Wishes, listener: Listener) -> Product:
    """The episode of `article` in the show, made, made again, or left as it is when nothing has changed.

    An episode that is there keeps its guid, slug, voices and edits. With the voice chosen by "auto", a voice that
    gives up midway makes the whole episode be spoken by the one that stands in; otherwise that is an error, and the
    clips that were spoken wait in the cache for the next run.
    Raises: InputError, VoiceError, CodecError, ShowError.
    """
    desk = Desk(library, wishes)
    order = desk.order(article)
    if order.before and order.is_done:
        listener.segmented(order.article, order.before.title, order.before.blocks)
        listener.cast_chosen(order.cast)
        return product(order.before, library, "unchanged")
    with library.incoming() as folder:
        audio = folder / "episode.mp3"
        made = make(order, desk.cover(), studio, audio, listener)
        return product(library.adopt(made.episode, audio), library, made.state)


def product(episode: Episode, library: Library, state: State) -> Product:
    """An episode of the show with what is told about it."""
    listed = chapters(episode.cues, episode.n_samples, episode.title)
    return Product(episode, library.audio_path(episode), state, listed)


def make(order: Order, cover: bytes, studio: Studio, audio: Path, listener: Listener) -> Made:
    """The episode that was ordered, its MP3 written to `audio` with its tags; touches nothing of the show.

    cover : of the show, small.
    Where the words and voices turn out to be those of the episode that is there, nothing is spoken.
    Raises: InputError, VoiceError, CodecError.
    """
    blocks = segment(order.article)
    if not blocks:
        raise InputError("there is no text to read in this article")
    title = order.article.title or title_from(blocks)
    listener.segmented(order.article, title, blocks)
    if (language := order.article.language) != "nl":
        listener.warn(f"this does not look like Dutch but like {language!r}; a Dutch voice will read it")
    if order.before and _is_another(order.before.blocks, blocks):
        listener.warn(
            f"it takes the place of “{order.before.title}”, whose words are all others; if that was another article, "
            "give each an id, a file or an address of its own"
        )
    listener.cast_chosen(order.cast)
    job = _Job(order, cover, title, blocks, studio, audio, listener)
    try:
        return job.made(order.cast, offline=order.offline)
    except VoiceError as error:
        if order.cast.stand_in is None:
            raise
        listener.warn(f"{error}; the whole episode is made in {order.cast.stand_in.narrator.label} instead")
        return job.made(order.cast.stand_in, offline=True)


@dataclass(frozen=True, slots=True)
class _Job:
    order: Order
    cover: bytes
    title: str
    blocks: tuple[Block, ...]
    studio: Studio
    audio: Path
    listener: Listener

    @property
    def author(self) -> str | None:
        return self.order.article.author or self.order.show.author

    def made(self, cast: Cast, *, offline: bool) -> Made:
        from tts.stitch import master

        lines = script(self.order.article, self.title, self.blocks, self.order.show)
        said = passages(lines, cast.max_chars, self.order.show.lexicon)
        fingerprint = self.fingerprint(cast, said)
        before = self.order.before
        if before and self.order.has_audio and fingerprint == before.fingerprint:
            return Made(replace(before, made_from=self.order.made_from), "unchanged")
        voices = self.studio.voices(cast, offline=offline)
        mastered = master(lambda: self._takes(said, voices), self.audio)
        episode = tagged(self._episode(cast, fingerprint, mastered), self.order.show, self.cover, self.audio)
        return Made(episode, "made again" if before else "made")

    def fingerprint(self, cast: Cast, said: Sequence[Passage]) -> str:
        """Hash of all that decides how the episode sounds and what its tags say."""
        article, show = self.order.article, self.order.show
        told = (self.title, article.date, self.author, article.source_url, show.title, show.disclosure)
        parts = (FINGERPRINT_SCHEMA, told, cast.narrator, cast.quoted, self.blocks, said)
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    def _takes(self, said: Sequence[Passage], voices: Mapping[Part, Voice]) -> Iterator[Take]:
        done, total = 0, sum(len(passage.text) for passage in said)
        for take in takes(said, voices):
            done += len(take.passage.text)
            self.listener.progress(done, total)
            yield take

    def _episode(self, cast: Cast, fingerprint: str, mastered: Mastered) -> Episode:
        order, before = self.order, self.order.before
        now = utc_now()
        return Episode(
            guid=guid_for(order.article.identity),
            identity=order.article.identity,
            slug=before.slug if before else "",
            number=order.number,
            title=self.title,
            date=order.article.date,
            author=self.author,
            source_url=order.article.source_url,
            published=before.published if before else order.at,
            updated=now,
            revision=before.revision + 1 if before else 1,
            corrected=(now if self._is_corrected(before) else before.corrected) if before else None,
            edits=order.edits,
            fingerprint=fingerprint,
            made_from=order.made_from,
            file="",
            n_bytes=0,
            n_samples=mastered.n_samples,
            loudness_lufs=_finite(mastered.loudness_lufs),
            true_peak_dbtp=_finite(mastered.true_peak_dbtp),
            disclosure=order.show.disclosure,
            narrator=cast.narrator,
            quoted=cast.quoted,
            blocks=self.blocks,
            cues=mastered.cues,
        )

    def _is_corrected(self, before: Episode) -> bool:
        """Whether the article has other words now, and not only other voices or a better division into blocks."""
        return _words(before.blocks) != _words(self.blocks)


def takes(said: Sequence[Passage], voices: Mapping[Part, Voice]) -> Iterator[Take]:
    """What `master` asks for: the passages as they are spoken, each voice with the gain that its level needs."""
    from tts.stitch import COMMON_LEVEL_LUFS, Take

    for passage, clip in perform(said, voices):
        yield Take(passage, clip, COMMON_LEVEL_LUFS - voices[passage.part].level_lufs)


def _finite(level: float) -> float | None:
    """None for silence, which has no level; JSON knows no infinity."""
    return level if math.isfinite(level) else None


def _words(blocks: Sequence[Block]) -> list[str]:
    return [word for block in blocks for word in re.findall(r"\w+", block.text)]


def _is_another(before: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Whether hardly a phrase is left of what was there: a correction leaves more."""
    phrases, left = _phrases(before), _phrases(blocks)
    return len(phrases) >= _FEWEST_PHRASES and len(phrases & left) < _LEFT_OF_A_CORRECTION * len(phrases)


def _phrases(blocks: Sequence[Block]) -> set[tuple[str, ...]]:
    """Each three words that follow each other."""
    words = _words(blocks)
    return set(zip(words, words[1:], words[2:], strict=False))
