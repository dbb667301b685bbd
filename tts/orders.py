"""What it takes to make the episode of an article, put together beside the show, so that it can be made anywhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from tts import __version__
from tts.errors import ShowError
from tts.model import Article, Edits, Episode, Show, utc_now
from tts.show.artwork import artwork
from tts.speak.cast import Cast, choose

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from tts.show.library import Library


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for this run; None keeps what the episode, else the show, has.

    edits : title, date and author instead of those in the source; kept for later runs.
    """

    voice: str | None = None
    quote_voice: str | None = None
    offline: bool = False
    edits: Edits = field(default_factory=Edits)


@dataclass(frozen=True, slots=True)
class Order:
    """One episode to be made.

    article   : with the owner's edits in it.
    before    : the episode that this article has in the show, None for a new one.
    has_audio : whether that one's MP3 is there.
    number    : that one's, or the next free one.
    at        : the moment of the order, RFC 3339 in UTC: that of a new episode in the feed, so that those of one run
                stand there in the order of their numbers, whichever is made first.
    made_from : hash of all that the episode is made from; the same again needs no look at the words.
    """

    article: Article
    edits: Edits
    show: Show
    cast: Cast
    offline: bool
    before: Episode | None
    has_audio: bool
    number: int
    at: str
    made_from: str

    @property
    def is_done(self) -> bool:
        """Whether the episode that is there was made from just this."""
        return self.before is not None and self.has_audio and self.before.made_from == self.made_from


class Desk:
    """Takes orders for one show, for a run with the same wishes. Voices are chosen once a run.

    Raises: ShowError when the show folder can't be read.
    """

    def __init__(self, library: Library, wishes: Wishes) -> None:
        self.show = library.settings()
        self._library = library
        self._wishes = wishes
        self._choose = cache(choose)
        self._number = 0

    def order(self, article: Article) -> Order:
        """The order for this article.

        Raises: InputError for a voice that does not exist; ShowError when the show folder can't be read.
        """
        library, wishes = self._library, self._wishes
        before = library.find(article.identity)
        edits = wishes.edits.over(before.edits) if before else wishes.edits
        article = _edited(article, edits)
        cast = self._cast(before)
        return Order(
            article=article,
            edits=edits,
            show=self.show,
            cast=cast,
            offline=wishes.offline,
            before=before,
            has_audio=before is not None and library.has_audio(before),
            number=before.number if before else self._next_number(),
            at=utc_now(),
            made_from=_made_from(article, cast, self.show),
        )

    def _cast(self, before: Episode | None) -> Cast:
        wishes = self._wishes
        if before and wishes.voice is None and wishes.quote_voice is None:
            return Cast(before.narrator, before.quoted, "the voice this episode was made in")
        voice = wishes.voice or (before.narrator.label if before else self.show.voice)
        quote_voice = wishes.quote_voice or (None if wishes.voice else self.show.quote_voice)
        return self._choose(voice, quote_voice, offline=wishes.offline)

    def _next_number(self) -> int:
        self._number = max(self._number + 1, self._library.next_number())
        return self._number

    def cover(self) -> bytes:
        """The show's small cover, which every episode carries.

        Raises: ShowError when the show folder can't be written, or the owner's cover is no picture.
        """
        folder = self._library.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return (folder / artwork(folder, self.show).small).read_bytes()
        except OSError as error:
            raise ShowError(f"the show folder can't be used: {error.strerror or error} ({folder})") from error


def _edited(article: Article, edits: Edits) -> Article:
    return replace(
        article,
        title=edits.title or article.title,
        date=edits.date or article.date,
        author=edits.author or article.author,
    )


def _made_from(article: Article, cast: Cast, show: Show) -> str:
    told = (show.title, show.author, show.language, show.disclosure, show.repeated_pulls, show.lexicon)
    parts = (_code(), article, cast.narrator, cast.quoted, told)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


@cache
def _code() -> str:
    """Hash of the code and data that divide an article and make it spoken Dutch: a better rule is heard."""
    digest = hashlib.sha256(__version__.encode())
    for room in ("segment", "speak"):
        for file in _files(resources.files("tts").joinpath(room)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry)
        elif entry.name.endswith((".py", ".toml")):
            found.append(entry)
    return found
