"""A real Dask scheduler with two real workers, one of which is killed in the middle."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.batch.material import OFFLINE, ROOT, assert_whole, long_text, n_sidecars, until, voorlezer, write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler; itself and its two workers."""
    address = f"tcp://127.0.0.1:{_free_port()}"
    here = ("--host", "127.0.0.1", "--no-dashboard")
    started = [_dask("scheduler", *here, "--port", address.rpartition(":")[2])]
    for number in range(2):
        own = ("--local-directory", str(tmp_path / f"worker{number}"), "--nthreads", "1", "--no-nanny")
        started.append(_dask("worker", address, *here, *own))
    try:
        yield address, started
    finally:
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_all_episodes_are_there_once_though_a_worker_is_lost(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, (_scheduler, worker, _other) = cluster
    _wait_for_workers(address)
    write_articles(tmp_path / "articles", N, long_text())
    show = tmp_path / "show"
    work = ("--scheduler", address, "--workshop", str(tmp_path / "werk"))
    run = voorlezer("batch", *OFFLINE, *work, "--show", str(show), str(tmp_path / "articles"))
    until(lambda: n_sidecars(show), run)
    os.killpg(worker.pid, signal.SIGKILL)
    out, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    assert out.count("made  ") == N + 1
    assert_whole(show, N)
    assert list((tmp_path / "werk").iterdir()) == []


def _wait_for_workers(address: str) -> None:
    from distributed import Client

    connected: Any = Client  # Dask says that it is typed, but its client is not
    last = time.monotonic() + 60
    with connected(address, timeout=60, set_as_default=False) as client:
        while len(client.nthreads()) < 2:
            assert time.monotonic() < last
            time.sleep(0.05)
