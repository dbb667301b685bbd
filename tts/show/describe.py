"""What is said about an episode under its title, in feeds, tags and apps."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tts.speak.script import dutch_date

if TYPE_CHECKING:
    from tts.show.card import Card

LIMIT_BYTES = 4000  # Apple's and PSP-1's limit for a description
SYNTHETIC = "Voorgelezen door een computerstem."  # in writing, also where the owner leaves the spoken line out
_LONGEST_URL = 1000  # a longer one would leave no room for the article


def plain(card: Card) -> str:
    """The description as plain text: how the article begins, whether it was corrected, that a computer reads it."""
    tail = _notes(card) + [f"Bron: {url}" for url in _source(card)]
    room = LIMIT_BYTES - sum(len(line.encode()) + len("\n\n") for line in tail)
    return "\n\n".join(filter(None, (shortened(card.lead, room), *tail)))


def html(card: Card) -> str:
    """The same as simple HTML, with the source as a link; every sign of the article escaped."""
    tail = "".join(f"<p>{escape(line)}</p>" for line in _notes(card))
    for url in map(escape, _source(card)):
        tail += f'<p>Bron: <a href="{url}">{url}</a></p>'
    lead = _escaped(card.lead, LIMIT_BYTES - len(tail.encode()) - len("<p></p>"))
    return (f"<p>{lead}</p>" if lead else "") + tail


def shortened(text: str, limit_bytes: int) -> str:
    """At most so many bytes of `text` in UTF-8, cut at a space where there is one, with an ellipsis where cut."""
    if len(text.encode()) <= limit_bytes:
        return text
    kept = text.encode()[: max(0, limit_bytes - len("…".encode()))].decode(errors="ignore")
    return (kept.rsplit(None, 1)[0] if " " in kept else kept) + "…"


def corrected_line(card: Card) -> str:
    """That the article was corrected, and when; "" where it was not."""
    return f"Gecorrigeerd op {dutch_date(card.corrected[:10])}." if card.corrected else ""


def _notes(card: Card) -> list[str]:
    return [*filter(None, [corrected_line(card)]), card.disclosure or SYNTHETIC]


def _source(card: Card) -> list[str]:
    return [card.source_url] if card.source_url and len(card.source_url.encode()) <= _LONGEST_URL else []


def _escaped(text: str, limit_bytes: int) -> str:
    """`text` escaped, shortened before that as much as it needs: an escape is never cut in two."""
    text = shortened(text, limit_bytes)
    while (over := len(escape(text).encode()) - limit_bytes) > 0:
        text = shortened(text, len(text.encode()) - over)
    return escape(text)
