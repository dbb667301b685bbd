"""The show folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from tests.show.material import add
from tts.errors import ShowError
from tts.show import library as library_module
from tts.show.library import Library, find_show


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {
        ".lock",
        ".index.sqlite",
    }


def test_what_is_put_is_found_again(tmp_path: Path) -> None:
    library = Library(tmp_path)
    episode = add(library)
    assert library.find("path:/a.txt") == episode
    assert library.find("path:/b.txt") is None
    assert library.has_audio(episode)
    assert library.audio_path(episode).read_bytes() == b"sound"


def test_new_audio_gets_a_new_name_and_the_old_one_is_to_go(tmp_path: Path) -> None:
    library = Library(tmp_path)
    first = add(library)
    second = add(library, audio=b"other sound")
    assert first.file != second.file
    assert _files(tmp_path) == {f"episodes/{first.file}", f"episodes/{second.file}", "episodes/de-brug.json"}
    with library.index() as index:
        assert index.outdated() == [f"episodes/{first.file}"]  # it may go when the feed no longer names it


def test_no_two_episodes_share_a_slug(tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert library.free_slug("De brug!", "id:1") == "de-brug"
    add(library)
    assert library.free_slug("De brug!", "id:1") == "de-brug-2"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Eén café in Coëvorden: ‘ja’", "een-cafe-in-coevorden-ja"),
        ("日本", "aflevering"),
        ("../../etc/passwd", "etc-passwd"),
        ("woord " * 40, "woord-woord-woord-woord-woord-woord-woord-woord-woord-woord"),
        ("x" * 300, "x" * 60),
    ],
)
def test_slugs_are_short_ascii(tmp_path: Path, title: str, slug: str) -> None:
    assert Library(tmp_path).free_slug(title, "id:1") == slug


def test_what_a_killed_run_left_is_swept_and_a_living_one_is_not(tmp_path: Path) -> None:
    library = Library(tmp_path)
    code = (
        "import os, sys, pathlib; from tts.show.library import Library\n"
        "with Library(pathlib.Path(sys.argv[1])).incoming() as folder:\n"
        "    (folder / 'half.mp3').write_bytes(b'half'); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert any(name.endswith("half.mp3") for name in _files(tmp_path))
    with library.incoming() as living:
        (living / "mine.mp3").write_bytes(b"mine")
        add(library)
        assert (living / "mine.mp3").exists()
    assert [name for name in _files(tmp_path) if name.startswith(".incoming")] == []


def test_one_writer_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "LOCK_WITHIN_S", 0.1)
    with (
        filelock.FileLock(tmp_path / ".lock"),
        pytest.raises(ShowError, match="another run"),
        Library(tmp_path).writing(),
    ):
        pass


def test_settings_are_read_and_unknown_ones_refused(tmp_path: Path) -> None:
    settings = tmp_path / "show.toml"
    assert Library(tmp_path).settings().voice == "auto"
    settings.write_text('title = "Nieuws"\n[lexicon]\nLith = "Lit"\n', encoding="utf-8")
    assert Library(tmp_path).settings().title == "Nieuws"
    assert Library(tmp_path).settings().lexicon == {"Lith": "Lit"}
    for wrong, message in (("titel = 1", "does not know: titel"), ("title = [", "mend it"), ("title = 3", "mend it")):
        settings.write_text(wrong, encoding="utf-8")
        with pytest.raises(ShowError, match=message):
            Library(tmp_path).settings()


def test_a_damaged_sidecar_is_named(tmp_path: Path) -> None:
    add(Library(tmp_path))
    (tmp_path / "episodes" / "de-brug.json").write_text("{", encoding="utf-8")
    with pytest.raises(ShowError, match=r"de-brug\.json is damaged"):
        Library(tmp_path).find("path:/a.txt")


def test_a_show_folder_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "show").write_text("", encoding="utf-8")
    with pytest.raises(ShowError, match="can't be used"), Library(tmp_path / "show").incoming():
        pass


def test_the_show_is_the_nearest_one_upwards(tmp_path: Path) -> None:
    (tmp_path / "project" / "audio").mkdir(parents=True)
    (tmp_path / "project" / "audio" / "show.toml").touch()
    (tmp_path / "project" / "src").mkdir()
    assert find_show(None, tmp_path / "project" / "src") == tmp_path / "project" / "audio"
    assert find_show(Path("elsewhere"), tmp_path) == Path("elsewhere")
    assert find_show(None, tmp_path).name == "Voorlezer"
