"""The only door to mutagen: what players show of an episode, as ID3v2.3."""

# mypy: disable-error-code="no-untyped-call"
# mutagen says that it is typed, but its frames are not.

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mutagen import MutagenError, id3

from tts.errors import CodecError
from tts.stitch.chapters import Chapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# ISO 639-2 for what articles and shows may say; ID3 has no other way to name a language.
_ISO_639_2 = {"nl": "nld", "en": "eng", "de": "deu", "fr": "fra", "fy": "fry", "af": "afr"}
_UNDETERMINED = "und"
_NO_OFFSET = 0xFFFFFFFF  # id3v2-chapters-1.0: "ignore, use the time"
_HEADER_BYTES = 10  # of the tag, and of each frame in it
_FRONT_COVER = 3
_PNG_SIGNATURE = b"\x89PNG"
_URL_CHARS = ":/?#[]@!$&'()*+,;=%~"  # RFC 3986's reserved characters, and escapes that are there already
# What mutagen reads. It decodes UTF-16 byte by byte, which took 10,000 articles minutes, so texts are read here.
_STRUCTURED = {frame.__name__: frame for frame in (id3.APIC, id3.CHAP, id3.CTOC, id3.PCST, id3.TIT2, id3.WOAS)}
_TEXTS = (b"T", b"COMM", b"USLT")
_IN_A_LANGUAGE = {"COMM", "USLT"}
_CODECS = {b"\0": "latin-1", b"\1": "utf-16"}  # of ID3v2.3, by the byte that a frame begins with
_BYTE_ORDER_MARK = "\ufeff"
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


@dataclass(frozen=True, slots=True)
class FoundTags:
    """What a file says about itself, as it really stands there.

    version  : of ID3v2, 3 for ID3v2.3. n_bytes : of the whole tag, the audio comes after it.
    texts    : of each frame by its name, "TXXX:…" with its description.
    legible  : whether all texts are in Latin-1 or UTF-16, the encodings of ID3v2.3.
    cover    : MIME type and content of the front cover, None where there is none.
    chapters : in the order of the file. listed : those that an ordered table of contents names, in its order.
    by_time  : whether all chapters are given by time alone, and not by bytes as well.
    """

    version: int
    n_bytes: int
    n_padding: int
    texts: dict[str, str]
    legible: bool
    cover: tuple[str, bytes] | None
    chapters: tuple[Chapter, ...]
    listed: tuple[Chapter, ...]
    by_time: bool


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


def read_tags(content: bytes) -> FoundTags:
    """The tags and chapters at the beginning of an MP3.

    Raises: CodecError when there are none, or they can't be read.
    """
    try:
        found = id3.ID3(io.BytesIO(content), known_frames=_STRUCTURED, translate=False, load_v1=False)
        split = list(_split(content[_HEADER_BYTES : found.size]))
        said = [_said(frame) for frame in split if frame.startswith(_TEXTS)]
    except (MutagenError, ValueError) as error:  # what is no UTF-16 is a ValueError
        raise CodecError(f"no ID3 tags can be read: {error}") from error
    frames = found.values()
    marks = [frame for frame in frames if frame.FrameID == "CHAP"]
    by_id = {frame.element_id: _chapter(frame) for frame in marks}
    covers = [frame for frame in frames if frame.FrameID == "APIC" and frame.type == _FRONT_COVER]
    return FoundTags(
        version=found.version[1],
        n_bytes=found.size,
        n_padding=found.size - _HEADER_BYTES - sum(map(len, split)),
        texts=dict(said)
        | {frame.FrameID: str(frame.value) for frame in frames if frame.FrameID == "PCST"}
        | {frame.FrameID: frame.url for frame in frames if frame.FrameID == "WOAS"},
        legible=all(_encoding(frame) in _CODECS for frame in split if frame.startswith(_TEXTS)),
        cover=next(((frame.mime, frame.data) for frame in covers), None),
        chapters=tuple(by_id.values()),
        listed=tuple(by_id[element_id] for element_id in _contents(frames) if element_id in by_id),
        by_time=all(frame.start_offset == frame.end_offset == _NO_OFFSET for frame in marks),
    )


def _chapter(frame: Any) -> Chapter:
    return Chapter(frame.start_time, frame.end_time, str(frame.sub_frames.get("TIT2", "")))


def _contents(frames: Sequence[Any]) -> list[str]:
    wanted = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    tables = [frame for frame in frames if frame.FrameID == "CTOC" and frame.flags & wanted == wanted]
    return tables[0].child_element_ids if tables else []


def _said(frame: bytes) -> tuple[str, str]:
    """The name and text of a frame with text, "TXXX:…" with its description."""
    name, encoding, content = frame[:4].decode("latin-1"), _encoding(frame), frame[_HEADER_BYTES + 1 :]
    text = content[3 if name in _IN_A_LANGUAGE else 0 :].decode(_CODECS.get(encoding, "utf-8"))
    if name in _IN_A_LANGUAGE or name == "TXXX":
        description, _, text = text.partition("\0")
        name = f"TXXX:{description}" if name == "TXXX" else name
        text = text.removeprefix(_BYTE_ORDER_MARK)
    return name, text.rstrip("\0")


def _encoding(frame: bytes) -> bytes:
    return frame[_HEADER_BYTES : _HEADER_BYTES + 1]


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
    for frame in _split(frames):
        if frame.startswith(b"CHAP"):
            element_id, _, _ = frame[_HEADER_BYTES:].partition(b"\0")
            chapters[element_id] = frame
        else:
            others.append(frame)
    return b"".join((*others, *(chapters[element_id.encode()] for element_id in element_ids)))


def _split(frames: bytes) -> Iterator[bytes]:
    """Each frame of ID3v2.3 with its header, up to the padding."""
    at = 0
    while at < len(frames) and frames[at]:
        end = at + _HEADER_BYTES + int.from_bytes(frames[at + 4 : at + 8])
        yield frames[at:end]
        at = end
