"""The package of docs/voices.md, taken from the page and installed, brings a voice that makes episodes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.batch.material import ROOT, write_articles

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "voices.md"
MOST_LINES = 60
PROGRAM = """
import sys, wave
from pathlib import Path
text = sys.stdin.read()
with Path(sys.argv[1]).open("a", encoding="utf-8") as said:
    said.write(text + "\\n")
with wave.open(sys.stdout.buffer, "wb") as sound:
    sound.setparams((1, 2, 16_000, 0, "NONE", ""))
    sound.writeframes((b"\\x00\\x10" * 40 + b"\\x00\\xf0" * 40) * 10 * len(text))
"""


def _blocks() -> dict[str, str]:
    """The files on the page, by their names: the first line of each says it."""
    found = re.findall(r"^```\w+\n# (\S+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return dict(found)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of installed packages with the one of the page in it."""
    files = _blocks()
    project = tomllib.loads(files["pyproject.toml"])["project"]
    site = tmp_path / "site"
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (site / "voorlezer_program.py").write_text(files["voorlezer_program.py"], encoding="utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    groups = project["entry-points"].items()
    lines = [line for group, points in groups for line in (f"[{group}]", *(f"{k} = {v}" for k, v in points.items()))]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return site


def _run(site: Path, command: str, *args: str) -> subprocess.CompletedProcess[str]:
    code = (
        f"import os, sys; sys.path.insert(0, {str(site)!r}); os.environ['VOORLEZER_PROGRAM'] = {command!r}; "
        "from tts.cli.main import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *args], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_package_is_short() -> None:
    assert sum(text.count("\n") + 1 for text in _blocks().values()) < MOST_LINES


def test_an_episode_in_the_voice_of_any_program(site: Path, tmp_path: Path) -> None:
    program, said, show = tmp_path / "program.py", tmp_path / "said.txt", tmp_path / "show"
    program.write_text(PROGRAM, encoding="utf-8")
    (article,) = write_articles(tmp_path, 1)
    command = f"{sys.executable} {program} {said}"
    made = _run(
        site, command, "episode", "--voice", "program", "--offline", "--show", str(show), "--json", str(article)
    )
    assert made.returncode == 0, made.stderr
    episode = json.loads((show / "episodes" / f"{json.loads(made.stdout)['slug']}.json").read_text(encoding="utf-8"))
    texts = [cue["passage"]["text"] for cue in episode["cues"]]
    assert sorted(said.read_text(encoding="utf-8").splitlines()) == sorted(texts)
    assert {"Eindelijk", "vaart"} <= set(re.findall(r"\w+", " ".join(texts)))
    assert [episode[part]["pitch"] for part in ("narrator", "quoted")] == [0.0, -3.5]
    assert episode["n_samples"] / 24_000 > sum(map(len, texts)) * 0.04


def test_the_list_has_it_among_the_others(site: Path) -> None:
    listed = json.loads(_run(site, "praat -nl", "voices", "--offline", "--json").stdout)
    labels = [voice["voice"] for voice in listed["voices"]]
    assert labels[-1] == "program"
    assert "espeak:nl" in labels
    assert "'praat -nl'" in listed["voices"][-1]["about"]
    assert listed["broken"] == {}


@pytest.mark.parametrize(
    ("command", "told"),
    [("/no/such/program", "can't be started"), ("false", "gave no sound"), ("echo geen geluid", "RIFF")],
)
def test_a_program_that_does_not_speak_is_told(site: Path, tmp_path: Path, command: str, told: str) -> None:
    (article,) = write_articles(tmp_path, 1)
    failed = _run(
        site, command, "episode", "--voice", "program", "--offline", "--show", str(tmp_path / "show"), str(article)
    )
    assert failed.returncode == 1
    assert failed.stderr.count("voorlezer: ") == 1
    assert "Traceback" not in failed.stderr
    assert told in failed.stderr
