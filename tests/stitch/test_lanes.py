from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tts.stitch.lanes import lane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def _failing(items: Iterator[int]) -> int:
    next(items)
    raise KeyError("broken")


def _all(items: Iterator[int]) -> list[int]:
    return list(items)


def _feed(consume: Callable[[Iterator[int]], object], items: Iterable[int]) -> object:
    with lane(consume, depth=1) as stage:
        for item in items:
            stage.put(item)
    return stage.result()


def test_the_stage_gets_everything_in_order() -> None:
    assert _feed(_all, range(100)) == list(range(100))


def test_a_stage_that_fails_stops_the_body() -> None:
    with pytest.raises(KeyError, match="broken"):
        _feed(_failing, count())  # would wait for ever for room in the queue


def test_a_failure_at_the_very_end_is_not_lost() -> None:
    with pytest.raises(KeyError, match="broken"):
        _feed(_failing, [1])


def test_a_failure_two_stages_on_stops_the_body_too() -> None:
    def through_another(items: Iterator[int]) -> object:
        return _feed(_failing, items)

    with pytest.raises(KeyError, match="broken"):
        _feed(through_another, count())


def test_the_error_of_the_body_comes_through_and_the_thread_ends() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise RuntimeError("body")

    before = threading.active_count()
    with pytest.raises(RuntimeError, match="body"):
        _feed(_all, broken())
    assert threading.active_count() == before
