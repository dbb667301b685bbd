from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import feedparser
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from tts.cli import init as command
from tts.cli.main import voorlezer
from tts.model import Show
from tts.show.library import Library

if TYPE_CHECKING:
    from pathlib import Path


def _run(*args: str, typed: str | None = None) -> Result:
    return CliRunner(mix_stderr=False).invoke(voorlezer, ("init", *args), input=typed, catch_exceptions=False)


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_on_a_terminal", lambda: True)


def test_without_a_terminal_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(typed="Andere naam\n")
    assert result.exit_code == 0, result.stderr
    assert "Name of" not in result.stdout
    assert Library(tmp_path).settings() == Show()


def test_the_show_is_there_with_its_feed_page_and_cover(tmp_path: Path) -> None:
    result = _run(str(tmp_path / "show"), "--title", "De Dorpsbode", "--category", "news>daily news")
    feed = feedparser.parse((tmp_path / "show" / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "De Dorpsbode"
    assert [tag.term for tag in feed.feed.tags] == ["News", "Daily News"]
    named = [line.split()[0] for line in result.stdout.splitlines()[1:5]]
    assert named[:3] == ["show.toml", "feed.xml", "index.html"]
    assert all((tmp_path / "show" / name).is_file() for name in named)
    with Image.open(tmp_path / "show" / named[3]) as cover:
        assert cover.size == (3000, 3000)


def test_every_setting_has_an_option(tmp_path: Path) -> None:
    Image.new("RGB", (1400, 1400)).save(tmp_path / "omslag.png")
    options = {
        "--title": "De Dorpsbode",
        "--description": "Nieuws uit  het dorp",
        "--language": "nl-be",
        "--author": "Noor Bakker",
        "--email": "noor@example.org",
        "--url": "https://example.org/podcast/",
        "--category": "TV & Film > After Shows",
        "--colours": "#000000, #ffffff",
        "--cover": str(tmp_path / "omslag.png"),
        "--voice": "espeak:nl",
    }
    result = _run(str(tmp_path / "show"), *(part for option in options.items() for part in option))
    assert result.exit_code == 0, result.stderr
    show = Library(tmp_path / "show").settings()
    assert show.guid is not None
    assert show == Show(
        title="De Dorpsbode",
        description="Nieuws uit het dorp",
        language="nl-be",
        author="Noor Bakker",
        owner_email="noor@example.org",
        url="https://example.org/podcast/",
        category="TV & Film > After Shows",
        colours=("#000000", "#ffffff"),
        cover="omslag.png",
        voice="espeak:nl",
        guid=show.guid,
    )


@pytest.mark.usefixtures("on_a_terminal")
def test_on_a_terminal_what_is_not_given_is_asked_until_it_can_be(tmp_path: Path) -> None:
    typed = "\n\nDuits\nnl-nl\nNoor\n\nexample.org\nhttps://example.org/p/\nNieuws\nHistory\n#000000\n#000000 #ffffff\n"
    result = _run(str(tmp_path), "--title", "De Dorpsbode", typed=typed.removeprefix("\n"))
    assert result.exit_code == 0, result.stderr
    show = Library(tmp_path).settings()
    assert (show.title, show.description) == ("De Dorpsbode", Show().description)
    assert (show.language, show.author, show.owner_email) == ("nl-nl", "Noor", None)
    assert (show.url, show.category, show.colours) == ("https://example.org/p/", "History", ("#000000", "#ffffff"))
    assert "Name of" not in result.stdout
    for said in ("no code of a language", "no address of a folder", "did you mean News", "not two colours"):
        assert said in result.stdout + result.stderr


def _run_in_terminal(typed: str, *args: str) -> tuple[int, str]:
    """Exit code and what stands in the terminal."""
    if shutil.which("script") is None:
        pytest.skip("script(1), which gives a program a terminal, is not here")
    run = shlex.join([sys.executable, "-m", "tts", "init", *args])
    asked = subprocess.run(
        ["script", "-qec", run, os.devnull], input=typed.encode(), capture_output=True, check=False, timeout=60
    )
    return asked.returncode, asked.stdout.decode()


def test_a_real_terminal_is_asked(tmp_path: Path) -> None:
    code, shown = _run_in_terminal("\n" * 7, str(tmp_path / "show"), "--title", "Bode")
    assert code == 0
    assert "What it is about" in shown
    assert Library(tmp_path / "show").settings() == Show(title="Bode")


def test_who_stops_halfway_has_no_show(tmp_path: Path) -> None:
    end_of_input = "\x04"
    code, shown = _run_in_terminal(f"Bode\nNieuws\n{end_of_input}", str(tmp_path / "show"))
    assert code == 1
    assert "Aborted" in shown
    assert not (tmp_path / "show").exists()


def test_a_second_start_is_refused_in_one_line(tmp_path: Path) -> None:
    _run(str(tmp_path), "--title", "De Dorpsbode")
    before = (tmp_path / "show.toml").read_bytes()
    result = _run(str(tmp_path), "--title", "Anders")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "is there already; change it there" in result.stderr
    assert (tmp_path / "show.toml").read_bytes() == before


@pytest.mark.parametrize(
    "wrong",
    [
        ("--url", "example.org"),
        ("--language", "Nederlands"),
        ("--category", "Nieuws"),
        ("--colours", "geel blauw"),
        ("--colours", "#000000"),
        ("--email", "noor"),
        ("--cover", "nee.png"),
    ],
)
def test_a_wrong_option_is_a_usage_error_and_writes_nothing(wrong: tuple[str, str], tmp_path: Path) -> None:
    result = _run(str(tmp_path / "show"), *wrong)
    assert result.exit_code == 2
    assert f"'{wrong[0]}'" in result.stderr
    assert not (tmp_path / "show").exists()


def test_a_wrong_cover_is_one_line_and_no_show(tmp_path: Path) -> None:
    Image.new("RGB", (1400, 1000)).save(tmp_path / "omslag.png")
    result = _run(str(tmp_path / "show"), "--cover", str(tmp_path / "omslag.png"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "crop it to a square" in result.stderr
    assert not (tmp_path / "show" / "show.toml").exists()


def test_the_next_steps_find_this_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "voorlezer episode artikel.txt" in _run().stdout
    elsewhere = _run(str(tmp_path / "een map")).stdout
    assert f"voorlezer serve --show '{tmp_path / 'een map'}'" in elsewhere
    monkeypatch.setenv("VOORLEZER_SHOW", str(tmp_path / "derde"))
    assert "voorlezer publish DEST" in _run(str(tmp_path / "derde")).stdout
