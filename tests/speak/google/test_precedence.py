"""Which of two processes goes first."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tts.speak.google.precedence import Precedence

if TYPE_CHECKING:
    from pathlib import Path

GO_FIRST = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tts.speak.google import precedence
precedence._LONGEST_S = float(sys.argv[2])
mine = precedence.Precedence(Path(sys.argv[1]))
def go(_):
    with mine.first():
        began = time.time()
        time.sleep(0.02)
        print(began, time.time(), sys.argv[3], flush=True)
with ThreadPoolExecutor(3) as pool:
    list(pool.map(go, range(30)))
"""


def turns_of_two(lock_file: Path, longest_s: float) -> list[tuple[float, float, str]]:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", GO_FIRST, str(lock_file), str(longest_s), name], stdout=subprocess.PIPE, text=True
        )
        for name in "AB"
    ]
    rows = [line.split() for process in processes for line in process.communicate(timeout=30)[0].splitlines()]
    assert [process.returncode for process in processes] == [0, 0]
    return sorted((float(began), float(ended), name) for began, ended, name in rows)


def switches(turns: list[tuple[float, float, str]]) -> int:
    return sum(one[2] != other[2] for one, other in pairwise(turns))


def test_two_processes_go_one_after_the_other(tmp_path: Path) -> None:
    turns = turns_of_two(tmp_path / "lock", longest_s=20)
    assert len(turns) == 60
    assert all(one[1] <= other[0] for one, other in pairwise(turns))
    assert switches(turns) <= 3


def test_nobody_is_first_for_too_long(tmp_path: Path) -> None:
    began = time.monotonic()
    turns = turns_of_two(tmp_path / "lock", longest_s=0.1)
    assert len(turns) == 60
    assert switches(turns) >= 2
    assert time.monotonic() - began < 20


def test_threads_of_one_process_go_one_by_one(tmp_path: Path) -> None:
    mine = Precedence(tmp_path / "lock")
    inside: list[int] = []
    seen: list[int] = []

    def go(number: int) -> None:
        with mine.first():
            inside.append(number)
            seen.append(len(inside))
            time.sleep(0.002)
            inside.remove(number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(go, range(30)))
    assert seen == [1] * 30


def test_an_error_gives_way(tmp_path: Path) -> None:
    mine, other = Precedence(tmp_path / "lock"), Precedence(tmp_path / "lock")
    with pytest.raises(ZeroDivisionError), mine.first():
        1 / 0  # noqa: B018  # the error is the point
    with other.first():
        pass
