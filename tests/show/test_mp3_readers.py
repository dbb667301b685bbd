"""The MP3s of a real show as programs that are not ours read them: sound, tags, chapters."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.show.real_show import clean_environment
from tests.stitch.material import tool
from tts.show.changes import chosen
from tts.stitch.chapters import chapters

if TYPE_CHECKING:
    from tts.model import Episode
    from tts.show.library import Library

pytestmark = pytest.mark.tools
NPM = Path(__file__).parent / "npm"
SLUGS = (
    "de-kerkklok-van-aardswoud-slaat-weer",
    "veer-brug-samen-vaart-t-3-beter-zegt-dondu",
    "markt-verhuist-naar-de-kade",
)
FRAME_S = 576 / 24_000  # at 24 kHz
# What a reader that counts frames finds too much: the encoder's and decoder's delay and the filling of the last frame.
LONGER_S = 4 * FRAME_S


@pytest.fixture(params=SLUGS)
def episode(request: pytest.FixtureRequest, real_show: Library) -> Episode:
    return chosen(real_show, request.param)


@pytest.fixture
def mp3(episode: Episode, real_show: Library) -> Path:
    return real_show.audio_path(episode)


def _run(command: list[str], cwd: Path) -> tuple[str, str]:
    environment = clean_environment(cwd)
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=cwd, env=environment, timeout=60)
    return done.stdout, done.stderr


def _said(command: list[str], cwd: Path) -> str:
    """What a program says that has nothing to complain of."""
    out, errors = _run(command, cwd)
    assert errors == ""
    return out


def _chapters(episode: Episode) -> list[tuple[int, int, str]]:
    listed = chapters(episode.cues, episode.n_samples, episode.title)
    return [(chapter.start_ms, chapter.end_ms, chapter.title) for chapter in listed]


def test_mp3val_finds_nothing_to_mend(mp3: Path, tmp_path: Path) -> None:
    said = _said([tool("mp3val"), str(mp3)], tmp_path)
    assert "WARNING" not in said
    assert "ERROR" not in said
    (found,) = re.findall(r"INFO: .*: (\d+) MPEG frames \(MPEG 2 Layer III\), \+ID3v2, CBR", said)
    assert int(found) > 100


def test_ffprobe_reads_sound_tags_and_chapters(mp3: Path, episode: Episode, tmp_path: Path) -> None:
    shown = ["-show_chapters", "-show_format", "-show_streams"]
    read = json.loads(_said([tool("ffprobe"), "-v", "warning", *shown, "-of", "json", str(mp3)], tmp_path))
    audio, cover = read["streams"]
    assert (audio["codec_name"], audio["sample_rate"], audio["channels"]) == ("mp3", "24000", 1)
    assert audio["bit_rate"] == "64000"
    assert 0 <= float(audio["duration"]) - episode.duration_s < LONGER_S
    assert (cover["width"], cover["height"], cover["disposition"]["attached_pic"]) == (600, 600, 1)
    tags = read["format"]["tags"]
    assert tags["title"] == episode.title
    assert tags["artist"] == episode.author
    assert tags["album"] == "Dorpspraat & meer"
    assert tags["track"] == str(episode.number)
    assert tags["language"] == "nld"
    found = [(_ms(each["start_time"]), _ms(each["end_time"]), each["tags"]["title"]) for each in read["chapters"]]
    assert found == _chapters(episode)


def test_music_metadata_reads_sound_tags_and_chapters(mp3: Path, episode: Episode) -> None:
    if not (NPM / "node_modules").is_dir():
        pytest.skip("music-metadata is not installed here")
    read = json.loads(_said([tool("node"), "mp3.js", str(mp3)], NPM))
    assert read["quality"]["warnings"] == []
    sound, common = read["format"], read["common"]
    assert (sound["codec"], sound["codecProfile"], sound["bitrate"]) == ("MPEG 2 Layer 3", "CBR", 64000)
    assert (sound["sampleRate"], sound["numberOfChannels"]) == (24000, 1)
    assert 0 <= sound["duration"] - episode.duration_s < LONGER_S
    assert (common["title"], common["artist"], common["album"]) == (episode.title, episode.author, "Dorpspraat & meer")
    assert (common["podcastId"], common["language"], common["genre"]) == (episode.guid, "nld", ["Podcast"])
    assert common["track"]["no"] == episode.number
    assert [comment["text"] for comment in common["comment"]] == common["description"]
    (lyrics,) = common["lyrics"]
    assert lyrics["text"].split() == " ".join(block.text for block in episode.blocks).split()
    assert [picture["type"] for picture in common["picture"]] == ["Cover (front)"]
    found = [(_ms(each["start"]), _ms(each["end"]), each["title"]) for each in sound["chapters"]]
    assert found == _chapters(episode)


def test_eyed3_reads_tags(mp3: Path, episode: Episode, tmp_path: Path) -> None:
    # Says on stderr which frames its own JSON leaves out, and looks for a checksum where only MPEG-1 stereo has it.
    out, _ = _run([tool("eyeD3"), "--no-color", "--plugin", "json", str(mp3)], tmp_path)
    read = json.loads(out)
    assert read["info"]["size_bytes"] == episode.n_bytes
    assert abs(read["info"]["time_secs"] - episode.duration_s) < LONGER_S
    assert (read["title"], read["artist"], read["album"]) == (episode.title, episode.author, "Dorpspraat & meer")
    assert (read["track_num"]["count"], read["genre"]) == (episode.number, "Podcast")
    assert read.get("recording_date") == (episode.date and episode.date[: 4 if len(episode.date) < 10 else 10])


def _ms(seconds: str | float) -> int:
    return round(float(seconds) * 1000)
