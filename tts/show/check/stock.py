"""What lies in the show folder, as far as a feed may name it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tts.errors import ShowError
from tts.show.artwork import artwork

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import Show
    from tts.show.card import Card

FEED = "feed.xml"


@dataclass(frozen=True, slots=True)
class Stock:
    """The show folder as it is.

    sizes   : of all files that can be published, in bytes, by their name in the show folder.
    cover   : the name of the cover that show.toml asks for, None where there can't be one, for the reason in
              `cover_fault`.
    cards   : of the episodes, by the stem of their sidecar's name.
    damaged : why a sidecar can't be read, by its name in the show folder.
    """

    folder: Path
    show: Show
    sizes: dict[str, int]
    cover: str | None
    cover_fault: str
    cards: dict[str, Card] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The URL of the show folder with a slash at its end; "" where the show has none."""
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


def look(folder: Path, show: Show) -> Stock:
    """The folder's files; episodes are still to be read.

    Raises: ShowError when the folder can't be read.
    """
    sizes: dict[str, int] = {}
    for prefix in ("", "episodes/", "static/"):
        try:
            with os.scandir(folder / prefix) as entries:
                sizes |= {
                    prefix + entry.name: entry.stat().st_size
                    for entry in entries
                    if not entry.name.startswith(".") and entry.is_file()
                }
        except FileNotFoundError:
            continue
        except OSError as error:
            raise ShowError(f"the show folder can't be read: {error.strerror or error} ({error.filename})") from error
    try:
        return Stock(folder, show, sizes, artwork(folder, show).cover, "")
    except ShowError as error:
        return Stock(folder, show, sizes, None, str(error))
