"""RSS and Atom: the articles in a feed, and which of them are new."""

from __future__ import annotations

import calendar
import io
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from tts.errors import InputError
from tts.read.dates import iso_date
from tts.read.facts import Facts
from tts.read.folding import fold
from tts.read.listing import Listing, kind_of, xml_text
from tts.read.names import author_names
from tts.read.reference import Address, Reference, Text, Unusable
from tts.read.source import clean_url, is_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tts.read.web import Page

MOST_BYTES = 10_000_000  # a broken feed costs feedparser 14 s a megabyte
_MOST_REMEMBERED = 10_000  # ids of entries; more when the feed itself is longer


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """What is kept of a feed until the next time.

    etag, modified : of the last answer, as the server gave them.
    seen           : ids of entries that were given once, the latest ones last.
    """

    etag: str | None = None
    modified: str | None = None
    seen: tuple[str, ...] = ()

    def without(self, entries: Collection[str | None]) -> FeedMemory:
        """This memory, but that these entries are still new: those that failed, or wait."""
        wanted = set(entries)
        if wanted.isdisjoint(self.seen):
            return self
        return FeedMemory(seen=tuple(entry for entry in self.seen if entry not in wanted))


def news(feed_url: str, memory: FeedMemory | None) -> tuple[list[Reference], FeedMemory]:
    """The articles in the feed that `memory` has not seen, oldest first, and the memory to keep for the next time.

    All are new where there is no memory. The server is asked only for what changed since. The memory that comes back
    has seen all of them: keep it `without` those that could not be made, and they come again.

    Raises: InputError where there is no feed at this address, or it can't be had.
    """
    from tts.read.web import fetch_file

    known = memory or FeedMemory()
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    page = fetch_file(
        feed_url,
        max_bytes=MOST_BYTES,
        headers={name: value for name, value in conditions.items() if value},
    )
    if page.unchanged:
        return [], known
    listing = Listing(
        io.BytesIO(page.data), feed_url, page.url, address=page.url, public_only=page.public, charset=page.charset
    )
    if _kind(feed_url, page) != "feed":
        raise InputError(f"{feed_url}: this is no RSS or Atom feed; {_advice(page)}")
    entries = list(entries_of(listing))
    seen = set(known.seen)
    fresh = [reference for reference in entries if reference.entry not in seen]
    return fresh, FeedMemory(page.headers.get("etag"), page.headers.get("last-modified"), _remembered(known, entries))


def entries_of(listing: Listing) -> Iterator[Reference]:
    """The articles in a feed, oldest first, each once.

    An entry is read at its link; what the feed says of it counts where the page says nothing. An entry without a
    link is read from the feed, and known by its id; one without either is Unusable.

    Raises: InputError for what is no text.
    """
    feed = _parsed(listing)
    base = listing.address or feed.feed.get("link") or ""
    yield from _each_once(_reference(listing, number, entry, base) for number, entry in _oldest_first(feed.entries))


def _each_once(references: Iterator[Reference]) -> Iterator[Reference]:
    """The references with links, or ids, that did not come before; each with an id of its own."""
    ids: set[str | None] = set()
    links: set[str | None] = set()
    for reference in references:
        link = clean_url(reference.where.url) if isinstance(reference.where, Address) else reference.entry
        if link in links:
            continue
        if reference.entry in ids:  # there are feeds that give all entries one id
            reference = replace(reference, entry=link)  # noqa: PLW2901 - the same reference
        links.add(link)
        ids.add(reference.entry)
        yield reference


def _kind(feed_url: str, page: Page) -> str:
    try:
        return kind_of(page.data, feed_url)
    except InputError as error:
        raise InputError(f"{feed_url}: {error}") from error


def _advice(page: Page) -> str:
    """What to follow instead: the feed that a page names as its own."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        links = lxml_html.document_fromstring(page.data or b"<p>").iter("link")
    except etree.ParserError:
        links = iter(())
    for link in links:
        if "alternate" in (link.get("rel") or "").lower() and (link.get("type") or "").lower().endswith(
            ("rss+xml", "atom+xml")
        ):
            return f"follow the one that this page names, {urljoin(page.url, link.get('href') or '')}"
    return "look for the address of its feed on the site"


def _parsed(listing: Listing) -> Any:
    import feedparser

    data = listing.file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"{listing.label}: longer than {MOST_BYTES // 1_000_000} MB; split the feed")
    try:
        text = xml_text(data, listing.charset)
    except InputError as error:
        raise InputError(f"{listing.label}: {error}") from error
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": listing.address or ""}
    return feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers=headers,
        sanitize_html=False,  # our own reader of pages drops all that is no text
        resolve_relative_uris=False,
    )


def _oldest_first(entries: list[Any]) -> list[tuple[int, Any]]:
    """The entries with their numbers in the feed: by date where each has one, else as feeds are, newest first."""
    numbered = list(enumerate(entries, start=1))[::-1]
    if all(_moment(entry) for entry in entries):
        numbered.sort(key=lambda pair: calendar.timegm(_moment(pair[1])))
    return numbered


def _moment(entry: Any) -> Any:
    # feedparser's own look-up takes `updated` for `published`, with a warning
    return dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")


def _reference(listing: Listing, number: int, entry: Any, base: str) -> Reference:
    link = _link(entry, base)
    facts = _facts(entry)
    key = entry.get("id") or link
    label = f"{listing.label}, entry {number}"
    if link:
        return Reference(link, Address(link, listing.public_only), under=facts, entry=key or clean_url(link))
    text = _text(entry)
    if text and key:
        return Reference(label, Text(text), over=replace(facts, key=key), entry=key)
    reason = "this entry has no link that can be read; its site should mend the feed"
    return Reference(label, Unusable(reason), over=facts, entry=key or f"{facts.title}|{facts.date}")


def _link(entry: Any, base: str) -> str | None:
    try:
        link = urljoin(base, (entry.get("link") or "").strip())
    except ValueError:
        return None
    return link if is_address(link) and link != base else None


def _text(entry: Any) -> str | None:
    contents = [content.get("value") or "" for content in entry.get("content") or []]
    return max((*contents, entry.get("summary") or ""), key=len).strip() or None


def _facts(entry: Any) -> Facts:
    author = fold(entry.get("author") or "")
    moment = _moment(entry)
    return Facts(
        title=fold(entry.get("title") or "") or None,
        date=iso_date(time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)) if moment else None,
        author=author_names(author) if author and "@" not in author else None,
    )


def _remembered(known: FeedMemory, entries: list[Reference]) -> tuple[str, ...]:
    current = [reference.entry for reference in entries if reference.entry]
    before = [entry for entry in known.seen if entry not in set(current)]
    n_kept = max(0, _MOST_REMEMBERED - len(current))
    return (*(before[-n_kept:] if n_kept else ()), *current)
