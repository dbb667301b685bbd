"""Options and look-ups that several subcommands share."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from tts.read.dates import iso_date
from tts.show.library import Library, find_show

SOURCE_HELP = "SOURCE is a .txt, .md or .html file, a URL, or - for standard input."


def show_option(command: Any) -> Any:
    """Add --show."""
    return click.option(
        "--show",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="VOORLEZER_SHOW",
        metavar="DIR",
        help="The show folder. [default: $VOORLEZER_SHOW, else the nearest folder upwards with a show.toml, else "
        "Voorlezer in your music folder]",
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


def open_library(show: Path | None) -> Library:
    """The show that was asked for, or is found from here."""
    return Library(find_show(show, Path.cwd()))


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on stdout, for programs and still readable."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))
