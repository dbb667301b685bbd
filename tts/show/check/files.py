"""Whether the show folder holds what it should, and nothing that is left over or out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.show.check.finding import MAKE_AGAIN, Flaw, Rules
from tts.show.feed import Address, feed_page
from tts.show.library import BESIDE
from tts.show.paging import leaves, page_name
from tts.show.site import FEED_KEEP, FEED_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.show.check.stock import Stock
    from tts.show.paging import Leaf


def damaged(stock: Stock) -> Iterator[Flaw]:
    """Every sidecar can be read."""
    for name, fault in stock.damaged.items():
        yield Flaw(name, f"damaged: {fault}", f"remove {name}, and make the episode again from its article")


def orphans(stock: Stock) -> Iterator[Flaw]:
    """Every MP3 in the folder of the episodes is that of an episode."""
    known = {f"episodes/{card.file}" for card in stock.cards.values()}
    for name in sorted(stock.sizes.keys() - known):
        if name.startswith("episodes/") and name.endswith(".mp3"):
            slug = name.removeprefix("episodes/").partition(".")[0]
            superseded = slug in stock.cards
            yield Flaw(
                name,
                "older audio of an episode that has been made again" if superseded else "no episode has this audio",
                MAKE_AGAIN if superseded else "move it out of the show folder",
            )


def strays(stock: Stock) -> Iterator[Flaw]:
    """No page, transcript or chapters are left of an episode that is gone."""
    known = {card.slug for card in stock.cards.values()} | set(stock.slugs)
    for name in sorted(stock.sizes):
        slug, _, rest = name.removeprefix("episodes/").partition(".")
        if name.startswith("episodes/") and f".{rest}" in BESIDE and slug not in known:
            yield Flaw(name, "left of an episode that is gone", MAKE_AGAIN)


def up_to_date(stock: Stock) -> Iterator[Flaw]:
    """Every page of the feed is what `voorlezer feed` would make now."""
    if stock.cover is None:
        return
    address = Address(stock.home, stock.cover)
    cards = sorted(stock.cards.values(), key=lambda card: card.sort_key)
    for name, leaf in _pages(stock).items():
        made = feed_page(stock.show, cards[leaf.start : leaf.stop][::-1], leaf, address)
        if name in stock.sizes and stock.read(name) != made:
            yield Flaw(name, "out of date: show.toml, an episode or Voorlezer has changed since", MAKE_AGAIN)


def old_pages(stock: Stock) -> Iterator[Flaw]:
    """The feed has no more pages than it needs."""
    for name in sorted(stock.sizes.keys() - _pages(stock).keys()):
        if "/" not in name and name.startswith("feed-") and name.endswith(".xml"):
            yield Flaw(name, "no page of the feed any more", MAKE_AGAIN)


RULES: Rules[Stock] = Rules(must=(damaged,), should=(orphans, strays, up_to_date, old_pages))


def _pages(stock: Stock) -> dict[str, Leaf]:
    """The pages that the feed should have, by the names of their files."""
    listed = leaves(len(stock.cards), FEED_SIZE, FEED_KEEP)
    return {page_name("feed", leaf.number, ".xml"): leaf for leaf in listed}
