"""The articles of feeds that are new since the last time; what was seen is kept in the show folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from tts.atomic import write_whole
from tts.errors import ShowError
from tts.read.feeds import FeedMemory, news
from tts.show.library import FOLLOWED

if TYPE_CHECKING:
    from pathlib import Path

    from tts.batch.run import Record
    from tts.read.reference import Reference
    from tts.show.library import Library

TRIES = 5  # an article that fails comes back so often: its page, or the voice, may have been out of reach


@dataclass(frozen=True, slots=True)
class Followed:
    """What is known of a feed.

    tries   : of the entries that failed so far, by their ids.
    refused : the entries that their sites keep from machines.
    """

    memory: FeedMemory
    tries: dict[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


_FEEDS = msgspec.json.Decoder(dict[str, Followed])


class Follower:
    """Knows which articles of feeds are new for this show, and watches what comes of them.

    An article that fails is new again the next time, `TRIES` times in all, unless its site does not allow it; one that
    was not reached is new until it is.
    Raises: ShowError when what was kept can't be read.
    """

    def __init__(self, library: Library) -> None:
        self._path: Path = library.folder / FOLLOWED
        self._fresh: dict[str, list[Reference]] = {}
        self._records: dict[str, Record] = {}
        try:
            self._feeds = _FEEDS.decode(self._path.read_bytes())
        except FileNotFoundError:
            self._feeds = {}
        except (OSError, msgspec.DecodeError) as error:
            raise ShowError(f"{self._path} can't be read ({error}); remove it, and all articles are new") from error

    def news(self, feed_url: str, *, permitted: bool = False) -> list[Reference]:
        """The articles in the feed that are new, oldest first.

        permitted : whether those that a site refused are new again, for an owner who may read them.

        Raises: InputError when the feed can't be had.
        """
        known = self._feeds.get(feed_url, Followed(FeedMemory()))
        again = known.refused if permitted else ()
        fresh, memory = news(feed_url, known.memory.without(again))
        refused = tuple(entry for entry in known.refused if entry not in again)
        self._feeds[feed_url] = Followed(memory, known.tries, refused)
        self._fresh[feed_url] = fresh
        return fresh

    def done(self, record: Record) -> None:
        """This article was reached."""
        self._records[record.source] = record

    def ending(self) -> None:
        """The others were not."""

    def keep(self) -> None:
        """Keep what was seen, and what came of it, until the next time.

        Raises: ShowError when it can't be written.
        """
        for feed_url, fresh in self._fresh.items():
            self._feeds[feed_url] = self._settled(self._feeds[feed_url], fresh)
        try:
            write_whole(self._path, msgspec.json.format(msgspec.json.encode(self._feeds)), durable=True)
        except OSError as error:
            raise ShowError(f"{self._path} can't be written: {error.strerror or error}") from error

    def _settled(self, feed: Followed, fresh: list[Reference]) -> Followed:
        tries = dict(feed.tries)
        again: list[str | None] = []
        refused = list(feed.refused)
        for reference in fresh:
            entry, record = reference.entry or "", self._records.get(reference.label)
            if record is None:
                again.append(reference.entry)
            elif record.outcome == "failed" and not record.is_final and tries.get(entry, 0) + 1 < TRIES:
                tries[entry] = tries.get(entry, 0) + 1
                again.append(reference.entry)
            else:
                tries.pop(entry, None)
                refused += [entry] if record.is_final else []
        return Followed(feed.memory.without(again), tries, tuple(dict.fromkeys(refused)))
