"""What lies beside the audio of an episode: its page, its transcripts and its chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.atomic import write_whole
from tts.show.card import card_of
from tts.show.library import BESIDE, Library
from tts.show.pages import episode_page
from tts.stitch.chapters import chapters, chapters_json
from tts.stitch.transcript import captions, srt, transcript_json, vtt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tts.model import Episode, Show
    from tts.show.artwork import Artwork


def make_beside(folder: Path, show: Show, art: Artwork, slugs: Iterable[str]) -> int:
    """Make the files beside the audio of these episodes of the show in `folder`; returns how many were written.

    A file that would stay the same is not touched. An episode that is gone meanwhile has none.
    Raises: ShowError for a sidecar that is damaged; OSError as the file system gives it.
    """
    library = Library(folder)
    n_written = 0
    for slug in slugs:
        episode = library.episode(slug)
        if episode is not None:
            for suffix, content in _made(episode, show, art).items():
                n_written += written(library.episodes_folder / f"{slug}{suffix}", content)
    return n_written


def written(path: Path, content: bytes) -> bool:
    """Replace a file unless it holds this already: its time of change is what web servers go by."""
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(exist_ok=True)
    write_whole(path, content)
    return True


def _made(episode: Episode, show: Show, art: Artwork) -> dict[str, bytes]:
    shown = captions(episode.cues, episode.n_samples)
    made = {
        ".html": episode_page(show, art, episode, card_of(episode, show)).encode(),
        ".vtt": vtt(shown).encode(),
        ".srt": srt(shown).encode(),
        ".transcript.json": transcript_json(shown),
        ".chapters.json": chapters_json(chapters(episode.cues, episode.n_samples, episode.title)),
    }
    return {suffix: made[suffix] for suffix in BESIDE}
