"""Whole processes, and a show in an object store: killed in the middle, and gone on with by another machine."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import feedparser
import fsspec
import pytest

from tests.batch.material import OFFLINE, assert_whole, long_text, n_sidecars, until, voorlezer, write_articles
from tests.stand_in_s3 import BUCKET, bucket, endpoint  # noqa: F401 -- fixtures for all tests here

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("bucket")
SHOW = f"s3://{BUCKET}/show"


def started(tmp_path: Path, machine: str) -> subprocess.Popen[str]:
    """A batch on this machine."""
    env = {**os.environ, "XDG_DATA_HOME": str(tmp_path / machine)}
    return voorlezer("batch", *OFFLINE, "--jobs", "2", "--show", SHOW, str(tmp_path / "articles"), env=env)


def ended(run: subprocess.Popen[str]) -> str:
    out, errors = run.communicate(timeout=120)
    assert (run.returncode, errors) == (0, "")
    return out


def fetched(tmp_path: Path, name: str) -> Path:
    """All that lies at the address."""
    fsspec.filesystem("s3", skip_instance_cache=True).get(f"{BUCKET}/show", str(tmp_path / name), recursive=True)
    return tmp_path / name


def numbers(show: Path) -> dict[str, str]:
    """The guid of each episode in the feed, by its title."""
    return {entry.title: entry.id for entry in feedparser.parse((show / "feed.xml").read_bytes()).entries}


def test_killed_in_the_middle_the_same_command_goes_on_and_so_does_another_machine(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles", 2)
    ended(started(tmp_path, "one"))
    before = numbers(fetched(tmp_path, "before"))
    write_articles(tmp_path / "articles", 8, long_text())
    run = started(tmp_path, "one")
    (copy,) = tmp_path.glob("one/voorlezer/shows/*")
    until(lambda: n_sidecars(copy) > 3, run)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate(timeout=10)
    assert (fetched(tmp_path, "killed") / ".writer.json").exists()
    refused = started(tmp_path, "two")
    _, errors = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert errors.startswith(f"voorlezer: process {run.pid} on ")
    assert errors.count("\n") == 1
    ended(started(tmp_path, "one"))
    assert_whole(fetched(tmp_path, "after"), 8)
    after = numbers(tmp_path / "after")
    assert before.items() <= after.items()
    assert ended(started(tmp_path, "two")).count("unchanged  ") == 8 + 1
    assert not list(tmp_path.glob("two/voorlezer/shows/*/episodes/*.mp3"))
    write_articles(tmp_path / "articles", 9, long_text())
    ended(started(tmp_path, "two"))
    assert_whole(fetched(tmp_path, "at last"), 9)
    assert after.items() <= numbers(tmp_path / "at last").items()
