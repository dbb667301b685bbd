"""`voorlezer init`: a new show."""

from __future__ import annotations

import difflib
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tts.cli.main import debug_option
from tts.cli.options import ShowPlace, open_library, place_of
from tts.model import Show
from tts.show.categories import category_names
from tts.show.faults import fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts.show.artwork import Artwork
    from tts.show.library import Library

DEFAULTS = Show()


def _sound(setting: str) -> Callable[[str], str | None]:
    """What a person typed for this setting, without outer spaces; None for nothing."""

    def take(typed: str) -> str | None:
        value = " ".join(typed.split())
        if value and (found := fault(setting, value)):
            raise click.BadParameter(found)
        return value or None

    return take


def _category(typed: str) -> str:
    """The category as Apple spells it."""
    spelled = {name.casefold(): name for name in category_names()}
    wanted = " > ".join(part.strip() for part in typed.split(">")).casefold()
    if wanted in spelled:
        return spelled[wanted]
    close = [spelled[name] for name in difflib.get_close_matches(wanted, spelled, cutoff=0.5)]
    near = f"; did you mean {' or '.join(close)}?" if close else f", such as {DEFAULTS.category} or News > Politics"
    raise click.BadParameter(f"{typed!r} is none of Apple's categories{near}")


def _colours(typed: str) -> tuple[str, ...]:
    given = tuple(typed.replace(",", " ").split())
    if len(given) != len(DEFAULTS.colours):
        raise click.BadParameter(f'{typed!r} is not two colours; write them like "{_written(DEFAULTS.colours)}"')
    if found := fault("colours", given):
        raise click.BadParameter(found)
    return given


def _written(colours: tuple[str, ...]) -> str:
    return " ".join(colours)


TAKE: dict[str, Callable[[str], Any]] = {
    **{name: _sound(name) for name in ("title", "description", "language", "author", "owner_email", "url", "voice")},
    "category": _category,
    "colours": _colours,
}
QUESTIONS = {  # in this order; with the answer that goes without saying, "" for none
    "title": ("Name of the podcast", DEFAULTS.title),
    "description": ("What it is about", DEFAULTS.description),
    "language": ("Language (nl, nl-nl or nl-be)", DEFAULTS.language),
    "author": ("Who makes it (Enter: say nothing)", ""),
    "owner_email": ("E-mail for directories, visible to all (Enter: none)", ""),
    "url": ("Where it will lie on the web, https://… (Enter: not yet)", ""),
    "category": ("Apple's category", DEFAULTS.category),
    "colours": ("Colours of the cover, ground and accent", _written(DEFAULTS.colours)),
}


def _taken(_ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
    return None if value is None or param.name is None else TAKE[param.name](value)


def _setting(flag: str, *more: str, metavar: str, what: str) -> Callable[[Any], Any]:
    return click.option(flag, *more, metavar=metavar, callback=_taken, help=what)


@click.command(
    epilog="""DIR is made where it is not there. On a terminal, what no option gives is asked.

    \b
    Examples:
      voorlezer init
      voorlezer init ~/podcast --title "De Dorpsbode" --author "Noor Bakker" --colours "#7a1f2b #f4d9c0"
    """
)
@click.argument("folder", metavar="[DIR]", type=ShowPlace(file_okay=False), default=".")
@_setting("--title", metavar="TEXT", what="Name of the podcast. [default: Voorlezer]")
@_setting("--description", metavar="TEXT", what="What it is about, in a line.")
@_setting("--language", metavar="CODE", what="nl, nl-nl or nl-be. [default: nl]")
@_setting("--author", metavar="NAME", what="Who makes it.")
@_setting("--email", "owner_email", metavar="ADDRESS", what="For directories; it stands in the feed.")
@_setting("--url", metavar="URL", what="Where the show will lie on the web.")
@_setting("--category", metavar="NAME", what="One of Apple's, 'News > Daily News'. [default: News]")
@_setting("--colours", metavar="COLOURS", what='Ground and accent: "#123c4a #ffcf56", which are the default.')
@click.option(
    "--cover",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A square picture of your own, copied into DIR. [default: one is drawn]",
)
@_setting("--voice", metavar="NAME", what="The voice of new episodes, see `voorlezer voices`. [default: auto]")
@debug_option
def init(folder: str, cover: Path | None, **given: Any) -> None:
    """Start a show in DIR, or else in the current folder: its settings, feed, page and cover.

    Writes show.toml, with a comment to each setting. A show that is there already is left alone.
    """
    from tts.show.artwork import artwork
    from tts.show.site import refresh
    from tts.show.start import refuse_second, start

    library = open_library(folder)
    refuse_second(library)
    if _on_a_terminal():
        given |= {name: _ask(name) for name in QUESTIONS if given[name] is None}
    show = start(library, {name: value for name, value in given.items() if value is not None}, cover)
    refresh(library)
    _introduce(show, library, artwork(library.folder, show))


def _on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(name: str) -> Any:
    question, default = QUESTIONS[name]
    return click.prompt(question, default=default, show_default=bool(default), value_proc=TAKE[name])


def _introduce(show: Show, library: Library, art: Artwork) -> None:
    asked = os.environ.get("VOORLEZER_SHOW")
    found = place_of(asked)
    is_it = library.shown == (str(found.absolute()) if isinstance(found, Path) else found.rstrip("/"))
    option = "" if is_it else f" --show {shlex.quote(library.shown)}"
    files = {
        "show.toml": "its settings; change them as you like",
        "feed.xml": "what podcast apps subscribe to",
        "index.html": "its page",
        art.cover: "its cover" if show.cover is None else f"its cover, from {show.cover}",
    }
    steps = {
        f"voorlezer episode{option} artikel.txt": "makes the first episode",
        f"voorlezer serve{option}": "lets your phone subscribe, at home",
        f"voorlezer publish{option} DEST": "puts the show on the web",
    }
    click.echo(f"{click.style(show.title, bold=True)} is in {library.shown}")
    _table(files)
    click.echo("What comes next")
    _table(steps)


def _table(rows: dict[str, str]) -> None:
    width = max(map(len, rows))
    for left, right in rows.items():
        click.echo(f"  {left:<{width}}  {click.style(right, dim=True)}")
