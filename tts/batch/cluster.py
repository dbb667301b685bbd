"""The workers of a Dask cluster as a crew. The only door to Dask."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import time
from concurrent.futures import CancelledError, Future
from contextlib import AsyncExitStack, suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tts import __version__
from tts.batch.crew import Gone
from tts.errors import InputError, VoorlezerError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import TracebackType

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_UNREADABLE = "Error during deserialization"  # how the RuntimeError begins of a scheduler that lacks a module
_CONNECTS_WITHIN_S = 8.0
_ANSWERS_WITHIN_S = 10.0  # all in all
_WITHOUT_WORKERS_S = 60.0  # a worker that is started again, by its nanny or by hand, is back before that


class Cluster:
    """The workers of a Dask scheduler; Dask gives the task of one that is lost to another.

    Its client is asked as coroutines, in a thread of ours, and every answer has its limit. What Dask offers to threads
    waits for ever for a scheduler that is gone: a future of `Client.get_executor` whose result is on its way when the
    scheduler dies is never done.

    Raises: InputError when the extra is not installed, nobody answers, or there are no workers.
    """

    def __init__(self, address: str) -> None:
        if importlib.util.find_spec("distributed") is None:
            raise InputError("a cluster needs Dask; install it with: pip install 'voorlezer[cluster]'")
        self._address = address
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="cluster", daemon=True)
        self._thread.start()
        self._client: Any = None
        self._under_way: set[Future[Any]] = set()
        self._seen_workers_at = time.monotonic()
        try:
            self._client = self._answer(_connected(address))
            n_threads = self._answer(self._n_threads())
        except (OSError, ValueError, ImportError) as error:
            self._close()
            raise InputError(f"no Dask scheduler answers at {address} ({error})") from error
        if not n_threads:
            self._close()
            raise InputError(f"the scheduler at {address} has no workers; start some: dask worker {address}")

    @property
    def size(self) -> int:
        """The threads of all workers there are now; one task each.

        Raises: Gone when the scheduler is, or has had no workers for a minute.
        """
        try:
            n_threads = self._answer(self._n_threads())
        except OSError as error:
            raise self._gone() from error
        now = time.monotonic()
        if n_threads:
            self._seen_workers_at = now
        elif now > self._seen_workers_at + _WITHOUT_WORKERS_S:
            raise Gone(f"the scheduler at {self._address} has no workers any more; the same command goes on from here")
        return max(1, n_threads)

    def submit(self, function: Callable[[_Task], _Result], task: _Task) -> Future[_Result]:
        """As `Crew`; the future's exception is Gone when the scheduler is."""
        future = asyncio.run_coroutine_threadsafe(self._done(function, task), self._loop)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def stop(self) -> None:
        """As `Crew`: at once, and what is under way is for nothing."""
        for future in tuple(self._under_way):
            future.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._close()

    async def _done(self, function: Callable[[_Task], _Result], task: _Task) -> _Result:
        from distributed import KilledWorker
        from distributed.client import ClosedClientError

        self._look()
        remote = self._client.submit(function, task, pure=False)
        try:
            result: _Result = await remote
        except KilledWorker as error:
            raise VoorlezerError("the workers that had it were lost: look whether they have enough memory") from error
        except (CancelledError, OSError, ClosedClientError) as error:
            if remote.status == "error":  # the task's own
                raise
            raise self._gone() from error
        except (ModuleNotFoundError, RuntimeError) as error:
            if isinstance(error, ModuleNotFoundError) or _UNREADABLE in str(error):
                raise Gone(
                    f"the cluster at {self._address} can't read the tasks; install Voorlezer {__version__} where its "
                    f"scheduler and workers run"
                ) from error
            raise
        finally:
            remote.release()
        return result

    async def _n_threads(self) -> int:
        self._look()
        threads: dict[str, int] = await self._client.nthreads()
        return sum(threads.values())

    def _look(self) -> None:
        """A client that lost its scheduler may find it again, but all tasks were dropped: one error is enough."""
        if self._client.status != "running":
            raise self._gone()

    def _answer(self, asked: Coroutine[Any, Any, _Result]) -> _Result:
        """What the coroutine returns; TimeoutError, an OSError, when that takes too long."""
        answer = asyncio.run_coroutine_threadsafe(asked, self._loop)
        try:
            return answer.result(_ANSWERS_WITHIN_S)
        except TimeoutError:
            answer.cancel()
            raise

    def _gone(self) -> Gone:
        return Gone(f"the scheduler at {self._address} is gone; the same command goes on from here")

    def _close(self) -> None:
        if self._client is not None:
            with suppress(OSError):  # who does not answer need not be told
                self._answer(_closed(self._client))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_ANSWERS_WITHIN_S)


async def _connected(address: str) -> Any:
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # each has a level of its own
        logging.getLogger(name).setLevel(logging.CRITICAL)  # its tracebacks are told in one line here
    connected: Any = Client  # Dask says that it is typed, but its client is not
    client = connected(address, timeout=_CONNECTS_WITHIN_S, asynchronous=True, set_as_default=False)
    async with AsyncExitStack() as failed:
        failed.push_async_callback(client.close)
        await client
        failed.pop_all()
    return client


async def _closed(client: Any) -> None:
    await client.close()
