"""What the feed says about the show itself."""

from __future__ import annotations

import difflib
import re
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from tts.show.check.finding import MAKE_AGAIN, Flaw, Rules
from tts.show.describe import LIMIT_BYTES
from tts.show.feed import ATOM, SPACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tts.show.check.feed import FeedPage

# Of all BCP 47 tags for Dutch, those that RSS lists (the language codes of RSS 2.0); apps compare without case.
LANGUAGES = ("nl", "nl-nl", "nl-be")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
# What differs from page to page.
_OF_ITS_PAGE = {"item", "lastBuildDate", f"{{{ATOM}}}link"}


def title(page: FeedPage) -> Iterator[Flaw]:
    """The show has a title."""
    if not _text(page, "title"):
        yield Flaw(page.name, "the show has no title", _setting("title"))


def description(page: FeedPage) -> Iterator[Flaw]:
    """The show has a description: plain text of at most 4,000 bytes."""
    text = _text(page, "description")
    if not text:
        yield Flaw(page.name, "the show has no description", _setting("description"))
    if (n_bytes := len(text.encode())) > LIMIT_BYTES:
        yield Flaw(page.name, f"the show's description has {n_bytes} bytes, not {LIMIT_BYTES}", _setting("description"))
    if tag := _TAG.search(text):
        yield Flaw(page.name, f"the show's description is not plain text: {tag[0]}", _setting("description"))


def home(page: FeedPage) -> Iterator[Flaw]:
    """The show has a web page: `link`, a whole address."""
    found = _text(page, "link")
    if not found or (page.stock.base and urlsplit(found).scheme not in {"http", "https"}):
        yield Flaw(page.name, f"the show's link is no web address: {found or 'none'}", _setting("link"))


def language(page: FeedPage) -> Iterator[Flaw]:
    """The language is Dutch, in one of the ways that RSS knows."""
    found = _text(page, "language")
    if found.lower() not in LANGUAGES:
        wrong = f'the language is "{found}"' if found else "no language is given"
        yield Flaw(page.name, f"{wrong}; it must be nl, nl-nl or nl-be", _setting('language = "nl"'))


def category(page: FeedPage) -> Iterator[Flaw]:
    """The categories are on Apple's list, exactly as they stand there."""
    from tts.show.categories import categories

    known = categories()
    found = _all(page, "itunes:category")
    if not found:
        yield Flaw(page.name, "no itunes:category", _setting("category"))
    for element in found:
        name = element.get("text", "")
        if name not in known:
            what = f'"{name}" is no category of Apple\'s; {_near(name, known)}'
            yield Flaw(page.name, what, _setting("category"))
        for child in element:
            part = child.get("text", "")
            if name in known and part not in known[name]:
                what = f'Apple\'s category {name} has no "{part}"; {_near(part, known[name])}'
                yield Flaw(page.name, what, _setting("category"))


def explicit(page: FeedPage) -> Iterator[Flaw]:
    """Whether the show is explicit is said, by true or false."""
    if (found := _text(page, "itunes:explicit")) not in {"true", "false"}:
        yield Flaw(page.name, f'itunes:explicit is "{found}", not true or false', MAKE_AGAIN)


def image(page: FeedPage) -> Iterator[Flaw]:
    """The show has a cover, and it is there."""
    found = _attribute(page, "itunes:image", "href")
    if not found or not page.stock.holds(found):
        yield Flaw(page.name, f"the cover is not in the show folder: {found or 'none is named'}", MAKE_AGAIN)


def author(page: FeedPage) -> Iterator[Flaw]:
    """The author of the show is named."""
    if not _text(page, "itunes:author"):
        yield Flaw(page.name, "no itunes:author", _setting("author"))


def kind(page: FeedPage) -> Iterator[Flaw]:
    """The show is episodic: apps show the newest first."""
    if (found := _text(page, "itunes:type")) != "episodic":
        yield Flaw(page.name, f'itunes:type is "{found}", not episodic', MAKE_AGAIN)


def owner(page: FeedPage) -> Iterator[Flaw]:
    """Directories know to whom they may write."""
    if not _MAIL.fullmatch(_text(page, "itunes:owner/itunes:email")):
        yield Flaw(page.name, "no owner with a mail address; directories ask one", _setting("owner_email"))


def locked(page: FeedPage) -> Iterator[Flaw]:
    """Where there is an owner, nobody else may import the feed elsewhere (podcast:locked)."""
    has_owner = bool(_all(page, "itunes:owner"))
    if has_owner and (_text(page, "podcast:locked") != "yes" or not _attribute(page, "podcast:locked", "owner")):
        yield Flaw(page.name, "no podcast:locked with its owner", MAKE_AGAIN)


def guid(page: FeedPage) -> Iterator[Flaw]:
    """The show has a guid of its own that stays when it moves (podcast:guid)."""
    found = _text(page, "podcast:guid")
    if not found:
        yield Flaw(page.name, "no podcast:guid yet; the show gets it with its address", "run `voorlezer move URL`")
    elif not _is_version_5(found) or found != page.stock.show.guid:
        yield Flaw(page.name, f"the podcast:guid is {found}, which is not the show's own UUID", MAKE_AGAIN)


def medium(page: FeedPage) -> Iterator[Flaw]:
    """It says that it is a podcast (podcast:medium)."""
    if (found := _text(page, "podcast:medium")) != "podcast":
        yield Flaw(page.name, f'podcast:medium is "{found}", not podcast', MAKE_AGAIN)


def synthetic(page: FeedPage) -> Iterator[Flaw]:
    """It says to programs that its voices are synthetic, as European law asks."""
    if not any(txt.get("purpose") == "ai-content" and txt.text for txt in _all(page, "podcast:txt")):
        yield Flaw(page.name, 'no podcast:txt purpose="ai-content": the voice is synthetic', MAKE_AGAIN)


RULES: Rules[FeedPage] = Rules(
    must=(title, description, home, language, category, explicit, image),
    should=(author, kind, owner, locked, guid, medium, synthetic),
)


def the_same(page: FeedPage) -> Iterator[Flaw]:
    """A further page says the same about the show as the first."""
    if page.first and _about(page) != _about(page.first):
        yield Flaw(page.name, f"says other things about the show than {page.first.name}", MAKE_AGAIN)


FURTHER_RULES: Rules[FeedPage] = Rules(should=(the_same,))


def cover_name(page: FeedPage) -> str | None:
    """The cover's file in the show folder, None where the feed names none there."""
    return page.stock.name_of(_attribute(page, "itunes:image", "href"))


def _about(page: FeedPage) -> list[bytes]:
    children = [] if page.channel is None else page.channel
    return [etree.tostring(child, with_tail=False) for child in children if child.tag not in _OF_ITS_PAGE]


def _all(page: FeedPage, path: str) -> list[etree._Element]:
    return [] if page.channel is None else page.channel.findall(path, SPACES)


def _text(page: FeedPage, path: str) -> str:
    return next((found.text or "" for found in _all(page, path)), "")


def _attribute(page: FeedPage, path: str, name: str) -> str:
    return next((found.get(name, "") for found in _all(page, path)), "")


def _setting(name: str) -> str:
    return f"set {name} in show.toml, then {MAKE_AGAIN}"


def _is_version_5(text: str) -> bool:
    try:
        return uuid.UUID(text).version == 5
    except ValueError:
        return False


def _near(name: str, known: Iterable[str]) -> str:
    return f"nearest to it: {', '.join(difflib.get_close_matches(name, sorted(known), n=2, cutoff=0)) or 'none'}"
