"""One timeline, all outputs: tags, chapters, transcripts, page and sound tell the same moments, to the millisecond."""

from __future__ import annotations

import json
import subprocess
from html import unescape
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import requests
import webvtt
from lxml import html
from mutagen import id3

from tests.stitch.material import by_ffmpeg, decoded, tool
from tts.model import SAMPLE_RATE_HZ
from tts.show.changes import chosen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from tts.model import Cue, Episode
    from tts.show.library import Library

    Times = list[tuple[int, int, str]]

MS = SAMPLE_RATE_HZ // 1000
CLOCK = "de-kerkklok-van-aardswoud-slaat-weer"
CHAPTERS = {
    CLOCK: ["De kerkklok van Aardswoud slaat weer", "Wim Tuinman", "Een wiel uit Gent", "Lotte Claes"],
    "veer-brug-samen-vaart-t-3-beter-zegt-dondu": [
        "Veer & brug: “samen” vaart ’t 3 × beter, zegt Döndü 🚢",
        "Döndü Yılmaz",
    ],
    "markt-verhuist-naar-de-kade": ["Markt verhuist naar de Kade"],
}
# Below the loudest of its passage. What the encoder leaves in a pause lies below the first; trimming keeps all above
# the second, and a /h/ takes long from there to the first.
SOUNDS_DB, STIRS_DB = -40.0, -54.0
GRANULE = 576  # samples over which MP3 smears a sound, back and forth: what was last heard rang at -39.9 dB there
STIRS_WITHIN_MS = 20  # the 12 that trimming leaves before the first stir, and what the encoder smears


@pytest.fixture(params=CHAPTERS)
def episode(request: pytest.FixtureRequest, real_show: Library) -> Episode:
    return chosen(real_show, request.param)


class Made:
    """The files beside one episode, as others read them."""

    def __init__(self, library: Library, address: str, episode: Episode) -> None:
        self.mp3 = library.audio_path(episode)
        self._stem = f"{address}episodes/{episode.slug}"
        self._folder = library.episodes_folder
        self._slug = episode.slug

    def path(self, suffix: str) -> Path:
        return self._folder / f"{self._slug}{suffix}"

    def json(self, suffix: str) -> Any:
        return requests.get(f"{self._stem}{suffix}", timeout=10).json()

    def page(self) -> html.HtmlElement:
        return html.fromstring(requests.get(f"{self._stem}.html", timeout=10).content)


@pytest.fixture
def made(real_show: Library, address: str, episode: Episode) -> Made:
    return Made(real_show, address, episode)


def _meant(episode: Episode) -> Times:
    """The chapters: their titles as they stand above, their moments from the cues."""
    titles = CHAPTERS[episode.slug]
    starts = [0, *(next(cue.start // MS for cue in episode.cues if _names(cue, title)) for title in titles[1:])]
    return list(zip(starts, [*starts[1:], episode.n_samples // MS], titles, strict=True))


def _names(cue: Cue, title: str) -> bool:
    passage = cue.passage
    return title == (passage.source if passage.kind == "heading" else passage.kind == "quote" and passage.speaker)


def _ms(seconds: float) -> int:
    """Whole milliseconds, where the number says no more than those."""
    assert abs(seconds * 1000 - round(seconds * 1000)) < 1e-6
    return round(seconds * 1000)


def _clock_ms(clock: str) -> int:
    """Of 00:00:18.070."""
    hours, minutes, seconds = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds.replace(".", ""))


def test_chapters_in_the_tag(made: Made, episode: Episode) -> None:
    read = id3.ID3(made.mp3, translate=False)  # type: ignore[no-untyped-call]  # mutagen has no types
    listed = [read[f"CHAP:{element_id}"] for element_id in read["CTOC:toc"].child_element_ids]
    assert [(each.start_time, each.end_time, str(each.sub_frames["TIT2"])) for each in listed] == _meant(episode)


@pytest.mark.tools
def test_chapters_in_the_tag_by_ffprobe(made: Made, episode: Episode) -> None:
    command = [tool("ffprobe"), "-v", "error", "-show_chapters", "-of", "json", str(made.mp3)]
    read = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    found = [(_ms(float(c["start_time"])), _ms(float(c["end_time"])), c["tags"]["title"]) for c in read["chapters"]]
    assert found == _meant(episode)


def test_chapters_beside_the_sound(made: Made, episode: Episode) -> None:
    listed = made.json(".chapters.json")["chapters"]
    assert [(_ms(each["startTime"]), _ms(each["endTime"]), each["title"]) for each in listed] == _meant(episode)


def test_chapters_on_the_page(made: Made, episode: Episode) -> None:
    links = made.page().xpath("//nav//a[@data-t]")
    meant = [start for start, _, _ in _meant(episode)]
    assert [int(link.get("data-t", "")) for link in links] == (meant if len(meant) > 1 else [])


def test_three_transcripts_tell_one_story(made: Made, episode: Episode) -> None:
    segments = made.json(".transcript.json")["segments"]
    told = [(_ms(each["startTime"]), _ms(each["endTime"]), each["speaker"], each["body"]) for each in segments]
    captions = webvtt.read(str(made.path(".vtt"))).captions
    assert [(_clock_ms(each.start), _clock_ms(each.end), each.voice, _text(each)) for each in captions] == told
    subtitles = webvtt.from_srt(str(made.path(".srt"))).captions
    assert [(_clock_ms(each.start), _clock_ms(each.end)) for each in subtitles] == [each[:2] for each in told]
    for shown, (_, _, speaker, body) in zip(subtitles, told, strict=True):
        said = " ".join(shown.text.split()).removeprefix(f"{speaker}: ")
        assert said == body.replace("<", "‹").replace(">", "›")  # SRT has no escapes
    assert all(start < end for start, end, _, _ in told)
    assert told[-1][1] <= episode.n_samples // MS


def _text(caption: Any) -> str:
    """On one line; webvtt-py leaves the escapes of WebVTT in it."""
    return unescape(" ".join(caption.text.split()))


def test_every_passage_begins_a_caption_with_its_own_words(made: Made, episode: Episode) -> None:
    captions = {_clock_ms(each.start): each for each in webvtt.read(str(made.path(".vtt"))).captions}
    for cue in episode.cues:
        shown = captions[cue.start // MS]
        assert cue.passage.source.startswith(_text(shown))
        assert shown.voice == (cue.passage.speaker if cue.passage.kind == "quote" else "Voorlezer")


def test_every_block_is_on_the_page_at_its_moment(made: Made, episode: Episode) -> None:
    page = made.page()
    sentences = [(int(each.get("data-t", "")), each.xpath("string()")) for each in page.xpath("//*[@class='s']")]
    first = [cue for cue in episode.cues if cue.passage.index == 0]
    for cue in first:
        (said,) = [text for start, text in sentences if start == cue.start // MS]
        assert cue.passage.source.split()[0] in said
    within = [any(cue.start // MS <= start <= cue.end // MS for cue in episode.cues) for start, _ in sentences]
    assert all(within)
    assert [start for start, _ in sentences] == sorted({start for start, _ in sentences})


def test_the_bar_on_the_page_changes_colour_when_the_voice_changes(made: Made, episode: Episode) -> None:
    bars = [(int(each.get("x", "")), int(each.get("width", ""))) for each in made.page().xpath("//svg/rect")]
    quotes = [cue for cue in episode.cues if cue.passage.kind == "quote" and cue.passage.index == 0]
    assert {cue.start // MS for cue in quotes} <= {start for start, _ in bars}
    assert [start + width for start, width in bars] == [*(start for start, _ in bars[1:]), episode.n_samples // MS]


@pytest.mark.parametrize("decode", [decoded, pytest.param(by_ffmpeg, marks=pytest.mark.tools)])
def test_speech_begins_at_its_cue(made: Made, episode: Episode, decode: Callable[[Path], NDArray[np.float32]]) -> None:
    sound = np.abs(decode(made.mp3))
    for before, cue in zip((None, *episode.cues), episode.cues, strict=False):
        loudest = sound[cue.start : cue.end].max()
        pause = sound[before.end if before else 0 : cue.start][GRANULE:-GRANULE]
        assert pause.max() < loudest * 10 ** (SOUNDS_DB / 20)
        stirs = np.flatnonzero(sound[cue.start : cue.end] > loudest * 10 ** (STIRS_DB / 20))
        assert stirs[0] / MS <= STIRS_WITHIN_MS


def test_the_sound_is_as_long_as_its_timeline(made: Made, episode: Episode) -> None:
    length = len(decoded(made.mp3))
    assert 0 <= length - episode.n_samples < 2 * 576  # the last frame is filled up
    assert episode.cues[-1].end <= episode.n_samples
