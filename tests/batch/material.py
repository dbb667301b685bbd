"""Articles by the dozen, and the command as a process group of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser

from tests.conftest import EXAMPLE
from tts.show.library import BESIDE, Library

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = ("--offline", "--voice", "espeak:nl")


def write_articles(folder: Path, n: int, text: str = "") -> list[Path]:
    """Short ones about a ferry, or each with `text` too, in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:03}.txt" for number in range(1, n + 1)]
    for number, path in enumerate(paths, start=1):
        words = f"De pont lag {number} weken stil, en vaart nu weer. “Eindelijk”, zegt Jan Bos."
        path.write_text(f"Het veer vaart weer, deel {number}\n\n{words}\n\n{text}\n", encoding="utf-8")
    return paths


def long_text() -> str:
    """Half a second of work."""
    return "\n\n".join(EXAMPLE.read_text(encoding="utf-8").split("\n\n")[1:6])


def voorlezer(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """The command, in a process group of its own as a shell gives it one."""
    return subprocess.Popen(
        [sys.executable, "-m", "tts", *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        **options,
    )


def until(happens: Callable[[], object], run: subprocess.Popen[str], within_s: float = 60) -> None:
    """Wait for it, while the run is under way."""
    last = time.monotonic() + within_s
    while not happens():
        assert time.monotonic() < last
        assert run.poll() is None, run.communicate()
        time.sleep(0.02)


def in_group(group: int) -> list[int]:
    """The processes of a group that are alive."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def n_sidecars(show: Path) -> int:
    """How many episodes are in the show."""
    return sum(path.name.count(".") == 1 for path in show.glob("episodes/*.json"))


def assert_whole(show: Path, n: int) -> None:
    """The show holds so many episodes and all that belongs to them, just these are in the feed, and nothing is left."""
    library = Library(show)
    with library.index() as index:
        cards = list(index.cards())
    assert len(cards) == len({card.slug for card in cards}) == n
    there = {path.name for path in show.glob("episodes/*")}
    assert there == {name for card in cards for name in (card.file, *(card.slug + end for end in (".json", *BESIDE)))}
    for card in cards:
        episode = library.episode(card.slug)
        assert episode is not None
        assert library.has_audio(episode)
    feed = feedparser.parse((show / "feed.xml").read_bytes())
    assert sorted(entry.id for entry in feed.entries) == sorted(card.guid for card in cards)
    assert not (show / ".incoming").exists()
    assert not list(show.rglob("*.part"))


def environment(tmp_path: Path) -> dict[str, str]:
    """Temporary files where the test sees them."""
    (tmp_path / "tmp").mkdir(exist_ok=True)
    return {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
