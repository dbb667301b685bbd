"""What a worker does: one ordered episode, made in a folder that the show fetches it from.

A worker may run in another process or on another machine. All that it needs is in its task; what it makes are files,
and a small record of them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tts.errors import VoorlezerError
from tts.produce import State, make
from tts.speak.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.synchronize import Event

    from tts.model import Article, Block
    from tts.orders import Order
    from tts.speak.cast import Cast

MP3, SIDECAR = ".mp3", ".json"  # what is left in the workshop, under the task's key


class Stopped(VoorlezerError):
    """The run was told to end; what was spoken so far is kept for the next."""


@dataclass(frozen=True, slots=True)
class Task:
    """One episode to be made.

    workshop : folder, as fsspec names it ("/show/.incoming/x", "s3://bucket/show/.incoming/x"), that takes the files.
    key      : their name in it.
    """

    order: Order
    cover: bytes
    workshop: str
    key: str


@dataclass(frozen=True, slots=True)
class Work:
    """What came of a task; with the state "unchanged" there is no new audio."""

    key: str
    state: State
    took_s: float
    warnings: tuple[str, ...]


class _Ears:
    """Listens for a worker: keeps the warnings, and ends the work between two clips when the run is to end."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def segmented(self, article: Article, title: str, blocks: Sequence[Block]) -> None:
        """Nobody watches."""

    def cast_chosen(self, cast: Cast) -> None:
        """Nobody watches."""

    def progress(self, done: int, total: int) -> None:
        """The clip under way has been spoken, and kept."""
        if _stop is not None and _stop.is_set():
            raise Stopped(f"stopped at {done} of {total} characters")

    def warn(self, message: str) -> None:
        """For the record."""
        self.warnings.append(message)


_stop: Event | None = None  # of the run on this machine; a cluster has other ways


def prepare(stop: Event) -> None:
    """Make this process a worker of the run that sets `stop` when it is to end."""
    import signal

    global _stop  # noqa: PLW0603 - the one thing that a process pool can give its processes
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the run says when to end
    sys.setswitchinterval(0.0002)  # as the command does, see `tts.cli.main`


@cache
def _studio() -> Studio:
    """One a process, for as long as it lives; its engines end with it."""
    return Studio()


def work(task: Task) -> Work:
    """Make the ordered episode, and put its audio and sidecar into the workshop.

    Raises: VoorlezerError; OSError when the workshop takes no files.
    """
    import fsspec

    began = time.monotonic()
    ears = _Ears()
    with tempfile.TemporaryDirectory(prefix="voorlezer-") as folder:
        audio = Path(folder, "episode.mp3")
        made = make(task.order, task.cover, _studio(), audio, ears)
        files, path = fsspec.url_to_fs(f"{task.workshop}/{task.key}")
        if audio.exists():
            files.put_file(str(audio), path + MP3)
        files.pipe_file(path + SIDECAR, msgspec.json.encode(made.episode))
    return Work(task.key, made.state, time.monotonic() - began, tuple(ears.warnings))
