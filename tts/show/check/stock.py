"""What lies in the show folder, as far as a feed may name it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

from tts.errors import ShowError
from tts.show.artwork import artwork
from tts.show.feed import ATOM

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import Show
    from tts.show.card import Card

FEED = "feed.xml"


@dataclass(frozen=True, slots=True)
class Stock:
    """The show folder as it is.

    base    : the URL of the folder with a slash at its end, as the feed has it; "" where its addresses are relative.
    sizes   : of all files that can be published, in bytes, by their name in the show folder.
    cover   : the name of the cover that show.toml asks for, None where there can't be one, for the reason in
              `cover_fault`.
    cards   : of the episodes, by the stem of their sidecar's name.
    damaged : why a sidecar can't be read, by its name in the show folder.
    """

    folder: Path
    show: Show
    base: str
    sizes: dict[str, int]
    cover: str | None
    cover_fault: str
    cards: dict[str, Card] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """What `base` should be by show.toml."""
        return f"{self.show.url.rstrip('/')}/" if self.show.url else ""

    @property
    def slugs(self) -> list[str]:
        """The stems of all sidecars."""
        names = (name.removeprefix("episodes/") for name in self.sizes if name.startswith("episodes/"))
        return sorted(name.removesuffix(".json") for name in names if name.endswith(".json") and name.count(".") == 1)

    def name_of(self, url: str) -> str | None:
        """The name in the show folder that this address means, None for one elsewhere."""
        if not url.startswith(self.base) or (not self.base and urlsplit(url).scheme):
            return None
        return unquote(url.removeprefix(self.base))

    def holds(self, url: str) -> bool:
        """Whether this address means a file that is there."""
        return self.name_of(url) in self.sizes

    def read(self, name: str) -> bytes:
        """The content of a file in the show folder.

        Raises: ShowError when it can't be read, or is there no more.
        """
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise _translated(error) from error


def look(folder: Path, show: Show) -> Stock:
    """The folder's files; episodes are still to be read.

    Raises: ShowError when the folder can't be read.
    """
    sizes: dict[str, int] = {}
    try:
        for prefix in ("", "episodes/"):
            if (folder / prefix).is_dir():
                with os.scandir(folder / prefix) as entries:
                    files = [entry for entry in entries if not entry.name.startswith(".") and entry.is_file()]
                    sizes |= {prefix + entry.name: entry.stat().st_size for entry in files}
    except OSError as error:
        raise _translated(error) from error
    stock = Stock(folder, show, "", sizes, None, "")
    return _with_feed(stock) if FEED in sizes else stock


def _with_feed(stock: Stock) -> Stock:
    """Also where the feed says that the folder is, and which cover it should name."""
    rss, _ = parsed(stock.read(FEED))
    link = None if rss is None else rss.find(f"channel/{{{ATOM}}}link[@rel='self']")
    own = "" if link is None else link.get("href", "")
    base = own.removesuffix(FEED) if own.endswith(FEED) else stock.home
    try:
        return replace(stock, base=base, cover=artwork(stock.folder, stock.show).cover)
    except ShowError as error:
        return replace(stock, base=base, cover_fault=str(error))


def parsed(raw: bytes) -> tuple[etree._Element | None, str]:
    """The root of an XML document that may be hostile; or None, and what is wrong."""
    try:
        return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)), ""
    except etree.XMLSyntaxError as error:
        return None, error.msg or "not well-formed"


def _translated(error: OSError) -> ShowError:
    return ShowError(f"the show can't be read: {error.strerror or error} ({error.filename}); try again")
