"""Everything that is made from the episodes: pure, touched only where it changes, and never ahead of its files."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.show.material import EPISODE, add, numbered
from tts.errors import ShowError
from tts.show import beside, site
from tts.show.feed import SPACES
from tts.show.guid import podcast_guid
from tts.show.library import BESIDE, Library
from tts.show.site import refresh, remake

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = (".lock", ".index.sqlite")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "show")
    add(library)
    refresh(library)
    return library


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "FEED_SIZE", 2)
    monkeypatch.setattr(site, "FEED_KEEP", 3)
    monkeypatch.setattr(site, "INDEX_SIZE", 2)
    monkeypatch.setattr(site, "INDEX_KEEP", 2)


def _contents(library: Library) -> dict[str, bytes]:
    return {
        path.relative_to(library.folder).as_posix(): path.read_bytes()
        for path in library.folder.rglob("*")
        if path.is_file() and path.name not in PRIVATE
    }


def _written(library: Library) -> dict[str, int]:
    return {name: (library.folder / name).stat().st_mtime_ns for name in _contents(library)}


def _enclosures(library: Library) -> list[str]:
    """The audio that the feed names, over all its pages, newest first."""
    named: list[str] = []
    name: str | None = "feed.xml"
    while name:
        channel = etree.parse(library.folder / name).getroot()[0]
        named += [str(enclosure.get("url")) for enclosure in channel.findall("item/enclosure")]
        older = [link.get("href") for link in channel.findall("atom:link", SPACES) if link.get("rel") == "next"]
        name = str(older[0]) if older else None
    return named


def test_what_is_made_of_an_episode(library: Library) -> None:
    names = set(_contents(library))
    assert {"feed.xml", "index.html", *(f"episodes/de-brug{suffix}" for suffix in BESIDE)} <= names
    assert any(name.startswith("cover.") and name.endswith(".png") for name in names)
    (named,) = _enclosures(library)
    assert named in names


def test_nothing_changed_nothing_is_touched(library: Library) -> None:
    before = _written(library)
    assert refresh(library) == 0
    assert remake(library) == 0
    assert _written(library) == before


def test_all_of_it_can_be_thrown_away_and_comes_back_byte_by_byte(library: Library) -> None:
    before = _contents(library)
    for name in before:
        if not name.endswith(".mp3") and name != "episodes/de-brug.json":
            (library.folder / name).unlink()
    (library.folder / ".index.sqlite").unlink()
    remake(library)
    assert _contents(library) == before


def test_one_lost_file_comes_back(library: Library) -> None:
    lost = library.folder / "episodes/de-brug.srt"
    before = lost.read_bytes()
    lost.unlink()
    assert remake(library) == 1
    assert lost.read_bytes() == before


def test_another_folder_with_the_same_episodes_gives_the_same_bytes(library: Library, tmp_path: Path) -> None:
    other = Library(tmp_path / "other")
    shutil.copytree(library.episodes_folder, other.episodes_folder, ignore=shutil.ignore_patterns("*.vtt", "*.html"))
    remake(other)
    assert _contents(other) == _contents(library)


def test_old_audio_goes_when_the_feed_has_let_go_of_it(library: Library) -> None:
    (old,) = _enclosures(library)
    add(library, audio=b"spoken again")
    assert (library.folder / old).exists()
    refresh(library)
    (new,) = _enclosures(library)
    assert new != old
    assert not (library.folder / old).exists()


def test_what_is_left_of_an_episode_whose_sidecar_went_goes_too_but_not_its_audio(library: Library) -> None:
    library.sidecar("de-brug").unlink()
    refresh(library)
    left = {name for name in _contents(library) if name.startswith("episodes/")}
    assert [name.endswith(".mp3") for name in left] == [True]
    assert _enclosures(library) == []


def test_an_episode_that_went_and_came_back_keeps_what_is_made_of_it(library: Library) -> None:
    library.sidecar("de-brug").unlink()
    with library.index() as index:
        assert index.card("de-brug") is None
    add(library)
    refresh(library)
    assert {f"episodes/de-brug{suffix}" for suffix in BESIDE} <= _contents(library).keys()


def test_a_stray_page_goes_when_all_is_made_again(library: Library) -> None:
    stray = library.episodes_folder / "weg.html"
    stray.write_text("", encoding="utf-8")
    remake(library)
    assert not stray.exists()


@pytest.mark.usefixtures("short_pages")
def test_adding_an_episode_leaves_old_pages_as_they_are(tmp_path: Path) -> None:
    library = Library(tmp_path)
    written: dict[str, int] = {}
    for n in range(1, 12):
        added = add(library, numbered(n))
        refresh(library)
        now = _written(library)
        old = {name for name in written if name.startswith(("feed-", "index-", "episodes/"))}
        assert {name: now[name] for name in old} == {name: written[name] for name in old}
        assert len(_enclosures(library)) == n
        assert _enclosures(library)[0] == f"episodes/{added.file}"
        written = now
    assert {name for name in written if name.startswith("feed")} == {
        "feed.xml",
        *(f"feed-{k}.xml" for k in range(1, 5)),
    }


@pytest.mark.usefixtures("short_pages")
def test_episodes_added_one_by_one_give_the_bytes_of_all_at_once(tmp_path: Path) -> None:
    one_by_one, at_once = Library(tmp_path / "one"), Library(tmp_path / "all")
    order = (5, 1, 9, 2, 8, 3, 7, 4, 6)
    for n in order:
        add(one_by_one, numbered(n))
        refresh(one_by_one)
        add(at_once, numbered(n))
    add(one_by_one, dataclasses.replace(numbered(4), title="Verbeterd"))
    refresh(one_by_one)
    one_by_one.sidecar("aflevering-2").unlink()
    refresh(one_by_one)
    add(at_once, dataclasses.replace(numbered(4), title="Verbeterd"))
    at_once.sidecar("aflevering-2").unlink()
    refresh(at_once)
    assert _contents(one_by_one) == _contents(at_once)


def test_another_setting_makes_every_page_again(library: Library) -> None:
    (library.folder / "static/voorlezer.00000000.css").write_text("of an older version", encoding="utf-8")
    (library.folder / "show.toml").write_text('title = "Nieuws"\nlanguage = "nl-be"\n', encoding="utf-8")
    refresh(library)
    assert not (library.folder / "static/voorlezer.00000000.css").exists()
    assert etree.parse(library.folder / "feed.xml").findtext("channel/title") == "Nieuws"
    assert len(list(library.folder.glob("cover.????????.png"))) == 1
    assert refresh(library) == 0


def test_a_killed_refresh_is_finished_by_the_next(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    add(library, numbered(2))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(beside, "write_whole", full)
        with pytest.raises(ShowError, match="No space left"):
            refresh(library)
    assert refresh(library) > 0
    assert len(_enclosures(library)) == 2


def test_a_show_that_gets_an_address_gets_a_guid_that_it_keeps(library: Library) -> None:
    settings = library.folder / "show.toml"
    settings.write_text('# mine\nurl = "https://example.org/pod"\n', encoding="utf-8")
    refresh(library)
    channel = etree.parse(library.folder / "feed.xml").getroot()[0]
    guid = channel.findtext("podcast:guid", namespaces=SPACES)
    assert guid == podcast_guid("https://example.org/pod/feed.xml")
    assert library.settings().guid == guid
    settings.write_text(settings.read_text(encoding="utf-8").replace("/pod", "/elders"), encoding="utf-8")
    refresh(library)
    assert library.settings().guid == guid
    assert settings.read_text(encoding="utf-8").startswith("# mine\n")


def test_an_episode_without_words_of_its_own_still_has_its_files(tmp_path: Path) -> None:
    library = Library(tmp_path)
    add(library, dataclasses.replace(EPISODE, blocks=(), cues=()))
    refresh(library)
    assert (library.folder / "episodes/de-brug.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
