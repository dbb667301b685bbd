"""Feeds that are followed: what is new, what comes back, what a site does not allow, and what the owner says."""

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from tests.batch.here import Here
from tests.batch.material import assert_whole
from tests.read.site import Leaf, Site, page, site
from tts.cli.main import voorlezer
from tts.errors import InputError
from tts.read import polite
from tts.show.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "De brug over de Wetering gaat in mei weer open. “Dat werd tijd”, zegt Ina Vos. " * 3


class Followed:
    """A site with a feed, and the show that follows it."""

    def __init__(self, web: Site, show: Path) -> None:
        self.web = web
        self.show = show
        self.feed = f"{web.address}/feed.xml"
        self.articles: list[str] = []

    def write(self, *names: str) -> None:
        for name in names:
            self.articles.append(name)
            self.web.put(f"/{name}", page(f"De brug bij {name}", TEXT))
        items = "".join(
            f"<item><title>{name}</title><link>{self.web.address}/{name}</link><guid>{name}</guid></item>"
            for name in reversed(self.articles)
        )
        self.web.put(
            "/feed.xml",
            f"<rss version='2.0'><channel><title>Brugnieuws</title>{items}</channel></rss>",
            "application/rss+xml",
            ETag=f'"{len(self.articles)}"',
        )

    def look(self, *options: str) -> Result:
        polite._rules.cache_clear()  # each look is a process of its own
        arguments = ["follow", "--offline", "--voice", "espeak:nl", "--show", str(self.show), *options, self.feed]
        return CliRunner(mix_stderr=False).invoke(voorlezer, arguments)

    @property
    def settings(self) -> str:
        return (self.show / "show.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def crew(monkeypatch: pytest.MonkeyPatch) -> Here:
    here = Here.instead_of_processes(monkeypatch)
    monkeypatch.setattr("tts.read.polite.PAUSE_S", 0.0)
    return here


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    with site() as web:
        yield Followed(web, tmp_path / "show")


def test_only_what_is_new_is_made(followed: Followed) -> None:
    followed.write("noord", "zuid")
    first = followed.look()
    assert (first.exit_code, first.stderr) == (0, "")
    assert_whole(followed.show, 2)
    with Library(followed.show).index() as index:
        assert [card.title for card in sorted(index.cards(), key=lambda card: card.number)] == [
            "De brug bij noord",
            "De brug bij zuid",
        ]
    followed.web.asked.clear()
    again = followed.look()
    assert (again.exit_code, again.stdout) == (0, "nothing new\n")
    assert followed.web.asked == ["/feed.xml"]
    assert (followed.look("--quiet").stdout, followed.look("--quiet").stderr) == ("", "")
    followed.write("oost")
    followed.web.asked.clear()
    assert re.findall("^made .*brug bij (.*)$", followed.look().stdout, re.MULTILINE) == ["oost"]
    assert not {"/noord", "/zuid"} & set(followed.web.asked)
    assert_whole(followed.show, 3)


def test_an_article_that_fails_comes_back_a_few_times(followed: Followed) -> None:
    followed.write("noord", "zuid")
    followed.web.leaves["/zuid"] = Leaf(b"", status=500)
    first = followed.look()
    assert first.exit_code == 1
    assert f"{followed.web.address}/zuid" in first.stderr
    assert_whole(followed.show, 1)
    followed.web.put("/zuid", page("De brug bij zuid", TEXT))
    assert followed.look().exit_code == 0
    assert_whole(followed.show, 2)
    followed.write("west")
    followed.web.leaves["/west"] = Leaf(b"", status=500)
    assert [followed.look().exit_code for _ in range(6)] == [1, 1, 1, 1, 1, 0]


def test_what_a_site_does_not_allow_is_asked_for_once(followed: Followed) -> None:
    followed.write("noord")
    followed.web.put("/robots.txt", "User-agent: *\nDisallow: /noord", "text/plain")
    refused = followed.look()
    assert refused.exit_code == 1
    assert "robots.txt does not allow it" in refused.stderr
    assert "/noord" not in followed.web.asked
    assert followed.look().stdout == "nothing new\n"
    assert followed.look("--permitted").exit_code == 0
    assert_whole(followed.show, 1)


def test_the_show_is_kept_out_of_directories_until_its_owner_opens_it(followed: Followed) -> None:
    followed.write("noord")
    assert "kept out of podcast directories" in followed.look().stdout
    assert followed.settings.count("block = true") == 1
    assert "<itunes:block>Yes</itunes:block>" in (followed.show / "feed.xml").read_text(encoding="utf-8")
    (followed.show / "show.toml").write_text(followed.settings.replace("true", "false"), encoding="utf-8")
    followed.write("zuid")
    assert "directories" not in followed.look().stdout
    assert followed.settings.count("block = false") == 1
    assert "itunes:block" not in (followed.show / "feed.xml").read_text(encoding="utf-8")


def test_what_was_not_reached_is_new_as_long_as_it_takes(followed: Followed, crew: Here) -> None:
    followed.write("noord", "zuid")

    def interrupted(_function: object, _task: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return Here.submit(crew, _function, _task)  # type: ignore[arg-type]

    crew.submit = interrupted  # type: ignore[method-assign,assignment]
    ended = followed.look()
    assert ended.exit_code == 130
    assert "the same command goes on from here" in ended.stderr
    del crew.submit
    for _ in range(6):
        crew.trouble = InputError("verdwenen")
        followed.look()
    kept = json.loads((followed.show / ".follow.json").read_bytes())[followed.feed]
    assert kept["tries"] == {}
    assert len(kept["memory"]["seen"]) == 2


def test_a_feed_that_can_t_be_had_costs_no_other(followed: Followed) -> None:
    followed.write("noord")
    ran = followed.look(f"{followed.web.address}/geen.xml")
    assert ran.exit_code == 1
    assert "geen.xml" in ran.stderr
    assert_whole(followed.show, 1)


def test_it_looks_again_until_it_is_ended(followed: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    followed.write("noord")
    waited = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            raise KeyboardInterrupt
        followed.write("zuid")

    monkeypatch.setattr("tts.cli.follow.sleep", sleep)
    ran = followed.look("--every", "15m")
    assert (ran.exit_code, waited) == (130, [900, 900])
    assert_whole(followed.show, 2)


@pytest.mark.parametrize(("asked", "seconds"), [("15m", 900), ("2h", 7200), ("1d", 86400), ("5s", 60), ("0m", 60)])
def test_times(asked: str, seconds: int, followed: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    followed.write()

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        raise KeyboardInterrupt

    waited: list[float] = []
    monkeypatch.setattr("tts.cli.follow.sleep", sleep)
    followed.look("--every", asked)
    assert waited == [seconds]


def test_what_is_no_time_is_said() -> None:
    said = CliRunner(mix_stderr=False).invoke(voorlezer, ["follow", "--every", "soms", "https://example.org/feed"])
    assert said.exit_code == 2
    assert "write 15m, 2h or 1d" in said.stderr


def test_a_memory_that_is_damaged_is_said(followed: Followed) -> None:
    followed.write("noord")
    followed.show.mkdir()
    (followed.show / ".follow.json").write_text("{", encoding="utf-8")
    ran = followed.look()
    assert ran.exit_code == 1
    assert "remove it, and all articles are new" in ran.stderr
