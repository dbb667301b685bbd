# mypy: disable-error-code="no-untyped-call"
# mutagen says that it is typed, but its frames are not.

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen import id3
from mutagen.mp3 import MP3, BitrateMode

from tests.stitch.material import tool
from tts.errors import CodecError
from tts.stitch.chapters import Chapter
from tts.stitch.codec import write_mp3
from tts.stitch.tags import Tags, read_tags, write_tags

if TYPE_CHECKING:
    from pathlib import Path

TAGS = Tags(
    title="De brug over de Linge – “eindelijk”",
    artist="Noor Bakker",
    album="Voorlezer",
    date="2023-03-20",
    language="nl-be",
    description="Over één brug.",
    text="De eerste alinea.\n\nDe tweede: €\xa01.250,50.",
    guid="2f0c-guid",
    source_url="https://nieuws.example/één?a=b%20c#d",
    disclosure="Voorgelezen door een computerstem.",
    cover=b"\x89PNG\r\n\x1a\nno more than a signature",
    track=7,
)
# Titles of falling length: mutagen alone would write the last chapter first.
CHAPTERS = tuple(Chapter(k * 1000, k * 1000 + 1000, "Kop " * (12 - k) + "“x”") for k in range(12))


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    path = tmp_path / "a.mp3"
    write_mp3(path, [np.zeros(12 * 24000, np.float32)], lambda _frames: None)
    return path


def test_mutagen_reads_everything_back(mp3: Path) -> None:
    write_tags(mp3, TAGS, CHAPTERS)
    read = id3.ID3(mp3, translate=False)
    assert read.version == (2, 3, 0)
    texts = {name: read[name].text[0] for name in ("TIT2", "TPE1", "TALB", "TCON", "TRCK", "TYER", "TDAT", "TLAN")}
    assert texts == {
        "TIT2": TAGS.title,
        "TPE1": "Noor Bakker",
        "TALB": "Voorlezer",
        "TCON": "Podcast",
        "TRCK": "7",
        "TYER": "2023",
        "TDAT": "2003",
        "TLAN": "nld",
    }
    assert (read["TGID"].text, read["TDES"].text) == ([TAGS.guid], [TAGS.description])
    assert read["COMM::nld"].text == [TAGS.description]
    assert read["USLT::nld"].text == TAGS.text
    assert read["TXXX:AI-CONTENT"].text == [TAGS.disclosure]
    assert read["WOAS"].url == "https://nieuws.example/%C3%A9%C3%A9n?a=b%20c#d"
    assert read["PCST"].value == 1
    cover = read["APIC:"]
    assert (cover.type, cover.mime, cover.data) == (3, "image/png", TAGS.cover)
    assert "WFED" not in read


def test_chapters_stand_in_time_order_with_one_table(mp3: Path) -> None:
    write_tags(mp3, TAGS, CHAPTERS)
    read = id3.ID3(mp3, translate=False)
    (toc,) = read.getall("CTOC")
    assert toc.flags == id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    listed = [read[f"CHAP:{element_id}"] for element_id in toc.child_element_ids]
    assert [Chapter(c.start_time, c.end_time, c.sub_frames["TIT2"].text[0]) for c in listed] == list(CHAPTERS)
    assert {(c.start_offset, c.end_offset) for c in listed} == {(0xFFFFFFFF, 0xFFFFFFFF)}
    data = mp3.read_bytes()
    places = [data.index(f"{element_id}\0".encode(), data.index(b"CHAP")) for element_id in toc.child_element_ids]
    assert places == sorted(places)


@pytest.mark.tools
def test_ffprobe_sees_the_chapters_in_order(mp3: Path) -> None:
    write_tags(mp3, TAGS, CHAPTERS)
    command = [tool("ffprobe"), "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(mp3)]
    read = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    seen = [(float(c["start_time"]), float(c["end_time"]), c["tags"]["title"]) for c in read["chapters"]]
    assert seen == [(c.start_ms / 1000, c.end_ms / 1000, c.title) for c in CHAPTERS]
    assert read["format"]["tags"]["title"] == TAGS.title


def test_there_is_no_padding_and_the_sound_is_untouched(mp3: Path) -> None:
    sound = mp3.read_bytes()
    write_tags(mp3, TAGS, CHAPTERS)
    tagged = mp3.read_bytes()
    size = sum(byte << 7 * (3 - k) for k, byte in enumerate(tagged[6:10]))
    assert tagged[10 + size :] == sound
    info: Any = MP3(mp3).info
    assert info.bitrate_mode == BitrateMode.CBR
    assert info.length == pytest.approx(12.0, abs=0.05)


def test_written_twice_is_written_once(mp3: Path) -> None:
    write_tags(mp3, TAGS, CHAPTERS)
    once = mp3.read_bytes()
    write_tags(mp3, replace(TAGS, title="Een ander, en veel langer dan wat er stond"), CHAPTERS[:2])
    write_tags(mp3, TAGS, CHAPTERS)
    assert mp3.read_bytes() == once


@pytest.mark.parametrize(("date", "expected"), [(None, []), ("2023", ["2023"]), ("2023-03", ["2023"])])
def test_dates_as_exact_as_they_are_known(mp3: Path, date: str | None, expected: list[str]) -> None:
    write_tags(mp3, replace(TAGS, date=date), ())
    read = id3.ID3(mp3, translate=False)
    assert [frame.text[0] for frame in read.getall("TYER")] == expected
    assert not read.getall("TDAT")


def test_what_is_not_given_is_left_out(mp3: Path) -> None:
    write_tags(mp3, replace(TAGS, source_url=None, cover=None, track=None), ())
    read = id3.ID3(mp3, translate=False)
    assert not any(read.getall(name) for name in ("WOAS", "APIC", "TRCK", "CHAP", "CTOC"))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CodecError, match="cannot write the tags"):
        write_tags(tmp_path / "absent" / "a.mp3", TAGS, ())


def test_what_was_written_is_read_again(mp3: Path) -> None:
    write_tags(mp3, TAGS, CHAPTERS)
    raw = mp3.read_bytes()
    found = read_tags(raw)
    assert (found.version, found.n_padding, found.legible, found.by_time) == (3, 0, True, True)
    assert raw[found.n_bytes :].startswith(bytes.fromhex("fff384c4"))
    assert found.cover == ("image/png", TAGS.cover)
    assert found.chapters == found.listed == CHAPTERS
    assert found.texts == {
        "TIT2": TAGS.title,
        "TPE1": TAGS.artist,
        "TALB": TAGS.album,
        "TCON": "Podcast",
        "TRCK": "7",
        "TYER": "2023",
        "TDAT": "2003",
        "TLAN": "nld",
        "TGID": TAGS.guid,
        "TDES": TAGS.description,
        "COMM": TAGS.description,
        "USLT": TAGS.text,
        "TXXX:AI-CONTENT": TAGS.disclosure,
        "WOAS": "https://nieuws.example/%C3%A9%C3%A9n?a=b%20c#d",
        "PCST": "1",
    }


def test_chapters_are_read_as_they_stand_there(mp3: Path) -> None:
    write_tags(mp3, TAGS, CHAPTERS)
    id3.ID3(mp3).save(mp3, v2_version=3, padding=lambda _info: 50)  # mutagen alone, see `_chapters_last`
    found = read_tags(mp3.read_bytes())
    assert found.chapters == CHAPTERS[::-1]
    assert found.listed == CHAPTERS
    assert found.n_padding == 50


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1))
def test_every_text_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "texts.mp3"
    path.write_bytes(b"")
    write_tags(path, replace(TAGS, title=text, text=text, disclosure=text), ())
    found = read_tags(path.read_bytes())
    assert (found.texts["TIT2"], found.texts["USLT"], found.texts["TXXX:AI-CONTENT"]) == (text, text, text)


@given(st.binary(max_size=200), st.sampled_from([b"TIT2", b"USLT", b"CHAP", b"CTOC", b"APIC", b"WOAS", b"PCST", b"\0"]))
def test_what_is_no_tag_is_an_error_of_ours(content: bytes, name: bytes) -> None:
    frame = name + len(content).to_bytes(4) + b"\0\0" + content
    for raw in (content, b"ID3\3\0\0\0\0" + bytes([len(frame) >> 7, len(frame) & 127]) + frame):
        try:
            assert read_tags(raw).n_bytes == len(raw)
        except CodecError as error:
            assert "ID3" in str(error)  # noqa: PT017  (either it is read, or this is said)
