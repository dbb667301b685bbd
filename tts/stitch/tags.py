"""The only door to mutagen: what players show of an episode, as ID3v2.3."""

# mypy: disable-error-code="no-untyped-call"
# mutagen says that it is typed, but its frames are not.

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from mutagen import MutagenError, id3

from tts.errors import CodecError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tts.stitch.chapters import Chapter

# ISO 639-2 for what articles and shows may say; ID3 has no other way to name a language.
_ISO_639_2 = {"nl": "nld", "en": "eng", "de": "deu", "fr": "fra", "fy": "fry", "af": "afr"}
_UNDETERMINED = "und"
_NO_OFFSET = 0xFFFFFFFF  # id3v2-chapters-1.0: "ignore, use the time"
_HEADER_BYTES = 10  # of the tag, and of each frame in it
_FRONT_COVER = 3
_PNG_SIGNATURE = b"\x89PNG"
_URL_CHARS = ":/?#[]@!$&'()*+,;=%~"  # RFC 3986's reserved characters, and escapes that are there already
DISCLOSURE_KEY = "AI-CONTENT"  # the TXXX frame that says the voice is synthetic, after podcast:txt's "ai-content"


@dataclass(frozen=True, slots=True)
class Tags:
    """What the file says about itself.

    date       : ISO 8601, as exact as it is known: "2023", "2023-03" or "2023-03-20".
    language   : ISO 639-1, a region may follow ("nl-be").
    disclosure : that the voice is synthetic, in words for people.
    cover      : a JPEG or PNG file.
    """

    title: str
    artist: str
    album: str
    date: str | None
    language: str
    description: str
    text: str
    guid: str
    source_url: str | None
    disclosure: str
    cover: bytes | None = None
    track: int | None = None


def write_tags(path: Path, tags: Tags, chapters: Sequence[Chapter]) -> None:
    """Put tags and chapters in front of the audio in `path`, in the place of any that are there.

    The same tags give the same bytes: no padding, no time of writing. Chapters stand in the file in the order
    they are given, which is the order in which some players show them.

    Raises: CodecError when the file can't be written.
    """
    content = id3.ID3()
    for frame in (*_text_frames(tags), *_chapter_frames(chapters)):
        content.add(frame)
    try:
        content.save(path, v2_version=3, padding=lambda _info: 0)
        with path.open("r+b") as file:
            header = file.read(_HEADER_BYTES)
            frames = file.read(id3.BitPaddedInt(header[6:]))
            file.seek(_HEADER_BYTES)
            file.write(_chapters_last(frames, [_element_id(n) for n in range(len(chapters))]))
    except (MutagenError, OSError) as error:
        raise CodecError(f"cannot write the tags of {path}: {error}; is there room on the disk?") from error


def _text_frames(tags: Tags) -> Iterator[id3.Frame]:
    language = _ISO_639_2.get(tags.language[:2].lower(), _UNDETERMINED)
    yield _text(id3.TIT2, tags.title)
    yield _text(id3.TPE1, tags.artist)
    yield _text(id3.TALB, tags.album)
    yield _text(id3.TCON, "Podcast")
    yield _text(id3.TLAN, language)
    yield _text(id3.TGID, tags.guid)
    yield _text(id3.TDES, tags.description)
    yield _text(id3.TXXX, tags.disclosure, desc=DISCLOSURE_KEY)
    yield _text(id3.COMM, tags.description, lang=language, desc="")
    yield _text(id3.USLT, tags.text, lang=language, desc="")
    yield id3.PCST(value=1)
    if tags.track is not None:
        yield _text(id3.TRCK, str(tags.track))
    if tags.date is not None:
        year, *month_and_day = tags.date.split("-")
        yield _text(id3.TYER, year)
        if len(month_and_day) == 2:
            month, day = month_and_day
            yield _text(id3.TDAT, day + month)
    if tags.source_url is not None:
        yield id3.WOAS(url=quote(tags.source_url, safe=_URL_CHARS))
    if tags.cover is not None:
        mime = "image/png" if tags.cover.startswith(_PNG_SIGNATURE) else "image/jpeg"
        yield id3.APIC(encoding=id3.Encoding.LATIN1, mime=mime, type=_FRONT_COVER, desc="", data=tags.cover)


def _chapter_frames(chapters: Sequence[Chapter]) -> Iterator[id3.Frame]:
    for n, chapter in enumerate(chapters):
        yield id3.CHAP(
            element_id=_element_id(n),
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[_text(id3.TIT2, chapter.title)],
        )
    if chapters:
        yield id3.CTOC(
            element_id="toc",
            flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED,
            child_element_ids=[_element_id(n) for n in range(len(chapters))],
            sub_frames=[],
        )


def _element_id(n: int) -> str:
    return f"chp{n}"


def _text(frame: type[id3.Frame], text: str, **details: str) -> id3.Frame:
    """ID3v2.3 knows Latin-1 and UTF-16 only."""
    encoding = id3.Encoding.LATIN1 if all(ord(char) < 256 for char in text) else id3.Encoding.UTF16
    return frame(encoding=encoding, text=text, **details)


def _chapters_last(frames: bytes, element_ids: Sequence[str]) -> bytes:
    """The same frames with the chapters behind the others and in the order of `element_ids`.

    mutagen sorts frames by their length, which puts chapters out of time order.
    """
    chapters: dict[bytes, bytes] = {}
    others: list[bytes] = []
    at = 0
    while at < len(frames):
        end = at + _HEADER_BYTES + int.from_bytes(frames[at + 4 : at + 8])
        frame, at = frames[at:end], end
        if frame.startswith(b"CHAP"):
            element_id, _, _ = frame[_HEADER_BYTES:].partition(b"\0")
            chapters[element_id] = frame
        else:
            others.append(frame)
    return b"".join((*others, *(chapters[element_id.encode()] for element_id in element_ids)))
