"""Options and look-ups that several subcommands share."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from tts.cli.bar import Bar
from tts.read.dates import iso_date
from tts.show.library import Library, find_show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.show.working_copy import WorkingCopy

SOURCE_HELP = "SOURCE is a .txt, .md or .html file, a URL, or - for standard input."


class ShowPlace(click.Path):
    """A folder of this machine, or an address that fsspec knows."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The address as it stands, a path as `click.Path` has it."""
        return value if "://" in value else super().convert(value, param, ctx)


def show_option(command: Any) -> Any:
    """Add --show."""
    return click.option(
        "--show",
        type=ShowPlace(file_okay=False),
        envvar="VOORLEZER_SHOW",
        metavar="DIR",
        help="The show folder: here, or an address such as s3://bucket/show. [default: $VOORLEZER_SHOW, else the "
        "nearest folder upwards with a show.toml, else Voorlezer in your music folder]",
    )(command)


def offline_option(command: Any) -> Any:
    """Add --offline."""
    return click.option("--offline", is_flag=True, help="Never ask Google; nothing leaves this machine.")(command)


def jobs_option(command: Any) -> Any:
    """Add --jobs."""
    return click.option(
        "--jobs",
        type=click.IntRange(1),
        metavar="N",
        help="Articles at once. [default: the processor's cores]",
    )(command)


def permitted_option(command: Any) -> Any:
    """Add --permitted."""
    return click.option(
        "--permitted",
        is_flag=True,
        help="You hold the rights: read also what robots.txt or a reservation (TDMRep, noai) keeps from machines.",
    )(command)


def pace_option(command: Any) -> Any:
    """Add --pace, for this process and the workers that it gives tasks to."""

    def keep(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        if value is None:
            return
        from tts.speak.google.pace import ask_for, asked_pace

        ctx.call_on_close(partial(ask_for, asked_pace()))
        ask_for(value)

    return click.option(
        "--pace",
        metavar="PACE",
        expose_value=False,
        callback=keep,
        help="Requests to Google: so many a second, default (2.5), fastest (as fast as Google lets you) or off. "
        "[default: $VOORLEZER_GOOGLE_PACE]",
    )(command)


def iso_date_value(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """The callback of an option --date: ISO 8601, from how people write dates."""
    if value is None:
        return None
    if (iso := iso_date(value)) is None:
        raise click.BadParameter(f"{value!r} is no date; write 2023-03-20, 2023-03 or '20 maart 2023'")
    return iso


def place_of(show: str | None) -> Path | str:
    """The folder of the show that was asked for, or is found from here; the address of one that lies elsewhere."""
    if not show or "://" not in show:
        return find_show(Path(show) if show else None, Path.cwd())
    from tts.show.destination import destination

    return destination(show).folder or show


def open_library(show: str | None) -> Library:
    """The show that was asked for, or is found from here, to be written to until the command ends."""
    return click.get_current_context().with_resource(opened_library(show))


@contextmanager
def opened_library(show: str | None) -> Iterator[Library]:
    """The same for as long as the caller says. A show that lies elsewhere is this run's alone meanwhile."""
    place = place_of(show)
    if isinstance(place, Path):
        yield Library(place)
        return
    from tts.show.away import checked_out

    with Bar("fetching", sys.stderr) as progress, checked_out(place, warn, progress) as library:
        progress.stop()
        yield library


def read_library(show: str | None) -> Library:
    """The show that was asked for, or is found from here, to be read; without its audio when it lies elsewhere."""
    place = place_of(show)
    return Library(place) if isinstance(place, Path) else _looked_at(place)


def read_library_and_audio(show: str | None) -> Library:
    """The show that was asked for, or is found from here, to be read; all of it is on this machine then."""
    place = place_of(show)
    if isinstance(place, Path):
        return Library(place)
    from tts.show.site import refresh

    library = _looked_at(place)
    with Bar("fetching audio", sys.stderr) as progress:
        library.bring_audio(progress)
    refresh(library)  # what is made of the episodes is not fetched
    return library


def _looked_at(address: str) -> WorkingCopy:
    from tts.show.away import looked_at

    with Bar("fetching", sys.stderr) as progress:
        return looked_at(address, progress)


def warn(message: str) -> None:
    """One line on stderr, of what the person should know though it goes on."""
    click.echo(click.style("voorlezer: ", fg="yellow") + message, err=True)


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on stdout, for programs and still readable."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))
