"""What the MP3 of an episode says about itself, made from the episode."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tts.show import describe
from tts.show.artwork import artwork
from tts.show.card import card_of
from tts.show.library import audio_name
from tts.stitch.chapters import chapters

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import Episode, Show


def tagged(episode: Episode, show: Show, folder: Path, audio: Path) -> Episode:
    """The episode with `audio` for its file, which gets tags, the show's small cover and chapters here.

    folder : of the show. Tags that are there already are replaced.
    Raises: CodecError when the file can't be written; ShowError when the owner's cover is no picture.
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
        cover=(folder / artwork(folder, show).small).read_bytes(),
        track=episode.number,
    )
    write_tags(audio, tags, chapters(episode.cues, episode.n_samples, episode.title))
    return replace(episode, file=audio_name(episode.slug, audio), n_bytes=audio.stat().st_size)
