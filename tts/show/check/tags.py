"""What players show of an MP3: its ID3v2.3 tag against the sidecar."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from tts.show.check.finding import Flaw, Rules
from tts.stitch.tags import DISCLOSURE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.model import Episode
    from tts.show.check.recording import Recording

_SIGNATURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG"}
_FILLED = ("TPE1", "TALB", "COMM", "TDES", f"TXXX:{DISCLOSURE_KEY}")


def readable(mp3: Recording) -> Iterator[Flaw]:
    """There is a tag, and it can be read."""
    if mp3.tags is None:
        yield Flaw(mp3.where, mp3.fault, mp3.remedy)


def version(mp3: Recording) -> Iterator[Flaw]:
    """The tag is ID3v2.3, which every player reads."""
    if mp3.tags and mp3.tags.version != 3:
        yield Flaw(mp3.where, f"its tag is ID3v2.{mp3.tags.version}, not 2.3", mp3.remedy)


def padding(mp3: Recording) -> Iterator[Flaw]:
    """Nothing stands between the tag and the audio."""
    if mp3.tags and mp3.tags.n_padding:
        yield Flaw(mp3.where, f"{mp3.tags.n_padding} bytes of padding after its tag", mp3.remedy)


def encodings(mp3: Recording) -> Iterator[Flaw]:
    """All texts are Latin-1 or UTF-16: ID3v2.3 knows no other."""
    if mp3.tags and not mp3.tags.legible:
        yield Flaw(mp3.where, "texts in its tag are neither Latin-1 nor UTF-16", mp3.remedy)


def filled(mp3: Recording) -> Iterator[Flaw]:
    """The frames that players show are all there."""
    if mp3.tags:
        for name in _FILLED:
            if not mp3.tags.texts.get(name):
                yield Flaw(mp3.where, f"its tag has no {name}", mp3.remedy)


def values(mp3: Recording) -> Iterator[Flaw]:
    """What the tag says of the episode is what the sidecar says."""
    if mp3.tags:
        for name, value in _expected(mp3.episode).items():
            if (found := mp3.tags.texts.get(name, "")) != value:
                yield Flaw(mp3.where, f'its {name} is "{found[:60]}", the sidecar has "{value[:60]}"', mp3.remedy)


def source(mp3: Recording) -> Iterator[Flaw]:
    """The tag leads to the article (WOAS)."""
    if mp3.tags:
        found, url = mp3.tags.texts.get("WOAS", ""), mp3.episode.source_url or ""
        if unquote(found) != unquote(url):
            yield Flaw(mp3.where, f'its WOAS is "{found}", the sidecar has "{url}"', mp3.remedy)


def cover(mp3: Recording) -> Iterator[Flaw]:
    """The front cover is in the file, and is what it says it is."""
    if mp3.tags:
        kind, content = mp3.tags.cover or ("", b"")
        if kind not in _SIGNATURES or not content.startswith(_SIGNATURES[kind]):
            yield Flaw(mp3.where, "no cover that is a JPEG or PNG in its tag", mp3.remedy)


def album(mp3: Recording) -> Iterator[Flaw]:
    """The tag has the show's title of today."""
    title = mp3.stock.show.title
    if mp3.tags and (found := mp3.tags.texts.get("TALB")) not in {title, None}:
        yield Flaw(mp3.where, f'was made when the show was called "{found}"', f"leave it so, or {mp3.remedy}")


RULES: Rules[Recording] = Rules(
    must=(readable, version, padding, encodings, filled, values, source, cover), should=(album,)
)


def _expected(episode: Episode) -> dict[str, str]:
    expected = {
        "TIT2": episode.title,
        "TGID": episode.guid,
        "TRCK": str(episode.number),
        "TCON": "Podcast",
        "TLAN": "nld",
        "PCST": "1",
        "USLT": "\n\n".join(block.text for block in episode.blocks),
    }
    if episode.author:
        expected["TPE1"] = episode.author
    if episode.date:
        year, *month_and_day = episode.date.split("-")
        expected["TYER"] = year
        if len(month_and_day) == 2:
            expected["TDAT"] = "".join(reversed(month_and_day))
    return expected
