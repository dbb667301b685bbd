"""The pages that a site's sitemap names, and those of the sitemaps that an index names."""

from __future__ import annotations

import io
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lxml import etree

from tts.errors import InputError
from tts.read.archives import unpacked
from tts.read.dates import iso_date
from tts.read.facts import Facts
from tts.read.folding import fold
from tts.read.listing import START_BYTES, Listing, kind_of, xml_text
from tts.read.reference import Address, Reference, Unusable
from tts.read.source import clean_url, is_address
from tts.read.web import fetch_file

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 52_428_800  # https://www.sitemaps.org/protocol.html: 50 MB
_DEEPEST = 3  # the protocol knows one index above the sitemaps; sites nest a second
_WITHIN_S = 60.0
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def pages_of(listing: Listing) -> Iterator[Reference]:
    """The pages in a sitemap or a sitemap index, each once; a sitemap in an index that can't be had is Unusable.

    The sitemaps of an index are asked for one by one, while the pages are taken.

    Raises: InputError where `listing` itself can't be read.
    """
    walk = _Walk(listing.public_only)
    if listing.address:
        walk.known.add(clean_url(listing.address))
    yield from walk.pages(listing, depth=0)
    while walk.waiting:
        address, depth = walk.waiting.popleft()
        try:
            yield from walk.pages(_fetched(address, public_only=listing.public_only), depth)
        except InputError as error:
            yield Reference(address, Unusable(str(error).removeprefix(f"{address}: ")))


@dataclass(slots=True)
class _Walk:
    """Which pages were given, which sitemaps are known, and which of those, how deep, are still to be read."""

    public_only: bool
    given: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    waiting: deque[tuple[str, int]] = field(default_factory=deque)

    def pages(self, sitemap: Listing, depth: int) -> Iterator[Reference]:
        for element in _elements(sitemap):
            url = _address(element, sitemap)
            if url is None:
                reason = "an entry of this sitemap has no address that can be read; its site should mend it"
                yield Reference(sitemap.label, Unusable(reason))
            elif etree.QName(element).localname == "url":
                if _is_new(url, self.given):
                    yield Reference(url, Address(url, self.public_only), under=_facts(element))
            elif _is_new(url, self.known):
                if depth == _DEEPEST:
                    yield Reference(url, Unusable(f"sitemaps are nested more than {_DEEPEST} deep; give this one"))
                else:
                    self.waiting.append((url, depth + 1))


def _is_new(url: str, known: set[str]) -> bool:
    """Whether `url` was not known; it is from now on."""
    before = len(known)
    known.add(clean_url(url))
    return len(known) > before


def _elements(sitemap: Listing) -> Iterator[etree._Element]:
    """The `<url>` and `<sitemap>` elements, one in memory at a time."""
    try:
        text = xml_text(_data(sitemap), sitemap.charset)
    except InputError as error:
        raise InputError(f"{sitemap.label}: {str(error).removeprefix(f'{sitemap.label}: ')}") from error
    source = io.BytesIO(text.encode("utf-8", "replace"))
    # No entities, no DTD, no network: https://lxml.de/parsing.html#parser-options
    options: dict[str, Any] = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    try:
        for _, element in etree.iterparse(source, events=("end",), tag=("{*}url", "{*}sitemap"), **options):
            parent = element.getparent()
            if parent is not None and parent.getparent() is None:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError as error:
        raise InputError(f"{sitemap.label}: this XML is damaged ({error.msg}); the site should mend it") from error


def _data(sitemap: Listing) -> bytes:
    data = sitemap.file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"longer than {MOST_BYTES // 1_048_576} MB, more than a sitemap may be")
    return data


def _address(element: etree._Element, sitemap: Listing) -> str | None:
    namespace = etree.QName(element).namespace
    loc = element.find(f"{{{namespace}}}loc" if namespace else "loc")
    said = "".join((loc.text or "").split()) if loc is not None else ""
    try:
        url = urljoin(sitemap.address or "", said) if said else ""
    except ValueError:
        return None
    return url if is_address(url) else None


def _facts(element: etree._Element) -> Facts:
    """What a news sitemap says; `<lastmod>` is when the page changed, and no date of an article."""
    title = fold(element.findtext(f".//{_NEWS}title") or "")
    return Facts(title=title or None, date=iso_date(element.findtext(f".//{_NEWS}publication_date") or ""))


def _fetched(address: str, *, public_only: bool) -> Listing:
    page = fetch_file(address, max_bytes=MOST_BYTES, deadline_s=_WITHIN_S, public_only=public_only)
    listing = Listing(
        io.BytesIO(page.data), address, page.url, address=page.url, public_only=public_only, charset=page.charset
    )
    data = listing.file
    if kind_of(page.data[:START_BYTES], page.url) == "packed":
        data = unpacked(listing)
    start = data.read(START_BYTES)
    data.seek(0)
    if kind_of(start, page.url) != "sitemap":
        raise InputError(f"{address}: this is no sitemap")
    return replace(listing, file=data)
