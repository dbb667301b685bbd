"""`voorlezer move`: the show gets another address on the web."""

from __future__ import annotations

import click

from tts.cli.main import debug_option
from tts.cli.options import open_library, show_option
from tts.errors import InputError
from tts.show import changes


@click.command(
    epilog="""
    \b
    Example:
      voorlezer move https://example.org/podcast/
    """
)
@click.argument("url", metavar="URL")
@show_option
@debug_option
def move(url: str, show: str | None) -> None:
    """Tell podcast apps that the show lives at URL from now on.

    The podcast keeps its guid, and the feed names its new address (itunes:new-feed-url). Publish it at both addresses
    for a while: apps that still ask the old one are sent on by it.
    """
    if not url.startswith(("https://", "http://")):
        raise InputError(f"{url} is no web address; it begins with https://")
    moved = changes.move(open_library(show), url)
    if moved.before is None:
        click.echo(f"the show is at {moved.after} now; publish it there with `voorlezer publish`")
    else:
        click.echo(f"moved from {moved.before} to {moved.after}; publish it at both for at least four weeks")
