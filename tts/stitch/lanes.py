"""A stage of work in a thread of its own, behind a bounded queue."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Queue
from threading import Event
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
R = TypeVar("R")


class _End:
    pass


class _StageStoppedError(Exception):
    """Takes the body of a lane to its end, where the stage tells what went wrong."""


class Lane(Generic[T, R]):
    """Takes items for the stage; see `lane`."""

    def __init__(self, queue: Queue[T | _End], stopped: Event, outcome: Future[R]) -> None:
        self._queue = queue
        self._stopped = stopped
        self._outcome = outcome

    def put(self, item: T) -> None:
        """Hand over an item; waits while the stage is behind, and leaves the body when the stage has stopped."""
        if self._stopped.is_set():
            raise _StageStoppedError
        self._queue.put(item)

    def result(self) -> R:
        """What the stage made of all items; to be asked after the lane has closed."""
        return self._outcome.result()


@contextmanager
def lane(consume: Callable[[Iterator[T]], R], depth: int) -> Iterator[Lane[T, R]]:
    """Let `consume` run in a thread over what is `put`, at most `depth` items behind.

    The lane closes when the body ends, however it ends, and waits for the stage. A stage that fails never blocks
    the body, but ends it at its next `put`, and its error is raised in the body's place.
    """
    queue: Queue[T | _End] = Queue(depth)
    stopped = Event()

    def items() -> Iterator[T]:
        while not isinstance(item := queue.get(), _End):
            yield item

    def run() -> R:
        coming = items()
        try:
            return consume(coming)
        finally:
            stopped.set()
            for _ in coming:  # so that a body that waits for room gets it
                pass

    with ThreadPoolExecutor(max_workers=1) as pool:
        outcome = pool.submit(run)
        try:
            yield Lane(queue, stopped, outcome)
        except _StageStoppedError:
            pass
        finally:
            queue.put(_End())
    outcome.result()
