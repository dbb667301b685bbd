"""One pace towards a service that blocks whoever asks too fast, held by all processes of this machine."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from tts.atomic import write_whole
from tts.errors import InputError, VoiceMissing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

PACE_VARIABLE = "VOORLEZER_GOOGLE_PACE"

# Google publishes no limit, and blocks an address for hours. Half a second to a second between requests is what
# people report as safe over thousands of them (thu-coai/LAUG, issue 3); an article is some fifty.
_PER_SECOND = 4.0
_CONNECTIONS = 2
_CONNECTIONS_UNPACED = 8

_POLL_S = 0.05  # how often to look whether another process has let go of its connection
_LONGEST_HOLD_S = 3600.0  # a file that says more was not written by us


class Pace:
    """At most so many requests a second, and so many at once, by all processes that name the same file.

    per_second  : None switches both limits off, and no file is touched.
    connections : how many turns may be taken at once.
    state_file  : holds two moments of the wall clock: when it was written, and when the next request may
                  start. Lock files stand beside it. A damaged file counts as none; a clock that was set back
                  costs one pause more and no more.

    Nobody waits with the file's lock in hand, and a process that is killed gives its turn back.
    """

    def __init__(self, per_second: float | None, connections: int, state_file: Path) -> None:
        self.per_second = per_second
        self.connections = connections
        self._state_file = state_file
        self._state_lock = Lock()
        self._turns = BoundedSemaphore(connections)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until a request may start; the turn ends with the block.

        Raises: VoiceMissing, where the file's folder can't be written.
        """
        if self.per_second is None:
            yield
            return
        with self._turns, ExitStack() as held:
            with self._in_the_file():
                held.enter_context(self._free_connection())
                wait_s = self._reserve(1 / self.per_second)
            time.sleep(wait_s)
            yield

    def hold(self, seconds: float) -> None:
        """Let no further request start for so long: whoever is told to wait says so to all others.

        Raises: VoiceMissing, as `turn`.
        """
        if self.per_second is None:
            return
        with self._in_the_file(), self._state() as (now, free):
            self._write(now, max(free, now + min(seconds, _LONGEST_HOLD_S)))

    def _reserve(self, seconds: float) -> float:
        """Take the next free moment and `seconds` from there on; how long it is until then."""
        with self._state() as (now, free):
            self._write(now, free + seconds)
        return free - now

    def _free_connection(self) -> AbstractContextManager[object]:
        while True:
            for number in range(self.connections):
                try:
                    return FileLock(self._beside(f".{number}.lock"), thread_local=False).acquire(blocking=False)
                except Timeout:
                    continue
            time.sleep(_POLL_S)

    @contextmanager
    def _state(self) -> Iterator[tuple[float, float]]:
        """This moment and the next free one, both of the wall clock; nobody else has them meanwhile."""
        with self._state_lock, FileLock(self._beside(".lock")):
            now = time.time()
            yield now, now + self._wait_s(now)

    def _write(self, now: float, free: float) -> None:
        write_whole(self._state_file, f"{now!r} {free!r}\n".encode())

    def _wait_s(self, now: float) -> float:
        try:
            written, free = map(float, self._state_file.read_text("ascii").split())
        except (FileNotFoundError, ValueError):
            return 0.0
        if not 0 <= free - written <= 2 * _LONGEST_HOLD_S:
            return 0.0
        # Written in the future: the clock was set back, and nobody knows how long ago that was.
        return max(0.0, free - now) if written <= now else free - written

    @contextmanager
    def _in_the_file(self) -> Iterator[None]:
        folder = self._state_file.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            yield
        except OSError as error:
            raise VoiceMissing(f"the pace can't be kept in {folder} ({error.strerror})") from error

    def _beside(self, suffix: str) -> Path:
        return self._state_file.with_name(self._state_file.name + suffix)


def google_pace() -> Pace:
    """The pace towards Google that the environment variable VOORLEZER_GOOGLE_PACE asks for.

    Unset: 4 requests a second over 2 connections. A number: so many requests a second. "off": no limit, and 8
    connections, which risks that Google blocks this address for hours.

    Raises: InputError.
    """
    state_file = user_cache_path("voorlezer") / "google.pace"
    asked = os.environ.get(PACE_VARIABLE, "").strip()
    if asked == "off":
        return Pace(None, _CONNECTIONS_UNPACED, state_file)
    try:
        per_second = float(asked or _PER_SECOND)
    except ValueError:
        per_second = 0.0
    if not 0.01 <= per_second <= 1000:
        raise InputError(f"{PACE_VARIABLE} is {asked!r}; give requests a second (0.01 to 1000), or off")
    return Pace(per_second, _CONNECTIONS, state_file)
