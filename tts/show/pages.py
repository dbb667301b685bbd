"""The pages: the list of episodes, and for each episode its text with the audio.

Plain HTML with a little style and script beside it, all of the same folder: they work from the file system and from
any web server, and without script too. What an article says is only ever text on them.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from tts.show import describe
from tts.show.paging import page_name
from tts.show.palette import style
from tts.show.templates import environment
from tts.show.typeset import NARRATOR, typeset
from tts.speak.script import dutch_date
from tts.stitch.chapters import chapters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Episode, Show
    from tts.show.artwork import Artwork
    from tts.show.card import Card
    from tts.show.paging import Leaf
    from tts.stitch.chapters import Chapter

# What opens a feed in an app. {bare} is its URL without scheme, {url} the URL, percent-encoded, {title} the show's.
# Source: AntennaPod's documentation for podcasters; the schemes that Overcast and Pocket Casts publish; Apple's own.
APPS = (
    ("Apple Podcasts", "podcast://{bare}"),
    ("Overcast", "overcast://x-callback-url/add?url={url}"),
    ("Pocket Casts", "pktc://subscribe/{bare}"),
    ("AntennaPod", "https://antennapod.org/deeplink/subscribe?url={url}&title={title}"),
)
SPEEDS = ("0.75", "0.9", "1", "1.1", "1.25", "1.5", "1.75", "2")
_SUMMARY_BYTES = 300  # search engines and chat apps show no more
_LEAD_BYTES = 360  # four lines in the list
_READERS = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all pages of a show have in common.

    root : from the page to the show folder. base : URL of the show folder with a slash at the end, None without one.
    """

    show: Show
    art: Artwork
    root: str
    base: str | None
    files: dict[str, str]
    style: str
    policy: str

    @classmethod
    def of(cls, show: Show, art: Artwork, root: str) -> _Frame:
        sheet = style(*show.colours)
        base = f"{show.url.rstrip('/')}/" if show.url else None
        return cls(show, art, root, base, _names(), sheet, _policy(sheet))


def static_files() -> dict[str, bytes]:
    """Style and script of the pages by their name in the show folder, which changes with their bytes."""
    return {_names()[name]: content for name, content in _static().items()}


def episode_page(show: Show, art: Artwork, episode: Episode, card: Card) -> str:
    """The page of an episode."""
    setting = typeset(episode)
    frame = _Frame.of(show, art, "../")
    return (
        environment()
        .get_template("episode.html")
        .render(
            frame=frame,
            show=show,
            card=card,
            address=frame.base and f"{frame.base}episodes/{card.slug}.html",
            summary=describe.shortened(card.lead, _SUMMARY_BYTES),
            setting=setting,
            narrator=NARRATOR,
            length_ms=round(card.duration_s * 1000),
            length=_length(card.duration_s),
            date=_date(card),
            byline=_byline(card),
            source=_web(card.source_url),
            source_host=_host(card.source_url),
            corrected=describe.corrected_line(card),
            disclosure="" if episode.disclosure else describe.SYNTHETIC,
            chapters=[(chapter, _clock(chapter.start_ms)) for chapter in _chapters(episode)],
            speeds=SPEEDS,
        )
    )


def index_page(show: Show, art: Artwork, cards: Sequence[Card], leaf: Leaf, n_episodes: int) -> str:
    """One page of the list of episodes. `cards` are those of the leaf, newest first.

    A page but the first says nothing that changes when an episode is added.
    """
    frame = _Frame.of(show, art, "")
    return (
        environment()
        .get_template("index.html")
        .render(
            frame=frame,
            show=show,
            address=frame.base and frame.base + page_name("index", leaf.number, ".html"),
            summary=describe.shortened(show.description, _SUMMARY_BYTES),
            number=leaf.number,
            n_episodes=n_episodes if leaf.number == 0 else None,
            older=None if leaf.older is None else page_name("index", leaf.older, ".html"),
            episodes=[
                (card, _date(card), _length(card.duration_s), describe.shortened(card.lead, _LEAD_BYTES))
                for card in cards
            ],
            apps=_apps(show, frame.base),
        )
    )


def _apps(show: Show, base: str | None) -> list[tuple[str, str, str | None]]:
    """Name, pattern with the show's title filled in, and the link where the URL of the feed is known."""
    patterns = [(name, pattern.replace("{title}", quote(show.title, safe=""))) for name, pattern in APPS]
    if base is None:
        return [(name, pattern, None) for name, pattern in patterns]
    url = f"{base}feed.xml"
    bare, encoded = url.partition("://")[2], quote(url, safe="")
    return [(name, pattern, pattern.replace("{bare}", bare).replace("{url}", encoded)) for name, pattern in patterns]


def _chapters(episode: Episode) -> tuple[Chapter, ...]:
    listed = chapters(episode.cues, episode.n_samples, "Begin")
    return listed if len(listed) > 1 else ()


def _date(card: Card) -> tuple[str, str]:
    """The date of the article, else of the episode: ISO 8601, and as it is written in Dutch."""
    iso = card.date or dt.datetime.fromisoformat(card.published).astimezone(_READERS).date().isoformat()
    return iso, dutch_date(iso)


def _byline(card: Card) -> str:
    """Who wrote the article and when, as the opening says it."""
    return ", ".join(filter(None, (card.author and f"Door {card.author}", card.date and dutch_date(card.date))))


def _length(seconds: float) -> str:
    """How long it takes, as exact as a listener wants to know."""
    if seconds < 59.5:
        return f"{round(seconds)} sec"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} uur {minutes} min" if hours else f"{minutes} min"


def _clock(moment_ms: int) -> str:
    minutes, seconds = divmod(moment_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _web(url: str | None) -> str | None:
    """The URL when it is one of a web page: a link to anything else could do things."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # a URL with a bracket out of place
        return ""


@cache
def _static() -> dict[str, bytes]:
    folder = resources.files("tts.show").joinpath("static")
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir(), key=lambda file: file.name)}


@cache
def _names() -> dict[str, str]:
    return {name: _stamped(name, content) for name, content in _static().items()}


def _stamped(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"static/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"


@cache
def _policy(sheet: str) -> str:
    """Nothing but what lies beside the page, and its one style sheet in the page itself.

    Firefox takes no file for 'self' (its `nsCSPHostSrc::permits`), so files are named; no page of the web may use them.
    """
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    beside = "'self' file:"
    return (
        f"default-src 'none'; script-src {beside}; style-src {beside} 'sha256-{digest}'; img-src {beside}; "
        f"media-src {beside}; base-uri 'none'; form-action 'none'"
    )
