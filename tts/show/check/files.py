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


def sidecars(stock: Stock) -> Iterator[Flaw]:
    """Every sidecar can be read, and bears the name of its episode."""
    for name, fault in stock.damaged.items():
        yield Flaw(name, f"damaged: {fault}", f"remove {name}, and make the episode again from its article")
    for stem, card in stock.cards.items():
        if card.slug != stem:
            yield Flaw(f"episodes/{stem}.json", f"is of the episode {card.slug}", f"name it {card.slug}.json")


def audio(stock: Stock) -> Iterator[Flaw]:
    """The MP3 of every episode is there, and as long as it was made."""
    for card in stock.cards.values():
        name = f"episodes/{card.file}"
        n_bytes = stock.sizes.get(name)
        if n_bytes is None:
            yield Flaw(name, "not there, though its episode is", "make the episode again from its article")
        elif n_bytes != card.n_bytes:
            yield Flaw(
                name,
                f"has {n_bytes} bytes, but was made with {card.n_bytes}",
                f"remove {name}, and make the episode again from its article",
            )


def beside(stock: Stock) -> Iterator[Flaw]:
    """Every episode has its page, transcripts and chapters."""
    for card in stock.cards.values():
        for suffix in BESIDE:
            if (name := f"episodes/{card.slug}{suffix}") not in stock.sizes:
                yield Flaw(name, "not there", MAKE_AGAIN)


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
    damaged = {name.removeprefix("episodes/").removesuffix(".json") for name in stock.damaged}
    for name in sorted(stock.sizes):
        slug, _, rest = name.removeprefix("episodes/").partition(".")
        gone = slug not in stock.cards.keys() | damaged
        if name.startswith("episodes/") and f".{rest}" in BESIDE and gone:
            yield Flaw(name, "left of an episode that is gone", MAKE_AGAIN)


def up_to_date(stock: Stock) -> Iterator[Flaw]:
    """Every page of the feed is what `voorlezer feed` would make now, and there are no others."""
    cards = sorted(stock.cards.values(), key=lambda card: card.sort_key)
    pages = {page_name("feed", leaf.number, ".xml"): leaf for leaf in leaves(len(cards), FEED_SIZE, FEED_KEEP)}
    if stock.cover is None:
        return
    address = Address(stock.base, stock.cover)
    for name, leaf in pages.items():
        made = feed_page(stock.show, cards[leaf.start : leaf.stop][::-1], leaf, address)
        if name in stock.sizes and (stock.folder / name).read_bytes() != made:
            yield Flaw(name, "out of date: show.toml, an episode or Voorlezer has changed since", MAKE_AGAIN)
    for name in sorted(stock.sizes.keys() - pages.keys()):
        if "/" not in name and name.startswith("feed-") and name.endswith(".xml"):
            yield Flaw(name, "no page of the feed any more", MAKE_AGAIN)


RULES: Rules[Stock] = Rules(must=(sidecars, audio, beside), should=(orphans, strays, up_to_date))
