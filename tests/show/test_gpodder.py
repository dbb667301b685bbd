"""gPodder subscribes, downloads every episode, and sees as new only what is new."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.show.real_show import FERRY, FERRY_TITLE, LIBRARY, clean_environment, make_episode, served
from tests.stitch.material import tool
from tts.show.changes import remove

if TYPE_CHECKING:
    from pathlib import Path

    from tts.show.library import Library

pytestmark = pytest.mark.tools
TITLES = {"De kerkklok van Aardswoud slaat weer", FERRY_TITLE, "Markt verhuist naar de Kade"}


@dataclass(frozen=True)
class GPodder:
    """gPodder with a home of its own, run by its command `gpo`, which exits with 0 whatever happens."""

    home: Path

    def __call__(self, *arguments: str) -> str:
        """What it prints, without colours, once it says that it is done and its log tells of nothing wrong."""
        environment = clean_environment(self.home)
        environment |= {
            "GPODDER_HOME": str(self.home / "gpodder"),
            "GPODDER_DOWNLOAD_DIR": str(self.home / "downloads"),
        }
        command = [tool("gpo"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=True)
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
        wrong = re.findall(r".*(?:FAIL|ERROR|Traceback|WARNING: (?!html5lib)).*", said + done.stderr)
        assert wrong == []
        return said

    def table(self, name: str) -> list[dict[str, Any]]:
        """What it knows, from its database."""
        with sqlite3.connect(self.home / "gpodder" / "Database") as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(f"SELECT * FROM {name}")]

    def downloads(self) -> dict[str, bytes]:
        """The downloaded files by their names."""
        return {path.name: path.read_bytes() for path in (self.home / "downloads").rglob("*.mp3")}


@pytest.fixture
def gpo(tmp_path: Path) -> GPodder:
    home = tmp_path / "listener"
    home.mkdir()
    return GPodder(home)


def _audio(library: Library) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in library.episodes_folder.glob("*.mp3")}


def test_it_downloads_every_episode_whole_and_then_sees_no_new_one(
    gpo: GPodder, real_show: Library, address: str
) -> None:
    assert "Successfully added" in gpo("subscribe", f"{address}feed.xml")
    assert "3 new episodes" in gpo("update")
    assert "3 episodes downloaded" in gpo("download")
    assert gpo.downloads() == _audio(real_show)
    assert "0 new episodes" in gpo("update")
    assert "0 episodes downloaded" in gpo("download")


def test_a_download_that_broke_off_goes_on_where_it_was(gpo: GPodder, real_show: Library, address: str) -> None:
    gpo("subscribe", f"{address}feed.xml")
    (podcast,) = gpo.table("podcast")
    folder = gpo.home / "downloads" / podcast["download_folder"]
    folder.mkdir(parents=True, exist_ok=True)
    for name, sound in _audio(real_show).items():
        begun = bytearray(sound[: len(sound) // 2])
        begun[-1] ^= 1  # so that it shows that this half is kept
        (folder / f"{name}.partial").write_bytes(begun)
    gpo("download")
    downloads = gpo.downloads()
    for name, sound in _audio(real_show).items():
        middle = len(sound) // 2
        assert downloads[name] == sound[: middle - 1] + bytes([sound[middle - 1] ^ 1]) + sound[middle:]


def test_it_keeps_what_the_feed_says(gpo: GPodder, real_show: Library, address: str) -> None:
    with real_show.index() as index:
        durations = {card.guid: round(card.duration_s) for card in index.cards()}
    gpo("subscribe", f"{address}feed.xml")
    (podcast,) = gpo.table("podcast")
    assert podcast["title"] == "Dorpspraat & meer"
    assert podcast["link"] == f"{address}index.html"
    assert podcast["cover_url"].startswith(f"{address}cover.")
    episodes = gpo.table("episode")
    assert {episode["title"] for episode in episodes} == TITLES
    assert {episode["mime_type"] for episode in episodes} == {"audio/mpeg"}
    assert {episode["guid"]: episode["total_time"] for episode in episodes} == durations


def test_a_corrected_episode_is_not_new_and_a_new_one_is(gpo: GPodder, own_show: Library) -> None:
    with served(own_show) as url:
        gpo("subscribe", f"{url}feed.xml")
        gpo("download")
        before = {episode["guid"]: episode["url"] for episode in gpo.table("episode")}
        make_episode(own_show, "veer.md", FERRY.replace("12 fietsers", "14 fietsers"))
        assert "0 new episodes" in gpo("update")
        after = {episode["guid"]: episode["url"] for episode in gpo.table("episode")}
        assert after.keys() == before.keys()
        assert len(after.items() - before.items()) == 1
        make_episode(own_show, "leeszaal.txt", LIBRARY)
        assert "1 new episode\n" in gpo("update")
        assert "Leeszaal open op zondag" in gpo("download")
    assert len(gpo.downloads()) == 4


def test_an_episode_that_was_removed_is_gone_for_who_subscribes_now(gpo: GPodder, own_show: Library) -> None:
    remove(own_show, "markt-verhuist-naar-de-kade")
    with served(own_show) as url:
        gpo("subscribe", f"{url}feed.xml")
        assert "2 episodes downloaded" in gpo("download")
    assert gpo.downloads() == _audio(own_show)


def test_it_finds_the_older_pages_of_a_long_feed(gpo: GPodder, paged: str, own_show: Library) -> None:
    gpo("subscribe", f"{paged}feed.xml")
    assert "3 episodes downloaded" in gpo("download")
    assert gpo.downloads() == _audio(own_show)
