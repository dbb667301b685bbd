"""What show.toml says, as far as the feed can't tell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tts.show.check.finding import Flaw, Rules
from tts.show.library import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.show.check.stock import Stock


def address(stock: Stock) -> Iterator[Flaw]:
    """The show has a URL: the feed's addresses are whole only then."""
    if not stock.show.url:
        yield Flaw(SETTINGS, "the show has no URL, so the feed's addresses are relative", "run `voorlezer move URL`")


def encrypted(stock: Stock) -> Iterator[Flaw]:
    """The show is at https: Apple and browsers ask for it."""
    if stock.show.url and urlsplit(stock.show.url).scheme == "http":
        yield Flaw(
            SETTINGS,
            f"the show's URL is not https: {stock.show.url}",
            f"run `voorlezer move https{stock.show.url[4:]}`",
        )


def cover(stock: Stock) -> Iterator[Flaw]:
    """The cover that show.toml names can be used."""
    if stock.cover_fault:
        yield Flaw(SETTINGS, stock.cover_fault, "give `cover` in show.toml another picture, or take it out")


RULES: Rules[Stock] = Rules(must=(address, cover), should=(encrypted,))
