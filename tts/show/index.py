"""A disposable index of the sidecars, so that adding an episode does not read ten thousand of them.

The folder of the episodes is the truth. The index knows in which state of the folder it last agreed with it: the
folder's time of change moves whenever a file in it comes, goes or is replaced. It also knows what of the feed and the
pages has still to be made again; a killed run leaves that to the next.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import msgspec

from tts.show.card import Card

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SCHEMA_VERSION = 1  # another number makes the index be made again
_BUSY_WITHIN_S = 60.0
# sort_key : orders the feed, oldest first. stamp : of the sidecar that was read. made_for : what the episode's page
# and transcripts were made for, NULL while they are still to be made.
_SCHEMA = """
CREATE TABLE episodes (
    slug TEXT PRIMARY KEY, identity TEXT NOT NULL, number INTEGER NOT NULL, sort_key TEXT NOT NULL,
    stamp TEXT NOT NULL, made_for TEXT, card BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX by_identity ON episodes (identity);
CREATE UNIQUE INDEX by_sort_key ON episodes (sort_key);
CREATE INDEX by_number ON episodes (number);
CREATE INDEX by_made_for ON episodes (made_for);
CREATE TABLE outdated (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_CARD = msgspec.msgpack.Decoder(Card)  # at import, see `tts.speak.cache`


@contextmanager
def opened(path: Path) -> Iterator[Index]:
    """The index in this file, made when it is not there or not readable; committed at the end when nothing failed.

    Where no file can be made (a folder that may only be read), an index in memory.
    """
    try:
        connection = _connected(str(path))
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # the folder takes no file
            connection = _connected(":memory:")
        else:  # damaged, or no database at all
            path.unlink(missing_ok=True)
            connection = _connected(str(path))
    with closing(connection):
        yield Index(connection)
        connection.commit()


def _connected(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=_BUSY_WITHIN_S)
    try:
        # What can be made again need not be safe against a power cut.
        connection.execute("PRAGMA synchronous = OFF")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != _SCHEMA_VERSION:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                for (table,) in tables:
                    connection.execute(f'DROP TABLE "{table}"')
                for statement in filter(None, map(str.strip, _SCHEMA.split(";"))):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


class Index:
    """Cards of all episodes by slug, by article and by their place in the feed.

    A rank is a place in the feed, counted from 0 for the oldest episode. `stale_from` is the rank from which on the
    lists (feed, index pages) have to be made again, None when they are right.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def __len__(self) -> int:
        return self._count("SELECT count(*) FROM episodes")

    def fact(self, name: str) -> str | None:
        """What was noted under `name`."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: str) -> None:
        """Note something under `name`, in the place of what was there."""
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def stamps(self) -> dict[str, str]:
        """The stamp of every sidecar that was read, by slug."""
        return dict(self._db.execute("SELECT slug, stamp FROM episodes"))

    def put(self, identity: str, card: Card, stamp: str) -> None:
        """Add or replace an episode; its page is to be made, and the lists from its place on."""
        self._touch(card.slug)
        self._db.execute(
            "INSERT OR REPLACE INTO episodes VALUES (?, ?, ?, ?, ?, NULL, ?)",
            (card.slug, identity, card.number, card.sort_key, stamp, msgspec.msgpack.encode(card)),
        )
        self._touch(card.slug)

    def drop(self, slug: str) -> None:
        """Take an episode out; the lists are to be made from its place on."""
        self._touch(slug)
        self._db.execute("DELETE FROM episodes WHERE slug = ?", (slug,))

    def slug_of(self, identity: str) -> str | None:
        """The slug of the episode of this article, or None."""
        query = "SELECT slug FROM episodes WHERE identity = ? ORDER BY slug"
        row = self._db.execute(query, (identity,)).fetchone()
        return row[0] if row else None

    def card(self, slug: str) -> Card | None:
        """The card of this episode, or None."""
        row = self._db.execute("SELECT card FROM episodes WHERE slug = ?", (slug,)).fetchone()
        return _CARD.decode(row[0]) if row else None

    def cards(self, start: int = 0, stop: int | None = None) -> Iterator[Card]:
        """The cards of the ranks from `start` up to `stop`, oldest first."""
        count = -1 if stop is None else max(0, stop - start)
        rows = self._db.execute("SELECT card FROM episodes ORDER BY sort_key LIMIT ? OFFSET ?", (count, start))
        return (_CARD.decode(raw) for (raw,) in rows)

    def next_number(self) -> int:
        """One more than the highest number of an episode."""
        return self._count("SELECT ifnull(max(number), 0) FROM episodes") + 1

    def unmade(self, made_for: str) -> list[str]:
        """Slugs of the episodes whose page and transcripts were not made for this."""
        rows = self._db.execute("SELECT slug FROM episodes WHERE made_for IS NOT ? ORDER BY slug", (made_for,))
        return [slug for (slug,) in rows]

    def mark_unmade(self, slug: str) -> None:
        """The episode's page or a transcript is missing."""
        self._db.execute("UPDATE episodes SET made_for = NULL WHERE slug = ?", (slug,))

    def mark_made(self, slug: str, made_for: str) -> None:
        """The episode's page and transcripts are there now."""
        self._db.execute("UPDATE episodes SET made_for = ? WHERE slug = ?", (made_for, slug))

    @property
    def stale_from(self) -> int | None:
        """The lowest rank from which on the lists are not right."""
        value = self.fact("stale_from")
        return int(value) if value else None

    def mark_stale(self, rank: int) -> None:
        """The lists have to be made again from this rank on."""
        before = self.stale_from
        self.note("stale_from", str(rank if before is None else min(rank, before)))

    def mark_lists_made(self) -> None:
        """The lists are right."""
        self.note("stale_from", "")

    def outdate(self, name: str) -> None:
        """This file may go when no episode has it and the feed no longer names it."""
        self._db.execute("INSERT OR IGNORE INTO outdated VALUES (?)", (name,))

    def keep(self, name: str) -> None:
        """This file may not go after all."""
        self._db.execute("DELETE FROM outdated WHERE name = ?", (name,))

    def outdated(self) -> list[str]:
        """The files that may go, by their names in the show folder."""
        names = [name for (name,) in self._db.execute("SELECT name FROM outdated ORDER BY name")]
        return [name for name in names if not self._is_of_an_episode(name)]

    def _is_of_an_episode(self, name: str) -> bool:
        """Whether this is the MP3 that an episode has, or lies beside one that was gone and came back."""
        folder, _, file = name.partition("/")
        card = self.card(file.partition(".")[0]) if folder == "episodes" else None
        return card is not None and (card.file == file or not file.endswith(".mp3"))

    def forget_outdated(self) -> None:
        """They are gone."""
        self._db.execute("DELETE FROM outdated")

    def commit(self) -> None:
        """Keep what was done so far, whatever comes after."""
        self._db.commit()

    def _touch(self, slug: str) -> None:
        if self.stale_from == 0:  # all of it already: thousands of look-ups less when a show is read for the first time
            return
        row = self._db.execute("SELECT sort_key FROM episodes WHERE slug = ?", (slug,)).fetchone()
        if row:
            self.mark_stale(self._count("SELECT count(*) FROM episodes WHERE sort_key < ?", *row))

    def _count(self, query: str, *values: str) -> int:
        (count,) = self._db.execute(query, values).fetchone()
        return int(count)
