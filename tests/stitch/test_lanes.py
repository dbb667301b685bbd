from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tts.stitch.lanes import lane

if TYPE_CHECKING:
    from collections.abc import Iterator


def _failing(items: Iterator[int]) -> int:
    next(items)
    raise KeyError("broken")


def test_the_stage_gets_everything_in_order() -> None:
    with lane(list[int], depth=2) as stage:
        for item in range(100):
            stage.put(item)
    assert stage.result() == list(range(100))


def test_a_stage_that_fails_stops_the_body() -> None:
    with pytest.raises(KeyError, match="broken"), lane(_failing, depth=1) as stage:
        while True:  # would wait for ever for room in the queue
            stage.put(1)


def test_a_failure_at_the_very_end_is_not_lost() -> None:
    with pytest.raises(KeyError, match="broken"), lane(_failing, depth=1) as stage:
        stage.put(1)


def test_the_error_of_the_body_comes_through_and_the_thread_ends() -> None:
    before = threading.active_count()
    with pytest.raises(RuntimeError, match="body"), lane(list[int], depth=1) as stage:
        stage.put(1)
        raise RuntimeError("body")
    assert threading.active_count() == before
