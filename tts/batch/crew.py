"""Who does the work, behind the interface of concurrent.futures: here the processors of this machine."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from tts.batch.work import prepare
from tts.errors import VoorlezerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_TRIES = 2  # a crash costs an article one more try
_KEPT_FROM_WORKERS = {signal.SIGINT, signal.SIGTERM}  # they go to a whole group or unit; the run says when to end


class Gone(VoorlezerError):
    """The crew can do no more; the message says who is gone."""


class Crew(Protocol):
    """Does tasks in other processes.

    No call waits without a limit for what may be gone; who finds it gone raises `Gone`, and so do the futures.
    """

    @property
    def size(self) -> int:
        """How many tasks are done at once now."""

    def submit(self, function: Callable[[_Task], _Result], task: _Task) -> Future[_Result]:
        """Have it done; a process that is lost costs the task a try in another one."""

    def stop(self) -> None:
        """Begin nothing more, and ask those at work to end soon."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Processes:
    """Processes of this machine, which end with this one. One that crashes takes no other with it, and is replaced.

    size : how many at most; each is started when there is work for it.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._lanes = max(1, (os.cpu_count() or 1) // size)
        # glibc gives threads heaps of their own, and what is free in one serves no other: over 70 articles the peak of
        # a worker grew from 96 to 115 MB, with one heap from 86 to 91, in the same processor time. For our children.
        os.environ.setdefault("MALLOC_ARENA_MAX", "1")
        self._context = multiprocessing.get_context("spawn")  # this process has threads
        self._soon_heard, self._soon = self._context.Pipe(duplex=False)
        self._now_heard, self._now = self._context.Pipe(duplex=False)
        self._idle: queue.LifoQueue[ProcessPoolExecutor] = queue.LifoQueue()  # the last one is warm
        for _ in range(size):
            self._idle.put(self._process())
        self._threads = ThreadPoolExecutor(
            size, "worker", signal.pthread_sigmask, (signal.SIG_BLOCK, _KEPT_FROM_WORKERS)
        )

    def submit(self, function: Callable[[_Task], _Result], task: _Task) -> Future[_Result]:
        """As `Crew`."""
        return self._threads.submit(self._done, function, task)

    def _process(self) -> ProcessPoolExecutor:
        """A pool of one: the crash of a process breaks the pool that it is in."""
        return ProcessPoolExecutor(
            1, mp_context=self._context, initializer=prepare, initargs=(self._soon_heard, self._now_heard, self._lanes)
        )

    def _done(self, function: Callable[[_Task], _Result], task: _Task) -> _Result:
        process = self._idle.get()
        try:
            for _ in range(_TRIES):
                try:
                    return process.submit(function, task).result()
                except BrokenProcessPool:
                    if self._now.closed:
                        raise
                    process = self._process()
        finally:
            self._idle.put(process)
        raise VoorlezerError(f"its process crashed {_TRIES} times, or was killed: look whether there is enough memory")

    def stop(self) -> None:
        """As `Crew`: after the clip under way."""
        self._soon.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if error is not None:
            self._now.close()
        self._threads.shutdown()
        while not self._idle.empty():
            self._idle.get().shutdown()
        for end in (self._soon_heard, self._now_heard, self._now):
            end.close()
