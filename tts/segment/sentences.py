"""Where sentences end, in text whose quotations are masked."""

from __future__ import annotations

import re
from functools import lru_cache

QUOTED = "\ue000"  # stands for each character of a quotation
QUOTED_END = "\ue001"  # its last character, where the quotation also ends the sentence
_MASKS = QUOTED + QUOTED_END

_END = re.compile(
    rf"(?:[.!?…]{{1,8}}[)\]’”\"'»]{{0,3}}|{QUOTED_END}[.]?)\s+(?=[\"'‘’“”„«»‹›(\[]{{0,3}}[^\W_a-zß-öø-ÿ]|[{_MASKS}]|,,)",
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:(?:[A-Z]|Th|Chr|Ph|IJ)\.|(?:[a-z]\.){2,}|"
    r"(?:dr|drs|mr|mrs|ir|ing|prof|ds|st|sr|jr|mw|mevr|dhr|bijv|nr|art|max|min|ca|jl|blz|resp|vs|incl|excl|red|gem|wnd|bc)\.)$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 12


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, closing marks aside."""
    return text.rstrip(" ’'”\"»›)")[-1:] in {".", "!", "?", "…"}


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences of `text`, in order, together all of it but the white space between them."""
    spans = []
    start = 0
    for match in _END.finditer(text):
        stop = match.start() + len(match.group().rstrip())
        if text[match.end()].isalnum() and _ABBREVIATION.search(text, max(start, stop - _LONGEST_ABBREVIATION), stop):
            continue
        spans.append((start, stop))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return tuple(spans)
