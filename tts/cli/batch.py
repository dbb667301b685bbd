"""`voorlezer batch`: many articles become episodes."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tts.cli.forecast import print_forecast
from tts.cli.interrupt import ended_by_signals
from tts.cli.main import debug_option
from tts.cli.options import (
    jobs_option,
    offline_option,
    open_library,
    pace_option,
    permitted_option,
    place_of,
    read_library,
    show_option,
    warn,
)
from tts.cli.tally import Report, Tally
from tts.errors import InputError
from tts.orders import Desk, Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.batch.crew import Crew
    from tts.read.collection import Reference


@click.command(
    epilog="""
    SOURCE is a file, a folder, a pattern, a zip or tar archive; a CSV or JSONL file with columns for text, path or
    URL and, if you like, title, date, author and id; an RSS or Atom feed of articles, or a sitemap.

    \b
    Examples:
      voorlezer batch artikelen/
      voorlezer batch --dry-run --voice google archief.csv
      voorlezer batch --jobs 8 --report verslag.json 'archief/**/*.html'
      voorlezer batch --scheduler tcp://host:8786 --show s3://bucket/show archief.csv
    """
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@show_option
@click.option("--voice", metavar="NAME", help="As `voorlezer episode --voice`.")
@click.option("--quote-voice", metavar="NAME", help="The voice of the quotes.")
@offline_option
@pace_option
@jobs_option
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster to do the work: tcp://host:8786.")
@click.option(
    "--workshop",
    metavar="ADDRESS",
    help="Where the workers of a cluster leave what they make: s3://bucket/tmp. [default: the show]",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what became of each as JSON.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N articles.")
@permitted_option
@click.option("--dry-run", is_flag=True, help="Say what it would take; make nothing.")
@click.option("--keep-going/--fail-fast", default=True, help="Whether to go on after an article that fails.")
@debug_option
def batch(
    sources: tuple[str, ...],
    show: str | None,
    voice: str | None,
    quote_voice: str | None,
    offline: bool,
    jobs: int | None,
    scheduler: str | None,
    workshop: str | None,
    report: Path | None,
    limit: int | None,
    permitted: bool,
    dry_run: bool,
    keep_going: bool,
) -> None:
    """Make an episode of every article in the SOURCEs.

    Started again, it goes on where it stopped: what is there and has not changed takes no time. An article that fails
    leaves the others alone; the exit code is 1 then.
    """
    from tts.batch.run import Batch
    from tts.batch.workshop import opened_workshop

    if report and not report.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {report.parent}; make it first", param_hint="--report")
    library = (read_library if dry_run else open_library)(show)
    desk = Desk(library, Wishes(voice, quote_voice, offline))
    total = _total(sources, limit)
    _tell_passed_over(sources)
    found = itertools.islice(_articles(sources), limit)
    crew = _crew(jobs, scheduler)
    if dry_run:
        with crew:
            print_forecast(found, total, desk, crew.size, permitted=permitted)
        return
    first = next(found)  # what is no source makes no show
    with Tally(total) as tally, Report() as told, library.incoming() as incoming, crew:
        with opened_workshop(workshop or _with_the_show(show, scheduler), incoming) as place:
            run = Batch(library, desk, crew, incoming, place, (tally, told), permitted, keep_going)
            with ended_by_signals(run.end) as caught:
                run.run(itertools.chain([first], found))
        if report:
            told.save(report, tally)
    tally.print_summary()
    exit_after(tally, caught)


def exit_after(tally: Tally, caught: Sequence[int]) -> None:
    """End the command as shells expect it: 1 when an article failed, and 128 with the signal that ended the run."""
    if caught:
        left = f" with {tally.n_left:,} articles left" if tally.n_left is not None else ""
        click.echo(f"ended{left}; what is made is in the show, and the same command goes on from here", err=True)
        click.get_current_context().exit(128 + caught[0])
    if tally.counts["failed"]:
        click.get_current_context().exit(1)


def _with_the_show(show: str | None, scheduler: str | None) -> str | None:
    """The workshop of a cluster beside a show that lies elsewhere: what lies in its copy here, others don't see."""
    place = place_of(show)
    return f"{place.rstrip('/')}/.workshop" if scheduler and isinstance(place, str) else None


def _articles(sources: Sequence[str]) -> Iterator[Reference]:
    """The articles of all sources. One that can't be used is an article that can't be, unless it is the only one."""
    from tts.read.collection import references
    from tts.read.reference import Reference, Unusable

    for source in sources:
        try:
            yield from references(source)
        except InputError as error:
            if len(sources) == 1:
                raise
            yield Reference(source, Unusable(str(error).removeprefix(f"{source}: ")))


def _tell_passed_over(sources: Sequence[str]) -> None:
    """Say which files in the folders are none of the articles."""
    from tts.read.collection import passed_over

    for source in sources:
        if others := passed_over(source).most_common():
            kinds = ", ".join(f"{n:,} {suffix}" for suffix, n in others)
            warn(f"{source}: only .txt, .md and .html are read in a folder; passed over: {kinds}")


def _total(sources: Sequence[str], limit: int | None) -> int | None:
    """How many articles there are, None where only reading on would tell."""
    from tts.read.collection import count

    counts = [count(source) for source in sources]
    if None in counts:
        return None
    total = sum(filter(None, counts))
    return total if limit is None else min(total, limit)


def _crew(jobs: int | None, scheduler: str | None) -> Crew:
    if scheduler:
        from tts.batch.cluster import Cluster

        return Cluster(scheduler)
    from tts.batch.crew import Processes

    return Processes(jobs or os.cpu_count() or 1)
