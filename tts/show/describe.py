"""What is said about an episode under its title, in feeds, tags and apps."""

from __future__ import annotations

from html import escape
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from tts.speak.script import dutch_date

if TYPE_CHECKING:
    from tts.show.card import Card

LIMIT_BYTES = 4000  # Apple's and PSP-1's limit for a description
SYNTHETIC = "Voorgelezen door een computerstem."  # in writing, also where the owner leaves the spoken line out
_CUT_BYTES = len("…".encode())
_TAIL_BYTES = 1000  # a longer URL or disclosure, counted with its escapes, would leave no room for the article


def plain(card: Card) -> str:
    """The description as plain text: how the article begins, whether it was corrected, that a computer reads it."""
    tail = [shortened(line, _TAIL_BYTES) for line in _notes(card)] + [f"Bron: {url}" for url in _source(card)]
    room = LIMIT_BYTES - sum(len(line.encode()) + len("\n\n") for line in tail)
    return "\n\n".join(filter(None, (shortened(card.lead, room), *tail)))


def html(card: Card) -> str:
    """The same as simple HTML, with the source as a link; every sign of the article escaped."""
    tail = "".join(f"<p>{_escaped(line, _TAIL_BYTES)}</p>" for line in _notes(card))
    for url in map(escape, _source(card)):
        tail += f'<p>Bron: <a href="{url}">{url}</a></p>'
    lead = _escaped(card.lead, LIMIT_BYTES - len(tail.encode()) - len("<p></p>"))
    return (f"<p>{lead}</p>" if lead else "") + tail


def shortened(text: str, limit_bytes: int) -> str:
    """At most so many bytes of `text` in UTF-8, cut at a space where there is one, with an ellipsis where cut."""
    if len(text.encode()) <= limit_bytes:
        return text
    return _cut(text.encode()[: max(0, limit_bytes - _CUT_BYTES)].decode(errors="ignore"))


def corrected_line(card: Card) -> str:
    """That the article was corrected, and when; "" where it was not."""
    return f"Gecorrigeerd op {dutch_date(card.corrected[:10])}." if card.corrected else ""


def _notes(card: Card) -> list[str]:
    return [*filter(None, [corrected_line(card)]), card.disclosure or SYNTHETIC]


def _source(card: Card) -> list[str]:
    return [card.source_url] if card.source_url and len(escape(card.source_url).encode()) <= _TAIL_BYTES else []


def _escaped(text: str, limit_bytes: int) -> str:
    """`text` escaped, and then shortened as `shortened` does it; an escape is never cut in two."""
    escaped = escape(text)
    if len(escaped.encode()) <= limit_bytes:
        return escaped
    lengths = accumulate(len(escape(sign).encode()) for sign in text)
    n_kept = sum(1 for _ in takewhile(lambda length: length <= limit_bytes - _CUT_BYTES, lengths))
    return escape(_cut(text[:n_kept]))


def _cut(kept: str) -> str:
    """What is kept of a text, without the word that is cut in two, where it is not the only one."""
    return (kept.rpartition(" ")[0].rstrip() or kept) + "…"
