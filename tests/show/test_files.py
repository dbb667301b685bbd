"""Which files of a show the world may see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.show.material import add, numbered
from tests.show.plain_cover import plain_cover  # noqa: F401 -- a fixture for all tests here
from tts.show.artwork import artwork
from tts.show.files import ShowFile, Stage, is_of_an_episode, public_files
from tts.show.library import Library
from tts.show.site import refresh


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("show"))
    (library.folder / "show.toml").write_text('title = "Proef"\n', encoding="utf-8")
    for n in (1, 2, 3):
        add(library, numbered(n))
    refresh(library)
    return library


def _public(library: Library) -> list[ShowFile]:
    with library.index() as index:
        return public_files(index, artwork(library.folder, library.settings()))


def test_all_that_was_made_is_public_and_nothing_else(library: Library) -> None:
    there = {path.relative_to(library.folder).as_posix() for path in library.folder.rglob("*") if path.is_file()}
    private = {"show.toml", ".lock", ".index.sqlite", *(f"episodes/aflevering-{n}.json" for n in (1, 2, 3))}
    assert {file.name for file in _public(library)} == there - private
    assert private <= there


def test_a_file_names_only_what_was_published_before_it(library: Library) -> None:
    names = [file.name for file in _public(library)]
    assert names[-1] == "feed.xml"
    assert names.index("episodes/aflevering-1.vtt") > max(at for at, name in enumerate(names) if name.endswith(".mp3"))
    assert names.index("index.html") > names.index("episodes/aflevering-3.html")
    stages = [file.stage for file in _public(library)]
    assert stages == sorted(stages)


@pytest.mark.parametrize(
    ("name", "stage", "content_type"),
    [
        ("episodes/de-brug.0a1b2c3d.mp3", Stage.LASTING, "audio/mpeg"),
        ("cover.0a1b2c3d.600.jpg", Stage.LASTING, "image/jpeg"),
        ("cover.0a1b2c3d.png", Stage.LASTING, "image/png"),
        ("static/show.0a1b2c3d.css", Stage.LASTING, "text/css; charset=utf-8"),
        ("episodes/de-brug.vtt", Stage.BESIDE, "text/vtt; charset=utf-8"),
        ("episodes/de-brug.srt", Stage.BESIDE, "application/x-subrip"),
        ("episodes/de-brug.transcript.json", Stage.BESIDE, "application/json"),
        ("episodes/de-brug.chapters.json", Stage.BESIDE, "application/json+chapters"),
        ("episodes/de-brug.html", Stage.BESIDE, "text/html; charset=utf-8"),
        ("index.html", Stage.PAGES, "text/html; charset=utf-8"),
        ("index-2.html", Stage.PAGES, "text/html; charset=utf-8"),
        ("feed-12.xml", Stage.OLDER_FEEDS, "application/rss+xml; charset=utf-8"),
        ("feed.xml", Stage.FEED, "application/rss+xml; charset=utf-8"),
    ],
)
def test_how_a_file_is_sent(name: str, stage: Stage, content_type: str) -> None:
    file = ShowFile(name)
    assert file.stage is stage
    assert file.content_type == content_type
    assert ("immutable" in file.cache_control) == (stage is Stage.LASTING)


def test_every_file_has_a_type_of_its_own(library: Library) -> None:
    assert [file.name for file in _public(library) if file.content_type == "application/octet-stream"] == []


def test_one_look_and_the_whole_list_agree(library: Library) -> None:
    listed = {file.name for file in _public(library) if file.name.startswith("episodes/")}
    there = {path.relative_to(library.folder).as_posix() for path in Path(library.episodes_folder).iterdir()}
    strange = {
        "episodes/",
        "episodes/aflevering-1",
        "episodes/.vtt",
        "episodes/../episodes/aflevering-1.vtt",
        "feed.xml",
    }
    with library.index() as index:
        assert {name for name in there | strange if is_of_an_episode(name, index)} == listed
