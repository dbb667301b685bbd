"""`voorlezer batch`: many articles become episodes."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from tts.atomic import write_whole
from tts.cli.forecast import print_forecast
from tts.cli.main import debug_option
from tts.cli.options import jobs_option, offline_option, open_library, permitted_option, show_option
from tts.cli.tally import Tally
from tts.errors import ShowError
from tts.orders import Desk, Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.batch.crew import Crew
    from tts.batch.run import Batch
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
    """
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@show_option
@click.option("--voice", metavar="NAME", help="As `voorlezer episode --voice`.")
@click.option("--quote-voice", metavar="NAME", help="The voice of the quotes.")
@offline_option
@jobs_option
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster to do the work: tcp://host:8786.")
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
    show: Path | None,
    voice: str | None,
    quote_voice: str | None,
    offline: bool,
    jobs: int | None,
    scheduler: str | None,
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
    from tts.read.collection import references

    library = open_library(show)
    desk = Desk(library, Wishes(voice, quote_voice, offline))
    total = _total(sources, limit)
    found = itertools.islice(itertools.chain.from_iterable(map(references, sources)), limit)
    with _crew(jobs, scheduler) as crew:
        if dry_run:
            print_forecast(found, total, desk, crew, permitted=permitted)
            return
        with Tally(total) as tally, library.incoming() as workshop:
            run = Batch(library, desk, crew, workshop, tally, permitted, keep_going)
            stopped = ran_until_stopped(run, found)
    tally.print_summary()
    if report:
        _write(report, tally)
    if stopped:
        left = f" with {total - len(tally.records)} articles left" if total is not None else ""
        click.echo(f"stopped{left}; what is made is in the show, and the same command goes on from here", err=True)
        click.get_current_context().exit(130)
    if tally.count("failed"):
        click.get_current_context().exit(1)


def ran_until_stopped(run: Batch, found: Iterator[Reference]) -> bool:
    """Run the batch; whether Ctrl-C ended it."""
    try:
        run.run(found)
    except KeyboardInterrupt:
        return True
    return False


def _total(sources: Sequence[str], limit: int | None) -> int | None:
    """How many articles there are, None where only reading on would tell."""
    from tts.read.collection import count

    counts = [count(source) for source in sources]
    if None in counts:
        return None
    total = sum(filter(None, counts))
    return total if limit is None else min(total, limit)


def _crew(jobs: int | None, scheduler: str | None) -> Crew:
    from tts.batch.crew import Cluster, Processes

    return Cluster(scheduler) if scheduler else Processes(jobs or os.cpu_count() or 1)


def _write(report: Path, tally: Tally) -> None:
    try:
        write_whole(report, msgspec.json.format(msgspec.json.encode(tally.report()), indent=2))
    except OSError as error:
        raise ShowError(f"the report can't be written to {report}: {error.strerror or error}") from error
