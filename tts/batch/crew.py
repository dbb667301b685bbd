"""Who does the work: the processors of this machine, or a Dask cluster, behind the interface of concurrent.futures."""

from __future__ import annotations

import importlib.util
import multiprocessing
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from tts.batch.work import prepare
from tts.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from types import TracebackType

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_END_WITHIN_S = 60.0  # a clip under way may wait for Google


def is_loss(error: BaseException) -> bool:
    """Whether a task failed because its process is gone: killed, out of memory, or crashed in a library."""
    return type(error).__name__ in {"ProcessExpired", "KilledWorker"}


class Crew(Protocol):
    """Does tasks in other processes."""

    @property
    def size(self) -> int:
        """How many tasks are done at once."""

    def submit(self, function: Callable[[_Task], _Result], task: _Task) -> Future[_Result]:
        """Have it done; the future fails with an error that `is_loss` knows when its process is gone."""

    def stop(self) -> None:
        """Ask those at work to end after the clip under way."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Processes:
    """Processes of this machine; one that crashes costs its task and is replaced.

    size : how many.
    """

    def __init__(self, size: int) -> None:
        from pebble import ProcessPool

        self.size = size
        context = multiprocessing.get_context("spawn")  # this process has threads
        self._stop = context.Event()
        self._pool = ProcessPool(size, initializer=prepare, initargs=(self._stop,), context=context)

    def submit(self, function: Callable[[_Task], _Result], task: _Task) -> Future[_Result]:
        """As `Crew`."""
        future: Future[_Result] = self._pool.schedule(function, args=(task,))
        return future

    def stop(self) -> None:
        """As `Crew`."""
        self._stop.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._stop.set()
        self._pool.close()
        try:
            self._pool.join(_END_WITHIN_S)
        except TimeoutError:
            self._pool.stop()
            self._pool.join()


class Cluster:
    """The workers of a Dask scheduler; Dask gives the task of one that is lost to another.

    Raises: InputError when the extra is not installed or nobody answers.
    """

    def __init__(self, address: str) -> None:
        if importlib.util.find_spec("distributed") is None:
            raise InputError("a cluster needs Dask; install it with: pip install 'voorlezer[cluster]'")
        from distributed import Client

        try:
            self._client = Client(address, timeout=10, set_as_default=False)
        except OSError as error:
            raise InputError(f"no Dask scheduler answers at {address} ({error})") from error
        self._executor = self._client.get_executor(pure=False, retries=1)

    @property
    def size(self) -> int:
        """The threads of all workers; one task each."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, function: Callable[[_Task], _Result], task: _Task) -> Future[_Result]:
        """As `Crew`."""
        future: Future[_Result] = self._executor.submit(function, task)
        return future

    def stop(self) -> None:
        """As `Crew`; here, nothing more is begun."""
        self._executor.shutdown(wait=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=error is None)
        self._client.close()
