"""The feed as a stranger reads it: page by page, from the files, each page on its own and all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from tts.show.check.finding import MAKE_AGAIN, Flaw, Rules
from tts.show.check.stock import FEED, parsed
from tts.show.feed import ATOM, SPACES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from tts.show.check.stock import Stock

MAX_PAGE_BYTES = 5_000_000  # above this directories cut a feed off
MAX_VALUE_CHARS = 255
# Longer values are these elements' own right: descriptions, and podcast:txt (4,000 characters in the namespace).
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_LONG = {"description", f"{{{_CONTENT}}}encoded", f"{{{SPACES['podcast']}}}txt"}


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of the feed.

    name  : of its file. rss : its root, None where it is no XML, for the reason in `fault`.
    first : the page that leads to this one, itself the first of the feed; None for that one.
    """

    name: str
    raw: bytes
    rss: etree._Element | None
    fault: str
    stock: Stock
    first: FeedPage | None = None

    @property
    def channel(self) -> etree._Element | None:
        """What the page says about the show, and its items."""
        return None if self.rss is None else self.rss.find("channel")

    @property
    def next(self) -> str | None:
        """The address of the page with older episodes."""
        return None if self.channel is None else link(self.channel, "next")


@dataclass(frozen=True, slots=True)
class Entry:
    """What all items of the feed are compared by. where : names the item to people."""

    where: str
    guid: str | None
    enclosure: str | None
    published: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """All pages together.

    names   : of the pages, in the order in which they lead to each other.
    next    : what the last names as the next: one of them where there is a loop, None where there is an end.
    """

    names: tuple[str, ...]
    next: str | None
    entries: tuple[Entry, ...]
    stock: Stock


def link(channel: etree._Element, rel: str) -> str | None:
    """The address of an atom:link."""
    return next((found.get("href") for found in channel.iterfind(f"{{{ATOM}}}link") if found.get("rel") == rel), None)


def pages_of(stock: Stock) -> Iterator[FeedPage]:
    """The pages of the feed as they lie in the show folder and lead to each other, up to the end or a loop."""
    first: FeedPage | None = None
    name: str | None = FEED if FEED in stock.sizes else None
    seen = set()
    while name and name not in seen:
        raw = stock.read(name)
        page = FeedPage(name, raw, *parsed(raw), stock, first)
        yield page
        first = first or page
        seen.add(name)
        name = next_name(page)


def next_name(page: FeedPage) -> str | None:
    """The file of the page with older episodes, None where there is none."""
    name = page.stock.name_of(page.next) if page.next else None
    return name if name in page.stock.sizes else None


def is_xml(page: FeedPage) -> Iterator[Flaw]:
    """Every page is well-formed XML."""
    if page.rss is None:
        yield Flaw(page.name, f"no XML: {page.fault}", MAKE_AGAIN)


def is_rss(page: FeedPage) -> Iterator[Flaw]:
    """Every page is RSS 2.0, with one channel."""
    if page.rss is not None and (page.rss.tag != "rss" or page.rss.get("version") != "2.0" or page.channel is None):
        yield Flaw(page.name, 'no RSS 2.0: it needs <rss version="2.0"> with a <channel> in it', MAKE_AGAIN)


def is_utf8(page: FeedPage) -> Iterator[Flaw]:
    """Every page is UTF-8, and says so."""
    if page.rss is not None and (encoding := page.rss.getroottree().docinfo.encoding) != "UTF-8":
        yield Flaw(page.name, f"encoded as {encoding}, not as UTF-8", MAKE_AGAIN)


def namespaces(page: FeedPage) -> Iterator[Flaw]:
    """The prefixes itunes, podcast and atom mean what they are known for, and content where it is used."""
    if page.rss is not None:
        known = SPACES | ({"content": _CONTENT} if "content" in page.rss.nsmap else {})
        for prefix, space in known.items():
            if page.rss.nsmap.get(prefix) != space:
                yield Flaw(page.name, f'xmlns:{prefix} is not "{space}"', MAKE_AGAIN)


def size(page: FeedPage) -> Iterator[Flaw]:
    """No page is larger than directories read."""
    if len(page.raw) >= MAX_PAGE_BYTES:
        yield Flaw(page.name, f"{len(page.raw):,} bytes, of which directories read {MAX_PAGE_BYTES:,}", MAKE_AGAIN)


def outer_spaces(page: FeedPage) -> Iterator[Flaw]:
    """No value begins or ends with white space."""
    for name, value in _values(page):
        if value != value.strip():
            yield Flaw(page.name, f"{name} has outer spaces: {value[:60]!r}", MAKE_AGAIN)


def value_length(page: FeedPage) -> Iterator[Flaw]:
    """No value but a description is longer than 255 characters."""
    for name, value in _values(page):
        if len(value) > MAX_VALUE_CHARS and name not in _LONG:
            yield Flaw(page.name, f"{name} has {len(value)} characters, at most {MAX_VALUE_CHARS} may be", MAKE_AGAIN)


def ascii_addresses(page: FeedPage) -> Iterator[Flaw]:
    """Every address is ASCII."""
    for name, value in _values(page):
        if name.endswith(("url", "href", "link")) and not value.isascii():
            yield Flaw(page.name, f"{name} is not ASCII: {value}", "rename the file, or write the URL with escapes")


def self_link(page: FeedPage) -> Iterator[Flaw]:
    """Every page names its own address: the show's URL and the name of the file."""
    if page.channel is not None and (found := link(page.channel, "self")) != page.stock.home + page.name:
        yield Flaw(page.name, f'atom:link rel="self" is {found}, not {page.stock.home}{page.name}', MAKE_AGAIN)


def next_link(page: FeedPage) -> Iterator[Flaw]:
    """The page with older episodes is there."""
    if page.next and next_name(page) is None:
        yield Flaw(page.name, f"the next page is not there: {page.next}", MAKE_AGAIN)


PAGE_RULES = Rules(
    must=(
        is_xml,
        is_rss,
        is_utf8,
        namespaces,
        size,
        outer_spaces,
        value_length,
        ascii_addresses,
        self_link,
        next_link,
    )
)


def is_there(stock: Stock) -> Iterator[Flaw]:
    """There is a feed."""
    if FEED not in stock.sizes:
        yield Flaw(FEED, "not there", MAKE_AGAIN)


STOCK_RULES = Rules(must=(is_there,))


def no_loop(feed: Feed) -> Iterator[Flaw]:
    """Whoever follows the pages comes to an end."""
    if feed.next in feed.names:
        yield Flaw(feed.names[-1], f"leads back to {feed.next}: who follows the pages never ends", MAKE_AGAIN)


def unique_guids(feed: Feed) -> Iterator[Flaw]:
    """No two items have one guid."""
    yield from _twice(((entry, entry.guid) for entry in feed.entries), "guid")


def unique_enclosures(feed: Feed) -> Iterator[Flaw]:
    """No two items have one enclosure."""
    yield from _twice(((entry, entry.enclosure) for entry in feed.entries), "enclosure")


def complete(feed: Feed) -> Iterator[Flaw]:
    """Every episode of the show is in the feed."""
    listed = {entry.guid for entry in feed.entries}
    for card in feed.stock.cards.values():
        if card.guid not in listed:
            yield Flaw(FEED, f"the episode {card.slug} is not in the feed", MAKE_AGAIN)


def nothing_else(feed: Feed) -> Iterator[Flaw]:
    """The feed has no item that is not an episode of the show; so no guid has changed."""
    known = {card.guid for card in feed.stock.cards.values()}
    for entry in feed.entries:
        if entry.guid and entry.guid not in known:
            yield Flaw(entry.where, f"no episode of the show has the guid {entry.guid}", MAKE_AGAIN)


def newest_first(feed: Feed) -> Iterator[Flaw]:
    """The items are in order of time, the newest first, through all pages."""
    for newer, older in pairwise(entry for entry in feed.entries if entry.published):
        if newer.published and older.published and newer.published < older.published:
            yield Flaw(older.where, "newer than the item before it", MAKE_AGAIN)


FEED_RULES = Rules(must=(no_loop, unique_guids, unique_enclosures, complete, nothing_else, newest_first))


def _values(page: FeedPage) -> Iterator[tuple[str, str]]:
    """All values: the texts of elements that hold no others by tag, those of attributes as "tag url"."""
    if page.rss is None:
        return
    for element in page.rss.iter(etree.Element):
        tag = str(element.tag)
        if not len(element) and element.text:
            yield tag, element.text
        for name, value in element.items():
            yield f"{tag} {name!s}", str(value)


def _twice(values: Iterable[tuple[Entry, str | None]], name: str) -> Iterator[Flaw]:
    seen: dict[str, str] = {}
    for entry, value in values:
        if value in seen:
            yield Flaw(entry.where, f"the same {name} as {seen[value]}: {value}", MAKE_AGAIN)
        elif value:
            seen[value] = entry.where
