"""Whole processes: a batch that is interrupted, killed, or loses a worker, and goes on from there."""

from __future__ import annotations

import os
import resource
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.batch.material import (
    OFFLINE,
    assert_whole,
    environment,
    in_group,
    long_text,
    n_sidecars,
    until,
    voorlezer,
    write_articles,
)

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

N = 6


@pytest.fixture
def show(tmp_path: Path) -> Path:
    return tmp_path / "show"


def started(tmp_path: Path, show: Path, n: int = N) -> subprocess.Popen[str]:
    """A batch with two workers."""
    write_articles(tmp_path / "articles", n, long_text())
    options = (*OFFLINE, "--jobs", "2", "--show", str(show))
    return voorlezer("batch", *options, str(tmp_path / "articles"), env=environment(tmp_path))


def assert_nobody_is_left(group: int) -> None:
    last = time.monotonic() + 10
    while in_group(group):
        assert time.monotonic() < last
        time.sleep(0.02)


def assert_the_rest_is_made(tmp_path: Path, show: Path) -> None:
    """The same command again."""
    there = n_sidecars(show)
    out, errors = started(tmp_path, show).communicate(timeout=120)
    assert errors == ""
    assert out.count("unchanged  ") - 1 == there
    assert_whole(show, N)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_ctrl_c_ends_after_the_clips_under_way_and_the_next_run_makes_the_rest(tmp_path: Path, show: Path) -> None:
    assert_ends(tmp_path, show, signal.SIGINT)
    assert_the_rest_is_made(tmp_path, show)


def test_a_machine_that_is_shut_down_ends_it_as_well(tmp_path: Path, show: Path) -> None:
    assert_ends(tmp_path, show, signal.SIGTERM)


def assert_ends(tmp_path: Path, show: Path, number: int) -> None:
    """A signal to all processes has the clips under way finished, and what was made is whole."""
    run = started(tmp_path, show)
    until(lambda: n_sidecars(show), run)
    os.killpg(run.pid, number)
    out, errors = run.communicate(timeout=30)
    assert run.returncode == 128 + number
    assert_nobody_is_left(run.pid)
    n_made = n_sidecars(show)
    assert 1 <= n_made < N
    assert f"ended with {N - n_made} articles left; what is made is in the show" in errors
    assert "Traceback" not in errors
    assert "failed" not in out
    assert_whole(show, n_made)


def test_what_was_killed_leaves_nothing_that_the_next_run_trips_over(tmp_path: Path, show: Path) -> None:
    alone = started(tmp_path, show)
    until(lambda: n_sidecars(show), alone)
    alone.kill()
    alone.communicate()
    assert_nobody_is_left(alone.pid)
    n_made = n_sidecars(show)
    group = started(tmp_path, show)
    until(lambda: n_sidecars(show) > n_made, group)
    os.killpg(group.pid, signal.SIGKILL)
    group.communicate()
    assert n_sidecars(show) < N
    assert_the_rest_is_made(tmp_path, show)


def test_a_worker_that_is_killed_costs_its_article_one_retry(tmp_path: Path, show: Path) -> None:
    run = started(tmp_path, show)
    until(lambda: n_sidecars(show), run)
    workers = [pid for pid in in_group(run.pid) if _is_worker(pid)]
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    _, errors = run.communicate(timeout=120)
    assert (run.returncode, errors) == (0, "")
    assert_whole(show, N)


def _is_worker(pid: int) -> bool:
    with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123 - /proc is no place for paths
        return b"spawn_main" in file.read()


def test_a_full_disk_is_one_line(tmp_path: Path, show: Path) -> None:
    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    write_articles(tmp_path / "articles", 1)
    (tmp_path / "articles/lang.txt").write_text(long_text(), encoding="utf-8")
    run = voorlezer("batch", *OFFLINE, "--show", str(show), str(tmp_path / "articles"), preexec_fn=small_files_only)
    out, errors = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "File too large" in errors
    assert errors.count("\n") == 1
    assert "Traceback" not in out
    assert_whole(show, n_sidecars(show))
