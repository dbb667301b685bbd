"""`voorlezer follow`: the new articles of feeds become episodes, once or again and again."""

from __future__ import annotations

import itertools
import os
import re
import signal
from time import sleep
from typing import TYPE_CHECKING

import click

from tts.cli.batch import exit_after
from tts.cli.interrupt import ended_by_signals
from tts.cli.main import debug_option, fail
from tts.cli.options import jobs_option, offline_option, opened_library, pace_option, permitted_option, show_option
from tts.cli.tally import Tally
from tts.errors import VoorlezerError
from tts.orders import Desk, Wishes

if TYPE_CHECKING:
    from tts.batch.follow import Follower
    from tts.batch.run import Watcher
    from tts.read.reference import Reference
    from tts.show.library import Library

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LEAST_S = 60  # more often is not polite, whatever the feed


def _seconds(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    match = re.fullmatch(r"(\d{1,6})([smhd])", value.strip())
    if match is None:
        raise click.BadParameter(f"{value!r} is no time; write 15m, 2h or 1d")
    return max(_LEAST_S, int(match[1]) * _UNITS_S[match[2]])


@click.command(
    epilog="""
    \b
    Examples:
      voorlezer follow https://example.org/nieuws.rss
      voorlezer follow --every 15m https://example.org/nieuws.rss https://example.com/feed
      */15 * * * * voorlezer follow --quiet --show /srv/podcast https://example.org/nieuws.rss     (for cron)
    """
)
@click.argument("feeds", metavar="FEED_URL...", nargs=-1, required=True)
@show_option
@click.option("--every", callback=_seconds, metavar="TIME", help="Go on, and look again every 15m, 2h or 1d.")
@click.option("--voice", metavar="NAME", help="As `voorlezer episode --voice`.")
@offline_option
@pace_option
@jobs_option
@permitted_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing when nothing is new.")
@debug_option
def follow(
    feeds: tuple[str, ...],
    show: str | None,
    every: int | None,
    voice: str | None,
    offline: bool,
    jobs: int | None,
    permitted: bool,
    quiet: bool,
) -> None:
    """Make episodes of the articles in RSS or Atom feeds that are new since the last time.

    What was seen is kept in the show folder. Sites that keep machines out (robots.txt, TDMRep, noai) are not read
    unless you hold the rights and say --permitted. A show that follows others is kept out of podcast directories until
    its show.toml says `block = false`.
    """
    wishes = Wishes(voice, None, offline)
    while True:
        with opened_library(show) as library:
            _keep_private(library)
            is_well = _look(feeds, library, wishes, jobs or os.cpu_count() or 1, permitted=permitted, quiet=quiet)
        if every is None:
            break
        _wait(every)
    if not is_well:
        click.get_current_context().exit(1)


def _keep_private(library: Library) -> None:
    from tts.show.settings import has_value, set_values

    if not has_value(library, "block"):
        set_values(library, {"block": True})
        click.echo("this show is kept out of podcast directories now; write block = false in show.toml to open it")


def _wait(seconds: int) -> None:
    try:
        sleep(seconds)
    except KeyboardInterrupt:
        click.get_current_context().exit(128 + signal.SIGINT)


def _look(
    feeds: tuple[str, ...], library: Library, wishes: Wishes, n_jobs: int, *, permitted: bool, quiet: bool
) -> bool:
    """Make what is new in all feeds; whether all went well."""
    from tts.batch.follow import Follower

    follower = Follower(library)
    fresh, is_well = _news(feeds, follower, permitted=permitted)
    if not any(fresh.values()):
        if not quiet:
            click.echo("nothing new")
        follower.keep()
        return is_well
    with Tally(sum(map(len, fresh.values()))) as tally:
        caught = _make(fresh, library, Desk(library, wishes), n_jobs, (tally, follower), permitted=permitted)
    follower.keep()
    tally.print_summary()
    if caught:
        exit_after(tally, caught)
    return is_well and not tally.counts["failed"]


def _make(
    fresh: dict[str, list[Reference]],
    library: Library,
    desk: Desk,
    n_jobs: int,
    watchers: tuple[Watcher, ...],
    *,
    permitted: bool,
) -> list[int]:
    """The episodes of all that is new; the signal that ended it before."""
    from tts.batch.crew import Processes
    from tts.batch.run import Batch

    with library.incoming() as incoming, Processes(n_jobs) as crew:
        run = Batch(library, desk, crew, incoming, str(incoming), watchers, permitted)
        with ended_by_signals(run.end) as caught:
            run.run(itertools.chain.from_iterable(fresh.values()))
    return caught


def _news(feeds: tuple[str, ...], follower: Follower, *, permitted: bool) -> tuple[dict[str, list[Reference]], bool]:
    fresh: dict[str, list[Reference]] = {}
    is_well = True
    for feed in feeds:
        try:
            fresh[feed] = follower.news(feed, permitted=permitted)
        except VoorlezerError as error:
            fail(error)
            is_well = False
    return fresh, is_well
