"""`voorlezer voices`: who can speak on this machine now."""

from __future__ import annotations

import click

from tts.cli.main import debug_option
from tts.cli.options import offline_option
from tts.speak.cast import survey

ABOUT = {
    "google": "Google's Dutch voice, through gTTS; the text goes to Google Translate",
    "mbrola:nl2": "MBROLA, a man, on this machine; easier to follow than espeak-ng's own",
    "mbrola:nl3": "MBROLA, a woman, on this machine",
    "espeak:nl": "espeak-ng, on this machine; always there",
    "espeak:nl+m3": "espeak-ng in another timbre; with other variants, espeak:nl+VARIANT",
}


@click.command(epilog="Use a name with `voorlezer episode --voice NAME`; `espeak` takes the best of this machine.")
@offline_option
@debug_option
def voices(offline: bool) -> None:
    """List the voices, and for those that can't be used now, what is missing."""
    for found in survey(offline=offline):
        sign = click.style("✓", fg="green") if found.missing is None else click.style("✗", fg="red")
        click.echo(f"{sign} {click.style(f'{found.spec.label:<13}', bold=True)} {ABOUT[found.spec.label]}")
        if found.missing is not None:
            click.echo(click.style(f"    {found.missing}", dim=True))
