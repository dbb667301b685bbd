"""`voorlezer cache`: the clips that were spoken before."""

from __future__ import annotations

import click

from tts.cli.main import debug_option
from tts.speak.cache import ClipCache


@click.command()
@click.option("--clear", is_flag=True, help="Remove all clips; they are spoken again when needed.")
@debug_option
def cache(clear: bool) -> None:
    """Show how many spoken clips are kept, where, and remove them on request."""
    clips = ClipCache()
    usage = clips.clear() if clear else clips.usage()
    verb = "removed" if clear else "kept"
    click.echo(
        f"{usage.n_clips} clips, {usage.n_bytes / 1e6:.1f} MB {verb} in {clips.folder} "
        f"(at most {clips.cap_bytes / 1e9:.0f} GB)"
    )
