"""`voorlezer publish`: the show goes to where the web can read it."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tts.cli.main import debug_option
from tts.cli.options import open_library, show_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tts.show.publish import Plan


@click.command(
    epilog="""DEST is a folder, s3://BUCKET/FOLDER (install voorlezer[s3]), or another address that fsspec knows, such
    as ftp:// or sftp://. Credentials come from where the protocol's own programs look for them; for S3 in
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and ~/.aws, and another service than Amazon's in AWS_ENDPOINT_URL.

    \b
    Examples:
      voorlezer publish --dry-run s3://my-podcast
      voorlezer publish /var/www/podcast
    """
)
@click.argument("dest")
@show_option
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@debug_option
def publish(dest: str, show: Path | None, dry_run: bool) -> None:
    """Send to DEST what has changed of the show.

    Audio first and the feed last: whenever it is interrupted, the published feed names only files that are there.
    What the show no longer has is removed from DEST, if it was put there by this command.
    """
    from tts.show.publish import make_plan, publish

    plan = make_plan(open_library(show), dest)
    if plan.lost_track:
        note = "what was published there can't be told any more: everything goes again, and nothing is removed"
        click.echo(click.style("voorlezer: ", fg="yellow") + note, err=True)
    if dry_run:
        _list(plan)
    began = time.monotonic()
    if not dry_run:
        with _bar(plan.n_bytes) as progress:
            publish(plan, progress)
    took = "nothing was sent" if dry_run else f"took {time.monotonic() - began:.1f} s"
    n_new = sum(upload.is_new for upload in plan.uploads)
    click.echo(
        f"{n_new} new, {len(plan.uploads) - n_new} changed, {len(plan.gone)} gone, {plan.n_unchanged} unchanged"
        f" · {_size(plan.n_bytes)} · {took}"
    )
    if not dry_run:
        click.echo(f"Listeners subscribe to {click.style(plan.feed_url, fg='green')}")


def _list(plan: Plan) -> None:
    for upload in plan.uploads:
        state = "new" if upload.is_new else "changed"
        click.echo(f"{state:<8} {upload.file.name}  {_size(upload.claim.n_bytes)}")
    for name in plan.gone:
        click.echo(f"{'gone':<8} {name}")


@contextmanager
def _bar(n_bytes: int) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, where that is a terminal."""
    if not sys.stderr.isatty() or not n_bytes:
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(), "left")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=n_bytes)
        yield lambda done, _total: bar.update(task, completed=done)


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes >= 1e5 else f"{n_bytes / 1e3:.1f} kB"
