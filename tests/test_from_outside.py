"""Whole processes: installed from the wheel, killed midway, on a disk that takes no more, by several at once."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.material import voorlezer
from tests.conftest import EXAMPLE
from tts.show.library import BESIDE

ROOT = Path(__file__).resolve().parents[1]
OFFLINE = ("--offline", "--voice", "espeak:nl", "--json")


def _files(folder: Path) -> set[str]:
    """What of the show folder is no disposable index, nor made from the episodes."""
    made = (".lock", ".index.sqlite", "cover.")
    return {path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith(made)}


def test_a_killed_run_leaves_nothing_that_the_next_one_trips_over(tmp_path: Path) -> None:
    long = tmp_path / "lang.txt"
    long.write_text("\n\n".join([EXAMPLE.read_text(encoding="utf-8")] * 6), encoding="utf-8")
    show = tmp_path / "show"
    run = voorlezer("episode", *OFFLINE, "--show", str(show), str(long))
    until = time.monotonic() + 30
    while not any(path.stat().st_size for path in show.glob(".incoming/*/*.mp3")):
        assert time.monotonic() < until
        assert run.poll() is None, run.communicate()
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    assert not list(show.glob("episodes/*"))
    out, errors = voorlezer("episode", *OFFLINE, "--show", str(show), str(EXAMPLE)).communicate(timeout=60)
    slug = json.loads(out)["slug"]
    assert errors.count("voorlezer:") == 0
    beside = {slug + suffix for suffix in (".json", *BESIDE)}
    assert {path.name for path in show.glob("episodes/*")} == {Path(json.loads(out)["file"]).name, *beside}
    assert not list(show.glob(".incoming/*"))


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    show = tmp_path / "show"

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    run = voorlezer("episode", *OFFLINE, "--show", str(show), str(EXAMPLE), preexec_fn=small_files_only)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 1
    assert [line for line in errors.splitlines() if line.startswith("voorlezer: ")] == [errors.splitlines()[-1]]
    assert "File too large" in errors
    assert _files(show) == set()


def test_several_runs_at_once_make_one_show(tmp_path: Path) -> None:
    show = tmp_path / "show"
    sources = []
    for number in range(3):
        source = tmp_path / f"{number}.txt"
        source.write_text(
            f"Het veer vaart weer\n\nDe pont was {number} weken stuk, en vaart nu weer.\n", encoding="utf-8"
        )
        sources.append(source)
    runs = [voorlezer("episode", *OFFLINE, "--show", str(show), str(source)) for source in [*sources, sources[0]]]
    made = [json.loads(run.communicate(timeout=60)[0]) for run in runs]
    assert {episode["slug"] for episode in made} == {
        "het-veer-vaart-weer",
        "het-veer-vaart-weer-2",
        "het-veer-vaart-weer-3",
    }
    assert made[0]["guid"] == made[3]["guid"]
    assert len(list(show.glob("episodes/*.mp3"))) == 3
    assert (show / "feed.xml").read_text(encoding="utf-8").count("<item>") == 3


def _install_wheel(env: Path, wheels: Path) -> None:
    """A fresh environment with the pinned dependencies and Voorlezer's own wheel, by uv where it is, else by pip."""
    pins = ["--require-hashes", "-r", str(ROOT / "scripts/requirements/run.txt")]
    python = str(env / "bin/python")
    if uv := shutil.which("uv"):
        build = [uv, "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(ROOT)]
        install = [uv, "pip", "install", "--quiet", "--python", python]
    else:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq"]
        build = [*pip, "wheel", "--no-deps", "-w", str(wheels), str(ROOT)]
        install = [*pip, "--python", python, "install"]
    subprocess.run(build, check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(env)], check=True)
    subprocess.run([*install, *pins], check=True)
    (wheel,) = wheels.glob("voorlezer-*.whl")
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)


def test_the_wheel_works_in_a_long_path_with_an_empty_path(tmp_path: Path) -> None:
    far = tmp_path / ("een-map-met-een-lange-naam-" * 4) / ("en-daarin-nog-een-" * 6)
    far.mkdir(parents=True)
    assert len(str(far)) > 200
    _install_wheel(far / "env", tmp_path)
    source = far / "bericht.txt"
    source.write_text("Het veer vaart weer\n\nDe pont kostte € 12,50. “Eindelijk”, zegt Jan Bos.\n", encoding="utf-8")
    home = {"HOME": str(far), "PATH": ""}
    made = subprocess.run(
        [str(far / "env/bin/voorlezer"), "episode", *OFFLINE, "--show", str(far / "show"), str(source)],
        check=False, env=home, cwd=far, capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    episode = json.loads(made.stdout)
    assert Path(episode["file"]).stat().st_size == episode["bytes"] > 10_000
    assert "Warning" not in made.stderr


def test_a_second_start_costs_no_set_up(tmp_path: Path) -> None:
    if not (ROOT / ".venv/pinned.txt").exists():
        pytest.skip("these tests do not run from this checkout's own .venv")
    asked = subprocess.run(
        [ROOT / "scripts/voorlezer", "--version"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": os.defpath},
    )
    assert asked.returncode == 0
    assert asked.stderr == ""
