"""Processes that crash, are told to end, or lose the process that started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.batch.material import in_group
from tts.batch.crew import Processes
from tts.batch.work import _studio
from tts.errors import VoorlezerError
from tts.speak.cast import choose

if TYPE_CHECKING:
    from pathlib import Path


def crash_once(flag: Path) -> str:
    if flag.exists():
        return "well"
    flag.touch()
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def crash(_task: None) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def own_pid(_task: object) -> int:
    return os.getpid()


def ignored_signals(_task: None) -> set[int]:
    return {
        number for number in (signal.SIGINT, signal.SIGTERM) if number in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    }


def wait_for_a_minute(started: Path) -> None:
    started.touch()
    time.sleep(60)


def test_a_crash_costs_its_task_one_retry_and_no_other_task_anything(tmp_path: Path) -> None:
    with Processes(2) as crew:
        futures = [crew.submit(crash_once, tmp_path / str(number)) for number in range(2)]
        hopeless = crew.submit(crash, None)
        last = crew.submit(own_pid, 0)
        assert [future.result(30) for future in futures] == ["well", "well"]
        assert last.result(30) != os.getpid()
        with pytest.raises(VoorlezerError, match="crashed 2 times"):
            hopeless.result(30)


def test_a_process_that_is_killed_while_it_idles_costs_nothing() -> None:
    with Processes(1) as crew:
        first = crew.submit(own_pid, 0).result(30)
        os.kill(first, signal.SIGKILL)
        assert crew.submit(own_pid, 0).result(30) != first
        assert crew.submit(ignored_signals, None).result(30) == {signal.SIGINT, signal.SIGTERM}


def interrupted(folder: Path) -> None:
    with Processes(1) as crew:
        crew.submit(wait_for_a_minute, folder / "started")
        crew.submit(wait_for_a_minute, folder / "never")
        last = time.monotonic() + 30
        while not (folder / "started").exists():
            assert time.monotonic() < last
            time.sleep(0.01)
        raise KeyboardInterrupt


def test_an_error_ends_those_at_work_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path)
    assert time.monotonic() < began + 30
    assert not (tmp_path / "never").exists()


ORPHANS = """
import sys, time
from pathlib import Path
from tests.batch.test_crew import wait_for_a_minute
from tts.batch.crew import Processes
with Processes(2) as crew:
    for number in range(2):
        crew.submit(wait_for_a_minute, Path(sys.argv[1], str(number)))
    time.sleep(60)
"""


def test_no_process_outlives_the_one_that_started_it(tmp_path: Path) -> None:
    run = subprocess.Popen([sys.executable, "-c", ORPHANS, str(tmp_path)], start_new_session=True)
    last = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 2:
        assert time.monotonic() < last
        time.sleep(0.02)
    assert len(in_group(run.pid)) >= 3
    run.kill()
    run.wait()
    while in_group(run.pid):
        assert time.monotonic() < last
        time.sleep(0.02)


def lanes_of_voices(folder: Path) -> dict[str, int]:
    cast = choose("espeak:nl", None, offline=True)
    return {part: voice.lanes for part, voice in _studio().voices(cast, offline=True).items()}


def test_workers_share_the_processors_between_their_voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.batch.crew.os.cpu_count", lambda: 6)
    with Processes(2) as crew:
        assert crew.submit(lanes_of_voices, tmp_path).result(30) == {"narrator": 3, "quoted": 3}
