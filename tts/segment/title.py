"""A title for an article that has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Block

LONGEST_CHARS = 64  # what podcast apps show on one or two lines
SHORTEST_CHARS = 20
UNTITLED = "Zonder titel"
# A title that breaks off may not end in one of these: they only announce the next word.
DANGLING = frozenset(
    (
        "de het een en of maar dat die dit deze in op te van voor met aan bij door over uit om als dan naar tot is was "
        "wordt zijn haar hun er niet ook nog al wel zich tegen onder tussen na per zo"
    ).split()
)


def title_from(blocks: Sequence[Block]) -> str:
    """A short title from the first sentence of the lead: a clause where that says enough, else its beginning."""
    lead = next((block.text for block in blocks if block.kind in {"narration", "quote"}), "")
    lead = re.sub(r"\s*\([^()]{0,80}\)", "", lead)
    sentence = re.split(r"(?<=[.!?])\s", lead, maxsplit=1)[0].strip(" .")
    if len(sentence) <= LONGEST_CHARS:
        return _capital(sentence) or UNTITLED
    clauses = [sentence[: match.start()] for match in re.finditer(r"[,;:–]\s", sentence[: LONGEST_CHARS + 1])]
    if clauses and len(clauses[-1]) >= SHORTEST_CHARS:
        return _capital(clauses[-1])
    words = sentence[:LONGEST_CHARS].split()[:-1] or [sentence[:LONGEST_CHARS]]
    while len(words) > 1 and words[-1].lower() in DANGLING:
        words.pop()
    return _capital(" ".join(words)) + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
