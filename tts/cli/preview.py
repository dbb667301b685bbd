"""`voorlezer preview`: what an episode will say, without speaking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tts.cli.main import debug_option
from tts.cli.options import SOURCE_HELP, print_json, read_library, show_option
from tts.read import read_article
from tts.segment import segment
from tts.segment.title import title_from
from tts.speak.dutch import to_spoken
from tts.speak.script import CONFIDENT, dutch_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tts.model import Article, Block

# Of spoken text, pauses included: the example article in espeak:nl, by `voorlezer episode --json`.
CHARS_PER_S = 16.0
SPEAKER_COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "red")
FIELDS = ("kind", "text", "speaker", "role", "pull", "repeats", "confidence")


@click.command(
    epilog=f"""{SOURCE_HELP}

    \b
    Examples:
      voorlezer preview artikel.txt
      voorlezer preview --json https://example.org/bericht
    """
)
@click.argument("source")
@show_option
@click.option("--json", "as_json", is_flag=True, help="The blocks as one JSON object.")
@debug_option
def preview(source: str, show: str | None, as_json: bool) -> None:
    """Show the blocks of SOURCE: narration, quotes with their speakers, headings, and how long they take.

    A speaker with a question mark is a guess, and is not announced.
    """
    article = read_article(source)
    blocks = segment(article)
    if as_json:
        _print_json(article, blocks)
    else:
        _print_blocks(article, blocks, read_library(show).settings().lexicon)


def _print_json(article: Article, blocks: Sequence[Block]) -> None:
    shown: dict[str, Any] = {
        "title": article.title,
        "date": article.date,
        "author": article.author,
        "blocks": [{name: getattr(block, name) for name in FIELDS} for block in blocks if block.kind != "notice"],
    }
    if left_out := [block.text for block in blocks if block.kind == "notice"]:
        shown["left_out"] = left_out
    print_json(shown)


def _print_blocks(article: Article, blocks: Sequence[Block], lexicon: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    speakers = dict.fromkeys(block.speaker for block in blocks if block.speaker)
    colours = dict(zip(speakers, SPEAKER_COLOURS * len(speakers), strict=False))
    table = Table(box=None, padding=(0, 2, 1, 0), show_header=False, pad_edge=False)
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True, max_width=24)
    table.add_column(overflow="fold")
    total_s = 0.0
    for block in blocks:
        seconds = len(to_spoken(block.text, lexicon).text) / CHARS_PER_S
        skipped = block.pull and block.repeats
        total_s += 0 if skipped else seconds
        style = _style(block, colours)
        table.add_row(
            "–" if skipped else f"{seconds:.0f} s",
            f"[{style}]{escape(_label(block))}[/]",
            f"[{style}]{escape(block.text)}[/]",
        )
    console = Console(highlight=False)
    when = dutch_date(article.date) if article.date else None
    console.print(f"[bold]{escape(article.title or title_from(blocks))}[/]")
    console.print(escape(" · ".join(filter(None, (article.author, when, _duration(total_s))))), style="dim")
    console.print()
    console.print(table)


def _style(block: Block, colours: Mapping[str, str]) -> str:
    if block.kind == "quote":
        return colours.get(block.speaker or "", "white") + (" dim" if block.pull and block.repeats else "")
    return {"heading": "bold", "notice": "dim italic"}.get(block.kind, "default")


def _label(block: Block) -> str:
    if block.kind != "quote":
        return block.kind
    who = block.speaker or block.role or "someone"
    doubt = " ?" if block.speaker and block.confidence < CONFIDENT else ""
    pull = "\npull quote, repeats" if block.repeats else "\npull quote" if block.pull else ""
    return who + doubt + pull


def _duration(seconds: float) -> str:
    return f"about {max(1, round(seconds / 60))} min"
