"""Prints how well the corpus is segmented, an article a line: `scripts/score [--diff] [SOURCE …]`."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.corpus.scoring import Score, articles, disagreements, gold_of, score_source
from tts.read import read_article
from tts.segment import segment

COLUMNS = ("quotes P", "R", "F1", "speakers", "pull", "repeats", "headings", "header", "lost", "doubled")


def main(arguments: list[str]) -> None:
    """Score the sources named, else the whole corpus."""
    sources = [Path(name) for name in arguments if not name.startswith("-")] or articles()
    console = Console()
    table = Table("article", *COLUMNS)
    total = Score()
    for source in sources:
        scored = score_source(source)
        total += scored
        table.add_row(source.name, *_row(scored))
        if "--diff" in arguments:
            _print_difference(console, source)
    table.add_section()
    table.add_row("all", *_row(total))
    console.print(table)
    console.print(f"exactly as the gold: {total.exact.right} of {total.exact.of}")


def _row(scored: Score) -> list[str]:
    shares = (
        scored.quotes.precision,
        scored.quotes.recall,
        scored.quotes.f1,
        scored.speakers.value,
        scored.pulls.value,
        scored.repeats.value,
        scored.headings.f1,
        scored.header.value,
    )
    return [*(f"{share:.3f}" for share in shares), str(scored.lost), str(scored.doubled)]


def _print_difference(console: Console, source: Path) -> None:
    for side, block in disagreements(segment(read_article(str(source))), gold_of(source)):
        flags = f"{' pull' * block.pull}{' repeats' * block.repeats}"
        said_by = f" [{block.speaker}; {block.role}; {block.confidence}]" if block.kind == "quote" else ""
        console.print(f"{source.stem} {side}: {block.kind}{flags}{said_by} {block.text}", markup=False, highlight=False)


if __name__ == "__main__":
    main(sys.argv[1:])
