"""Segmenting and rewriting alone: processor milliseconds per 1,000 characters, and the power with which time grows.

The example article, 1, 10 and 100 times as long, in this process. The first time compiles the expressions and reads
the tables, once a process; it has a line of its own.
"""

from __future__ import annotations

import itertools
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measure import ARTICLE, growth, longer

from tts.read import read_article
from tts.segment import segment
from tts.speak.dutch import to_spoken

if TYPE_CHECKING:
    from tts.model import Article

SIZES = (1, 10, 100)
RUNS = 5


def _read(text: str) -> Article:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "artikel.txt")
        path.write_text(text, encoding="utf-8")
        return read_article(str(path))


def _seconds(article: Article) -> tuple[float, float]:
    """Processor seconds of segmenting, and of rewriting the blocks."""
    began = time.process_time()
    blocks = segment(article)
    segmented = time.process_time()
    for block in blocks:
        to_spoken(block.text)
    return segmented - began, time.process_time() - segmented


def _row(name: str, n_chars: int, segmenting_s: float, rewriting_s: float) -> None:
    figures = (1e6 * seconds / n_chars for seconds in (segmenting_s, rewriting_s, segmenting_s + rewriting_s))
    print(f"{name:<26}" + "".join(f"{figure:12.2f}" for figure in figures), flush=True)


def main() -> None:
    """One line a size: the median of each part over the runs."""
    text = ARTICLE.read_text(encoding="utf-8")
    print(f"{'ms per 1,000 characters':<26}{'segmenting':>12}{'rewriting':>12}{'together':>12}")
    _row("the first time", len(text), *_seconds(_read(text)))
    found: list[tuple[int, float]] = []
    for times in SIZES:
        article = _read(longer(text, times))
        n_chars = sum(len(paragraph.text) for paragraph in article.paragraphs)
        runs = [_seconds(article) for _ in range(RUNS)]
        segmenting_s, rewriting_s = (statistics.median(part) for part in zip(*runs, strict=True))
        found.append((n_chars, segmenting_s + rewriting_s))
        _row(f"{n_chars:,} characters", n_chars, segmenting_s, rewriting_s)
    for (n_before, before_s), (n_after, after_s) in itertools.pairwise(found):
        power = growth(before_s, after_s, n_after / n_before)
        print(f"from {n_before:,} to {n_after:,}: time grows with the power {power:.2f} (at most 1.1)")


if __name__ == "__main__":
    main()
