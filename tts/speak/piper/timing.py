"""Symbols for sounds and samples: what goes into the model together, and when each word begins."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from tts.model import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

SPACE = " "
_WINDOW_S = 0.01
_QUIETER_DB = 20.0  # than what follows; in 29 pauses of 30 it was 40 and more
_WORD = re.compile(r"\S+")


def joined(sentences: Iterable[Sequence[str]], shortest: int) -> list[list[str]]:
    """The symbols of all sentences in order; one of less than `shortest` is with the one after or before it."""
    together: list[list[str]] = []
    for sentence in filter(None, sentences):
        if together and min(len(together[-1]), len(sentence)) < shortest:
            together[-1] += [SPACE, *sentence]
        else:
            together.append(list(sentence))
    return together


def word_starts(symbols: Sequence[str]) -> list[int]:
    """The index of the first symbol of each word; punctuation alone is no word."""
    starts = []
    for is_space, run in groupby(enumerate(symbols), key=lambda pair: pair[1] == SPACE):
        word = list(run)
        if not is_space and any(symbol.isalpha() for _, symbol in word):
            starts.append(word[0][0])
    return starts


def marks(text: str, starts: Sequence[int], n_samples: int) -> tuple[Mark, ...]:
    """A mark for each word of the text.

    starts : the sample at which each spoken word begins. Where there are not as many of them as words (the model tells
             no times, or espeak-ng said "GroenLinks" as two words: 2 passages in 1,476), each word begins at its share
             of the characters.
    """
    words = [found for found in _WORD.finditer(text) if any(map(str.isalnum, found[0]))]
    if len(starts) != len(words):
        starts = [n_samples * found.start() // len(text) for found in words]
    return tuple(Mark(start, found.start(), found.end()) for start, found in zip(starts, words, strict=True))


def quietest(sound: NDArray[np.float32], first: int, last: int, rate_hz: int) -> int | None:
    """The midst of the quietest moment in [first, last), None where it is hardly quieter than what follows.

    The durations that the model tells put the start of a word up to 40 ms late, so a pause is cut where it is silent.
    """
    n_window = round(_WINDOW_S * rate_hz)
    levels = [_level(sound[at : at + n_window]) for at in range(first, max(first + 1, last - n_window), n_window // 2)]
    found = int(np.argmin(levels))
    if levels[found] > _level(sound[last:]) * 10 ** (-_QUIETER_DB / 20):
        return None
    return first + found * (n_window // 2) + n_window // 2


def _level(sound: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(np.square(sound)))) if sound.size else 0.0
