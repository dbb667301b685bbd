"""Many articles at once: articles a minute, processor seconds an article, memory, and how the cost grows.

`scripts/bench batch` makes 200 articles of 4,000 characters in espeak:nl, cold, at one job and at two, through a Dask
cluster of two workers, and once more where nothing has changed. `scripts/bench batch 20` does so with fewer.
Processor seconds are those of all processes, counted from outside; so is memory, as the sum over all processes of what
is theirs alone (PSS), looked at twice a second.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from measure import ARTICLE, VOORLEZER

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOK_EVERY_S = 0.5
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
N_CORES = os.cpu_count() or 1
EARLY, LATE = slice(20, 40), slice(180, 200)
DASK = (sys.executable, "-m", "dask")


@dataclass
class Watch:
    """What the processes of some groups take.

    peak : bytes, by how many episodes were there when it was looked at.
    """

    groups: set[int]
    show: Path
    peak: dict[int, int] = field(default_factory=dict)

    @contextmanager
    def watched(self) -> Iterator[None]:
        ended = threading.Event()

        def look() -> None:
            while not ended.wait(LOOK_EVERY_S):
                n = sum(1 for path in self.show.glob("episodes/*.mp3"))
                self.peak[n] = max(self.peak.get(n, 0), sum(map(_pss, self.processes())))

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()

    def processes(self) -> list[int]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(folder.name)) in self.groups:
                    found.append(int(folder.name))
            except ProcessLookupError:
                continue
        return found

    def cpu_s(self) -> float:
        """Processor seconds of the processes there are, and of those that they have waited for."""
        total = 0
        for pid in self.processes():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            total += sum(map(int, fields[11:15]))
        return total / TICKS_A_SECOND


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))


@dataclass(frozen=True)
class Made:
    """One run. took_s : of a worker, an article, in the order in which they were done."""

    wall_s: float
    cpu_s: float
    peak: dict[int, int]
    took_s: list[float]

    @property
    def busy(self) -> float:
        """The part of all cores' time that it took."""
        return self.cpu_s / self.wall_s / N_CORES

    def peak_in(self, turn: slice) -> int:
        """The most bytes while between so many and so many episodes were there."""
        return max((peak for there, peak in self.peak.items() if turn.start <= there <= turn.stop), default=0)

    def row(self, name: str) -> None:
        n = len(self.took_s)
        print(
            f"{name:<28}{self.wall_s:8.1f}{n / self.wall_s * 60:10.1f}{self.cpu_s / n:10.2f}{self.busy:8.0%}"
            f"{max(self.peak.values(), default=0) / 1e6:9.0f}",
            flush=True,
        )


def _write_articles(folder: Path, n: int) -> None:
    """The example article with its sentences in another order and a number in each, so that no clip serves twice."""
    folder.mkdir()
    title, *paragraphs = ARTICLE.read_text(encoding="utf-8").split("\n\n")
    for number in range(n):
        order = random.Random(number).sample(paragraphs, len(paragraphs))  # noqa: S311 - the same articles every time
        body = "\n\n".join(paragraph.replace(". ", f" ({number}). ") for paragraph in order)
        (folder / f"{number:04}.txt").write_text(f"{title}, deel {number}\n\n{body}", encoding="utf-8")


def _run(folder: Path, name: str, options: list[str], n: int, others: tuple[int, ...] = ()) -> Made:
    """`voorlezer batch` over the articles, into the show of that name with a cache of its own."""
    report, show = folder / "report.json", folder / name
    command = [VOORLEZER, "batch", "--offline", "--voice", "espeak:nl", "--show", str(show), "--report", str(report)]
    watch = Watch(set(others), show)
    before_s = watch.cpu_s()
    env = {**os.environ, "XDG_CACHE_HOME": str(folder / f"{name}.cache")}
    with watch.watched():
        began = time.monotonic()
        run = subprocess.Popen(
            [*command, *options, str(folder / "articles")], env=env, stdout=subprocess.DEVNULL, start_new_session=True
        )
        watch.groups.add(run.pid)
        _, status, usage = os.wait4(run.pid, 0)
        wall_s = time.monotonic() - began
    watch.groups.discard(run.pid)
    if status:
        sys.exit(f"bench: {' '.join(command)} failed")
    found = json.loads(report.read_bytes())["articles"]
    if len(found) != n:
        sys.exit(f"bench: {len(found)} articles of {n}")
    cpu_s = usage.ru_utime + usage.ru_stime + watch.cpu_s() - before_s
    return Made(wall_s, cpu_s, watch.peak, [record["took_s"] for record in found])


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The address of a scheduler with two workers of one thread; the process groups of all three."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, here = f"tcp://127.0.0.1:{port}", ["--host", "127.0.0.1", "--no-dashboard"]
    # One BLAS thread as a worker with its nanny has it; the rest as docs/scale.md says.
    env = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
        "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "100",
        "XDG_CACHE_HOME": str(folder / "dask.cache"),
    }
    commands = [["scheduler", *here, "--port", str(port)]]
    for number in range(2):
        own = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder / f"worker{number}")]
        commands.append(["worker", address, *here, *own])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen([*DASK, *command], env=env, start_new_session=True, **quiet) for command in commands]
    try:
        from distributed import Client

        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2)
        yield address, tuple(process.pid for process in started)
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _say(label: str, figure: str, target: str) -> None:
    print(f"{label:<62}{figure:>10}   ({target})")


def _compare(one: Made, two: Made, dask: Made, again: Made) -> None:
    print()
    n = len(two.took_s)
    _say("both cores busy at two jobs", f"{two.busy:.0%}", "at least 90 %")
    _say("processor seconds an article, two jobs to one", f"{two.cpu_s / one.cpu_s:.2f}", "at most 1.1")
    _say("wall time, Dask with two workers to two jobs", f"{dask.wall_s / two.wall_s:.2f}", "at most 1.1")
    _say("wall time, nothing changed to made at two jobs", f"{again.wall_s / two.wall_s:.1%}", "under 2 %")
    early, late = (EARLY, LATE) if n >= LATE.stop else (slice(n // 5, n // 5 * 2), slice(n - n // 5, n))
    compared = f"{late.start} to {late.stop} against {early.start} to {early.stop}"
    for name, made in (("one job", one), ("two jobs", two)):
        medians = [statistics.median(made.took_s[part]) for part in (early, late)]
        _say(f"an article's cost, {compared}, {name}", f"{medians[1] / medians[0]:.2f}", "at most 1.1")
        peaks = [made.peak_in(part) for part in (early, late)]
        _say(f"peak memory, {compared}, {name}", f"{peaks[1] / peaks[0]:.2f}", "flat")
    step = late.stop - late.start
    print(f"\npeak memory in MB, in turns of {step} articles")
    for name, made in (("one job", one), ("two jobs", two), ("Dask", dask)):
        turns = (made.peak_in(slice(start, start + step)) for start in range(0, n, step))
        print(f"  {name:<10}" + "".join(f"{peak / 1e6:7.0f}" for peak in turns))


def main() -> None:
    """Four runs, and what they say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=200)
    n = max(10, parser.parse_args().n)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_articles(folder / "articles", n)
        print(f"{n} articles of {len(ARTICLE.read_text(encoding='utf-8'))} characters, espeak:nl, {N_CORES} cores")
        print(f"{'':<28}{'wall s':>8}{'a minute':>10}{'cpu s/art.':>10}{'busy':>8}{'peak MB':>9}")
        one = _run(folder, "one", ["--jobs", "1"], n)
        one.row("1 job")
        two = _run(folder, "two", ["--jobs", "2"], n)
        two.row("2 jobs")
        with _cluster(folder) as (address, groups):
            dask = _run(folder, "dask", ["--scheduler", address], n, groups)
        dask.row("Dask, 2 workers")
        again = _run(folder, "two", ["--jobs", "2"], n)
        again.row("2 jobs, nothing changed")
        _compare(one, two, dask, again)


if __name__ == "__main__":
    main()
