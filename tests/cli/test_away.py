"""--show with an address: what the commands do and say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import fsspec
import msgspec
import pytest
from click.testing import CliRunner, Result

from tests.batch.here import Here
from tests.batch.material import OFFLINE, write_articles
from tests.read.site import page, site
from tts.cli.main import voorlezer
from tts.show.hold import FILE as HELD
from tts.show.hold import Holder

if TYPE_CHECKING:
    from pathlib import Path

SHOW = "memory://away/show"


@pytest.fixture(autouse=True)
def crew(monkeypatch: pytest.MonkeyPatch) -> Here:
    here = Here.instead_of_processes(monkeypatch)
    fsspec.filesystem("memory").store.clear()
    return here


@pytest.fixture
def articles(tmp_path: Path) -> str:
    write_articles(tmp_path / "articles", 2)
    return str(tmp_path / "articles")


def run(*arguments: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(voorlezer, [*arguments, "--show", SHOW], catch_exceptions=False)


def done(*arguments: str) -> str:
    """What a command says that ends well."""
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def there() -> dict[str, bytes]:
    system = fsspec.filesystem("memory")
    return {name.removeprefix("/away/show/"): system.cat_file(name) for name in system.find("/away/show")}


def times() -> dict[str, object]:
    return {name: file.modified for name, file in fsspec.filesystem("memory").store.items()}


def test_a_batch_and_all_that_an_owner_does(articles: str) -> None:
    assert "new                        2" in done("batch", *OFFLINE, "--dry-run", articles)
    assert there() == {}
    assert done("batch", *OFFLINE, articles).count("made  ") == 3
    before = times()
    assert done("batch", *OFFLINE, articles).count("unchanged  ") == 3
    assert times() == before
    listed = json.loads(done("list", "--json"))
    assert listed["show"] == SHOW
    (second, first) = (episode["slug"] for episode in listed["episodes"])
    done("edit", first, "--title", "Anders")
    assert b"Anders" in there()["feed.xml"]
    done("remove", second)
    assert f".removed/{second}.json" in there()
    assert second.encode() not in there()["feed.xml"]
    done("lexicon", "--add", "Lith", "lit")
    assert b"Lith" in there()["show.toml"]
    assert "lit" in CliRunner().invoke(voorlezer, ["spoken", "--show", SHOW], input="In Lith.\n").stdout
    assert done("move", "https://example.org/podcast/")
    assert b"https://example.org/podcast/" in there()["feed.xml"]
    assert done("feed").startswith(f"{SHOW}/feed.xml: 1 episode, nothing has changed")
    assert run("check").stdout.endswith("advice\n")
    assert done("episode", *OFFLINE, f"{articles}/002.txt")
    assert len(json.loads(done("list", "--json"))["episodes"]) == 2


def test_a_machine_that_never_had_the_show_checks_it(
    articles: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("batch", *OFFLINE, articles)
    done("move", "https://example.org/podcast/")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another machine"))
    assert done("check").splitlines()[-1] == f"{SHOW}: 0 errors, 1 piece of advice"


def test_a_show_is_begun_at_an_address_and_published_from_there(articles: str, tmp_path: Path) -> None:
    begun = CliRunner().invoke(voorlezer, ["init", SHOW, "--title", "Daar", "--url", "https://example.org/x/"])
    assert f"Daar is in {SHOW}" in begun.stdout
    assert f"voorlezer serve --show {SHOW}" in begun.stdout
    assert run("batch", *OFFLINE, "--fail-fast", articles, "nergens").exit_code == 1
    assert {"show.toml", "feed.xml", ".show.json"} < there().keys()
    done("publish", "--force", str(tmp_path / "web"))
    assert (tmp_path / "web/feed.xml").read_bytes() == there()["feed.xml"]
    assert not (tmp_path / "web/show.toml").exists()
    again = CliRunner(mix_stderr=False).invoke(voorlezer, ["init", SHOW])
    assert again.stderr == (
        f"voorlezer: {SHOW}/show.toml is there already; change it there, and run `voorlezer feed`\n"
    )


def test_what_is_no_source_makes_no_show() -> None:
    result = run("batch", "nergens")
    assert result.stderr == "voorlezer: nergens: there is no such file or folder; check its name\n"
    assert there() == {}


def test_while_another_run_has_it_writing_is_refused_in_a_line_and_reading_is_not(articles: str) -> None:
    done("batch", *OFFLINE, articles)
    now = datetime.now(UTC)
    held = msgspec.json.encode(Holder("laptop", 4711, "its own", now, now))
    fsspec.filesystem("memory").pipe_file(f"/away/show/{HELD}", held)
    for arguments in (("batch", *OFFLINE, articles), ("feed",), ("remove", "het-veer-vaart-weer-deel-1")):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("voorlezer: process 4711 on laptop (since ")
        assert result.stderr.count("\n") == 1
    assert len(done("list").splitlines()) == 2
    assert there()[HELD] == held


def test_what_was_followed_is_known_to_the_next_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts.read.polite.PAUSE_S", 0.0)
    with site() as web:
        web.put("/brug", page("De brug", "De brug over de Wetering gaat in mei weer open, zegt Ina Vos. " * 5))
        item = f"<item><title>De brug</title><link>{web.address}/brug</link><guid>brug</guid></item>"
        web.put("/feed.xml", f"<rss version='2.0'><channel>{item}</channel></rss>", "application/rss+xml")
        follow = ("follow", *OFFLINE, f"{web.address}/feed.xml")
        assert "made  " in done(*follow)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another machine"))
        assert done(*follow) == "nothing new\n"


@pytest.mark.parametrize(
    ("address", "said"), [("bogus://x", "Protocol not known"), ("ftp://me:geheim@127.0.0.1:1/x", "refused")]
)
def test_an_address_that_does_not_work_is_one_line_without_its_password(address: str, said: str) -> None:
    result = CliRunner(mix_stderr=False).invoke(voorlezer, ["list", "--show", address])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert said in result.stderr
    assert "geheim" not in result.stderr


def test_an_address_of_this_machine_is_a_folder(articles: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(voorlezer, ["batch", *OFFLINE, articles, "--show", f"file://{tmp_path}/show"])
    assert result.exit_code == 0
    assert (tmp_path / "show/feed.xml").exists()
    assert not (tmp_path / "show/.show.json").exists()
