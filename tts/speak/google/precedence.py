"""Who goes first of the processes that want the same thing over and over."""

from __future__ import annotations

import time
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POLL_S = 0.01
_LONGEST_S = 20.0  # then the others have a chance, so that an episode is not held up by all of a batch


class Precedence:
    """The process that went first stays first while it has threads waiting, for 20 seconds at most.

    So two articles that are made at once end one after the other: while one is mixed, the other is spoken. Taking
    turns they would end together, and nothing would be asked for meanwhile.

    lock_file : the same for all processes. A process that is killed is first no longer.
    """

    def __init__(self, lock_file: Path) -> None:
        self._lock = FileLock(lock_file, thread_local=False, poll_interval=_POLL_S)
        self._next = Lock()
        self._counting = Lock()
        self._n_here = 0
        self._since = 0.0

    @contextmanager
    def first(self) -> Iterator[None]:
        """Wait until this thread of this process goes first; the next one's time comes with the end of the block.

        Raises: OSError, where the lock's file can't be made.
        """
        with self._counting:
            self._n_here += 1
        with self._next:
            try:
                if not self._lock.is_locked:
                    self._lock.acquire()
                    self._since = time.monotonic()
                yield
            finally:
                self._leave()

    def _leave(self) -> None:
        with self._counting:
            self._n_here -= 1
            is_last = self._n_here == 0
        if is_last or time.monotonic() - self._since > _LONGEST_S:
            self._lock.release()
            if not is_last:
                time.sleep(2 * _POLL_S)  # the others look this often
