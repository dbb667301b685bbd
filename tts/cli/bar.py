"""A progress bar with the time left, for work that takes more than a moment."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal, Self, TextIO

import click

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID


class Bar:
    """Draws itself at the first progress it is told, on a terminal; elsewhere it draws nothing. Gone at the end.

    shows : beside the bar, how much of the whole is done, or how many of how many.
    """

    def __init__(self, label: str, out: TextIO | None = None, shows: Literal["share", "count"] = "share") -> None:
        self._label = label
        self._shows = shows
        self._out = out or sys.stdout
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __call__(self, done: int, total: int | None) -> None:
        """So much of so much is done; None where nobody knows how much there is."""
        if not self._out.isatty():
            return
        if self._progress is None:
            self._start(total)
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=total)

    def print(self, line: str) -> None:
        """A line above the bar, where there is one."""
        if self._progress is None:
            click.echo(line, file=self._out)
        else:
            from rich.text import Text

            self._progress.console.print(Text.from_ansi(line), overflow="ellipsis", no_wrap=True)

    def stop(self) -> None:
        """Take the bar away; it comes back when there is more progress."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def _start(self, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TimeRemainingColumn

        beside = TaskProgressColumn() if self._shows == "share" else MofNCompleteColumn()
        columns = (f"  {self._label} ", BarColumn(), beside, TimeRemainingColumn(), "left")
        self._progress = Progress(*columns, console=Console(file=self._out), transient=True)
        self._task = self._progress.add_task("", total=total)
        self._progress.start()
