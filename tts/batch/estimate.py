"""What a batch would take: said before anything is spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.errors import InputError
from tts.segment import segment
from tts.segment.title import title_from
from tts.speak.engine import engine
from tts.speak.script import passages, script

if TYPE_CHECKING:
    from tts.orders import Order


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of one episode: seconds of audio, and requests to Google if none of it was spoken before."""

    audio_s: float
    n_requests: int


def estimate(order: Order) -> Estimate:
    """What this order would take.

    Raises: InputError for an article without text.
    """
    blocks = segment(order.article)
    if not blocks:
        raise InputError("there is no text to read in this article")
    lines = script(order.article, order.article.title or title_from(blocks), blocks, order.show)
    said = passages(lines, order.cast.max_chars, order.show.lexicon)
    chars = sum(len(passage.text) for passage in said)
    n_requests = len({passage.text for passage in said}) if order.cast.asks_google else 0
    return Estimate(chars / engine(order.cast.narrator.engine).chars_per_s, n_requests)
