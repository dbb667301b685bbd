"""The command, as a user types it."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, NoReturn

import click
import pytest
from click.testing import CliRunner, Result

from tts.cli.main import COMMANDS, voorlezer

if TYPE_CHECKING:
    from pathlib import Path

OFFLINE = ("--offline", "--voice", "espeak:nl")


def _run(*args: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner(mix_stderr=False).invoke(voorlezer, args, input=stdin, catch_exceptions=False)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "sluis.txt"
    path.write_text(
        "Sluis dicht\n\nDoor Ina Vos\n3 mei 2024\n\n"
        "De sluis bij Heelum gaat dicht. “Dat moest wel een keer”, zegt Ali Bos.\n",
        encoding="utf-8",
    )
    return path


def test_an_episode_and_what_is_said_about_it(article: Path, tmp_path: Path) -> None:
    result = _run("episode", *OFFLINE, "--show", str(tmp_path / "show"), str(article))
    assert result.exit_code == 0, result.stderr
    for said in (
        "Sluis dicht",
        "Ina Vos · 3 mei 2024",
        "1 quote",
        "Ali Bos",
        "espeak:nl",
        "asked for",
        ".mp3",
        "LUFS",
        "MB",
    ):
        assert said in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""
    assert "unchanged" in _run("episode", *OFFLINE, "--show", str(tmp_path / "show"), str(article)).stdout


def test_json_is_one_object_and_everything_else_is_on_stderr(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "copy.mp3"
    result = _run(
        "episode", *OFFLINE, "--show", str(tmp_path / "show"), "--json", "--output", str(output), "--title", "Anders",
        "--date", "4 juni 2024", "--author", "B. de Boer", str(article),
    )  # fmt: skip
    made = json.loads(result.stdout)
    assert (made["title"], made["date"], made["author"]) == ("Anders", "2024-06-04", "B. de Boer")
    assert made["speakers"] == ["Ali Bos"]
    assert abs(made["loudness_lufs"] + 16) <= 0.5
    assert output.stat().st_size == made["bytes"]
    assert "Anders" in result.stderr


def test_several_sources_are_several_episodes_and_a_bad_one_stops_no_other(article: Path, tmp_path: Path) -> None:
    second = tmp_path / "tweede.txt"
    second.write_text("De brug gaat weer open. Dat is goed nieuws voor het dorp.\n", encoding="utf-8")
    missing = str(tmp_path / "is-er-niet.txt")
    result = _run("episode", *OFFLINE, "--show", str(tmp_path / "show"), "--json", str(article), missing, str(second))
    assert result.exit_code == 1
    assert [made["title"] for made in json.loads(result.stdout)["episodes"]] == [
        "Sluis dicht",
        "De brug gaat weer open",
    ]
    assert "is-er-niet.txt" in result.stderr


def test_without_a_show_it_says_where_the_episode_goes(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(article.parent)
    result = _run("episode", *OFFLINE, str(article))
    assert result.exit_code == 0, result.stderr
    assert "episodes go to" in result.stdout.splitlines()[0]
    assert "Voorlezer" in result.stdout.splitlines()[0]


def test_quiet_says_nothing(article: Path, tmp_path: Path) -> None:
    result = _run("episode", *OFFLINE, "--show", str(tmp_path / "show"), "--quiet", str(article))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_standard_input_is_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Het veer vaart weer. De pont was een week stuk.\n"
    result = _run("episode", *OFFLINE, "--show", str(tmp_path / "show"), "--json", "-", stdin=text)
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["title"] == "Het veer vaart weer"


@pytest.mark.parametrize(
    "arguments",
    [
        ("episode",),
        ("episode", "--title", "x", "a.txt", "b.txt"),
        ("episode", "--output", "x.mp3", "a.txt", "b.txt"),
        ("episode", "--date", "gisteren", "a.txt"),
        ("onzin",),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (b"", (), "empty"),
        (b"\x7fELF\x00\x01\x02\x00\x00" * 40, (), "text"),
        (b"--- ... !!!\n", (), "no article"),
        (b"Een gewone zin.", ("--voice", "klaas"), "no voice is called 'klaas'"),
        (b"Een gewone zin.", ("--voice", "google", "--offline"), "--offline"),
        (b"Een gewone zin.", ("--offline", "--show", "/proc/voorlezer"), "show folder"),
        (
            b"Een gewone zin.",
            ("--offline", "--voice", "espeak:nl", "--output", "/proc/nee/x.mp3"),
            "could not be copied",
        ),
    ],
)
def test_what_goes_wrong_is_one_line_that_says_what_to_do(
    content: bytes, options: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    source = tmp_path / "bron.txt"
    source.write_bytes(content)
    show = () if "--show" in options else ("--show", str(tmp_path / "show"))
    result = _run("episode", *show, *options, str(source))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("voorlezer: ")
    assert said in result.stderr


def test_debug_adds_the_traceback(tmp_path: Path) -> None:
    result = _run("episode", "--debug", "--show", str(tmp_path), str(tmp_path / "nee.txt"))
    assert result.exit_code == 1
    assert "Traceback" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("voorlezer: ")


def test_another_language_is_a_warning(tmp_path: Path) -> None:
    source = tmp_path / "english.txt"
    source.write_text(
        "The bridge across the river is closed for the whole of the year, and the village is not happy with it. "
        "They said that there would be a ferry, but that it is not there yet.\n",
        encoding="utf-8",
    )
    result = _run("episode", *OFFLINE, "--show", str(tmp_path / "show"), str(source))
    assert result.exit_code == 0
    assert "does not look like Dutch" in result.stderr


def test_preview_in_the_form_of_the_conventions(article: Path) -> None:
    shown = json.loads(_run("preview", "--json", str(article)).stdout)
    assert list(shown) == ["title", "date", "author", "blocks"]
    assert [block["kind"] for block in shown["blocks"]] == ["narration", "quote", "narration"]
    assert shown["blocks"][1]["speaker"] == "Ali Bos"
    assert set(shown["blocks"][0]) == {"kind", "text", "speaker", "role", "pull", "repeats", "confidence"}


def test_preview_for_people(article: Path, tmp_path: Path) -> None:
    shown = _run("preview", "--show", str(tmp_path), str(article)).stdout
    for said in ("Sluis dicht", "Ina Vos", "about 1 min", "Ali Bos", "Dat moest wel een keer"):
        assert said in shown


def test_spoken_with_lexicon_and_explanation(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('[lexicon]\nLith = "Lit"\n', encoding="utf-8")
    result = _run("spoken", "--show", str(tmp_path), "--explain", stdin="In Lith kost het € 5.\nGewoon.\n")
    assert result.stdout.splitlines()[0] == "In Lit kost het vijf euro."
    assert "€ 5 → vijf euro" in result.stdout
    assert result.stdout.splitlines()[-1] == "Gewoon."


def test_voices_says_what_is_missing() -> None:
    shown = _run("voices", "--offline").stdout
    assert "✓ espeak:nl" in shown
    assert "✗ google" in shown
    assert "not asked" in shown


def test_the_cache_is_shown_and_cleared(article: Path, tmp_path: Path) -> None:
    _run("episode", *OFFLINE, "--show", str(tmp_path / "show"), str(article))
    assert not _run("cache").stdout.startswith("0 clips")
    assert "removed" in _run("cache", "--clear").stdout
    assert _run("cache").stdout.startswith("0 clips")


def _commands() -> list[click.Command]:
    context = click.Context(voorlezer)
    return [command for name in COMMANDS if (command := voorlezer.get_command(context, name))]


@pytest.mark.parametrize("command", _commands(), ids=lambda command: command.name)
def test_every_command_and_option_has_help(command: click.Command) -> None:
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_a_terminal_gets_a_bar_and_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    from tts.cli.report import Report  # the runner's streams are no terminals, so ask the report itself

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = Terminal()
    with Report(out) as report:
        report.progress(10, 100)
        report.progress(50, 100)
    assert "speaking" in out.getvalue()
    assert "50%" in out.getvalue()
    assert sys.stdout is not out


def test_ctrl_c_is_one_line_and_130(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(_source: str) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("tts.cli.preview.read_article", pressed)
    result = _run("preview", str(article))
    assert result.exit_code == 130
    assert result.stderr == "\nvoorlezer: stopped; the same command goes on where this one was\n"
