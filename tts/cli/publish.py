"""`voorlezer publish`: the show goes to where the web can read it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from tts.cli.bar import Bar
from tts.cli.main import debug_option
from tts.cli.options import read_library_and_audio, show_option
from tts.errors import ShowError

if TYPE_CHECKING:
    from tts.show.library import Library
    from tts.show.sending import Plan


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
@click.option("--force", is_flag=True, help="Also a show in which `voorlezer check` finds errors.")
@debug_option
def publish(dest: str, show: str | None, dry_run: bool, force: bool) -> None:
    """Send to DEST what has changed of the show.

    Audio first and the feed last: whenever it is interrupted, the published feed names only files that are there.
    What the show no longer has is removed from DEST, if it was put there by this command.
    """
    from tts.show.publish import make_plan
    from tts.show.sending import send

    library = read_library_and_audio(show)
    plan = make_plan(library, dest)
    if not force:
        _refuse_unsound(library)
    if plan.lost_track:
        note = "what was published there can't be told any more: everything goes again, and nothing is removed"
        click.echo(click.style("voorlezer: ", fg="yellow") + note, err=True)
    if dry_run:
        _list(plan)
    began = time.monotonic()
    if not dry_run:
        with Bar("publishing", sys.stderr) as progress:
            send(plan, progress)
    took = "nothing was sent" if dry_run else f"took {time.monotonic() - began:.1f} s"
    n_new = sum(upload.is_new for upload in plan.uploads)
    click.echo(
        f"{n_new} new, {len(plan.uploads) - n_new} changed, {len(plan.gone)} gone, {plan.n_unchanged} unchanged"
        f" · {_size(plan.n_bytes)} · {took}"
    )
    if not dry_run:
        click.echo(f"Listeners subscribe to {click.style(_feed_url(library), fg='green')}")


def _feed_url(library: Library) -> str:
    return f"{(library.settings().url or '').rstrip('/')}/feed.xml"


def _list(plan: Plan) -> None:
    for upload in plan.uploads:
        state = "new" if upload.is_new else "changed"
        click.echo(f"{state:<8} {upload.file.name}  {_size(upload.claim.n_bytes)}")
    for name in plan.gone:
        click.echo(f"{'gone':<8} {name}")


def _refuse_unsound(library: Library) -> None:
    """Stop here when podcast apps or directories would not take the show."""
    from tts.show.check import findings

    with Bar("checking", sys.stderr) as progress:
        errors = [finding for finding in findings(library, progress) if finding.severity == "error"]
    if errors:
        raise ShowError(
            f"the show has {len(errors)} error{'s' * (len(errors) != 1)}, among them: {errors[0].where}: "
            f"{errors[0].what}; `voorlezer check` says what to do, --force publishes it as it is"
        )


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes >= 1e5 else f"{n_bytes / 1e3:.1f} kB"
