"""`voorlezer remove`: an episode is taken out of the show, or put back."""

from __future__ import annotations

import click

from tts.cli.main import debug_option
from tts.cli.options import open_library, show_option
from tts.show import changes


@click.command(
    epilog="""
    \b
    Examples:
      voorlezer remove de-sluis
      voorlezer remove --undo de-sluis
    """
)
@click.argument("slugs", metavar="SLUG...", nargs=-1, required=True)
@click.option("--undo", is_flag=True, help="Put back what was removed.")
@show_option
@debug_option
def remove(slugs: tuple[str, ...], undo: bool, show: str | None) -> None:
    """Take episodes out of the show, its feed and its pages.

    Audio and words are kept in the folder .removed of the show, so that --undo can put them back; delete them there to
    be rid of them. SLUG is what `voorlezer list` shows.
    """
    library = open_library(show)
    for slug in slugs:
        if undo:
            episode = changes.restore(library, slug)
            click.echo(f"put back: {episode.title} ({slug})")
        else:
            episode = changes.remove(library, slug)
            click.echo(f"removed: {episode.title}; `voorlezer remove --undo {slug}` puts it back")
