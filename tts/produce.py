"""One article becomes one episode: the five rooms, one after the other."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from tts.errors import InputError, VoiceError
from tts.model import Edits, Episode
from tts.segment import segment
from tts.segment.title import title_from
from tts.show.library import guid_for
from tts.show.tagging import tagged
from tts.speak.cast import Cast, choose, open_voices
from tts.speak.perform import perform
from tts.speak.script import passages, script
from tts.stitch.chapters import chapters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tts.model import Article, Block, Part, Passage, Show, Voice
    from tts.show.library import Library
    from tts.speak.cache import ClipCache
    from tts.stitch import Mastered, Take
    from tts.stitch.chapters import Chapter

State = Literal["made", "made again", "unchanged"]

FINGERPRINT_SCHEMA = 2  # another number makes every episode be made again


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for this run; None keeps what the episode, else the show, has.

    edits : title, date and author instead of those in the source; kept for later runs.
    """

    voice: str | None = None
    quote_voice: str | None = None
    offline: bool = False
    edits: Edits = field(default_factory=Edits)


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


def produce(article: Article, library: Library, cache: ClipCache, wishes: Wishes, listener: Listener) -> Product:
    """The episode of `article` in the show, made, made again, or left as it is when nothing has changed.

    An episode that is there keeps its guid, slug, voices and edits. With the voice chosen by "auto", a voice that
    gives up midway makes the whole episode be spoken by the one that stands in; otherwise that is an error, and the
    clips that were spoken wait in the cache for the next run.
    Raises: InputError, VoiceError, CodecError, ShowError.
    """
    show = library.settings()
    before = library.find(article.identity)
    edits = wishes.edits.over(before.edits) if before else wishes.edits
    article = _edited(article, edits)
    blocks = segment(article)
    if not blocks:
        raise InputError("there is no text to read in this article")
    title = article.title or title_from(blocks)
    listener.segmented(article, title, blocks)
    job = _Job(article, edits, title, blocks, show, library, cache, listener)
    cast = _cast(before, wishes, show)
    listener.cast_chosen(cast)
    said = job.passages(cast)
    if before and job.fingerprint(cast, said) == before.fingerprint and library.has_audio(before):
        return job.product(before, "unchanged")
    try:
        return job.make(cast, said, offline=wishes.offline)
    except VoiceError as error:
        if cast.stand_in is None:
            raise
        listener.warn(f"{error}; the whole episode is made in {cast.stand_in.narrator.label} instead")
        return job.make(cast.stand_in, job.passages(cast.stand_in), offline=True)


def _edited(article: Article, edits: Edits) -> Article:
    return replace(
        article,
        title=edits.title or article.title,
        date=edits.date or article.date,
        author=edits.author or article.author,
    )


def _cast(before: Episode | None, wishes: Wishes, show: Show) -> Cast:
    if before and wishes.voice is None and wishes.quote_voice is None:
        return Cast(before.narrator, before.quoted, "the voice this episode was made in")
    voice = wishes.voice or (before.narrator.label if before else show.voice)
    return choose(voice, wishes.quote_voice or (None if wishes.voice else show.quote_voice), offline=wishes.offline)


@dataclass(frozen=True, slots=True)
class _Job:
    article: Article
    edits: Edits
    title: str
    blocks: tuple[Block, ...]
    show: Show
    library: Library
    cache: ClipCache
    listener: Listener

    @property
    def author(self) -> str | None:
        return self.article.author or self.show.author

    def passages(self, cast: Cast) -> tuple[Passage, ...]:
        lines = script(self.article, self.title, self.blocks, self.show)
        return passages(lines, cast.max_chars, self.show.lexicon)

    def fingerprint(self, cast: Cast, said: Sequence[Passage]) -> str:
        """Hash of all that decides how the episode sounds and what its tags say."""
        article = self.article
        told = (self.title, article.date, self.author, article.source_url, self.show.title, self.show.disclosure)
        parts = (FINGERPRINT_SCHEMA, told, cast.narrator, cast.quoted, self.blocks, said)
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    def make(self, cast: Cast, said: Sequence[Passage], *, offline: bool) -> Product:
        from tts.stitch import master

        voices = open_voices(cast, self.cache, offline=offline)
        try:
            with self.library.incoming() as folder:
                audio = folder / "episode.mp3"
                mastered = master(lambda: self._takes(said, voices), audio)
                product = self._add(cast, self.fingerprint(cast, said), mastered, audio)
        finally:
            for voice in voices.values():
                voice.close()
        self.cache.prune()
        return product

    def _takes(self, said: Sequence[Passage], voices: Mapping[Part, Voice]) -> Iterator[Take]:
        done, total = 0, sum(len(passage.text) for passage in said)
        for take in takes(said, voices):
            done += len(take.passage.text)
            self.listener.progress(done, total)
            yield take

    def _add(self, cast: Cast, fingerprint: str, mastered: Mastered, audio: Path) -> Product:
        """Put the audio into the show, tagged, in the place of the episode that this article has there, if any."""
        with self.library.writing():
            before = self.library.find(self.article.identity)
            episode = self._episode(cast, fingerprint, mastered, before)
            episode = tagged(episode, self.show, self.library.folder, audio)
            self.library.put(episode, audio)
        return self.product(episode, "made again" if before else "made")

    def _episode(self, cast: Cast, fingerprint: str, mastered: Mastered, before: Episode | None) -> Episode:
        """The episode, but for the name and size that its file will have."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return Episode(
            guid=guid_for(self.article.identity),
            identity=self.article.identity,
            slug=before.slug if before else self.library.free_slug(self.title, self.article.identity),
            number=before.number if before else self.library.next_number(),
            title=self.title,
            date=self.article.date,
            author=self.author,
            source_url=self.article.source_url,
            published=before.published if before else now,
            updated=now,
            revision=before.revision + 1 if before else 1,
            corrected=(now if self._is_corrected(before) else before.corrected) if before else None,
            edits=self.edits,
            fingerprint=fingerprint,
            file="",
            n_bytes=0,
            n_samples=mastered.n_samples,
            loudness_lufs=_finite(mastered.loudness_lufs),
            true_peak_dbtp=_finite(mastered.true_peak_dbtp),
            disclosure=self.show.disclosure,
            narrator=cast.narrator,
            quoted=cast.quoted,
            blocks=self.blocks,
            cues=mastered.cues,
        )

    def _is_corrected(self, before: Episode) -> bool:
        """Whether the article has other words now, and not only other voices or a better division into blocks."""
        return _words(before.blocks) != _words(self.blocks)

    def product(self, episode: Episode, state: State) -> Product:
        listed = chapters(episode.cues, episode.n_samples, episode.title)
        return Product(episode, self.library.audio_path(episode), state, listed)


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
