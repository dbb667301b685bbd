"""The articles of feeds that are new since the last time; what was seen is kept in the show folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from tts.atomic import write_whole
from tts.errors import ShowError
from tts.read.feeds import FeedMemory, news

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tts.read.reference import Reference
    from tts.show.library import Library

FILE = ".follow.json"
TRIES = 5  # an article that fails comes back so often: its page, or the voice, may have been out of reach


@dataclass(frozen=True, slots=True)
class Followed:
    """What is known of a feed. tries : of the entries that failed so far, by their ids."""

    memory: FeedMemory | None = None
    tries: dict[str, int] = field(default_factory=dict)


_FEEDS = msgspec.json.Decoder(dict[str, Followed])


class Follower:
    """Knows which articles of feeds are new for this show.

    Raises: ShowError when what was kept can't be read.
    """

    def __init__(self, library: Library) -> None:
        self._path: Path = library.folder / FILE
        try:
            self._feeds = _FEEDS.decode(self._path.read_bytes())
        except FileNotFoundError:
            self._feeds = {}
        except (OSError, msgspec.DecodeError) as error:
            raise ShowError(f"{self._path} can't be read ({error}); remove it, and all articles are new") from error

    def news(self, feed_url: str) -> list[Reference]:
        """The articles in the feed that are new, oldest first; `done` has to be told what came of them.

        Raises: InputError when the feed can't be had.
        """
        known = self._feeds.get(feed_url, Followed())
        fresh, memory = news(feed_url, known.memory)
        self._feeds[feed_url] = replace(known, memory=memory)
        return fresh

    def done(self, feed_url: str, failed: Iterable[Reference]) -> None:
        """Keep what was seen; those that failed come again, up to `TRIES` times.

        failed : those of `news` that could not be made, or were not reached, and may go well another time.
        Raises: ShowError when it can't be written.
        """
        known = self._feeds[feed_url]
        tries = Counter(known.tries)
        tries.update(reference.entry for reference in failed if reference.entry)
        again = [reference for reference in failed if tries[reference.entry or ""] < TRIES]
        memory = known.memory.without(again) if known.memory else None
        left = {reference.entry: tries[reference.entry] for reference in again if reference.entry}
        self._feeds[feed_url] = Followed(memory, left)
        try:
            write_whole(self._path, msgspec.json.format(msgspec.json.encode(self._feeds)), durable=True)
        except OSError as error:
            raise ShowError(f"{self._path} can't be written: {error.strerror or error}") from error
