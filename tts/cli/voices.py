"""`voorlezer voices`: who can speak on this machine now, and how more of them come to it."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tts.cli.bar import Bar
from tts.cli.main import debug_option
from tts.cli.options import offline_option, print_json
from tts.errors import InputError
from tts.model import VoiceSpec
from tts.speak import engine
from tts.speak.cast import lack, survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.speak.cast import Availability
    from tts.speak.piper.catalogue import Listed

WIDEST = 100


@click.group(
    invoke_without_command=True,
    epilog="Use a name with `voorlezer episode --voice NAME`; an engine alone is its first voice that is here. "
    "More, and how to bring a voice of your own: docs/voices.md.",
)
@offline_option
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@debug_option
@click.pass_context
def voices(ctx: click.Context, offline: bool, as_json: bool) -> None:
    """List the voices with their licences, and for those that can't be used now, what is missing."""
    if ctx.invoked_subcommand is not None:
        return
    found = survey(offline=offline)
    broken = dict(engine.broken())
    if as_json:
        print_json({"voices": [_as_data(one) for one in found], "broken": broken})
        return
    _print(found)
    for name, why in broken.items():
        click.echo(f"{click.style('✗', fg='red')} {click.style(name, bold=True)}  {why}")


def _as_data(found: Availability) -> dict[str, object]:
    offer = found.offer
    return {
        "voice": offer.spec.label,
        "about": offer.about,
        "licence": offer.licence,
        "beside": asdict(offer.beside),
        "on_machine": engine.engine(offer.spec.engine).on_machine,
        "missing": found.missing,
    }


def _print(found: Sequence[Availability]) -> None:
    """What is missing stands with the first of the voices that miss the same."""
    width = max(len(one.offer.spec.label) for one in found)
    told: str | None = None
    for one in found:
        label = one.offer.spec.label
        sign = click.style("✓", fg="green") if one.missing is None else click.style("✗", fg="red")
        first, *rest = _lines(f"{one.offer.about} · {one.offer.licence}", width + 4)
        click.echo(f"{sign} {click.style(label, bold=True)}{' ' * (width - len(label))}  {first.strip()}")
        for line in rest:
            click.echo(line)
        if one.missing is not None and one.missing != told:
            click.echo(click.style("\n".join(_lines(one.missing, 4)), dim=True))
        told = one.missing


def _lines(text: str, indent: int) -> list[str]:
    columns = min(WIDEST, shutil.get_terminal_size().columns)
    margin = " " * indent
    return textwrap.wrap(
        text, max(40, columns), initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False
    )


@voices.command(
    epilog="""Broken off, the same command goes on from there. $VOORLEZER_PIPER_URL names another place to fetch from.

    \b
    Example:
      voorlezer voices install ronnie nathalie
    """
)
@click.argument("name", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Fetch without asking.")
@debug_option
def install(name: Sequence[str], yes: bool) -> None:
    """Fetch Piper's voice of that NAME, after showing its licence and size."""
    from tts.speak.piper import install as place

    for voice in [_listed(one) for one in name]:
        if voice.is_installed:
            click.echo(f"piper:{voice.name} is installed")
            continue
        _introduce(voice)
        if not yes:
            click.confirm("Fetch it?", abort=True)
        with Bar(f"fetching {voice.name}") as bar:
            place.install(voice, bar)
        click.echo(f"piper:{voice.name} is installed; use it with --voice piper:{voice.name}")
        if lacking := lack(VoiceSpec("piper", voice.name)):
            click.echo(f"It can't speak yet, {lacking}")


def _introduce(voice: Listed) -> None:
    click.echo(f"{click.style(f'piper:{voice.name}', bold=True)}  {voice.about}")
    click.echo(f"  licence  {voice.licence} for the recordings; the model was {voice.trained}")
    click.echo(f"  size     {voice.size / 1e6:.0f} MB")
    click.echo(f"  from     {voice.url}")
    click.echo(f"  to       {voice.path.parent}")


@voices.command()
@click.argument("name", nargs=-1, required=True)
@debug_option
def remove(name: Sequence[str]) -> None:
    """Remove Piper's voice of that NAME from this machine."""
    from tts.speak.piper import install as place

    for voice in [_listed(one) for one in name]:
        n_bytes = place.remove(voice)
        if not n_bytes:
            raise InputError(f"piper:{voice.name} is not installed")
        click.echo(f"removed piper:{voice.name}, {n_bytes / 1e6:.0f} MB")


def _listed(name: str) -> Listed:
    """The voice of the catalogue by its name, its label or its name in the collection."""
    from tts.speak.piper.catalogue import catalogue, listed

    if (voice := listed(name.removeprefix("piper:"))) is not None:
        return voice
    if (offer := engine.find(name)) is not None:
        raise InputError(f"{name}: {lack(offer.spec) or 'nothing is missing, it can be used now'}")
    known = ", ".join(voice.name for voice in catalogue())
    raise InputError(f"no voice that can be fetched is called {name!r}; there are {known}")
