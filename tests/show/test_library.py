"""The show folder."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from tts.errors import ShowError
from tts.model import Block, Cue, Episode, Mark, Passage, VoiceSpec
from tts.show import library as library_module
from tts.show.library import Library, audio_name, find_show, guid_for

PASSAGE = Passage(0, 0, "quote", "quoted", "Het kost vijf euro.", "Het kost € 5.", "Anna Bos")
EPISODE = Episode(
    guid=guid_for("path:/a.txt"),
    identity="path:/a.txt",
    slug="de-brug",
    title="De brug",
    date="2024-05",
    author=None,
    source_url=None,
    published="2024-05-03T10:00:00+00:00",
    updated="2024-05-03T10:00:00+00:00",
    revision=1,
    fingerprint="f",
    file="",
    n_bytes=0,
    n_samples=48000,
    loudness_lufs=-16.02,
    true_peak_dbtp=-1.4,
    disclosure="",
    narrator=VoiceSpec("espeak", "nl"),
    quoted=VoiceSpec("espeak", "nl+m3", pitch=5.0),
    blocks=(Block("quote", "Het kost € 5.", "Anna Bos", None, confidence=0.9),),
    cues=(Cue(PASSAGE, 100, 2000, (Mark(120, 0, 3),)),),
)


def _add(library: Library, episode: Episode = EPISODE, audio: bytes = b"sound") -> Episode:
    with library.incoming() as folder:
        mp3 = folder / "episode.mp3"
        mp3.write_bytes(audio)
        episode = dataclasses.replace(episode, file=audio_name(episode.slug, mp3), n_bytes=len(audio))
        with library.writing():
            library.put(episode, mp3, "WEBVTT\n")
    return episode


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {".lock"}


def test_what_is_put_is_found_again(tmp_path: Path) -> None:
    library = Library(tmp_path)
    episode = _add(library)
    assert library.find("path:/a.txt") == episode
    assert library.find("path:/b.txt") is None
    assert library.has_audio(episode)
    assert library.audio_path(episode).read_bytes() == b"sound"


def test_new_audio_gets_a_new_name_and_the_old_one_goes(tmp_path: Path) -> None:
    library = Library(tmp_path)
    first = _add(library)
    second = _add(library, audio=b"other sound")
    assert first.file != second.file
    assert _files(tmp_path) == {f"episodes/{second.file}", "episodes/de-brug.json", "episodes/de-brug.vtt"}


def test_no_two_episodes_share_a_slug(tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert library.free_slug("De brug!") == "de-brug"
    _add(library)
    assert library.free_slug("De brug!") == "de-brug-2"


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
    assert Library(tmp_path).free_slug(title) == slug


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
        _add(library)
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
    _add(Library(tmp_path))
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
