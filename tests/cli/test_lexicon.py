from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from tests.voices import ToneEngine, ToneVoice
from tts.audio import decode_mp3
from tts.cli.main import voorlezer
from tts.model import SAMPLE_RATE_HZ
from tts.speak import studio as studios

if TYPE_CHECKING:
    from pathlib import Path


def _run(*args: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(voorlezer, args, catch_exceptions=False)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "sluis.txt"
    path.write_text(
        "Sluis dicht\n\nDoor Ina Vos\n\nDe sluis bij Heelum gaat dicht. Dat zei Mikhail Szczepan gisteren.\n\n"
        "De schippers van de bond TVGK varen om. “Dat moest een keer”, zegt Szczepan.\n",
        encoding="utf-8",
    )
    return path


def test_doubtful_words_are_listed_with_how_often_and_why(article: Path, tmp_path: Path) -> None:
    result = _run("lexicon", "--show", str(tmp_path), "--json", str(article))
    listed = {word["word"]: word for word in json.loads(result.stdout)["words"]}
    assert list(listed) == ["Mikhail", "Szczepan", "TVGK"]
    assert (listed["Szczepan"]["n"], listed["TVGK"]["spoken"]) == (2, "t v g k")
    shown = _run("lexicon", "--show", str(tmp_path), str(article)).stdout
    for said in ("Szczepan (2 times)", "TVGK → t v g k", "Dat zei Mikhail"):
        assert said in shown


def test_what_was_added_is_listed_no_more(article: Path, tmp_path: Path) -> None:
    show = ("--show", str(tmp_path))
    assert "now said Sjtsjepan" in _run("lexicon", *show, "--add", "Szczepan", "Sjtsjepan").stdout
    assert "it was Sjtsjepan" in _run("lexicon", *show, "--add", "Szczepan", "Stsjepan").stdout
    assert "Szczepan" not in _run("lexicon", *show, "--json", str(article)).stdout.replace("Mikhail Szczepan", "")
    for word in ("Mikhail", "TVGK"):
        _run("lexicon", *show, "--add", word, "iets")
    assert _run("lexicon", *show, str(article)).stdout == "No doubtful words.\n"


def test_an_episode_made_again_speaks_only_what_the_entry_touches(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = ToneVoice()

    monkeypatch.setattr(studios, "engine", lambda _name: ToneEngine(lambda _spec: voice))
    make = ("episode", "--offline", "--voice", "espeak:nl", "--show", str(tmp_path), str(article))
    assert _run(*make).exit_code == 0
    voice.spoken.clear()
    _run("lexicon", "--show", str(tmp_path), "--add", "TVGK", "tee vee gee kaa")
    result = _run(*make)
    assert "made again" in result.stdout
    assert voice.spoken == ["De schippers van de bond tee vee gee kaa varen om."]


def test_a_word_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "show.toml").write_text('[lexicon]\nLith = "Lit"\n', encoding="utf-8")
    hear = ("lexicon", "--hear", "Lith", "--offline", "--voice", "espeak:nl")
    result = _run(*hear)
    assert result.exit_code == 0, result.stderr
    assert "said “Lit.” by espeak:nl" in result.stdout
    samples = decode_mp3((tmp_path / "Lith.mp3").read_bytes())
    assert 0.3 < len(samples) / SAMPLE_RATE_HZ < 5
    assert abs(samples).max() > 3000
    _run(*hear, "--output", str(tmp_path / "x.mp3"))
    assert (tmp_path / "x.mp3").read_bytes() == (tmp_path / "Lith.mp3").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a.txt", "--hear", "Lith"),
        ("--hear", "Lith", "--add", "Lith", "Lit"),
        ("--add", "Lith"),
        ("a.txt", "--output", "x.mp3"),
        ("--add", "Lith", "Lit", "--offline"),
        ("--hear", "Lith", "--json"),
    ],
)
def test_wrong_combinations_are_usage_errors(arguments: tuple[str, ...]) -> None:
    result = _run("lexicon", *arguments)
    assert result.exit_code == 2
    assert "Error:" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nee.txt",), "nee.txt"),
        (("--add", "...", "x"), "no letter"),
        (("--hear", "...", "--offline"), "no letter"),
        (("--hear", "Lith", "--voice", "klaas"), "no voice"),
        (("--hear", "Lith", "--offline", "--voice", "espeak:nl", "--output", "/proc/nee/x.mp3"), "cannot write"),
    ],
)
def test_errors_are_one_line(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = _run("lexicon", "--show", str(tmp_path / "show"), *arguments)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


def test_help_has_examples() -> None:
    assert "voorlezer lexicon --add Galljamov Galjámof" in _run("lexicon", "--help").stdout
