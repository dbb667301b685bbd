"""A title in a few lines, each as large as they can be together."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MAX_LINES = 4
LINE_HEIGHT = 0.98  # of the font size; accents on capitals and the tails above them just miss each other
SMALLEST = 300  # font size on 3000 px; at 55 px that is 5.5 px, the least that can be read at a glance
FEWER_LINES = 0.96  # a line more must make the letters this much larger
SHORTEST_PART = 3  # letters of a hyphenated word
_GOES_ON = "\xad"  # ends a part of a word: its line ends here too, in a hyphen
_ONSET = re.compile("(?:sch|ch|sj|[bcdfgkptv][lr]|[b-df-hj-np-tv-xz])(?=[aeiouy])")  # of a Dutch syllable

Measure = "Callable[[str], float]"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a title stands: its lines, and the font size in pixels. No lines for a title without a letter."""

    lines: tuple[str, ...]
    size: float

    @property
    def line_height(self) -> float:
        """Pixels from one baseline to the next."""
        return self.size * LINE_HEIGHT


def set_title(title: str, width_of: Callable[[str], float], width: float, height: float) -> Setting:
    """The lines that let `title` be largest in a box of `width` by `height` pixels: one to four, evenly filled.

    A word that would make the letters smaller than `SMALLEST` is hyphenated, at the start of a syllable where it has
    any. What does not fit at that size gives way to an ellipsis.
    width_of : the width of a text in font sizes.
    """
    parts = [part for word in title.split() for part in _hyphenated(word, width_of, width / SMALLEST)]
    parts = _shortened(parts, width_of, width / SMALLEST)
    settings = (_largest(lines, width_of, width, height) for lines in _divisions(parts))
    return max(settings, key=lambda it: _merit(it, width_of), default=Setting((), 0.0))


def drawable(title: str, has_sign: Callable[[str], bool]) -> str:
    """The title in signs that the font has, or "" when that would be less than half of its letters.

    A letter with an accent that the font lacks stands without it.
    """
    title = unicodedata.normalize("NFC", title)
    kept = "".join(_nearest(sign, has_sign) for sign in title)
    n_kept, n_letters = (sum(sign.isalnum() for sign in text) for text in (kept, title))
    return " ".join(kept.split()) if n_kept * 2 > n_letters else ""


def _nearest(sign: str, has_sign: Callable[[str], bool]) -> str:
    if sign.isspace():
        return " "
    if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Mn"}:
        return ""
    if has_sign(sign):
        return sign
    plain = (part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return "".join(part for part in plain if has_sign(part))


def _largest(lines: Sequence[str], width_of: Callable[[str], float], width: float, height: float) -> Setting:
    widest = max(map(width_of, lines))
    return Setting(tuple(lines), min(width / widest, height / (len(lines) * LINE_HEIGHT)))


def _merit(setting: Setting, width_of: Callable[[str], float]) -> tuple[float, float]:
    widths = [width_of(line) for line in setting.lines]
    return setting.size * FEWER_LINES ** len(widths), min(widths) - max(widths)


def _divisions(parts: Sequence[str]) -> Iterator[list[str]]:
    for n_cuts in range(min(MAX_LINES, len(parts))):
        for cuts in itertools.combinations(range(1, len(parts)), n_cuts):
            if lines := _joined(parts, (0, *cuts, len(parts))):
                yield lines


def _joined(parts: Sequence[str], cuts: Sequence[int]) -> list[str]:
    """The lines between these cuts; none when a word goes on in the midst of one."""
    lines = [" ".join(parts[start:stop]) for start, stop in itertools.pairwise(cuts)]
    if any(_GOES_ON in line[:-1] for line in lines):
        return []
    return [line.replace(_GOES_ON, "-") for line in lines]


def _shortened(parts: list[str], width_of: Callable[[str], float], width: float) -> list[str]:
    """As many parts as fill the lines when each takes what it can, with an ellipsis when that is not all of them."""
    rest = list(parts)
    for _ in range(MAX_LINES):
        line = ""
        while rest and _GOES_ON not in line and width_of(f"{line} {rest[0]}…".strip()) <= width:
            line = f"{line} {rest.pop(0)}"
    if not rest:
        return parts
    kept = parts[: len(parts) - len(rest)]
    return [*kept[:-1], kept[-1].rstrip(f"{_GOES_ON}.,:;-–") + "…"]


def _hyphenated(word: str, width_of: Callable[[str], float], width: float) -> list[str]:
    """The word in as few parts as fit this width, all but the last with a sign that it goes on."""
    for n_parts in range(1, len(word)):
        parts = _split(word, n_parts)
        if all(width_of(f"{part}…") <= width for part in parts):
            return parts
    return [word]


def _split(word: str, n_parts: int) -> list[str]:
    plain = "".join(unicodedata.normalize("NFKD", letter)[0].lower() for letter in word)
    first, last = SHORTEST_PART, len(word) - SHORTEST_PART
    syllables = [at.start() for at in _ONSET.finditer(plain) if first <= at.start() <= last]
    places = syllables if len(syllables) >= n_parts - 1 else range(1, len(word))
    even = [len(word) * n / n_parts for n in range(1, n_parts)]
    cuts = [0, *sorted({min(places, key=lambda at, goal=goal: abs(at - goal)) for goal in even}), len(word)]
    parts = [word[start:stop] for start, stop in itertools.pairwise(cuts)]
    return [*(f"{part}{_GOES_ON}" for part in parts[:-1]), parts[-1]]
