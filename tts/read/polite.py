"""Pages as their sites want them read: robots.txt, its pace, and rights that are reserved for text and data mining.

Sources: RFC 9309 (robots.txt); TDM Reservation Protocol, final report of 10 May 2024,
https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/; "noai" is a custom of DeviantArt's that many
sites took over.
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from tts.errors import InputError
from tts.read.encoding import decode
from tts.read.web import SiteRefusal, fetch, fetch_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.read.web import Page

AGENT = "Voorlezer"  # the name by which robots.txt speaks of us
PAUSE_S = 1.0  # between two pages of one site that asks for no pause itself
LONGEST_PAUSE_S = 120.0
_MOST_BYTES = 1_000_000  # RFC 9309, 2.5: at least 500 KiB
_WITHIN_S = 15.0
_META = re.compile(rb"tdm-reservation|noai", re.IGNORECASE)
# By itself or for us; "otherbot: noai" is for another.
_NOAI = re.compile(rf"(?:^|,)\s*(?:{AGENT}\s*:\s*)?noai\s*(?:,|$)", re.IGNORECASE)

Reservation = Literal["0", "1"] | None


class NotAllowed(InputError):
    """The site does not want this page to be read by a machine; the message says how it says so."""


def polite_page(url: str, *, max_bytes: int, public_only: bool = False) -> Page:
    """The page at `url`, where its site lets a machine read it, at the pace that the site asks for.

    What decides: robots.txt, for this address and the one that it leads to (an absent one allows all, one that
    can't be had allows nothing); then the page's own reservation (TDMRep: its `<meta>` over its HTTP header over
    the site's tdmrep.json) and "noai" in its `<meta>` or X-Robots-Tag. The rules of a site are asked for once a
    process; the pace is kept within this process.

    Raises: NotAllowed, with one line that says why; InputError where the rules can't be had, and as
    `tts.read.web.fetch`.
    """
    rules = _rules_for(url, public_only=public_only)
    rules.demand(url)
    _TURNS.wait(_origin(url), rules.pause_s)
    page = fetch(url, max_bytes=max_bytes, public_only=public_only)
    if _origin(page.url) != _origin(url):
        rules = _rules_for(page.url, public_only=public_only)
    if page.url != url:
        rules.demand(page.url)
    _demand_unreserved(url, page, rules)
    return page


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a site says once for all its pages.

    robots : None where it could not be had; trouble says why. tdm : patterns with their reservations, first one first.
    """

    robots: Protego | None
    trouble: str
    tdm: tuple[tuple[Protego, Reservation], ...] = ()

    @property
    def pause_s(self) -> float:
        """The pause between two pages, in seconds."""
        if self.robots is None:
            return PAUSE_S
        asked = self.robots.crawl_delay(AGENT)
        rate = self.robots.request_rate(AGENT)
        return max(PAUSE_S if asked is None else asked, rate.seconds / rate.requests if rate else 0.0)

    def demand(self, url: str) -> None:
        """Nothing, where the page at `url` may be read.

        Raises: NotAllowed; InputError where the site's rules could not be had, which may go well another time.
        """
        if self.robots is None:
            raise InputError(f"{url}: {self.trouble}")
        if not self.robots.can_fetch(url, AGENT):
            raise NotAllowed(f"{url}: the site's robots.txt does not allow it; save the page and give the file")
        if self.pause_s > LONGEST_PAUSE_S:
            raise NotAllowed(
                f"{url}: the site asks for {self.pause_s:g} seconds between pages; give its articles one by one"
            )

    def reservation(self, url: str) -> Reservation:
        """What tdmrep.json says of `url`; the first pattern that matches counts (TDMRep, "TDM File")."""
        return next((value for pattern, value in self.tdm if not pattern.can_fetch(url, AGENT)), None)


def _rules_for(url: str, *, public_only: bool) -> _Rules:
    return _rules(_origin(url), public_only)


@lru_cache(maxsize=1024)  # for one run; RFC 9309, 2.4: not longer than 24 hours
def _rules(origin: str, public_only: bool) -> _Rules:  # noqa: FBT001 - lru_cache's key
    try:
        robots = Protego.parse(_text(f"{origin}/robots.txt", public_only=public_only))
        tdm = _tdm_rules(_text(f"{origin}/.well-known/tdmrep.json", public_only=public_only))
    except InputError as error:
        return _Rules(None, f"what the site allows can't be read ({error})")
    return _Rules(robots, "", tdm)


def _text(url: str, *, public_only: bool) -> str:
    """The text at `url`; "" where there is none."""
    try:
        page = fetch_file(url, max_bytes=_MOST_BYTES, deadline_s=_WITHIN_S, public_only=public_only)
    except SiteRefusal as refusal:
        if 400 <= refusal.status < 500 and refusal.status != 429:  # RFC 9309, 2.3.1.3: unavailable is not unreachable
            return ""
        raise
    return decode(page.data, page.charset) if page.data.strip() else ""


def _tdm_rules(text: str) -> tuple[tuple[Protego, Reservation], ...]:
    """The rules in a tdmrep.json; a file that breaks the protocol says nothing."""
    try:
        rules = msgspec.json.decode(text) if text else []
    except msgspec.DecodeError:
        return ()
    return tuple(_tdm_patterns(rules)) if isinstance(rules, list) else ()


def _tdm_patterns(rules: list[Any]) -> Iterator[tuple[Protego, Reservation]]:
    for rule in rules:
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and location.startswith("/") and location.isprintable():
            pattern = Protego.parse(f"User-agent: *\nDisallow: {location}")  # TDMRep matches as robots.txt does
            yield pattern, _reservation(str(rule.get("tdm-reservation")))


def _reservation(text: str | None) -> Reservation:
    """The value of a declaration; of several, the one that reserves."""
    values = {value.strip() for value in (text or "").split(",")}
    if "1" in values:
        return "1"
    return "0" if "0" in values else None


def _demand_unreserved(url: str, page: Page, rules: _Rules) -> None:
    metas = _metas(page)
    reservation = (
        _reservation(metas.get("tdm-reservation"))
        or _reservation(page.headers.get("tdm-reservation"))
        or rules.reservation(page.url)
    )
    if reservation == "1":
        raise NotAllowed(f"{url}: its owner reserves text and data mining (TDMRep); save the page and give the file")
    said = (metas.get("robots", ""), metas.get(AGENT.lower(), ""), page.headers.get("x-robots-tag", ""))
    if any(map(_NOAI.search, said)):
        raise NotAllowed(f"{url}: its owner wants no AI to read it (noai); save the page and give the file")


def _metas(page: Page) -> dict[str, str]:
    """What the page's `<meta>` elements say, by their names, as far as one of them may reserve something."""
    if not _META.search(page.data):
        return {}
    from lxml import etree
    from lxml import html as lxml_html

    found: dict[str, str] = {}
    try:
        text = decode(page.data, page.charset)
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), lxml_html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # no element at all
        return {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or "").strip().lower()
        found[name] = f"{found.get(name, '')},{meta.get('content') or ''}"
    return found


class _Turns:
    """When each site may be asked again, for all threads of this process."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, origin: str, pause_s: float) -> None:
        """Return at our turn, and keep the site free for `pause_s` after that."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._free_at.get(origin, now))
            self._free_at[origin] = turn + pause_s
        time.sleep(turn - now)


_TURNS = _Turns()


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InputError(f"{url}: this is no web address; check it") from error
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"
