"""How wrong a voice is heard, with what chance has to do with it: pure figures, the hearing is done elsewhere.

An interval is the middle 95 % of what resampling the sentences gives (a percentile bootstrap): how far the figure could
have been off with other sentences. Two voices are compared sentence by sentence, which takes out that some are hard.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
N_RESAMPLES = 4000
SEED = 20_261


@dataclass(frozen=True, slots=True)
class Count:
    """How many of so many are wrong."""

    n_wrong: int
    n: int


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong in one sentence.

    joined : words, with a compound that is written apart forgiven. chars : with the spaces between the words.
    """

    words: Count
    joined: Count
    chars: Count


@dataclass(frozen=True, slots=True)
class Figure:
    """Percent, or percentage points, with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.1f} [{self.low:.1f}, {self.high:.1f}]"

    @property
    def signed(self) -> str:
        return f"{self.value:+.1f} [{self.low:+.1f}, {self.high:+.1f}]"


def sentences(which: str) -> list[str]:
    """The sentences of a set ("dev", "test"), or of a file that has one a line."""
    own = FOLDER / f"{which}.txt"
    path = own if own.is_file() else Path(which)
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def rate(counts: Sequence[Count]) -> Figure:
    """How many percent are wrong.

    Raises: ValueError for nothing that could be wrong.
    """
    nought = [Count(0, count.n) for count in counts]
    return rise(nought, counts)


def rise(base: Sequence[Count], ours: Sequence[Count]) -> Figure:
    """How many points more are wrong than in `base`, sentence beside sentence; below nought is better.

    Raises: ValueError where there are not as many sentences, or nothing that could be wrong.
    """
    rows = [(a.n_wrong, a.n, b.n_wrong, b.n) for a, b in zip(base, ours, strict=True)]
    if not all(a.n and b.n for a, b in zip(base, ours, strict=True)) or not rows:
        raise ValueError("a sentence without a word has no rate of errors")
    figures = np.array(rows, float)
    picks = np.random.default_rng(SEED).integers(len(rows), size=(N_RESAMPLES, len(rows)))
    low, high = np.percentile(_points(figures[picks].sum(axis=1)), (2.5, 97.5))
    return Figure(float(_points(figures.sum(axis=0))), float(low), float(high))


def _points(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    points: NDArray[np.float64] = 100 * (sums[..., 2] / sums[..., 3] - sums[..., 0] / sums[..., 1])
    return points


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence as it should be, as it was heard, and how long it sounds and took to speak."""

    text: str
    transcript: str
    errors: Errors
    sounds_s: float
    speaking_s: float

    @property
    def share_wrong(self) -> float:
        """Of its characters; more than 1 where more is heard than was said."""
        return self.errors.chars.n_wrong / self.errors.chars.n


HEAD = f"{'':<22}{'words/min':>9}{'WER %':>23}{'CER %':>23}{'WERc %':>8}{'RTF':>7}"
HEAD_BESIDE = f"{'points more than it has':<31}{'WER':>23}{'CER':>23}"


def row(name: str, heard: Sequence[Heard]) -> str:
    """One voice: its pace, what is wrong, and seconds of speaking for a second of sound."""
    sounds_s = sum(one.sounds_s for one in heard)
    words = [one.errors.words for one in heard]
    chars = [one.errors.chars for one in heard]
    joined = rate([one.errors.joined for one in heard]).value
    pace = 60 * sum(count.n for count in words) / sounds_s
    return (
        f"{name:<22}{pace:9.0f}{rate(words)!s:>23}{rate(chars)!s:>23}"
        f"{joined:8.1f}{sum(one.speaking_s for one in heard) / sounds_s:7.2f}"
    )


def row_beside(name: str, base: Sequence[Heard], ours: Sequence[Heard]) -> str:
    """One voice beside another."""
    words = rise([one.errors.words for one in base], [one.errors.words for one in ours])
    chars = rise([one.errors.chars for one in base], [one.errors.chars for one in ours])
    return f"{name:<31}{words.signed:>23}{chars.signed:>23}"


def worst(heard: Sequence[Heard], n: int) -> list[Heard]:
    """The sentences that came out worst, the worst first."""
    return sorted(heard, key=lambda one: -one.share_wrong)[:n]
