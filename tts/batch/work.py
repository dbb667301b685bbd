"""What a worker does: one ordered episode, made in a folder of its own and left where the show fetches it.

A worker may run in another process or on another machine. All that it needs is in its task; what it makes are files,
and a small record of them.
"""

from __future__ import annotations

import atexit
import os
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tts import __version__
from tts.batch.place import Place
from tts.errors import ShowError, VoorlezerError
from tts.produce import State, make
from tts.show.destination import destination
from tts.speak.google.pace import ask_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    from tts.model import Article, Block
    from tts.orders import Order
    from tts.show.destination import Destination
    from tts.speak.cast import Cast

MP3, SIDECAR = ".mp3", ".json"  # what is left in the workshop, under the name that the record has

_destination = lru_cache(maxsize=4)(destination)  # of the last runs: a worker of a cluster lives on


class Stopped(VoorlezerError):
    """The run was told to end; what was spoken so far is kept for the next."""


@dataclass(frozen=True, slots=True)
class Task:
    """One episode to be made.

    cover    : of the show, small.
    pace     : towards Google, see `tts.speak.google.pace.google_pace`; a worker's own environment does not count.
    workshop : a folder's path, or what fsspec reaches by its address ("s3://bucket/werk"): where the files are left.
    version  : of Voorlezer, which must be the worker's too: its rules are heard.
    """

    order: Order
    cover: bytes
    pace: str
    workshop: str
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Work:
    """What came of a task; with the state "unchanged" there is no new audio.

    name : of its files in the workshop. No two have the same, also when one task is done twice.
    """

    name: str
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
        if _soon is not None and _soon.poll():
            raise Stopped(f"stopped at {done} of {total} characters")

    def warn(self, message: str) -> None:
        """For the record."""
        self.warnings.append(message)


_soon: Connection | None = None  # closed when a run on this machine is to end; a cluster has other ways
_lanes = 1  # of each voice: a cluster has a worker for each processor


def prepare(soon: Connection, now: Connection, lanes: int) -> None:
    """Make this process a worker of a run on this machine, which closes its end of a connection to have it end.

    soon  : after the clip under way. now : at once; so it does when the process that started it is gone, for which the
            pools of the standard library wait for ever (https://github.com/python/cpython/issues/111873).
    lanes : of each voice.
    """
    global _soon, _lanes
    _soon, _lanes = soon, lanes
    threading.Thread(target=_end_with, args=(now,), daemon=True).start()


def _end_with(now: Connection) -> None:
    if parent := parent_process():
        wait([now, parent.sentinel])
        os._exit(1)  # its engines end with their pipes


@cache
def _studio() -> Place:
    """One a process, for as long as it lives."""
    studio = Place(_lanes)
    atexit.register(studio.__exit__, None, None, None)
    return studio


def work(task: Task) -> Work:
    """Make the ordered episode, and leave its audio and sidecar in the workshop, the sidecar last.

    Raises: VoorlezerError; a ShowError when the workshop can't be used, which no other task will change.
    """
    if task.version != __version__:
        raise VoorlezerError(f"a worker has Voorlezer {__version__}, and the run {task.version}; install the same")
    ask_for(task.pace)
    began = time.monotonic()
    ears = _Ears()
    workshop, name = _destination(task.workshop), uuid.uuid4().hex
    with _bench(workshop) as folder:
        audio = folder / "episode.mp3"
        made = make(task.order, task.cover, _studio(), audio, ears)
        if audio.exists():
            workshop.put(name + MP3, audio, "audio/mpeg", "no-store")
        workshop.put(name + SIDECAR, msgspec.json.encode(made.episode), "application/json", "no-store")
    return Work(name, made.state, time.monotonic() - began, tuple(ears.warnings))


@contextmanager
def _bench(workshop: Destination) -> Iterator[Path]:
    """A folder to work in; on this machine it lies in the workshop, which is swept after a run that was killed."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="voorlezer-", dir=workshop.folder)
    except OSError as error:
        where = workshop.folder or tempfile.gettempdir()
        raise ShowError(
            f"a worker can't work in {where} ({error.strerror}); give a --workshop that it and the run both reach"
        ) from error
    with folder as name:
        yield Path(name)
