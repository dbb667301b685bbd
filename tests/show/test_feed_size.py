"""The feed at its worst: the longest page, and articles full of signs that mean something in XML."""

from __future__ import annotations

import dataclasses
import re
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.show.material import EPISODE
from tts.model import Show
from tts.show.card import Card, card_of
from tts.show.feed import ATOM, ITUNES, PODCAST, Address, feed_page
from tts.show.paging import Leaf
from tts.show.site import FEED_KEEP, FEED_SIZE

LIMIT_BYTES = 5_000_000
MOST_CARDS = FEED_KEEP + FEED_SIZE - 1
LEAF = Leaf(0, 0, MOST_CARDS, 1)
# Every text as long as the feed lets it be, in the sign that grows most when it is escaped.
SHOW = Show(*("&" * 5000,) * 2, "nl-nl", "&" * 300, owner_email="post@example.org", copyright="&" * 300)
ADDRESS = Address(f"https://{'voorlezer.' * 15}example.org/een/diepe/map/", "cover.12345678.png")


def _worst(number: int, sign: str) -> Card:
    slug = f"{'lang-' * 11}{number:05}"
    return Card(
        guid=EPISODE.guid,
        slug=slug,
        number=number,
        title=sign * 300,
        lead=f"{sign * 7} " * 3000,
        date="2024-05-03",
        author=sign * 300,
        source_url=f"https://nieuws.example/?{'a&' * 480}",
        published=EPISODE.published,
        updated=EPISODE.updated,
        corrected=EPISODE.updated,
        duration_s=359_999.4,
        file=f"{slug}.0badcafe.mp3",
        n_bytes=2_879_995_200,
        speakers=tuple(f"{sign * 60} {person}" for person in range(200)),
        disclosure=sign * 300,
    )


@pytest.mark.parametrize("sign", ["&", "<", "é", "🚢", "n"])
def test_the_longest_page_stays_under_the_limit(sign: str) -> None:
    page = feed_page(SHOW, [_worst(number, sign) for number in range(MOST_CARDS)], LEAF, ADDRESS)
    assert len(page) < LIMIT_BYTES
    assert page.count(b"<item>") == MOST_CARDS


# Every element that the feed may hold, by its namespace.
NAMES = {
    "": {"rss", "channel", "title", "description", "link", "language", "generator", "copyright", "image", "url"}
    | {"lastBuildDate", "item", "guid", "pubDate", "enclosure"},
    ITUNES: {"author", "image", "explicit", "type", "category", "owner", "name", "email", "title", "duration"}
    | {"episodeType"},
    PODCAST: {"locked", "medium", "txt", "transcript", "chapters", "person"},
    ATOM: {"link"},
}
CARD = dataclasses.replace(card_of(EPISODE, Show()), file="de-brug.0badcafe.mp3", n_bytes=1234)


@given(st.text(), st.text(), st.text())
def test_whatever_an_article_says_the_feed_is_sound_xml_of_known_elements(title: str, lead: str, name: str) -> None:
    show = Show(title=title, description=lead, author=name, owner_email="post@example.org")
    card = dataclasses.replace(CARD, title=title, lead=lead, author=name, speakers=(name, title), disclosure=lead)
    declared: dict[str, str] = {}
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartNamespaceDeclHandler = declared.setdefault
    parser.StartElementHandler = _known
    parser.Parse(feed_page(show, [card], Leaf(0, 0, 1, None), ADDRESS), True)  # noqa: FBT003  (its own signature)
    assert declared == {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM}


def _known(element: str, attributes: dict[str, str]) -> None:
    space, _, name = element.rpartition(" ")
    assert name in NAMES[space]
    assert not any(" " in attribute for attribute in attributes)  # none is in a namespace


def test_of_very_many_who_are_quoted_the_first_are_named() -> None:
    speakers = tuple(f"Anna van den Bos {number}" for number in range(60))
    page = feed_page(Show(), [dataclasses.replace(CARD, speakers=speakers)], Leaf(0, 0, 1, None), ADDRESS)
    named = re.findall(r"<podcast:person[^>]*>([^<]*)", page.decode())
    assert 10 < len(named) < 20
    assert named == list(speakers[: len(named)])
