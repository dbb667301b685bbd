"""`voorlezer feed`: feed and pages are made from the episodes."""

from __future__ import annotations

import click

from tts.cli.bar import Bar
from tts.cli.main import debug_option
from tts.cli.options import open_library, show_option
from tts.show.site import remake


@click.command(
    epilog="""
    \b
    Examples:
      voorlezer feed
      voorlezer feed --show ~/podcast
    """
)
@show_option
@debug_option
def feed(show: str | None) -> None:
    """Make feed.xml, pages and transcripts again from the episodes of the show.

    This also happens by itself after every episode; here every file is looked at, also those that were changed or
    lost outside Voorlezer. A file that would stay the same is not touched.
    """
    library = open_library(show)
    with Bar("making pages") as progress:
        n_written = remake(library, progress)
    with library.index() as index:
        n = len(index)
    changed = f"{n_written} file{'s' * (n_written != 1)} written" if n_written else "nothing has changed"
    click.echo(f"{library.shown}/feed.xml: {n} episode{'s' * (n != 1)}, {changed}")
