"""Which articles a run has had: two that claim to be one are told, before one takes the other's place."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

import msgspec

from tts.errors import InputError

if TYPE_CHECKING:
    from tts.model import Article
    from tts.read.reference import Reference

_CALLED = {"id": "id", "url": "canonical address", "path": "name"}  # an identity's first part, see `tts.model.Article`


class Seen:
    """The articles of one run by their identities. They lie on disk: of a million, memory holds none."""

    def __init__(self) -> None:
        self._known = sqlite3.connect("", isolation_level=None)  # a temporary file, which nobody else sees
        self._known.execute("PRAGMA journal_mode = OFF")
        self._known.execute("CREATE TABLE known (identity TEXT PRIMARY KEY, label TEXT, words BLOB) WITHOUT ROWID")

    def check(self, reference: Reference, article: Article) -> None:
        """Remember this article.

        Raises: InputError when another one had its identity before: read in another place, with other words.
        """
        words = hashlib.sha256(msgspec.json.encode(article.paragraphs)).digest()
        asked = "SELECT label, words FROM known WHERE identity = ?"
        first = self._known.execute(asked, (article.identity,)).fetchone()
        if first is None:
            self._known.execute("INSERT INTO known VALUES (?, ?, ?)", (article.identity, reference.label, words))
            return
        label, words_of_first = first
        if label != reference.label and words_of_first != words:
            kind, _, key = article.identity.partition(":")
            raise InputError(
                f"{reference.label}: {label} has the same {_CALLED[kind]} ({key}) and other words, and would lose its "
                "episode to this; give each its own"
            )

    def close(self) -> None:
        """Forget them."""
        self._known.close()
