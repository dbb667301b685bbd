"""What an owner does from the command line: list, edit, remove, move, feed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from tests.show.material import add, numbered
from tts.cli.main import voorlezer
from tts.show.library import Library
from tts.show.site import refresh

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path)
    add(library, numbered(1))
    add(library, numbered(2))
    refresh(library)
    return library


def _run(library: Library, *arguments: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(voorlezer, [*arguments, "--show", str(library.folder)])


def test_episodes_are_listed_newest_first(library: Library) -> None:
    lines = _run(library, "list").stdout.splitlines()
    assert [line.split()[2] for line in lines] == ["aflevering-2", "aflevering-1"]
    told = json.loads(_run(library, "list", "--json").stdout)
    assert [episode["slug"] for episode in told["episodes"]] == ["aflevering-2", "aflevering-1"]


def test_an_empty_show_says_so(tmp_path: Path) -> None:
    assert "no episodes" in _run(Library(tmp_path), "list").stdout


def test_removed_and_put_back(library: Library) -> None:
    assert "remove --undo aflevering-1" in _run(library, "remove", "aflevering-1").stdout
    assert "aflevering-1" not in _run(library, "list").stdout
    assert "aflevering-1" in _run(library, "list", "--removed").stdout
    assert _run(library, "remove", "--undo", "aflevering-1").exit_code == 0
    assert "aflevering-1" in _run(library, "list").stdout


def test_edited(library: Library) -> None:
    assert "Anders · 2024-05" in _run(library, "edit", "aflevering-1", "--title", "Anders", "--date", "mei 2024").stdout
    assert "Anders" in _run(library, "list").stdout
    assert _run(library, "edit", "aflevering-1").exit_code == 2
    assert "is no date" in _run(library, "edit", "aflevering-1", "--date", "ooit").stderr


def test_a_wrong_name_is_one_line(library: Library) -> None:
    result = _run(library, "edit", "aflevering", "--title", "Anders")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "do you mean aflevering-" in result.stderr


def test_moved(library: Library) -> None:
    assert "https://example.org/pod/" in _run(library, "move", "https://example.org/pod").stdout
    assert "at both" in _run(library, "move", "https://example.com/").stdout
    assert _run(library, "move", "example.com").exit_code == 1


def test_feed_says_what_it_did(library: Library) -> None:
    assert "2 episodes, nothing has changed" in _run(library, "feed").stdout
    (library.folder / "feed.xml").unlink()
    assert "1 file written" in _run(library, "feed").stdout
