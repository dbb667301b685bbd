"""`voorlezer voices`: who can speak on this machine now."""

from __future__ import annotations

import click

from tts.cli.main import debug_option
from tts.cli.options import offline_option
from tts.speak.cast import survey


@click.command(
    epilog="Use a name with `voorlezer episode --voice NAME`; an engine alone is its first voice that is here."
)
@offline_option
@debug_option
def voices(offline: bool) -> None:
    """List the voices, and for those that can't be used now, what is missing."""
    for found in survey(offline=offline):
        sign = click.style("✓", fg="green") if found.missing is None else click.style("✗", fg="red")
        click.echo(f"{sign} {click.style(f'{found.offer.spec.label:<13}', bold=True)} {found.offer.about}")
        if found.missing is not None:
            click.echo(click.style(f"    {found.missing}", dim=True))
