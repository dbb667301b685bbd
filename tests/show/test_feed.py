"""The feed, as an XML parser reads it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from lxml import etree

from tests.show.material import EPISODE, numbered
from tts.model import Show
from tts.show.card import Card, card_of
from tts.show.feed import SPACES, Address, feed_page
from tts.show.paging import Leaf, leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

ALL = Leaf(0, 0, 1, None)
HERE = Address("https://example.org/pod/", "cover.12345678.png")
CARD = dataclasses.replace(card_of(EPISODE, Show()), file="de-brug.0badcafe.mp3", n_bytes=1234)


def _channel(show: Show, cards: Sequence[Card] = (CARD,), leaf: Leaf = ALL, address: Address = HERE) -> etree._Element:
    return etree.fromstring(feed_page(show, cards, leaf, address))[0]


def _texts(element: etree._Element, path: str) -> list[str | None]:
    return [found.text for found in element.findall(path, SPACES)]


def _text(element: etree._Element, path: str) -> str | None:
    (text,) = _texts(element, path)
    return text


def _attributes(element: etree._Element, path: str) -> dict[str, str]:
    (found,) = element.findall(path, SPACES)
    return {str(key): str(value) for key, value in found.attrib.items()}


def test_what_a_directory_asks_of_a_show() -> None:
    show = Show(
        "Het Dorp", "Nieuws uit het dorp.", "nl-nl", "Redactie", "https://example.org/pod",
        category="News > Daily News", owner_email="post@example.org", guid="g", copyright="© Het Dorp",
    )  # fmt: skip
    channel = _channel(show)
    assert _text(channel, "title") == "Het Dorp"
    assert _text(channel, "description") == "Nieuws uit het dorp."
    assert _text(channel, "language") == "nl-nl"
    assert _text(channel, "link") == "https://example.org/pod/index.html"
    assert _text(channel, "itunes:author") == "Redactie"
    assert _text(channel, "itunes:explicit") == "false"
    assert _text(channel, "itunes:owner/itunes:email") == "post@example.org"
    assert _attributes(channel, "itunes:category") == {"text": "News"}
    assert _attributes(channel, "itunes:category/itunes:category") == {"text": "Daily News"}
    assert _attributes(channel, "itunes:image") == {"href": "https://example.org/pod/cover.12345678.png"}
    assert _attributes(channel, "podcast:locked") == {"owner": "post@example.org"}
    assert _text(channel, "podcast:guid") == "g"
    assert _attributes(channel, "atom:link")["href"] == "https://example.org/pod/feed.xml"
    assert _text(channel, "copyright") == "© Het Dorp"
    assert _texts(channel, "itunes:block") == []


def test_what_an_app_asks_of_an_episode() -> None:
    item = _channel(Show(), [dataclasses.replace(CARD, duration_s=61.6)]).find("item")
    assert item is not None
    assert _text(item, "title") == "De brug"
    assert _attributes(item, "enclosure") == {
        "url": "https://example.org/pod/episodes/de-brug.0badcafe.mp3",
        "length": "1234",
        "type": "audio/mpeg",
    }
    assert _text(item, "guid") == EPISODE.guid
    assert _attributes(item, "guid") == {"isPermaLink": "false"}
    assert _text(item, "pubDate") == "Fri, 03 May 2024 10:00:00 GMT"
    assert _text(item, "itunes:duration") == "62"
    assert _text(item, "podcast:person") == "Anna Bos"
    assert _attributes(item, "podcast:chapters")["url"].endswith("/episodes/de-brug.chapters.json")
    kinds = [transcript.get("type") for transcript in item.findall("podcast:transcript", SPACES)]
    assert kinds == ["text/vtt", "application/x-subrip", "application/json"]
    assert _attributes(item, "podcast:txt") == {"purpose": "ai-content"}


def test_the_same_show_gives_the_same_bytes() -> None:
    assert feed_page(Show(), [CARD], ALL, HERE) == feed_page(Show(), [CARD], ALL, HERE)
    assert _texts(_channel(Show()), "lastBuildDate") == ["Fri, 03 May 2024 10:00:00 GMT"]


def test_a_show_without_an_address_has_relative_ones() -> None:
    enclosure = _attributes(_channel(Show(), address=Address("", "cover.png")), "item/enclosure")
    assert enclosure["url"] == "episodes/de-brug.0badcafe.mp3"


def test_signs_with_a_meaning_in_xml_are_words_and_forbidden_ones_go() -> None:
    evil = "</title><script>alert(1)</script> & ]]> \x00\x0b\ufffe einde"
    card = dataclasses.replace(CARD, title=evil, lead=evil, speakers=(evil,), source_url='https://e.nl/"><script>')
    channel = _channel(Show(title=evil, description=evil), [card])
    assert channel.findall(".//script") == []
    assert _text(channel, "item/title") == "</title><script>alert(1)</script> & ]]> einde"
    assert "<script>" not in str(_text(channel, "item/description"))


def test_values_are_short_and_without_outer_spaces() -> None:
    card = dataclasses.replace(CARD, title="  " + "lang " * 100, lead="woord " * 2000)
    channel = _channel(Show(title=" x " * 300, description="é" * 5000), [card])
    for element in channel.iter():
        text = element.text or ""
        if len(element) == 0:
            assert text == text.strip()
            limit = 4000 if str(element.tag).endswith("description") else 255
            assert len(text.encode() if limit == 4000 else text) <= limit


def test_pages_link_to_older_ones_and_name_themselves() -> None:
    cards = [card_of(numbered(n), Show()) for n in range(12)]
    first, second, last = leaves(12, 4, 4)
    links = [
        {str(link.get("rel")): str(link.get("href")) for link in _channel(Show(), cards[leaf.start : leaf.stop], leaf)
         .findall("atom:link", SPACES)}
        for leaf in (first, second, last)
    ]  # fmt: skip
    base = HERE.base
    assert links == [
        {"self": f"{base}feed.xml", "next": f"{base}feed-2.xml"},
        {"self": f"{base}feed-2.xml", "next": f"{base}feed-1.xml"},
        {"self": f"{base}feed-1.xml"},
    ]


def test_a_show_that_moved_or_is_to_stay_out_of_directories_says_so() -> None:
    moved = _channel(Show(moved_from="https://old.example/"))
    assert _text(moved, "itunes:new-feed-url") == "https://example.org/pod/feed.xml"
    blocked = _channel(Show(block=True))
    assert (_text(blocked, "itunes:block"), _text(blocked, "podcast:block")) == ("Yes", "yes")
