"""What the feed says about each episode."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tts.show.check.feed import Entry
from tts.show.check.finding import MAKE_AGAIN, Flaw, Rules
from tts.show.describe import LIMIT_BYTES
from tts.show.feed import AUDIO_TYPE, CHAPTERS_TYPE, SPACES
from tts.show.files import episode_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tts.show.card import Card
    from tts.show.check.feed import FeedPage
    from tts.show.check.stock import Stock

# RFC 2822, 3.3, as RSS readers know it: with the day of the week, and GMT or an offset for the zone.
_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (?:GMT|UT|[+-][0-9]{4})"
)
_TAG = re.compile(r"<\s{0,10}/?([a-zA-Z][a-zA-Z0-9]{0,20})")
# What Apple's and most other apps show.
_SIMPLE = {"p", "a", "br", "ul", "ol", "li", "b", "strong", "i", "em"}
_LONGEST_OFF_S = 1.0
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the feed.

    where : names it to people. card : of the episode with its guid, None where there is none.
    """

    element: etree._Element
    where: str
    card: Card | None
    stock: Stock

    def text(self, path: str) -> str:
        """The text of its first element with this name, "" where there is none."""
        return self.element.findtext(path, "", SPACES)

    def attribute(self, path: str, name: str) -> str:
        """An attribute of its first element with this name, "" where there is none."""
        found = self.element.find(path, SPACES)
        return "" if found is None else found.get(name, "")

    def leads_astray(self, url: str) -> bool:
        """Whether an address means no file of the show. That a file of its episode is lost, `sidecars` tells."""
        own = {file.name for file in episode_files(self.card)} if self.card else set()
        return not self.stock.holds(url) and self.stock.name_of(url) not in own


def items_of(page: FeedPage, cards: dict[str, Card]) -> Iterator[Item]:
    """The items of a page, newest first. cards : of all episodes, by guid."""
    if page.channel is not None:
        for element in page.channel.iterfind("item"):
            guid_found = element.findtext("guid", "")
            name = element.findtext("title") or guid_found or "an item without a title"
            yield Item(element, f"{page.name}, {name}", cards.get(guid_found), page.stock)


def entry(item: Item) -> Entry:
    """What all items are compared by."""
    return Entry(item.where, item.text("guid") or None, item.attribute("enclosure", "url") or None, _published(item))


def title(item: Item) -> Iterator[Flaw]:
    """Every item has a title."""
    if not item.text("title"):
        yield Flaw(item.where, "no title", MAKE_AGAIN)


def guid(item: Item) -> Iterator[Flaw]:
    """Every item has a guid; that it never changes is `feed.nothing_else`."""
    if not item.text("guid"):
        yield Flaw(item.where, "no guid", MAKE_AGAIN)


def enclosure(item: Item) -> Iterator[Flaw]:
    """Every item has one enclosure: the MP3 of its episode, which is there."""
    n_found = len(item.element.findall("enclosure"))
    if n_found != 1:
        yield Flaw(item.where, f"{n_found} enclosures, not one", MAKE_AGAIN)
        return
    url = item.attribute("enclosure", "url")
    if item.stock.base and urlsplit(url).scheme not in {"http", "https"}:
        yield Flaw(item.where, f"the address of the audio is not whole: {url}", MAKE_AGAIN)
    elif item.leads_astray(url):
        yield Flaw(item.where, f"the audio is not in the show folder: {url}", MAKE_AGAIN)
    elif item.card and item.stock.name_of(url) != f"episodes/{item.card.file}":
        yield Flaw(item.where, f"names {url}, but the episode's audio is {item.card.file}", MAKE_AGAIN)


def length(item: Item) -> Iterator[Flaw]:
    """The enclosure's length is exactly that of the file."""
    name = item.stock.name_of(item.attribute("enclosure", "url"))
    n_bytes = item.stock.sizes.get(name or "")
    found = item.attribute("enclosure", "length")
    if n_bytes is not None and found != str(n_bytes):
        yield Flaw(item.where, f'the enclosure\'s length is "{found}", the file has {n_bytes} bytes', MAKE_AGAIN)


def media_type(item: Item) -> Iterator[Flaw]:
    """The enclosure says that it is MP3."""
    if (found := item.attribute("enclosure", "type")) != AUDIO_TYPE:
        yield Flaw(item.where, f'the enclosure\'s type is "{found}", not {AUDIO_TYPE}', MAKE_AGAIN)


def date(item: Item) -> Iterator[Flaw]:
    """Every item has a date, as RFC 2822 writes it."""
    if _published(item) is None:
        yield Flaw(item.where, f'the pubDate "{item.text("pubDate")}" is none of RFC 2822', MAKE_AGAIN)


def explicit(item: Item) -> Iterator[Flaw]:
    """Where an item says whether it is explicit, it is by true or false."""
    if (found := item.element.findtext("itunes:explicit", None, SPACES)) not in {"true", "false", None}:
        yield Flaw(item.where, f'itunes:explicit is "{found}", not true or false', MAKE_AGAIN)


def beside_there(item: Item) -> Iterator[Flaw]:
    """Page, transcripts and chapters that an item names are there."""
    named = [item.text("link")]
    for path in ("podcast:transcript", "podcast:chapters"):
        named += [found.get("url", "") for found in item.element.iterfind(path, SPACES)]
    for url in filter(None, named):
        if item.leads_astray(url):
            yield Flaw(item.where, f"names a file that is not there: {url}", MAKE_AGAIN)


def description(item: Item) -> Iterator[Flaw]:
    """Every item has a description of at most 4,000 bytes, in simple HTML."""
    text = item.text("description")
    if not text:
        yield Flaw(item.where, "no description", MAKE_AGAIN)
    if (n_bytes := len(text.encode())) > LIMIT_BYTES:
        yield Flaw(item.where, f"the description has {n_bytes} bytes, at most {LIMIT_BYTES} are shown", MAKE_AGAIN)
    if strange := sorted({tag.lower() for tag in _TAG.findall(text)} - _SIMPLE):
        yield Flaw(item.where, f"the description has HTML that apps do not show: {', '.join(strange)}", MAKE_AGAIN)


def page(item: Item) -> Iterator[Flaw]:
    """Every item has a page of its own."""
    if not item.text("link"):
        yield Flaw(item.where, "no link to its page", MAKE_AGAIN)


def duration(item: Item) -> Iterator[Flaw]:
    """The duration is in whole seconds, and that of the episode."""
    found = item.text("itunes:duration")
    if not found.isdecimal():
        yield Flaw(item.where, f'itunes:duration is "{found}", no whole number of seconds', MAKE_AGAIN)
    elif item.card and abs(int(found) - item.card.duration_s) > _LONGEST_OFF_S:
        yield Flaw(
            item.where, f"itunes:duration is {found} s, the audio lasts {item.card.duration_s:.1f} s", MAKE_AGAIN
        )


def kind(item: Item) -> Iterator[Flaw]:
    """Every item says that it is a full episode (or a trailer or bonus)."""
    if (found := item.text("itunes:episodeType")) not in {"full", "trailer", "bonus"}:
        yield Flaw(item.where, f'itunes:episodeType is "{found}", not full, trailer or bonus', MAKE_AGAIN)


def author(item: Item) -> Iterator[Flaw]:
    """Every item names its author."""
    if not item.text("itunes:author"):
        yield Flaw(item.where, "no itunes:author", MAKE_AGAIN)


def transcripts(item: Item) -> Iterator[Flaw]:
    """Every item has a transcript; WebVTT is the first, which apps take."""
    kinds = [found.get("type", "") for found in item.element.iterfind("podcast:transcript", SPACES)]
    if not kinds or kinds[0] != "text/vtt":
        yield Flaw(item.where, "its first podcast:transcript is not text/vtt" if kinds else "no transcript", MAKE_AGAIN)


def chapters(item: Item) -> Iterator[Flaw]:
    """Every item has chapters as JSON."""
    if (found := item.attribute("podcast:chapters", "type")) != CHAPTERS_TYPE:
        yield Flaw(item.where, f'podcast:chapters has the type "{found}", not {CHAPTERS_TYPE}', MAKE_AGAIN)


def persons(item: Item) -> Iterator[Flaw]:
    """Who is quoted is named."""
    named = [found.text for found in item.element.iterfind("podcast:person", SPACES)]
    if item.card and item.card.speakers and not named:
        yield Flaw(item.where, "no podcast:person, though somebody is quoted", MAKE_AGAIN)


def synthetic(item: Item) -> Iterator[Flaw]:
    """Every item says to programs that its voice is synthetic."""
    said = item.element.iterfind("podcast:txt", SPACES)
    if not any(txt.get("purpose") == "ai-content" and txt.text for txt in said):
        yield Flaw(item.where, 'no podcast:txt purpose="ai-content": the voice is synthetic', MAKE_AGAIN)


RULES: Rules[Item] = Rules(
    must=(title, guid, enclosure, length, media_type, date, explicit, beside_there),
    should=(description, page, duration, kind, author, transcripts, chapters, persons, synthetic),
)


def _published(item: Item) -> dt.datetime | None:
    text = item.text("pubDate")
    if not _DATE.fullmatch(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if not text.startswith(f"{_DAYS[moment.weekday()]},"):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
