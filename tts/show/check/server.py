"""Whether a server answers as podcast apps and directories need it to.

Asked are the feed, and of the newest episode one file of each kind. Apple refuses shows whose server does not know HEAD
or byte ranges; web players read transcripts and chapters only where the server lets other sites read them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import requests

from tts import __version__
from tts.show.check.finding import Finding, Flaw, Rules
from tts.show.check.stock import parsed
from tts.show.feed import AUDIO_TYPE, CHAPTERS_TYPE, SPACES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from lxml import etree

WITHIN_S = 10.0  # for a connection, and between two pieces of an answer
_BODY_WITHIN_S = 60.0
_FEED_BYTES = 5_000_000
_BEGINNING_BYTES = 1024
_RANGE = (100, 299)  # both are included
_ORIGIN = "https://player.example"
_OK, _PARTIAL, _NOT_MODIFIED = 200, 206, 304
_XML = frozenset({"application/rss+xml", "application/xml", "text/xml"})
_JSON = frozenset({CHAPTERS_TYPE, "application/json"})  # most servers can't be taught the first
_PUBLISH = "publish with `voorlezer publish`, which sets it, or set it on the server"
_SERVER = "change the server's settings, or host the show elsewhere"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. urls : asked in turn, the last one answered. body : its beginning."""

    status: int
    headers: Mapping[str, str]
    urls: tuple[str, ...]
    body: bytes


@dataclass(frozen=True)
class Resource:
    """Something that the server should have.

    name    : for people. kinds : media types that are right for it.
    n_bytes : its length as the feed writes it, None where it says nothing.
    n_read  : how much of it is read.
    """

    name: str
    url: str
    kinds: frozenset[str]
    session: requests.Session
    n_bytes: str | None = None
    n_read: int = _BEGINNING_BYTES

    @cached_property
    def got(self) -> Answer:
        """The answer to a plain GET."""
        return _ask(self.session, self.url, "GET", {}, self.n_read)

    @cached_property
    def rss(self) -> etree._Element | None:
        """The root of what was got, None where it is no XML."""
        return parsed(self.got.body)[0]

    def asked(self, method: str = "GET", **headers: str) -> Answer:
        """The answer to another request for the same."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return _ask(self.session, self.url, method, named, _BEGINNING_BYTES)

    def flaw(self, what: str, remedy: str = _SERVER) -> Flaw:
        """Something wrong with it."""
        return Flaw(self.url, f"{self.name}: {what}", remedy)


def probe(url: str) -> Iterator[Finding]:
    """What is to be mended about the server; see `tts.show.check.probe`."""
    address = url if urlsplit(url).path.endswith(".xml") else f"{url.rstrip('/')}/feed.xml"
    with requests.Session() as session:
        session.headers.update({"User-Agent": f"Voorlezer/{__version__} (check)", "Accept-Encoding": "identity"})
        feed = Resource("the feed", address, _XML, session, n_read=_FEED_BYTES)
        if (yield from _asked(feed, FEED_RULES)):
            for resource, rules in _named(feed):
                yield from _asked(resource, rules)


def is_there(resource: Resource) -> Iterator[Flaw]:
    """The server has it."""
    if resource.got.status != _OK:
        yield resource.flaw(f"answered with {resource.got.status}", "run `voorlezer publish`, then try again")


def is_feed(resource: Resource) -> Iterator[Flaw]:
    """What the server gives for the feed is one."""
    if resource.rss is None or resource.rss.tag != "rss":
        yield resource.flaw("what is there is no feed", "run `voorlezer publish`, then try again")


def knows_head(resource: Resource) -> Iterator[Flaw]:
    """HEAD is answered as GET is, but for the content."""
    head = resource.asked("HEAD")
    lengths = {answer.headers.get("Content-Length") for answer in (head, resource.got)} - {None}
    if head.status != _OK:
        yield resource.flaw(f"HEAD is answered with {head.status}, not {_OK}")
    elif len(lengths) > 1:
        yield resource.flaw(f"HEAD tells another length than GET: {' and '.join(sorted(filter(None, lengths)))}")


def says_not_modified(resource: Resource) -> Iterator[Flaw]:
    """Who has it already is told so (304) by its ETag and by its date: apps ask every hour."""
    tag, changed = resource.got.headers.get("ETag"), resource.got.headers.get("Last-Modified")
    if not tag and not changed:
        yield resource.flaw("has neither ETag nor Last-Modified, so it is sent whole every time")
    if tag and (status := resource.asked(If_None_Match=tag).status) != _NOT_MODIFIED:
        yield resource.flaw(f"If-None-Match is answered with {status}, not {_NOT_MODIFIED}")
    if changed and (status := resource.asked(If_Modified_Since=changed).status) != _NOT_MODIFIED:
        yield resource.flaw(f"If-Modified-Since is answered with {status}, not {_NOT_MODIFIED}")


def media_type(resource: Resource) -> Iterator[Flaw]:
    """Its media type is right, and its character set UTF-8 where one is named."""
    kind, _, parameters = resource.got.headers.get("Content-Type", "none").lower().partition(";")
    if kind.strip() not in resource.kinds:
        yield resource.flaw(f"its type is {kind.strip()}, not {' or '.join(sorted(resource.kinds))}", _PUBLISH)
    if "charset=" in parameters and "utf-8" not in parameters:
        yield resource.flaw(f"its type names another character set than UTF-8:{parameters}", _PUBLISH)


def encrypted(resource: Resource) -> Iterator[Flaw]:
    """It is at https, on all of the way."""
    plain = next((url for url in resource.got.urls if urlsplit(url).scheme == "http"), None)
    if plain:
        yield resource.flaw(f"is not at https: {plain}", "host it with https, then `voorlezer move https://…`")


def direct(resource: Resource) -> Iterator[Flaw]:
    """It is where the address says, without being sent on: each step costs a listener time."""
    if len(resource.got.urls) > 1:
        yield resource.flaw(f"is sent on to {resource.got.urls[-1]}", "`voorlezer move` to the address where it is")


def knows_ranges(resource: Resource) -> Iterator[Flaw]:
    """A part is sent when a part is asked for: without it a feed is refused, and players can't seek."""
    first, last = _RANGE
    answer = resource.asked(Range=f"bytes={first}-{last}")
    if answer.status != _PARTIAL:
        yield resource.flaw(f"a byte range is answered with {answer.status}, not {_PARTIAL}")
    elif not answer.headers.get("Content-Range", "").startswith(f"bytes {first}-{last}/"):
        yield resource.flaw(f"a byte range has the Content-Range {answer.headers.get('Content-Range')!r}")
    elif answer.body != resource.got.body[first : last + 1]:
        yield resource.flaw("a byte range is answered with other bytes than those asked for")


def length(resource: Resource) -> Iterator[Flaw]:
    """It is as long as the feed says."""
    found = resource.got.headers.get("Content-Length")
    if found and resource.n_bytes and found != resource.n_bytes:
        yield resource.flaw(f"has {found} bytes, the feed says {resource.n_bytes}", "run `voorlezer publish`")


def lets_others_read(resource: Resource) -> Iterator[Flaw]:
    """Players on other sites may read it (CORS)."""
    allowed = resource.asked(Origin=_ORIGIN).headers.get("Access-Control-Allow-Origin")
    if allowed not in {"*", _ORIGIN}:
        yield resource.flaw(
            "web players may not read it (no CORS)", "let the server send Access-Control-Allow-Origin: *"
        )


_FOUND: Rules[Resource] = Rules(must=(is_there,))
RULES: Rules[Resource] = Rules(must=(knows_head, says_not_modified, media_type), should=(encrypted, direct))
FEED_RULES: Rules[Resource] = Rules(must=(is_feed, *RULES.must), should=RULES.should)
COVER_RULES: Rules[Resource] = Rules(must=(*RULES.must, knows_ranges), should=RULES.should)
AUDIO_RULES: Rules[Resource] = Rules(must=(*COVER_RULES.must, length), should=RULES.should)
SHARED_RULES: Rules[Resource] = Rules(must=(*RULES.must, lets_others_read), should=RULES.should)


def _named(feed: Resource) -> Iterator[tuple[Resource, Rules[Resource]]]:
    """What the feed names: the cover, and of its newest episode one file of each kind."""
    for path, attribute, name, kinds, rules in _KINDS:
        found = None if feed.rss is None else feed.rss.find(path, SPACES)
        if found is not None:
            url = urljoin(feed.got.urls[-1], found.get(attribute, ""))
            yield Resource(name, url, kinds, feed.session, n_bytes=found.get("length")), rules


def _asked(resource: Resource, rules: Rules[Resource]) -> Generator[Finding, None, bool]:
    """What is found about it; returns whether the server has it. One that does not answer is one thing found."""
    try:
        yield from _FOUND.over(resource)
        if resource.got.status == _OK:
            yield from rules.over(resource)
            return True
    except requests.RequestException as error:
        yield Finding("error", resource.url, f"{resource.name}: {_why(error)}", _SERVER, "server.reachable")
    return False


def _ask(session: requests.Session, url: str, method: str, headers: dict[str, str], n_read: int) -> Answer:
    with session.request(method, url, headers=headers, timeout=WITHIN_S, stream=True, allow_redirects=True) as response:
        until = time.monotonic() + _BODY_WITHIN_S
        body = bytearray()
        for piece in response.iter_content(1 << 14):
            body += piece
            if len(body) >= n_read:
                break
            if time.monotonic() > until:
                raise requests.ReadTimeout(response=response)
        urls = tuple(step.url for step in (*response.history, response))
        return Answer(response.status_code, response.headers, urls, bytes(body[:n_read]))


def _why(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return f"its certificate is not accepted: {_innermost(error)}"
    if isinstance(error, requests.Timeout):
        return f"no answer within {WITHIN_S:.0f} s"
    if isinstance(error, requests.TooManyRedirects):
        return "is sent on without end"
    return f"can't be reached: {_innermost(error)}"


def _innermost(error: BaseException) -> str:
    """What it comes down to: requests wraps urllib3, which wraps the system."""
    reason = error
    while (inner := getattr(reason, "reason", None) or reason.__context__) and isinstance(inner, BaseException):
        reason = inner
    return str(reason)


# Where the feed names it, what it is called, its right types, and the rules for it.
_KINDS: tuple[tuple[str, str, str, frozenset[str], Rules[Resource]], ...] = (
    ("channel/itunes:image", "href", "the cover", frozenset({"image/jpeg", "image/png"}), COVER_RULES),
    ("channel/item/enclosure", "url", "the audio", frozenset({AUDIO_TYPE}), AUDIO_RULES),
    ("channel/item/podcast:transcript", "url", "the transcript", frozenset({"text/vtt"}), SHARED_RULES),
    ("channel/item/podcast:chapters", "url", "the chapters", _JSON, SHARED_RULES),
)
