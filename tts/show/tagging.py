"""What the MP3 of an episode says about itself, made from the episode."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tts.show import describe
from tts.show.card import card_of
from tts.stitch.chapters import chapters

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import Episode, Show


def tagged(episode: Episode, show: Show, cover: bytes, audio: Path) -> Episode:
    """The episode with the size of `audio`, which gets tags, cover and chapters here, in the place of any it has.

    cover : of the show, small: it goes into every file.
    Raises: CodecError when the file can't be written.
    """
    from tts.stitch.tags import Tags, write_tags

    tags = Tags(
        title=episode.title,
        artist=episode.author or show.author or show.title,
        album=show.title,
        date=episode.date,
        language=show.language,
        description=describe.plain(card_of(episode, show)),
        text="\n\n".join(block.text for block in episode.blocks),
        guid=episode.guid,
        source_url=episode.source_url,
        disclosure=episode.disclosure or describe.SYNTHETIC,
        cover=cover,
        track=episode.number,
    )
    write_tags(audio, tags, chapters(episode.cues, episode.n_samples, episode.title))
    return replace(episode, n_bytes=audio.stat().st_size)
