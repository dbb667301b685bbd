"""Whether a show is what podcast apps and directories ask for: rules over its files, and over a server that has them.

Source: PSP-1 (Podcast Standards Project), Apple's requirements, the podcast namespace, id3v2-chapters-1.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.errors import ShowError
from tts.show.card import card_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tts.model import Episode
    from tts.show.check.finding import Finding
    from tts.show.check.sidecars import Sidecar
    from tts.show.check.stock import Stock
    from tts.show.library import Library


def findings(library: Library, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Iterator[Finding]:
    """All that is to be mended about a show, read from its files: settings, episodes, folder, feed.

    progress : is told how many episodes, of how many, have been looked at.
    Raises: ShowError when the folder or show.toml can't be read.
    """
    from tts.show.check import files, settings, sidecars
    from tts.show.check.stock import look

    stock = look(library.folder, library.settings())
    yield from settings.RULES.over(stock)
    for sidecar in _sidecars(library, stock, progress):
        yield from sidecars.RULES.over(sidecar)
        yield from _of_episode(sidecar.episode, stock)
    yield from files.RULES.over(stock)
    yield from _of_feed(stock)


def measurements(
    library: Library, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Iterator[Finding]:
    """Where the loudness or peak of an MP3, decoded and measured now, is not what was measured when it was made.

    As `findings`. Takes a tenth of a second for each minute of audio.
    """
    from tts.show.check.audio import MEASURE_RULES
    from tts.show.check.recording import recording
    from tts.show.check.stock import look

    stock = look(library.folder, library.settings())
    for sidecar in _sidecars(library, stock, progress):
        if mp3 := recording(sidecar.episode, stock):
            yield from MEASURE_RULES.over(mp3)


def probe(url: str) -> Iterator[Finding]:
    """What is to be mended about the server that has the show: the answers to its feed, and to one file of each kind.

    url : of the feed, or of the folder in which feed.xml lies.
    """
    from tts.show.check import server

    yield from server.probe(url)


def _sidecars(library: Library, stock: Stock, progress: Callable[[int, int], None]) -> Iterator[Sidecar]:
    """Every sidecar that can be read; `stock` learns of them all."""
    from tts.show.check.sidecars import Sidecar

    slugs = stock.slugs
    for done, slug in enumerate(slugs, start=1):
        try:
            episode = library.episode(slug)
        except ShowError as error:
            if isinstance(error.__cause__, OSError):  # the file may be whole, but this run can't read it
                raise
            stock.damaged[f"episodes/{slug}.json"] = str(error.__cause__)
            episode = None
        if episode:  # None also when it was removed a moment ago
            stock.cards[slug] = card_of(episode, stock.show)
            yield Sidecar(slug, episode, stock)
        progress(done, len(slugs))


def _of_episode(episode: Episode, stock: Stock) -> Iterator[Finding]:
    from tts.show.check import audio, chapters, tags, transcripts
    from tts.show.check.recording import recording

    if mp3 := recording(episode, stock):
        yield from audio.RULES.over(mp3)
        yield from tags.RULES.over(mp3)
        if listed := chapters.chapters_of(mp3):
            yield from chapters.RULES.over(listed)
    for transcript in transcripts.transcripts_of(episode, stock):
        yield from transcripts.RULES.over(transcript)


def _of_feed(stock: Stock) -> Iterator[Finding]:
    from tts.show.check import channel, feed, items

    yield from feed.STOCK_RULES.over(stock)
    cards = {card.guid: card for card in stock.cards.values()}
    names, entries, after_last = [], [], None
    for page in feed.pages_of(stock):
        names.append(page.name)
        after_last = feed.next_name(page)
        yield from feed.PAGE_RULES.over(page)
        if page.first:
            yield from channel.FURTHER_RULES.over(page)
        elif page.channel is not None:
            yield from channel.RULES.over(page)
            yield from _of_cover(channel.cover_name(page), stock)
        for item in items.items_of(page, cards):
            yield from items.RULES.over(item)
            entries.append(items.entry(item))
    if names:
        yield from feed.FEED_RULES.over(feed.Feed(tuple(names), after_last, tuple(entries), stock))


def _of_cover(name: str | None, stock: Stock) -> Iterator[Finding]:
    from tts.show.check import artwork

    if name is not None and name in stock.sizes:
        yield from artwork.RULES.over(artwork.picture(name, stock.read(name)))
