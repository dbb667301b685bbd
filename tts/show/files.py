"""The files of a show that the world may see, each with how it is to be sent, in the order in which they are published.

What is not named here is private: the sidecars `<slug>.json` and show.toml hold paths of the owner's machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tts.show.feed import AUDIO_TYPE, CHAPTERS_TYPE, TRANSCRIPTS
from tts.show.library import BESIDE
from tts.show.site import list_names

if TYPE_CHECKING:
    from tts.show.artwork import Artwork
    from tts.show.card import Card
    from tts.show.index import Index

FEED = "feed.xml"
_TYPES = {
    **TRANSCRIPTS,
    ".vtt": "text/vtt; charset=utf-8",
    ".chapters.json": CHAPTERS_TYPE,
    ".mp3": AUDIO_TYPE,
    ".xml": "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".woff2": "font/woff2",
}
_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"  # may be kept, but the server is asked whether it is still so: a 304 costs next to nothing


class Stage(IntEnum):
    """When a file is published: it names only files of earlier stages.

    Pages of the feed name each other too, but nobody comes to a new one until the first page leads there.
    """

    LASTING = 0  # audio, cover, style: another name when the bytes change, so that nothing is replaced
    BESIDE = 1
    PAGES = 2
    OLDER_FEEDS = 3
    FEED = 4


@dataclass(frozen=True, slots=True)
class ShowFile:
    """A file by its name in the show folder, with slashes.

    n_bytes : how long the feed says that it is, None for what is no audio.
    """

    name: str
    n_bytes: int | None = None

    @property
    def stage(self) -> Stage:
        """When it is published."""
        if self.name == FEED:
            return Stage.FEED
        in_top = "/" not in self.name
        if in_top and self.name.endswith(".xml"):
            return Stage.OLDER_FEEDS
        if in_top and self.name.endswith(".html"):
            return Stage.PAGES
        return Stage.BESIDE if self.name.endswith(BESIDE) else Stage.LASTING

    @property
    def content_type(self) -> str:
        """Its media type, with the character set where it is text."""
        path = PurePosixPath(self.name)
        return _TYPES.get("".join(path.suffixes[-2:])) or _TYPES.get(path.suffix, "application/octet-stream")

    @property
    def cache_control(self) -> str:
        """How long others may keep it without asking."""
        return _FOR_GOOD if self.stage is Stage.LASTING else _ASK_AGAIN


def public_files(index: Index, art: Artwork) -> list[ShowFile]:
    """All public files of the show, in the order in which they are published: the feed's first page last."""
    files = [file for card in index.cards() for file in episode_files(card)]
    files += map(ShowFile, list_names(len(index), art))
    return sorted(files, key=lambda file: file.stage)


def episode_files(card: Card) -> list[ShowFile]:
    """The public files of one episode."""
    audio = ShowFile(f"episodes/{card.file}", card.n_bytes)
    return [audio, *(ShowFile(f"episodes/{card.slug}{suffix}") for suffix in BESIDE)]


def is_of_an_episode(name: str, index: Index) -> bool:
    """Whether this is a public file of an episode that is there; costs the same however many there are."""
    folder, _, rest = name.partition("/")
    if folder != "episodes" or "/" in rest:
        return False
    card = index.card(rest.partition(".")[0])
    return card is not None and any(file.name == name for file in episode_files(card))
