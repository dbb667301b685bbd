"""A stage of work in a thread of its own, behind a bounded queue."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Queue
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
R = TypeVar("R")


class _End:
    pass


class Lane(Generic[T, R]):
    """Takes items for the stage; see `lane`."""

    def __init__(self, queue: Queue[T | _End], outcome: Future[R]) -> None:
        self._queue = queue
        self._outcome = outcome

    def put(self, item: T) -> None:
        """Hand over an item; waits while the stage is behind, and raises what the stage has failed with."""
        if self._outcome.done():
            self._outcome.result()
        self._queue.put(item)

    def result(self) -> R:
        """What the stage made of all items; to be asked after the lane has closed."""
        return self._outcome.result()


@contextmanager
def lane(consume: Callable[[Iterator[T]], R], depth: int) -> Iterator[Lane[T, R]]:
    """Let `consume` run in a thread over what is `put`, at most `depth` items behind.

    The lane closes when the body ends, however it ends, and waits for the stage. A stage that fails never blocks
    the body: its error is raised at the next `put`, or at the end.
    """
    queue: Queue[T | _End] = Queue(depth)

    def items() -> Iterator[T]:
        while not isinstance(item := queue.get(), _End):
            yield item

    def run() -> R:
        coming = items()
        try:
            return consume(coming)
        finally:
            for _ in coming:  # so that the body never waits for a stage that has stopped
                pass

    with ThreadPoolExecutor(max_workers=1) as pool:
        outcome = pool.submit(run)
        try:
            yield Lane(queue, outcome)
        finally:
            queue.put(_End())
    outcome.result()
