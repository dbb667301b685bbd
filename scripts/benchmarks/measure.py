"""Whole processes, measured from outside: wall clock, processor time and peak memory."""

from __future__ import annotations

import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "audio" / "voorbeeld.txt"
VOORLEZER = str(ROOT / "scripts" / "voorlezer")


@dataclass(frozen=True)
class Run:
    """Seconds on the clock, processor seconds (children included), and the largest process in bytes."""

    wall_s: float
    cpu_s: float
    peak_bytes: int


def run(command: list[str], env: dict[str, str] | None = None, cwd: Path | None = None) -> Run:
    """Run to the end; the benchmark stops when the command fails."""
    began = time.monotonic()
    process = subprocess.Popen(
        command, env={**os.environ, **(env or {})}, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.monotonic() - began
    if status:
        sys.exit(f"bench: {' '.join(command)} failed:\n{errors.decode()}")
    return Run(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def median(runs: list[Run]) -> Run:
    """Each figure's own median."""
    return Run(
        statistics.median(run.wall_s for run in runs),
        statistics.median(run.cpu_s for run in runs),
        int(statistics.median(run.peak_bytes for run in runs)),
    )


def longer(text: str, times: int) -> str:
    """The article so many times over, each paragraph with a number, so that no clip serves twice."""
    title, *paragraphs = text.split("\n\n")
    body = [
        f"{paragraph} ({copy}.{index})" if paragraph.endswith((".", "”")) else paragraph
        for copy in range(times)
        for index, paragraph in enumerate(paragraphs)
    ]
    return "\n\n".join([title, *body])


def growth(smaller_s: float, larger_s: float, times: float) -> float:
    """The power of the size with which time grows, from two times and the ratio of their sizes."""
    return math.log(larger_s / smaller_s) / math.log(times)


def need(*programs: str) -> None:
    """Stop when a program is not there."""
    if missing := [program for program in programs if shutil.which(program) is None]:
        sys.exit(f"bench: install {' and '.join(missing)} first; peer and floor need them")


def head() -> None:
    """The columns of `row`."""
    print(f"{'':<34} {'wall s':>8} {'cpu s':>8} {'peak MB':>8}")


def row(name: str, figures: Run, after: str = "") -> None:
    """One line of the table."""
    print(f"{name:<34} {figures.wall_s:8.2f} {figures.cpu_s:8.2f} {figures.peak_bytes / 1e6:8.0f}  {after}", flush=True)
