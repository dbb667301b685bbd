"""What `voorlezer batch --dry-run` says."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import click

from tts.cli.bar import Bar
from tts.errors import VoorlezerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.batch.estimate import Estimate
    from tts.batch.seen import Seen
    from tts.orders import Desk
    from tts.read.collection import Reference

# 276 seconds of audio take 1.84 of a processor, see docs/scale.md.
_SECONDS_A_CORE = 150.0


def print_forecast(
    found: Iterator[Reference], total: int | None, desk: Desk, n_workers: int, *, permitted: bool
) -> None:
    """How many episodes, how much audio, how many requests to Google, and how long that takes."""
    from tts.batch.seen import Seen
    from tts.speak.google.pace import asked_pace, google_pace

    kinds: Counter[str] = Counter()
    estimates: list[Estimate] = []
    with closing(Seen()) as seen, Bar("reading") as bar:
        for done, reference in enumerate(found, start=1):
            estimate = _estimated(reference, desk, seen, kinds, permitted=permitted)
            if estimate is not None:
                estimates.append(estimate)
            bar(done, total or done)
    audio_s = sum(estimate.audio_s for estimate in estimates)
    n_requests = sum(estimate.n_requests for estimate in estimates)
    takes_s = sum(estimate.audio_s for estimate in estimates if not estimate.n_requests) / _SECONDS_A_CORE / n_workers
    per_second = google_pace().per_second
    if per_second is not None:
        takes_s += n_requests / per_second
    for name, n in (("new", kinds["new"]), ("changed", kinds["changed"]), ("unchanged", kinds["unchanged"])):
        click.echo(f"  {name:<20}{n:>8}")
    if kinds["failed"]:
        click.echo(click.style(f"  {'not to be read':<20}{kinds['failed']:>8}", fg="red"))
    click.echo(f"  {'minutes of audio':<20}{audio_s / 60:>8.0f}")
    click.echo(f"  {'requests to Google':<20}{n_requests:>8}")
    if n_requests:
        click.echo(f"  {'requests a second':<20}{per_second or asked_pace():>8}")
    unknown = " and what Google allows" if n_requests and per_second is None else ""
    click.echo(f"  {'takes about':<20}{_time(takes_s):>8}{unknown}")


def _estimated(
    reference: Reference, desk: Desk, seen: Seen, kinds: Counter[str], *, permitted: bool
) -> Estimate | None:
    from tts.batch.estimate import estimate
    from tts.read.collection import read

    try:
        article = read(reference, permitted=permitted)
        seen.check(reference, article)
        order = desk.order(article)
        if order.is_done:
            kinds["unchanged"] += 1
            return None
        found = estimate(order)
    except VoorlezerError as error:
        kinds["failed"] += 1
        click.echo(f"{reference.label}: {str(error).removeprefix(f'{reference.label}: ')}", err=True)
        return None
    kinds["changed" if order.before else "new"] += 1
    return found


def _time(seconds: float) -> str:
    minutes = seconds / 60
    return f"{minutes / 60:.1f} h" if minutes >= 90 else f"{max(1, round(minutes))} min"
