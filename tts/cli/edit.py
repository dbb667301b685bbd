"""`voorlezer edit`: another title, date or author for an episode."""

from __future__ import annotations

import click

from tts.cli.main import debug_option
from tts.cli.options import iso_date_value, open_library, show_option
from tts.model import Edits
from tts.show import changes


@click.command(
    epilog="""
    \b
    Examples:
      voorlezer edit de-sluis --title 'De sluis gaat dicht'
      voorlezer edit de-sluis --date 2024-05-03 --author 'Ina Vos'
    """
)
@click.argument("slug", metavar="SLUG")
@click.option("--title", help="The title from now on.")
@click.option("--date", callback=iso_date_value, help="The article's date: 2023-03-20, or 2023-03.")
@click.option("--author", help="Who wrote the article.")
@show_option
@debug_option
def edit(slug: str, title: str | None, date: str | None, author: str | None, show: str | None) -> None:
    """Change what feed, pages and tags say about an episode, without speaking anything again.

    The change stays when the article is made again, and is spoken then. SLUG is what `voorlezer list` shows.
    """
    if not (title or date or author):
        raise click.UsageError("say what is to change: --title, --date or --author")
    episode = changes.edit(open_library(show), slug, Edits(title, date, author))
    byline = " · ".join(filter(None, (episode.title, episode.author, episode.date)))
    click.echo(f"{slug}: {byline}")
