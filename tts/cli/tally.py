"""What `voorlezer batch` shows: a line for each article, how far it is, and at the end what became of all."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import time
from collections import Counter
from typing import TYPE_CHECKING

import click
import msgspec

from tts.atomic import whole_file
from tts.cli.bar import Bar
from tts.errors import ShowError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from tts.batch.run import Outcome, Record

_COLOURS: dict[Outcome, str] = {"made": "green", "made again": "green", "unchanged": "white", "failed": "red"}
_OUTCOME_CHARS = 12
_MOST_TROUBLES = 20  # that are listed at the end; the report has all


class Tally:
    """Prints as articles are done, and counts; the bar is for terminals.

    total : how many articles there are, None when nobody knows yet.
    """

    def __init__(self, total: int | None = None) -> None:
        self.counts: Counter[Outcome] = Counter()
        self.audio_s = 0.0
        self._troubles: list[Record] = []
        self._total = total
        self._began = time.monotonic()
        self._bar = Bar("articles", shows="count")

    def __enter__(self) -> Self:
        self._bar(0, self._total)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    @property
    def took_s(self) -> float:
        """Since the run began."""
        return time.monotonic() - self._began

    @property
    def n_left(self) -> int | None:
        """How many articles are to be done yet, None when nobody knows."""
        return None if self._total is None else max(0, self._total - self.counts.total())

    def done(self, record: Record) -> None:
        """One line for this article, and the bar moves on."""
        self.counts[record.outcome] += 1
        self.audio_s += record.duration_s or 0
        if record.trouble and len(self._troubles) < _MOST_TROUBLES:
            self._troubles.append(record)
        self._bar.print(_line(record))
        for warning in record.warnings:
            self._bar.print(" " * _OUTCOME_CHARS + click.style(warning, fg="yellow"))
        self._bar(self.counts.total(), self._total)

    def ending(self) -> None:
        """Say what it waits for."""
        self._bar.print("ending after the clips under way; Ctrl-C once more ends at once")

    def print_summary(self) -> None:
        """The table: how many of each, the audio there is now, and why some failed."""
        self._bar.stop()
        click.echo()
        for outcome, colour in _COLOURS.items():
            if n := self.counts[outcome]:
                click.echo(f"{click.style(f'{outcome:<{_OUTCOME_CHARS}}', fg=colour)}{n:>9,}")
        click.echo(f"{'audio':<{_OUTCOME_CHARS}}{_duration(self.audio_s):>9}")
        click.echo(f"{'took':<{_OUTCOME_CHARS}}{_duration(self.took_s):>9}")
        for record in self._troubles:
            click.echo(click.style("voorlezer: ", fg="red") + f"{record.source}: {record.trouble}", err=True)
        if (more := self.counts["failed"] - len(self._troubles)) > 0:
            click.echo(f"and {more:,} more; --report FILE has all", err=True)


class Report:
    """What became of each article as one JSON object, written record by record: of a million, memory holds none."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._file.write(b'{"articles": [')
        self._between = itertools.chain([b"\n"], itertools.repeat(b",\n"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def done(self, record: Record) -> None:
        """One line."""
        self._file.write(next(self._between) + msgspec.json.encode(record))

    def ending(self) -> None:
        """Nothing to write yet."""

    def save(self, path: Path, tally: Tally) -> None:
        """End it with the totals, and put it at `path`.

        Raises: ShowError when that can't be written.
        """
        totals = {outcome: tally.counts[outcome] for outcome in _COLOURS}
        end = {"totals": totals, "audio_s": round(tally.audio_s, 3), "took_s": round(tally.took_s, 3)}
        self._file.write(b"\n], " + msgspec.json.encode(end)[1:] + b"\n")
        self._file.seek(0)
        try:
            with whole_file(path) as fresh, fresh.open("wb") as file:
                shutil.copyfileobj(self._file, file)
        except OSError as error:
            raise ShowError(f"the report can't be written to {path}: {error.strerror or error}") from error


def _line(record: Record) -> str:
    outcome = click.style(f"{record.outcome:<{_OUTCOME_CHARS}}", fg=_COLOURS[record.outcome])
    lasts = "" if record.duration_s is None else _duration(record.duration_s)
    what = record.title or record.source
    after = click.style(f"  {record.trouble}", fg="red") if record.trouble else ""
    return f"{outcome}{click.style(f'{lasts:>7}', dim=True)}  {what}{after}"


def _duration(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:,}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
