"""One pace towards a service that blocks whoever asks too fast, held by all processes of this machine."""

from __future__ import annotations

import math
import os
import time
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from tts.atomic import write_whole
from tts.errors import InputError, VoiceBusy, VoiceMissing
from tts.speak.google.throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

PACE_VARIABLE = "VOORLEZER_GOOGLE_PACE"
DEFAULT, FASTEST, OFF = "default", "fastest", "off"

# Google publishes no limit, and blocks an address for hours. Half a second to a second between requests is what
# people report as safe over thousands of them (thu-coai/LAUG, issue 3); an article is some fifty.
_PER_SECOND = 2.5
_FASTEST_FROM, _FASTEST_TO = 4.0, 20.0  # where "fastest" begins, and the most that it tries

# By Little's law so many requests are under way as are sent in the time of one answer, half a second at most.
_LONG_ANSWER_S = 0.5
_FEWEST_CONNECTIONS, _MOST_CONNECTIONS = 2, 8

_POLL_S = 0.05  # how often to look whether another process has let go of its connection
_LOCK_POLL_S = 0.005  # nobody has the file for longer than it takes to write it
_LONGEST_WAIT_S = 60.0


class Pace(Protocol):
    """When a request may start.

    per_second  : at most, None where that is not known beforehand.
    connections : how many turns may be taken at once.
    """

    per_second: float | None
    connections: int

    def turn(self) -> AbstractContextManager[int]:
        """Wait until a request may start; the turn ends with the block. It gives what `refused` wants to know."""

    def refused(self, turn: int, rest_s: float) -> None:
        """The request of this turn came too soon: go slower, after a rest of so many seconds."""

    def hold(self, seconds: float) -> None:
        """Let no further request start for so long."""


class SharedPace:
    """One pace for all processes that name the same file; a `Pace`.

    per_second : None for as fast as the service lets us: from 4 a second on the pace grows until a request is refused,
                 and follows the limit from then on, see `Throttle`. A number is that pace, and is gone below after a
                 refusal, until the limit is found to be higher again.
    state_file : the line of a `Throttle`. Lock files stand beside it. A damaged file counts as none; a clock that was
                 set back costs one pause more and no more.

    A refusal slows down all processes at once, also those that wait already. Nobody waits with the file's lock in hand,
    and a process that is killed gives its turn back.
    """

    def __init__(self, per_second: float | None, connections: int, state_file: Path) -> None:
        self.per_second = per_second
        self.connections = connections
        self._state_file = state_file
        self._state_lock = Lock()

    @contextmanager
    def turn(self) -> Iterator[int]:
        """As `Pace`.

        Raises: VoiceBusy, where a rest of more than a minute is under way; VoiceMissing, where the file's folder can't
            be written.
        """
        with ExitStack() as held:
            with self._in_the_folder():
                held.enter_context(self._free_connection())
                n_cuts = self._take()
            yield n_cuts

    def refused(self, turn: int, rest_s: float) -> None:
        """As `Pace`.

        Raises: VoiceMissing, as `turn`.
        """
        with self._state() as throttle:
            self._write(throttle.refused(self._most, turn).held(rest_s))

    def hold(self, seconds: float) -> None:
        """As `Pace`; an hour at most.

        Raises: VoiceMissing, as `turn`.
        """
        with self._state() as throttle:
            self._write(throttle.held(seconds))

    @property
    def _most(self) -> float:
        return self.per_second or _FASTEST_TO

    def _take(self) -> int:
        """Wait for the next moment that is free, and take it.

        It is not reserved before, so that a refusal meanwhile puts it off.
        """
        while True:
            with self._state() as throttle:
                wait_s = throttle.wait_s()
                self._write(throttle if wait_s else throttle.taken(self._most))
            if not wait_s:
                return throttle.n_cuts
            if wait_s > max(_LONGEST_WAIT_S, 1 / self._most):
                raise VoiceBusy(f"blocked, and to be left alone for {wait_s / 60:.0f} minutes more", wait_s)
            time.sleep(wait_s)

    def _free_connection(self) -> AbstractContextManager[object]:
        while True:
            for number in range(self.connections):
                lock = FileLock(self._beside(f".{number}.lock"), thread_local=False)
                with self._in_the_folder(), suppress(Timeout):
                    return lock.acquire(blocking=False)
            time.sleep(_POLL_S)

    @contextmanager
    def _state(self) -> Iterator[Throttle]:
        """What is known, at this moment; nobody else has it meanwhile."""
        lock = FileLock(self._beside(".lock"), poll_interval=_LOCK_POLL_S)
        with self._in_the_folder(), self._state_lock, lock:
            now, start = time.time(), max(self.per_second or 0.0, _FASTEST_FROM)
            try:
                known = Throttle.parsed(self._state_file.read_text("ascii"))
            except (FileNotFoundError, ValueError):
                known = Throttle.started(now, start)
            yield known.at(now, start)

    def _write(self, throttle: Throttle) -> None:
        write_whole(self._state_file, throttle.line.encode())

    @contextmanager
    def _in_the_folder(self) -> Iterator[None]:
        folder = self._state_file.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            yield
        except OSError as error:
            raise VoiceMissing(f"the pace can't be kept in {folder} ({error.strerror})") from error

    def _beside(self, suffix: str) -> Path:
        return self._state_file.with_name(self._state_file.name + suffix)


class NoPace:
    """Nobody waits for anybody; a `Pace`."""

    per_second: float | None = None
    connections: int = _MOST_CONNECTIONS

    @contextmanager
    def turn(self) -> Iterator[int]:
        """As `Pace`, at once."""
        yield 0

    def refused(self, turn: int, rest_s: float) -> None:
        """Change nothing."""

    def hold(self, seconds: float) -> None:
        """Change nothing."""


def ask_for(pace: str) -> None:
    """Have this process, and those that it starts, keep that pace from now on, see `google_pace`.

    Raises: InputError for what is no pace.
    """
    _pace(pace, _state_file())
    os.environ[PACE_VARIABLE] = pace


def asked_pace() -> str:
    """What `google_pace` goes by, to be told to a process on another machine."""
    return os.environ.get(PACE_VARIABLE, "").strip() or DEFAULT


def google_pace() -> Pace:
    """The pace towards Google that the environment variable VOORLEZER_GOOGLE_PACE asks for.

    "default", or nothing: 2.5 requests a second over 2 connections. A number: so many requests a second at most.
    "fastest": as fast as Google lets us, up to 20 a second over 8 connections. "off": no limit, and 8 connections. The
    last two risk that Google blocks this address for hours.

    Raises: InputError.
    """
    return _pace(asked_pace(), _state_file())


def _state_file() -> Path:
    return user_cache_path("voorlezer") / "google.pace"


@cache  # the threads of a process wait for each other in memory, and only then for other processes
def _pace(asked: str, state_file: Path) -> Pace:
    if asked == OFF:
        return NoPace()
    if asked == FASTEST:
        return SharedPace(None, _MOST_CONNECTIONS, state_file)
    try:
        per_second = _PER_SECOND if asked == DEFAULT else float(asked)
    except ValueError:
        per_second = 0.0
    if not 0.01 <= per_second <= 1000:
        raise InputError(
            f"{asked!r} is no pace towards Google (--pace, {PACE_VARIABLE}); give requests a second (0.01 to 1000), "
            f"{DEFAULT}, {FASTEST} or {OFF}"
        )
    connections = math.ceil(per_second * _LONG_ANSWER_S)
    return SharedPace(per_second, min(_MOST_CONNECTIONS, max(_FEWEST_CONNECTIONS, connections)), state_file)
