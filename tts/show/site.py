"""Everything in the show folder that is made from show.toml and the episodes: feed, pages, transcripts, cover.

feed.xml, feed-<n>.xml             the feed; the first page holds the newest
index.html, index-<n>.html         the pages with the list of episodes
static/…                           their style and script
cover.<hash8>.…                    the cover, for the feed and, small, for tags and pages
episodes/<slug>.html               the page of an episode
episodes/<slug>.vtt .srt .transcript.json .chapters.json

All of it can be thrown away and made again. The same show folder gives the same bytes, and a file whose bytes would
stay the same is not touched, so that web caches, git and rsync see no change.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from tts import __version__
from tts.errors import ShowError
from tts.show.artwork import artwork
from tts.show.guid import settled
from tts.show.library import BESIDE
from tts.show.paging import leaves, page_name
from tts.show.templates import sources_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tts.model import Show
    from tts.show.artwork import Artwork
    from tts.show.card import Card
    from tts.show.index import Index
    from tts.show.library import Library
    from tts.show.paging import Leaf

FEED_SIZE, FEED_KEEP = 100, 300  # 3,000 items were 5.09 MB, and no page may pass 5,000,000 bytes
INDEX_SIZE, INDEX_KEEP = 50, 50
_SPOKEN = {"voice", "quote_voice", "repeated_pulls", "lexicon"}  # settings that change episodes, not pages
_PORTION = 50  # episodes that are made and then noted as made; a killed run goes on from there
_MANY = 300  # episodes from which on more processors save more than their start costs
_MOST_WORKERS = 4  # of 70 MB each
_MADE_LISTS = ("feed-*.xml", "index-*.html", f"cover.{'[0-9a-f]' * 8}.*", "static/*")


def refresh(library: Library, progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Make again what an added, changed or removed episode, or another setting, has put out of date.

    Costs next to nothing when nothing is. The feed comes last, and only then goes what it named before: it never
    names a file that is not there.
    progress : is told how many episode pages, of how many, have been made. Returns how many files were written.
    Raises: ShowError when the folder can't be read or written, or the owner's cover is no picture.
    """
    with library.writing():
        show = settled(library)
        try:
            with library.index() as index:
                return _Site(library, show, artwork(library.folder, show), index).refresh(progress)
        except OSError as error:
            where = error.filename or library.folder
            raise ShowError(f"the show folder can't be written: {error.strerror or error} ({where})") from error


def remake(library: Library, progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """As `refresh`, but trusting nothing: look at every sidecar, and at every file that was made from one.

    What is missing is made again; what is left of episodes that are gone is removed.
    """
    with library.writing():
        library.rescan()
        with library.index() as index:
            _note_strays(library, index)
            index.mark_stale(0)
        return refresh(library, progress)


def list_names(n_episodes: int, art: Artwork) -> tuple[str, ...]:
    """The files of the show that belong to no episode, as they are published: the feed's first page last."""
    from tts.show.pages import static_files

    return (*static_files(), art.cover, art.small, *_index_pages(n_episodes), *_feed_pages(n_episodes))


def _index_pages(n_episodes: int) -> dict[str, Leaf]:
    """The pages of the list of episodes by their files, the first last."""
    return {page_name("index", leaf.number, ".html"): leaf for leaf in leaves(n_episodes, INDEX_SIZE, INDEX_KEEP)[::-1]}


def _feed_pages(n_episodes: int) -> dict[str, Leaf]:
    """The pages of the feed by their files, the first last."""
    return {page_name("feed", leaf.number, ".xml"): leaf for leaf in leaves(n_episodes, FEED_SIZE, FEED_KEEP)[::-1]}


@dataclass(slots=True)
class _Site:
    library: Library
    show: Show
    art: Artwork
    index: Index
    n_written: int = 0

    def refresh(self, progress: Callable[[int, int], None]) -> int:
        made_for = self._made_for()
        if self.index.fact("lists_made_for") != made_for:
            self.index.mark_stale(0)
        unmade = self.index.unmade(made_for)
        stale_from = self.index.stale_from
        if unmade or stale_from is not None:
            self._make(unmade, stale_from, made_for, progress)
        for name in self.index.outdated():
            (self.library.folder / name).unlink(missing_ok=True)
        self.index.forget_outdated()
        self.library.agree(self.index)
        return self.n_written

    def _make(
        self, unmade: list[str], stale_from: int | None, made_for: str, progress: Callable[[int, int], None]
    ) -> None:
        # Jinja2: not when there is nothing to do.
        from tts.show.pages import static_files

        for name, content in static_files().items():
            self._write(name, content)
        done = 0
        for slugs, n_written in self._beside(unmade):
            self.n_written += n_written
            for slug in slugs:
                self.index.mark_made(slug, made_for)
            self.index.commit()
            done += len(slugs)
            progress(done, len(unmade))
        if stale_from is not None:
            self._make_lists(stale_from)
            self.index.note("lists_made_for", made_for)
            self.index.mark_lists_made()

    def _beside(self, slugs: list[str]) -> Iterator[tuple[list[str], int]]:
        """Make what lies beside these episodes; gives those that are done, and how many files were written."""
        from tts.show.beside import make_beside

        portions = [slugs[at : at + _PORTION] for at in range(0, len(slugs), _PORTION)]
        make = partial(make_beside, self.library.folder, self.show, self.art)
        if len(slugs) < _MANY:
            yield from zip(portions, map(make, portions), strict=True)
            return
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        workers = min(os.cpu_count() or 1, _MOST_WORKERS)
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
            yield from zip(portions, pool.map(make, portions), strict=True)

    def _make_lists(self, stale_from: int) -> None:
        from tts.show.feed import Address, feed_page
        from tts.show.pages import index_page, static_files

        address = Address.of_show(self.show, self.art)
        n = len(self.index)
        pages = _index_pages(n)
        for name, leaf in self._out_of_date(pages, stale_from):
            self._write(name, index_page(self.show, self.art, self._cards(leaf), leaf, n).encode())
        feeds = _feed_pages(n)
        for name, leaf in self._out_of_date(feeds, stale_from):
            self._write(name, feed_page(self.show, self._cards(leaf), leaf, address))
        current = {*static_files(), *pages, *feeds, self.art.cover, self.art.small, self.show.cover}
        for pattern in _MADE_LISTS:
            for path in self.library.folder.glob(pattern):
                name = path.relative_to(self.library.folder).as_posix()
                if name not in current:
                    self.index.outdate(name)

    def _out_of_date(self, pages: dict[str, Leaf], stale_from: int) -> Iterator[tuple[str, Leaf]]:
        """The first page, those with ranks from there on, and those that are new."""
        for name, leaf in pages.items():
            if leaf.number == 0 or leaf.stop > stale_from or not (self.library.folder / name).exists():
                yield name, leaf

    def _cards(self, leaf: Leaf) -> list[Card]:
        return list(self.index.cards(leaf.start, leaf.stop))[::-1]

    def _write(self, name: str, content: bytes) -> None:
        from tts.show.beside import written

        self.n_written += written(self.library.folder / name, content)

    def _made_for(self) -> str:
        """Hash of all that decides how a page looks, but for its episodes."""
        settings = {name: getattr(self.show, name) for name in self.show.__dataclass_fields__ if name not in _SPOKEN}
        made_of = (__version__, sources_digest(), settings, self.art)
        return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()[:16]


def _note_strays(library: Library, index: Index) -> None:
    """Note what is missing beside an episode, and what is there without one."""
    try:
        with os.scandir(library.episodes_folder) as entries:
            names = {entry.name for entry in entries}
    except FileNotFoundError:
        return
    known = set()
    for card in index.cards():
        beside = {card.slug + suffix for suffix in BESIDE}
        known |= {card.file, *beside}
        if not beside <= names:
            index.mark_unmade(card.slug)
    for name in names - known:
        slug, _, rest = name.partition(".")
        superseded = rest.endswith(".mp3") and f"{slug}.json" in names
        if superseded or f".{rest}" in BESIDE:
            index.outdate(f"episodes/{name}")
