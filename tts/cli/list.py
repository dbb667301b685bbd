"""`voorlezer list`: the episodes of the show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tts.cli.main import debug_option
from tts.cli.options import print_json, read_library, show_option
from tts.show.card import Card, card_of
from tts.show.changes import removed

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command(
    name="list",
    epilog="""
    \b
    Examples:
      voorlezer list
      voorlezer list --json | jq -r '.episodes[].slug'
    """,
)
@show_option
@click.option("--removed", "of_removed", is_flag=True, help="Those that `voorlezer remove` took out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@debug_option
def list_(show: str | None, of_removed: bool, as_json: bool) -> None:
    """List the episodes of the show, the newest first, as the feed does."""
    library = read_library(show)
    if of_removed:
        settings = library.settings()
        cards = [card_of(episode, settings) for episode in removed(library)]
    else:
        with library.index() as index:
            cards = list(index.cards())[::-1]
    if as_json:
        print_json({"show": library.shown, "episodes": cards})
    elif cards:
        _print(cards)
    else:
        click.echo(f"no {'removed ' * of_removed}episodes in {library.shown}")


def _print(cards: Sequence[Card]) -> None:
    wide = max(len(card.slug) for card in cards)
    for card in cards:
        minutes, seconds = divmod(round(card.duration_s), 60)
        slug = click.style(f"{card.slug:<{wide}}", bold=True)
        click.echo(f"{card.published[:10]}  {minutes:>3}:{seconds:02}  {slug}  {card.title}")
