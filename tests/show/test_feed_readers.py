"""The feed as feedparser, podcastparser (gPodder's) and podcast-partytime (the Podcast Index's) read it."""

from __future__ import annotations

import calendar
import datetime as dt
import io
import json
import subprocess
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import podcastparser
import pytest
import requests
from lxml.html import fragments_fromstring

from tests.show.real_show import FERRY_TITLE, FERRY_URL, clean_environment
from tests.stitch.material import tool
from tts.show.card import card_of
from tts.show.changes import chosen
from tts.show.describe import html
from tts.show.names import guid_for
from tts.speak.script import dutch_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts.show.library import Library

    Reader = Callable[[bytes, str], "Feed"]

NPM = Path(__file__).parent / "npm"
CLOCK_SLUG, FERRY_SLUG, MARKET_SLUG = (
    "de-kerkklok-van-aardswoud-slaat-weer",
    "veer-brug-samen-vaart-t-3-beter-zegt-dondu",
    "markt-verhuist-naar-de-kade",
)


@dataclass(frozen=True)
class Item:
    """An episode as a reader has understood it."""

    title: str
    guid: str
    link: str
    published: int
    audio: str
    n_bytes: int
    media_type: str
    duration_s: int
    author: str
    description: str


@dataclass(frozen=True)
class Feed:
    """A page of the feed as a reader has understood it."""

    title: str
    description: str
    link: str
    language: str
    author: str
    owner: tuple[str, str]
    image: str
    categories: tuple[str, ...]
    explicit: bool
    next: str | None
    items: tuple[Item, ...]


def by_feedparser(xml: bytes, _url: str) -> Feed:
    read = feedparser.parse(io.BytesIO(xml))
    assert not read.bozo, read
    assert read.version == "rss20"
    feed = read.feed
    return Feed(
        feed.title,
        feed.subtitle,
        feed.link,
        feed.language,
        feed.author,
        (feed.publisher_detail.name, feed.publisher_detail.email),
        feed.image.href,
        tuple(tag.term for tag in feed.tags),
        bool(feed.itunes_explicit),
        next((link.href for link in feed.links if link.rel == "next"), None),
        tuple(map(_item_by_feedparser, read.entries)),
    )


def _item_by_feedparser(entry: Any) -> Item:
    (audio,) = entry.enclosures
    return Item(
        entry.title,
        entry.id,
        entry.link,
        calendar.timegm(entry.published_parsed),
        audio.href,
        int(audio.length),
        audio.type,
        int(entry.itunes_duration),
        entry.author,
        entry.summary,
    )


def by_podcastparser(xml: bytes, url: str) -> Feed:
    feed = podcastparser.parse(url, io.BytesIO(xml))
    return Feed(
        feed["title"],
        feed["description"],
        feed["link"],
        feed["language"],
        feed["itunes_author"],
        (feed["itunes_owner"]["name"], feed["itunes_owner"]["email"]),
        feed["cover_url"],
        tuple(name for path in feed["itunes_categories"] for name in path),
        feed["explicit"],
        feed.get("paged_feed_next"),
        tuple(map(_item_by_podcastparser, feed["episodes"])),
    )


def _item_by_podcastparser(episode: Any) -> Item:
    (audio,) = episode["enclosures"]
    return Item(
        episode["title"],
        episode["guid"],
        episode["link"],
        episode["published"],
        audio["url"],
        audio["file_size"],
        audio["mime_type"],
        episode["total_time"],
        episode["itunes_author"],
        episode["description_html"],
    )


def by_partytime(xml: bytes, _url: str) -> Feed:
    feed = partytime(xml)
    return Feed(
        feed["title"],
        feed["description"],
        feed["link"],
        feed["language"],
        feed["author"],
        (feed["owner"]["name"], feed["owner"]["email"]),
        feed["itunesImage"],
        tuple(name for path in feed["itunesCategory"] for name in path.split(" > ")),
        feed["explicit"],
        feed["pubsub"].get("next"),
        tuple(map(_item_by_partytime, feed["items"])),
    )


def _item_by_partytime(item: Any) -> Item:
    return Item(
        item["title"],
        item["guid"],
        item["link"],
        int(dt.datetime.fromisoformat(item["pubDate"]).timestamp()),
        item["enclosure"]["url"],
        item["enclosure"]["length"],
        item["enclosure"]["type"],
        item["duration"],
        item["author"],
        item["description"],
    )


def partytime(xml: bytes) -> Any:
    """All that podcast-partytime makes of a feed."""
    if not (NPM / "node_modules").is_dir():
        pytest.skip("podcast-partytime is not installed here")
    command = [tool("node"), "feed.js"]
    done = subprocess.run(
        command, input=xml, capture_output=True, check=True, cwd=NPM, env=clean_environment(NPM), timeout=60
    )
    assert done.stderr == b""
    return json.loads(done.stdout)


def _feed(address: str) -> bytes:
    return requests.get(f"{address}feed.xml", timeout=10).content


READERS = [by_feedparser, by_podcastparser, pytest.param(by_partytime, marks=pytest.mark.tools)]


def _meant(library: Library, base: str) -> Feed:
    return Feed(
        "Dorpspraat & meer",
        "Nieuws uit de dorpen – om naar te luisteren.",
        f"{base}index.html",
        "nl-nl",
        "Redactie Dorpspraat",
        ("Ida Zijlstra", "post@dorpspraat.example"),
        base + next(library.folder.glob("cover.????????.png")).name,
        ("News", "Daily News"),
        explicit=False,
        next=None,
        items=(
            _item_meant(library, base, MARKET_SLUG, "Markt verhuist naar de Kade", "Redactie Dorpspraat"),
            _item_meant(library, base, FERRY_SLUG, FERRY_TITLE, "Sjoerd Ó Faoláin"),
            _item_meant(library, base, CLOCK_SLUG, "De kerkklok van Aardswoud slaat weer", "Ilse Hofman"),
        ),
    )


def _item_meant(library: Library, base: str, slug: str, title: str, author: str) -> Item:
    episode = chosen(library, slug)
    (audio,) = library.episodes_folder.glob(f"{slug}.*.mp3")
    return Item(
        title,
        guid_for(episode.identity),
        f"{base}episodes/{slug}.html",
        int(dt.datetime.fromisoformat(episode.published).timestamp()),
        f"{base}episodes/{audio.name}",
        audio.stat().st_size,
        "audio/mpeg",
        round(episode.duration_s),
        author,
        html(card_of(episode, library.settings())),
    )


@pytest.mark.parametrize("read", [by_feedparser, by_podcastparser])
def test_a_reader_finds_what_was_meant(read: Reader, real_show: Library, address: str) -> None:
    assert read(_feed(address), f"{address}feed.xml") == _meant(real_show, address)


@pytest.mark.tools
def test_the_podcast_index_finds_what_was_meant(real_show: Library, address: str) -> None:
    """It takes the escapes of the HTML in a description off too, with CDATA and without."""
    meant = _meant(real_show, address)
    items = tuple(replace(item, description=unescape(item.description)) for item in meant.items)
    assert by_partytime(_feed(address), "") == replace(meant, items=items)


@pytest.mark.parametrize("read", READERS)
def test_a_reader_that_follows_next_finds_every_episode_once(read: Reader, paged: str) -> None:
    url: str | None = f"{paged}feed.xml"
    found: list[str] = []
    while url:
        page = read(requests.get(url, timeout=10).content, url)
        found += [item.link.rpartition("/")[2] for item in page.items]
        url = page.next
    assert found == [f"{slug}.html" for slug in (MARKET_SLUG, FERRY_SLUG, CLOCK_SLUG)]


def test_a_description_says_that_it_was_corrected_where_it_is_from_and_who_reads(
    real_show: Library, address: str
) -> None:
    market, ferry, _ = (fragments_fromstring(item.description) for item in by_feedparser(_feed(address), "").items)
    corrected = str(chosen(real_show, MARKET_SLUG).corrected)
    assert [paragraph.xpath("string()") for paragraph in market] == [
        "De weekmarkt staat vanaf juni niet meer op het Raadhuisplein, maar op de Kade. Er is plaats voor 46 kramen.",
        f"Gecorrigeerd op {dutch_date(corrected[:10])}.",
        "Dit artikel wordt voorgelezen door een computerstem.",
    ]
    assert [paragraph.xpath("string()") for paragraph in ferry] == [
        "Het veer vaart weer, met plaats voor 12 fietsers & 1 tractor. Op het bord staat: “a < b && c > d”.",
        "Dit artikel wordt voorgelezen door een computerstem.",
        f"Bron: {FERRY_URL}",
    ]
    assert [link.get("href") for link in ferry[-1].iter("a")] == [FERRY_URL]


@pytest.mark.tools
def test_the_podcast_index_finds_transcripts_chapters_and_who_is_heard(address: str) -> None:
    feed = partytime(_feed(address))
    assert (feed["medium"], feed["locked"], feed["podcastOwner"]) == ("podcast", True, "post@dorpspraat.example")
    assert feed["guid"] == "cf61a1e6-0034-558d-818b-76e9f0c87cd5"  # of dorpspraat.example/luister/feed.xml
    assert feed["pubsub"] == {"self": f"{address}feed.xml"}
    assert feed["podcastTxt"][0]["purpose"] == "ai-content"
    clock = feed["items"][-1]
    stem = f"{address}episodes/{CLOCK_SLUG}"
    assert [(entry["url"], entry["type"], entry["language"]) for entry in clock["podcastTranscripts"]] == [
        (f"{stem}.vtt", "text/vtt", "nl-nl"),
        (f"{stem}.srt", "application/srt", "nl-nl"),  # its own name for application/x-subrip
        (f"{stem}.transcript.json", "application/json", "nl-nl"),
    ]
    assert clock["podcastChapters"] == {"url": f"{stem}.chapters.json", "type": "application/json+chapters"}
    assert [(person["name"], person["role"]) for person in clock["podcastPeople"]] == [
        ("Wim Tuinman", "Guest"),
        ("Lotte Claes", "Guest"),
    ]


def test_whatever_the_feed_names_is_there_as_it_says(address: str) -> None:
    feed = by_feedparser(_feed(address), address)
    for item in feed.items:
        head = requests.head(item.audio, timeout=10)
        assert (head.status_code, head.headers["content-length"]) == (200, str(item.n_bytes))
        assert head.headers["content-type"] == item.media_type
        part = requests.get(item.audio, headers={"Range": "bytes=100-199"}, timeout=10)
        assert (part.status_code, len(part.content)) == (206, 100)
        assert requests.get(item.link, timeout=10).status_code == 200
    assert requests.get(feed.image, timeout=10).headers["content-type"] == "image/png"
