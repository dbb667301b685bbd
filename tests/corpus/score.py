"""Prints how well the corpus and the held-out set come out: `scripts/score [--diff | --raise] [SOURCE …]`.

--diff  : below the tables, what differs from the gold in the corpus, or in the sources named; never the held-out set.
--raise : write what the corpus scores as its floor, where that is higher; nothing goes down.
SOURCE  : only the segmenting of these articles.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from tests.corpus import floors, scoring, spoken_scoring
from tests.corpus.baselines import num2words_pass, segment_by_regex, untouched
from tests.corpus.scoring import score_source, total_of
from tests.corpus.spoken_scoring import heldout_sentences, rewritten, scores, sentences
from tts.read import read_article
from tts.segment import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 130  # off a terminal rich takes 80, and cuts figures
REWRITERS = {"untouched": untouched, "num2words": num2words_pass, "voorlezer": rewritten}


def main() -> None:
    """Print the tables that the arguments ask for."""
    options = _options()
    console = Console(highlight=False, markup=False)
    console.width = max(console.width, WIDTH)
    sources = options.sources or scoring.articles()
    table = _segmenting_table()
    _add_articles(table, "all", sources)
    if not options.sources:
        _add_articles(table, "held out", scoring.articles(scoring.HELDOUT))
        _add_articles(table, "held out, newer", scoring.articles(scoring.NEWER))
    console.print(table)
    if not options.sources:
        console.print(_spoken_table())
    if options.diff:
        _print_block_differences(console, sources)
    if options.diff and not options.sources:
        _print_sentence_differences(console)
    if options.raise_floor:
        _raise_floors(console)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/score", description=__doc__, add_help=True)
    parser.add_argument("--diff", action="store_true")
    parser.add_argument("--raise", action="store_true", dest="raise_floor")
    parser.add_argument("sources", nargs="*", type=Path, metavar="SOURCE")
    return parser.parse_args()


def _segmenting_table() -> Table:
    table = Table(title="Segmenting", title_justify="left", box=box.SIMPLE, pad_edge=False)
    table.add_column("article", min_width=len("bibliotheekmuren.md"))
    for name in (
        "quotes P",
        "R",
        "F1",
        "speakers",
        "pull",
        "repeats",
        "headings",
        "header",
        "lost",
        "doubled",
        "exact",
    ):
        table.add_column(name, justify="right")
    return table


def _add_articles(table: Table, name: str, sources: Sequence[Path]) -> None:
    for source in sources:
        table.add_row(source.name, *_shares(score_source(source)))
    table.add_section()
    table.add_row(name, *_shares(total_of(sources)))
    table.add_row(f"{name}, one regex", *_shares(total_of(sources, segment_by_regex)))
    table.add_section()


def _shares(scored: scoring.Score) -> list[str]:
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
    counts = (str(scored.lost), str(scored.doubled), f"{scored.exact.right}/{scored.exact.of}")
    return [*(f"{share:.3f}" for share in shares), *counts]


def _spoken_table() -> Table:
    table = Table(
        "kind", title="Spoken Dutch, % of sentences right", title_justify="left", box=box.SIMPLE, pad_edge=False
    )
    for name in ("n", *REWRITERS):
        table.add_column(name, justify="right")
    _add_sentences(table, "all", sentences())
    _add_sentences(table, "held out", heldout_sentences())
    return table


def _add_sentences(table: Table, name: str, corpus: Sequence[spoken_scoring.Sentence]) -> None:
    columns = [scores(corpus, rewriter) for rewriter in REWRITERS.values()]
    for kind, score in columns[0].items():
        if kind == "overall":
            table.add_section()
        percentages = [f"{column[kind].percentage:.1f}" for column in columns]
        table.add_row(name if kind == "overall" else kind, str(score.n_sentences), *percentages)
    table.add_section()


def _print_block_differences(console: Console, sources: Sequence[Path]) -> None:
    for source in sources:
        for side, block in scoring.disagreements(segment(read_article(str(source))), scoring.gold_of(source)):
            flags = f"{' pull' * block.pull}{' repeats' * block.repeats}"
            said_by = f" [{block.speaker}; {block.role}; {block.confidence}]" if block.kind == "quote" else ""
            console.print(f"{source.stem} {side}: {block.kind}{flags}{said_by} {block.text}")


def _print_sentence_differences(console: Console) -> None:
    for sentence, text in spoken_scoring.wrong(sentences(), rewritten):
        console.print(f"[{sentence.kind}] {sentence.written}\n  said    {text}\n  instead {sentence.spoken[0]}")


def _raise_floors(console: Console) -> None:
    for path, measured in ((floors.SEGMENTING, floors.segmenting()), (floors.SPOKEN, floors.spoken())):
        try:
            raised = floors.raise_floor(path, measured)
        except floors.FellBelowFloorError as error:
            sys.exit(f"score: {error}")
        console.print(f"{path.name}: {'raised' if raised else 'as it was'}")


if __name__ == "__main__":
    main()
