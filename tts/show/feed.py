"""The feed: RSS 2.0 with the itunes and podcast namespaces, as podcast apps and directories ask for it.

Source: RSS 2.0, Apple's podcast requirements, the podcast namespace, PSP-1.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

from tts import __version__
from tts.show import describe
from tts.show.paging import page_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.model import Show
    from tts.show.artwork import Artwork
    from tts.show.card import Card
    from tts.show.paging import Leaf

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
SPACES = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM}
TRANSCRIPTS = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".transcript.json": "application/json"}
CHAPTERS_TYPE = "application/json+chapters"
AUDIO_TYPE = "audio/mpeg"
VALUE_CHARS = 255  # PSP-1: the longest value, unless another limit is named
PERSONS_BYTES = 900  # of those who are quoted, a dozen names: 399 items at their longest are then 4.96 MB, see site.py
_PERSON_TAGS_BYTES = len('\n      <podcast:person role="guest"></podcast:person>')
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the files of the show are for who reads this feed.

    base  : URL of the show folder with a slash at the end; "" gives relative addresses, for a show without a URL.
    cover : name of the cover's file.
    """

    base: str
    cover: str

    @classmethod
    def of_show(cls, show: Show, art: Artwork) -> Address:
        """Where the owner says that the show folder lies on the web."""
        return cls(f"{show.url.rstrip('/')}/" if show.url else "", art.cover)

    def of(self, name: str) -> str:
        """The address of a file in the show folder."""
        return self.base + name


def feed_page(show: Show, cards: Sequence[Card], leaf: Leaf, address: Address) -> bytes:
    """One page of the feed. `cards` are those of the leaf, newest first.

    The same arguments give the same bytes: its lastBuildDate is the last change of an episode on it.
    """
    rss = etree.Element("rss", version="2.0", nsmap=SPACES)
    channel = etree.SubElement(rss, "channel")
    _describe_show(channel, show, address)
    _link(channel, "self", address.of(page_name("feed", leaf.number, ".xml")))
    if leaf.older is not None:
        _link(channel, "next", address.of(page_name("feed", leaf.older, ".xml")))
    if cards:
        _add(channel, "lastBuildDate", _rfc_2822(max(card.updated for card in cards)))
    for card in cards:
        _describe_episode(etree.SubElement(channel, "item"), show, card, address)
    etree.indent(rss)
    return etree.tostring(rss, xml_declaration=True, encoding="UTF-8") + b"\n"


def _describe_show(channel: etree._Element, show: Show, address: Address) -> None:
    home = show.link or address.of("index.html")
    _add(channel, "title", show.title)
    _add(channel, "description", describe.shortened(show.description, describe.LIMIT_BYTES), limit=None)
    _add(channel, "link", home)
    _add(channel, "language", show.language)
    _add(channel, "generator", f"Voorlezer {__version__}")
    if show.copyright:
        _add(channel, "copyright", show.copyright)
    image = etree.SubElement(channel, "image")
    _add(image, "url", address.of(address.cover))
    _add(image, "title", show.title)
    _add(image, "link", home)
    _describe_for_apple(channel, show, address)
    _describe_for_podcasting_2(channel, show)


def _describe_for_apple(channel: etree._Element, show: Show, address: Address) -> None:
    _add(channel, _itunes("image"), href=address.of(address.cover))
    _add(channel, _itunes("explicit"), _boolean(value=show.explicit))
    _add(channel, _itunes("type"), "episodic")
    category, _, subcategory = (part.strip() for part in show.category.partition(">"))
    parent = _add(channel, _itunes("category"), text=category)
    if subcategory:
        _add(parent, _itunes("category"), text=subcategory)
    if show.owner_email:
        owner = etree.SubElement(channel, _itunes("owner"))
        _add(owner, _itunes("name"), show.owner_name or show.author or show.title)
        _add(owner, _itunes("email"), show.owner_email)
    _add(channel, _itunes("author"), show.author or show.title)  # feedparser takes the last name, owner or author
    if show.block:
        _add(channel, _itunes("block"), "Yes")
    if show.moved_from and address.base:
        _add(channel, _itunes("new-feed-url"), address.of("feed.xml"))


def _describe_for_podcasting_2(channel: etree._Element, show: Show) -> None:
    if show.guid:
        _add(channel, _podcast("guid"), show.guid)
    if show.owner_email:
        _add(channel, _podcast("locked"), "yes", owner=show.owner_email)
    if show.block:
        _add(channel, _podcast("block"), "yes")
    _add(channel, _podcast("medium"), "podcast")
    _add(channel, _podcast("txt"), describe.SYNTHETIC, purpose="ai-content")


def _describe_episode(item: etree._Element, show: Show, card: Card, address: Address) -> None:
    stem = f"episodes/{card.slug}"
    _add(item, "title", card.title)
    description = _add(item, "description", limit=None)
    description.text = etree.CDATA(_clean(describe.html(card)))
    _add(item, "link", address.of(f"{stem}.html"))
    _add(item, "guid", card.guid, isPermaLink="false")
    _add(item, "pubDate", _rfc_2822(card.published))
    audio = address.of(f"episodes/{card.file}")
    _add(item, "enclosure", url=audio, length=str(card.n_bytes), type=AUDIO_TYPE)
    _add(item, _itunes("title"), card.title)
    _add(item, _itunes("author"), card.author or show.author or show.title)
    _add(item, _itunes("duration"), str(round(card.duration_s)))
    _add(item, _itunes("explicit"), _boolean(value=show.explicit))
    _add(item, _itunes("episodeType"), "full")
    for suffix, kind in TRANSCRIPTS.items():
        _add(item, _podcast("transcript"), url=address.of(stem + suffix), type=kind, language=show.language)
    _add(item, _podcast("chapters"), url=address.of(f"{stem}.chapters.json"), type=CHAPTERS_TYPE)
    for speaker in _that_fit(card.speakers):
        _add(item, _podcast("person"), speaker, role="guest")
    _add(item, _podcast("txt"), card.disclosure or describe.SYNTHETIC, purpose="ai-content")


def _that_fit(speakers: Sequence[str]) -> Iterator[str]:
    room = PERSONS_BYTES
    for speaker in speakers:
        room -= _PERSON_TAGS_BYTES + len(escape(speaker, quote=False).encode())
        if room < 0:
            return
        yield speaker


def _add(
    parent: etree._Element, name: str, value: str | None = None, limit: int | None = VALUE_CHARS, **attributes: str
) -> etree._Element:
    element = etree.SubElement(parent, name, {key: _clean(text) for key, text in attributes.items()})
    if value is not None:
        element.text = _shorter(" ".join(_clean(value).split()) if limit else _clean(value).strip(), limit)
    return element


def _shorter(text: str, limit: int | None) -> str:
    return text if limit is None or len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _clean(text: str) -> str:
    """Without the signs that XML 1.0 can't hold, nor outer spaces."""
    return _NOT_IN_XML.sub("", text)


def _link(channel: etree._Element, rel: str, href: str) -> None:
    _add(channel, f"{{{ATOM}}}link", href=href, rel=rel, type="application/rss+xml")


def _itunes(name: str) -> str:
    return f"{{{ITUNES}}}{name}"


def _podcast(name: str) -> str:
    return f"{{{PODCAST}}}{name}"


def _rfc_2822(moment: str) -> str:
    return format_datetime(dt.datetime.fromisoformat(moment).astimezone(dt.UTC), usegmt=True)


def _boolean(*, value: bool) -> str:
    return "true" if value else "false"
