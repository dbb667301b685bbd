"""Ctrl-C, and the SIGTERM of a machine that is shut down: the first asks a run to end, the second ends it."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def ended_by_signals(end: Callable[[], None]) -> Iterator[list[int]]:
    """Call `end` at the first signal; another one does what it does elsewhere.

    What is given holds the number of that signal, and nothing when none came.
    """
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    caught: list[int] = []

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _frame: FrameType | None) -> None:
        restore()
        caught.append(number)
        end()

    for number in _SIGNALS:
        signal.signal(number, note)
    try:
        yield caught
    finally:
        restore()
