"""A real Dask scheduler with two real workers: what is lost when one of them is killed in the middle."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import fsspec
import pytest

from tests.batch.material import OFFLINE, ROOT, assert_whole, long_text, n_sidecars, until, voorlezer, write_articles
from tests.stand_in_s3 import BUCKET, bucket, endpoint  # noqa: F401 -- fixtures of a test here
from tts.batch.cluster import Cluster
from tts.batch.crew import Gone
from tts.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

N = 6


def _dask(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Dask:
    """A cluster on this machine."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    def kill_workers(self, n: int = 2) -> None:
        for worker in self.workers[:n]:
            os.killpg(worker.pid, signal.SIGKILL)


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    address = f"tcp://127.0.0.1:{_free_port()}"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    started = [_dask("scheduler", *here, "--port", address.rpartition(":")[2])]
    for number in range(2):
        own = ("--local-directory", str(tmp_path / f"worker{number}"), "--nthreads", "1", "--no-nanny")
        started.append(_dask("worker", address, *here, *own))
    try:
        _wait_for_workers(address)
        yield Dask(address, started[0], started[1:])
    finally:
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for_workers(address: str) -> None:
    from distributed import Client

    connected: Any = Client  # Dask says that it is typed, but its client is not
    with connected(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)


def test_all_episodes_are_there_once_though_a_worker_is_lost(dask: Dask, tmp_path: Path) -> None:
    write_articles(tmp_path / "articles", N, long_text())
    show = tmp_path / "show"
    work = ("--scheduler", dask.address, "--workshop", str(tmp_path / "werk"))
    run = voorlezer("batch", *OFFLINE, *work, "--show", str(show), str(tmp_path / "articles"))
    until(lambda: n_sidecars(show), run)
    dask.kill_workers(1)
    out, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    assert out.count("made  ") == N + 1
    assert_whole(show, N)
    assert list((tmp_path / "werk").iterdir()) == []


def test_a_cluster_that_can_not_read_the_tasks_says_what_to_do(
    dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "only_here.py").write_text("def work(task): return task", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with Cluster(dask.address) as crew:
        future = crew.submit(importlib.import_module("only_here").work, 1)
        with pytest.raises(Gone, match="install Voorlezer"):
            future.result(60)


def test_a_show_at_an_address_of_this_machine_is_a_folder(dask: Dask, tmp_path: Path) -> None:
    write_articles(tmp_path / "articles", 2)
    place = ("--show", f"file://{tmp_path}/show", "--workshop", f"file://{tmp_path}/werk")
    run = voorlezer("batch", *OFFLINE, "--scheduler", dask.address, *place, str(tmp_path / "articles"))
    _, errors = run.communicate(timeout=60)
    assert (run.returncode, errors) == (0, "")
    assert_whole(tmp_path / "show", 2)


@pytest.mark.usefixtures("bucket")
def test_a_show_in_an_object_store_needs_no_workshop(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    dask = request.getfixturevalue("dask")  # after the bucket: its workers need its settings
    write_articles(tmp_path / "articles", 3)
    show = f"s3://{BUCKET}/show"
    run = voorlezer("batch", *OFFLINE, "--scheduler", dask.address, "--show", show, str(tmp_path / "articles"))
    _, errors = run.communicate(timeout=60)
    assert (run.returncode, errors) == (0, "")
    system = fsspec.filesystem("s3")
    system.get(f"{BUCKET}/show", str(tmp_path / "there"), recursive=True)
    assert not list(tmp_path.glob("there/.w*"))  # neither workshop nor writer
    assert_whole(tmp_path / "there", 3)


def test_a_scheduler_that_dies_ends_the_run_in_one_line_and_the_next_goes_on(dask: Dask, tmp_path: Path) -> None:
    write_articles(tmp_path / "articles", N, long_text())
    show = tmp_path / "show"
    command = ("batch", *OFFLINE, "--show", str(show), str(tmp_path / "articles"))
    run = voorlezer(*command, "--scheduler", dask.address)
    until(lambda: n_sidecars(show), run)
    dask.scheduler.kill()
    _, errors = run.communicate(timeout=20)
    assert run.returncode == 1
    assert errors == f"voorlezer: the scheduler at {dask.address} is gone; the same command goes on from here\n"
    there = n_sidecars(show)
    assert 1 <= there < N
    dask.kill_workers()
    out, errors = voorlezer(*command).communicate(timeout=60)
    assert errors == ""
    assert out.count("unchanged  ") == there + 1
    assert_whole(show, N)


class SlowToSend:
    """A result that is on its way for a while."""

    def __init__(self, leaves: Path) -> None:
        self._leaves = leaves

    def __reduce__(self) -> tuple[type[SlowToSend], tuple[Path]]:
        self._leaves.touch()
        time.sleep(1)
        return SlowToSend, (self._leaves,)


def test_no_wait_for_a_scheduler_is_without_end(dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.batch.cluster._ANSWERS_WITHIN_S", 3)
    with Cluster(dask.address) as crew:
        assert crew.size == 2
        dask.scheduler.send_signal(signal.SIGSTOP)
        with pytest.raises(Gone, match="is gone; the same command goes on"):
            _ = crew.size
        dask.scheduler.send_signal(signal.SIGCONT)
        on_its_way = crew.submit(SlowToSend, tmp_path / "leaves")
        _wait_until((tmp_path / "leaves").exists)
        dask.scheduler.kill()
        with pytest.raises(Gone, match="is gone; the same command goes on"):
            on_its_way.result(10)
        with pytest.raises(Gone):
            _ = crew.size
        with pytest.raises(Gone):
            crew.submit(len, "nobody hears it").result(30)


def test_a_cluster_without_workers_is_waited_for_a_while(dask: Dask, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cluster(dask.address) as crew:
        assert crew.submit(len, "abc").result(10) == 3
        left = crew.submit(time.sleep, 60)
        dask.kill_workers()
        for worker in dask.workers:
            worker.wait()
        _wait_until(lambda: crew.size == 1)
        time.sleep(0.5)
        assert crew.size == 1
        monkeypatch.setattr("tts.batch.cluster._WITHOUT_WORKERS_S", 0.1)
        with pytest.raises(Gone, match="has no workers any more"):
            _ = crew.size
        crew.stop()
        assert left.cancelled()


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.batch.cluster._CONNECTS_WITHIN_S", 1)
    with pytest.raises(InputError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1 "):
        Cluster("tcp://127.0.0.1:1")
    with pytest.raises(InputError, match="no Dask scheduler answers at nergens://x"):
        Cluster("nergens://x")


def _wait_until(happens: Callable[[], bool]) -> None:
    last = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < last
        time.sleep(0.05)
