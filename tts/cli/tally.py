"""What `voorlezer batch` shows: a line for each article, how far it is, and at the end what became of all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from tts.cli.bar import Bar

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from tts.batch.run import Outcome, Record

_COLOURS: dict[Outcome, str] = {"made": "green", "made again": "green", "unchanged": "white", "failed": "red"}
_MOST_TROUBLES = 20  # that are listed at the end; the report has all


class Tally:
    """Prints as articles are done, and counts; the bar is for terminals.

    total : how many articles there are, None when nobody knows yet.
    """

    def __init__(self, total: int | None = None) -> None:
        self.records: list[Record] = []
        self._total = total
        self._began = time.monotonic()
        self._bar = Bar("articles")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def done(self, record: Record) -> None:
        """One line for this article, and the bar moves on."""
        self.records.append(record)
        self._bar.print(_line(record))
        for warning in record.warnings:
            self._bar.print(click.style("           " + warning, fg="yellow"))
        if self._total is not None:
            self._bar(len(self.records), self._total)

    def count(self, outcome: Outcome) -> int:
        """How many articles came to this."""
        return sum(record.outcome == outcome for record in self.records)

    def print_summary(self) -> None:
        """The table: how many of each, the audio there is now, and why some failed."""
        self._bar.stop()
        audio_s = sum(record.duration_s or 0 for record in self.records)
        click.echo()
        for outcome, colour in _COLOURS.items():
            if n := self.count(outcome):
                click.echo(f"  {click.style(f'{outcome:<11}', fg=colour)}{n:>7}")
        click.echo(f"  {'audio':<11}{_duration(audio_s):>7}   in {_duration(time.monotonic() - self._began)}")
        troubles = [record for record in self.records if record.trouble]
        for record in troubles[:_MOST_TROUBLES]:
            click.echo(click.style("voorlezer: ", fg="red") + f"{record.source}: {record.trouble}", err=True)
        if len(troubles) > _MOST_TROUBLES:
            more = len(troubles) - _MOST_TROUBLES
            click.echo(f"and {more} more; --report FILE has all", err=True)

    def report(self) -> dict[str, Any]:
        """All of it, for programs."""
        return {
            "took_s": round(time.monotonic() - self._began, 3),
            "totals": {outcome: self.count(outcome) for outcome in _COLOURS},
            "articles": self.records,
        }


def _line(record: Record) -> str:
    state = click.style(f"{record.outcome:<11}", fg=_COLOURS[record.outcome])
    what = record.title or record.source
    if record.duration_s is None:
        return f"{state}{what}: {record.trouble}"
    return f"{state}{what}  " + click.style(_duration(record.duration_s), dim=True)


def _duration(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
