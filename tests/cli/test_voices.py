"""`voorlezer voices`, as a user types it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from tests.speak.piper.mirror import Mirror, serving
from tts.cli.main import voorlezer
from tts.speak.piper import catalogue
from tts.speak.piper.catalogue import URL_VARIABLE, Digest, Listed, folder

if TYPE_CHECKING:
    from collections.abc import Generator

MODEL, CONFIG = bytes(range(256)) * 4_000, b"{}"
TINE = Listed(
    name="tine",
    key="nl_BE-tine-medium",
    about="a woman from Flanders",
    licence="CC-BY-4.0",
    trained="trained from scratch",
    model=Digest(len(MODEL), hashlib.md5(MODEL).hexdigest()),
    config=Digest(len(CONFIG), hashlib.md5(CONFIG).hexdigest()),
)


@pytest.fixture(autouse=True)
def mirror(monkeypatch: pytest.MonkeyPatch) -> Generator[Mirror]:
    """The catalogue has one voice, and a place to fetch it from."""
    contents = catalogue._Contents("http://127.0.0.1:9", (TINE,))
    monkeypatch.setattr(catalogue, "_contents", lambda: contents)
    with serving() as mirror:
        path = f"/nl/nl_BE/tine/medium/{TINE.key}.onnx"
        mirror.files = {path: MODEL, f"{path}.json": CONFIG}
        monkeypatch.setenv(URL_VARIABLE, f"{mirror.url}/")
        yield mirror


def _run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner(mix_stderr=False).invoke(voorlezer, ["voices", *args], input=stdin, catch_exceptions=False)


def test_the_list_fits_a_terminal_and_tells_licences_and_what_is_missing() -> None:
    lines = _run("--offline").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    text = " ".join(" ".join(lines).split())
    assert "✓ espeak:nl espeak-ng, a man; a robot, but always there · GPL-3.0-or-later" in text
    assert "✗ google" in text
    assert "not asked: --offline" in text
    assert "✗ piper:tine Piper, a woman from Flanders · CC-BY-4.0" in text
    assert "voorlezer voices install tine (1 MB)" in text


def test_the_list_as_json_has_the_same() -> None:
    listed = {voice["voice"]: voice for voice in json.loads(_run("--offline", "--json").stdout)["voices"]}
    assert listed["espeak:nl"]["missing"] is None
    assert not listed["google"]["on_machine"]
    assert listed["piper:tine"]["licence"] == "CC-BY-4.0"
    assert "install tine" in listed["piper:tine"]["missing"]
    assert listed["piper:tine"]["beside"] == {"engine": "piper", "name": "tine", "pace": 1.0, "pitch": -3.5}


def test_a_voice_is_shown_asked_about_and_fetched() -> None:
    done = _run("install", "piper:tine", stdin="y\n")
    assert done.exit_code == 0
    for said in ("CC-BY-4.0 for the recordings; the model was trained from scratch", "1 MB", str(folder()), "[y/N]"):
        assert said in done.stdout
    assert TINE.path.read_bytes() == MODEL
    assert "✓ piper:tine" in _run("--offline").stdout
    assert "is installed" in _run("install", "tine").stdout
    assert _run("remove", "tine").stdout == "removed piper:tine, 1 MB\n"
    assert list(folder().iterdir()) == []


def test_a_voice_without_its_engine_says_what_more_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.speak.piper.PACKAGE", "no-such-package")
    told = _run("install", "--yes", "nl_BE-tine-medium").stdout.splitlines()[-1]
    assert told == "It can't speak yet, not installed: pip install 'voorlezer[piper]'"


def test_nothing_is_fetched_without_a_yes(mirror: Mirror) -> None:
    for answer in ("n\n", ""):
        assert _run("install", "tine", stdin=answer).exit_code == 1
    assert mirror.asked == []
    assert _run("install", "--yes", "tine").exit_code == 0


def test_what_is_not_fetched_stays_missing(mirror: Mirror) -> None:
    mirror.files = {path: data[:-1] + b"?" for path, data in mirror.files.items()}
    failed = _run("install", "--yes", "tine")
    assert failed.exit_code == 1
    assert failed.stderr.count("\n") == 1
    assert "is not the file it should be" in failed.stderr
    assert "✗ piper:tine" in _run("--offline").stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("install", "klaas"), "no voice that can be fetched is called 'klaas'; there are tine"),
        (("install", "espeak:nl"), "nothing is missing, it can be used now"),
        (("remove", "tine"), "piper:tine is not installed"),
    ],
)
def test_what_can_not_be_is_told_in_one_line(args: tuple[str, ...], told: str) -> None:
    failed = _run(*args)
    assert failed.exit_code == 1
    assert told in failed.stderr
    assert failed.stderr.count("\n") == 1
