"""Invented episodes for the tests of the show."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from tts.model import Block, Cue, Edits, Episode, Mark, Passage, VoiceSpec
from tts.show.names import audio_name, guid_for

if TYPE_CHECKING:
    from tts.show.library import Library

PASSAGE = Passage(0, 0, "quote", "quoted", "Het kost vijf euro.", "Het kost € 5.", "Anna Bos")
EPISODE = Episode(
    guid=guid_for("path:/a.txt"),
    identity="path:/a.txt",
    slug="de-brug",
    number=1,
    title="De brug",
    date="2024-05",
    author=None,
    source_url=None,
    published="2024-05-03T10:00:00+00:00",
    updated="2024-05-03T10:00:00+00:00",
    revision=1,
    corrected=None,
    edits=Edits(),
    fingerprint="f",
    made_from="m",
    file="",
    n_bytes=0,
    n_samples=48000,
    loudness_lufs=-16.02,
    true_peak_dbtp=-1.4,
    disclosure="",
    narrator=VoiceSpec("espeak", "nl"),
    quoted=VoiceSpec("espeak", "nl+m3", pitch=5.0),
    blocks=(Block("quote", "Het kost € 5.", "Anna Bos", None, confidence=0.9),),
    cues=(Cue(PASSAGE, 100, 2000, (Mark(120, 0, 3),)),),
)


def add(library: Library, episode: Episode = EPISODE, audio: bytes = b"sound") -> Episode:
    """Put an episode with this for its audio into the show."""
    with library.incoming() as folder:
        mp3 = folder / "episode.mp3"
        mp3.write_bytes(audio)
        episode = dataclasses.replace(episode, file=audio_name(episode.slug, mp3), n_bytes=len(audio))
        with library.writing():
            library.put(episode, mp3)
    return episode


def numbered(n: int) -> Episode:
    """The n-th episode of an invented show, of its own article, made a day after the one before it."""
    made = (dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC) + dt.timedelta(days=n)).isoformat(timespec="seconds")
    identity = f"id:{n}"
    return dataclasses.replace(
        EPISODE,
        guid=guid_for(identity),
        identity=identity,
        slug=f"aflevering-{n}",
        number=n,
        title=f"Aflevering {n}",
        published=made,
        updated=made,
    )
