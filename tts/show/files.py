"""The files of a show, each with how it is to be sent, and in which order: what the world may see, and what is kept.

What can't be made again is private: the sidecars `<slug>.json` and show.toml hold paths of the owner's machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tts.show.feed import AUDIO_TYPE, CHAPTERS_TYPE, TRANSCRIPTS
from tts.show.library import BESIDE, FOLLOWED, SETTINGS
from tts.show.site import list_names

if TYPE_CHECKING:
    from pathlib import Path

    from tts.show.artwork import Artwork
    from tts.show.card import Card
    from tts.show.index import Index

FEED = "feed.xml"
SHOW_MANIFEST = ".show.json"  # at an address where a show lies, see `tts.show.working_copy`
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


_KEPT = re.compile(r"show\.toml|\.follow\.json|episodes/[^/.]+\.json|\.removed/[^/]+\.(?:json|mp3)")
_KEPT_IN = (SETTINGS, FOLLOWED, "episodes/*.json", ".removed/*")


class Stage(IntEnum):
    """When a file is sent: it names only files of earlier stages.

    Pages of the feed name each other too, but nobody comes to a new one until the first page leads there.
    """

    LASTING = 0  # audio, cover, style: another name when the bytes change, so that nothing is replaced
    KEPT = 1  # settings and sidecars
    BESIDE = 2
    PAGES = 3
    OLDER_FEEDS = 4
    FEED = 5
    FOLLOWED = 6  # what it says was seen is in the show


@dataclass(frozen=True, slots=True)
class ShowFile:
    """A file by its name in the show folder, with slashes.

    n_bytes : how long audio is, as the feed says, None for what is no audio.
    """

    name: str
    n_bytes: int | None = None

    @property
    def stage(self) -> Stage:
        """When it is published."""
        if self.name == FEED:
            return Stage.FEED
        if self.name == FOLLOWED:
            return Stage.FOLLOWED
        in_top = "/" not in self.name
        if in_top and self.name.endswith(".xml"):
            return Stage.OLDER_FEEDS
        if in_top and self.name.endswith(".html"):
            return Stage.PAGES
        if self.name.endswith(BESIDE):
            return Stage.BESIDE
        return Stage.KEPT if is_kept(self.name) and not self.name.endswith(".mp3") else Stage.LASTING

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


def is_kept(name: str) -> bool:
    """Whether this is a file that can't be made again; the audio of episodes and the owner's cover are others."""
    return _KEPT.fullmatch(name) is not None


def kept_files(folder: Path) -> list[ShowFile]:
    """The files in this show folder of which that is so."""
    paths = {path.relative_to(folder).as_posix(): path for pattern in _KEPT_IN for path in folder.glob(pattern)}
    return [
        ShowFile(name, path.stat().st_size if name.endswith(".mp3") else None)
        for name, path in paths.items()
        if is_kept(name)
    ]


def is_of_an_episode(name: str, index: Index) -> bool:
    """Whether this is a public file of an episode that is there; costs the same however many there are."""
    folder, _, rest = name.partition("/")
    if folder != "episodes" or "/" in rest:
        return False
    card = index.card(rest.partition(".")[0])
    return card is not None and any(file.name == name for file in episode_files(card))
