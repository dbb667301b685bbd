"""A crew for tests that are not about processes."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from tts.batch.work import _studio
from tts.errors import VoorlezerError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@dataclass
class Here:
    """A crew that works in this process: the first task goes wrong in the way that is asked for."""

    trouble: Exception | None = None
    size: int = 2
    is_stopped: bool = False

    @classmethod
    def instead_of_processes(cls, monkeypatch: pytest.MonkeyPatch) -> Here:
        """The one crew that all runs of a test get, each of them ready for work."""
        here = cls()

        def ready(_size: int) -> Here:
            here.is_stopped = False
            return here

        monkeypatch.setattr("tts.batch.crew.Processes", ready)
        return here

    def submit(self, function: Callable[[_Task], _Result], task: _Task) -> Future[_Result]:
        assert not self.is_stopped
        future: Future[_Result] = Future()
        trouble, self.trouble = self.trouble, None
        if trouble:
            future.set_exception(trouble)
            return future
        try:
            future.set_result(function(task))
        except VoorlezerError as error:
            future.set_exception(error)
        return future

    def stop(self) -> None:
        self.is_stopped = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        if _studio.cache_info().currsize:  # its engines would end with a process of their own
            _studio().__exit__(None, None, None)
            _studio.cache_clear()
