"""Whether a pull quote says again what a quote in the body says."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ACCENTS = re.compile("[\u0300-\u036f]")  # the signs that NFKD sets apart
_SENTENCE = re.compile(r"[.!?…]+[\s’'”\"»]*")
_NEARLY = 0.65  # of the words of a pull quote, in order; "kan" for "zou kunnen" and "Poetin" for "hij" stay above it
_IN_PART = 0.8  # of one of its sentences
_PAIRS = (
    0.4  # of neighbouring words: chance finds the small words of any sentence in a long quote, but not side by side
)
_SHORTEST_PART = 4
_MOST_CANDIDATES = 5
_MOST_POSTINGS = 50  # how often a pair of words is looked up; keeps a text of one repeated word linear


class Body:
    """The quotes of the body, to be searched for repetitions."""

    def __init__(self, quotes: Sequence[str]) -> None:
        self._words = [_words(quote) for quote in quotes]
        self._postings: dict[tuple[str, str], list[int]] = defaultdict(list)
        for i, found in enumerate(self._words):
            for pair in set(pairwise(found)):
                if len(self._postings[pair]) < _MOST_POSTINGS:
                    self._postings[pair].append(i)

    def repeated_by(self, pull: str) -> int | None:
        """Index of the quote that `pull` repeats, exactly or nearly, whole or in part; None when it repeats none."""
        whole = self._best(_words(pull), _NEARLY)
        if whole is not None:
            return whole
        for sentence in _SENTENCE.split(pull):
            found = _words(sentence)
            if len(found) >= _SHORTEST_PART and (part := self._best(found, _IN_PART)) is not None:
                return part
        return None

    def _best(self, pull: list[str], enough: float) -> int | None:
        if not pull:
            return None
        if len(pull) == 1:
            return next((i for i, found in enumerate(self._words) if found == pull), None)
        pairs = list(pairwise(pull))
        shared: Counter[int] = Counter()
        for pair in set(pairs):
            shared.update(self._postings.get(pair, ()))
        best, best_share = None, 0.0
        for i, n_pairs in shared.most_common(_MOST_CANDIDATES):
            share = _common_subsequence(pull, self._words[i]) / len(pull)
            if share >= enough and n_pairs / len(set(pairs)) >= _PAIRS and share > best_share:
                best, best_share = i, share
        return best


def _words(text: str) -> list[str]:
    plain = text.lower()
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return _WORD.findall(plain)


def _common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence, bit-parallel.

    Source: Hyyrö, "Bit-parallel LCS-length computation revisited" (2004).
    """
    where: dict[str, int] = defaultdict(int)
    for i, word in enumerate(one):
        where[word] |= 1 << i
    full = (1 << len(one)) - 1
    row = full
    for word in other:
        match = row & where.get(word, 0)
        row = ((row + match) | (row - match)) & full
    return len(one) - row.bit_count()
