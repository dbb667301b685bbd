"""The transcripts of an episode: WebVTT, SRT and JSON, as a player reads them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from tts.show.check.finding import MAKE_AGAIN, Flaw, Rules
from tts.stitch.transcript import Caption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tts.model import Episode
    from tts.show.check.stock import Stock

MAX_LINE_CHARS = 65
_TIME = r"([0-9]{2,}):([0-5][0-9]):([0-5][0-9])[.,]([0-9]{3})"
_TIMES = re.compile(f"{_TIME} --> {_TIME}")
_VOICE = re.compile("<v ([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Transcript:
    """One form of the transcript.

    shown : what a player shows, None where it can't be read, for the reason in `fault`.
    form  : the end of its name, ".vtt", ".srt" or ".transcript.json".
    """

    episode: Episode
    where: str
    shown: tuple[Caption, ...] | None
    fault: str
    form: str


def transcripts_of(episode: Episode, stock: Stock) -> Iterator[Transcript]:
    """Those that are there."""
    for suffix, read in _READERS.items():
        where = f"episodes/{episode.slug}{suffix}"
        if where in stock.sizes:
            try:
                shown = tuple(read(stock.read(where)))
            except ValueError as error:  # also where it is not UTF-8, and where JSON is none
                yield Transcript(episode, where, None, str(error), suffix)
            else:
                yield Transcript(episode, where, shown, "", suffix)


def readable(transcript: Transcript) -> Iterator[Flaw]:
    """The transcript can be read from its beginning to its end."""
    if transcript.shown is None:
        yield Flaw(transcript.where, f"can't be read: {transcript.fault}", MAKE_AGAIN)


def in_order(transcript: Transcript) -> Iterator[Flaw]:
    """The captions are in order and do not overlap."""
    for before, after in pairwise(transcript.shown or ()):
        if not before.start_ms <= before.end_ms <= after.start_ms:
            yield Flaw(transcript.where, f"the caption at {_clock(before)} does not end before the next", MAKE_AGAIN)
            return


def within(transcript: Transcript) -> Iterator[Flaw]:
    """The last caption ends within the audio."""
    length_ms = transcript.episode.duration_s * 1000 + 1
    late = next((one for one in transcript.shown or () if one.end_ms > length_ms or one.start_ms > one.end_ms), None)
    if late:
        yield Flaw(transcript.where, f"the caption at {_clock(late)} does not end within the audio", MAKE_AGAIN)


def lines(transcript: Transcript) -> Iterator[Flaw]:
    """No line is longer than a phone shows."""
    if transcript.form != ".transcript.json":
        for caption in transcript.shown or ():
            if max(map(len, caption.lines), default=0) > MAX_LINE_CHARS:
                too_long = f"a line at {_clock(caption)} is longer than {MAX_LINE_CHARS} characters"
                yield Flaw(transcript.where, too_long, MAKE_AGAIN)
                return


def speakers(transcript: Transcript) -> Iterator[Flaw]:
    """WebVTT and JSON say of every caption who speaks."""
    if transcript.form != ".srt":
        silent = next((caption for caption in transcript.shown or () if not caption.speaker), None)
        if silent:
            yield Flaw(transcript.where, f"nobody is said to speak at {_clock(silent)}", MAKE_AGAIN)


def whole_text(transcript: Transcript) -> Iterator[Flaw]:
    """WebVTT and JSON have every word of the episode. SRT has no escapes, so its signs may differ."""
    if transcript.form != ".srt" and transcript.shown is not None:
        found = "".join("".join(line.split()) for caption in transcript.shown for line in caption.lines)
        said = "".join("".join(cue.passage.source.split()) for cue in transcript.episode.cues)
        if found != said:
            yield Flaw(transcript.where, "has other words than the episode", MAKE_AGAIN)


RULES: Rules[Transcript] = Rules(must=(readable, in_order, within, whole_text), should=(lines, speakers))


def _vtt(raw: bytes) -> Iterator[Caption]:
    head, *blocks = raw.decode().split("\n\n")
    if head.split("\n")[0].strip() != "WEBVTT":
        raise ValueError("it does not begin with WEBVTT")
    for block in blocks:
        times, *text = block.strip().split("\n")
        start_ms, end_ms = _timed(times)
        voice = _VOICE.match(text[0]) if text else None
        if voice:
            text[0] = text[0][voice.end() :]
        speaker = html.unescape(voice[1]) if voice else ""
        yield Caption(start_ms, end_ms, speaker, tuple(html.unescape(line) for line in text))


def _srt(raw: bytes) -> Iterator[Caption]:
    for number, block in enumerate(filter(None, raw.decode().strip().split("\n\n")), start=1):
        count, times, *text = [*block.strip().split("\n"), ""]
        if count != str(number):
            raise ValueError(f'caption {number} is numbered "{count}"')
        yield Caption(*_timed(times), "", tuple(text[:-1]))


class _Segment(msgspec.Struct, rename="camel"):
    start_time: float
    end_time: float
    body: str
    speaker: str = ""


class _Segments(msgspec.Struct):
    version: str
    segments: list[_Segment]


def _json(raw: bytes) -> Iterator[Caption]:
    for one in msgspec.json.decode(raw, type=_Segments).segments:
        yield Caption(round(one.start_time * 1000), round(one.end_time * 1000), one.speaker, (one.body,))


_READERS: dict[str, Callable[[bytes], Iterator[Caption]]] = {".vtt": _vtt, ".srt": _srt, ".transcript.json": _json}


def _timed(line: str) -> tuple[int, int]:
    found = _TIMES.fullmatch(line)
    if not found:
        raise ValueError(f'"{line[:60]}" are no times')
    hours, minutes, seconds, thousandths, *end = map(int, found.groups())
    return _in_ms(hours, minutes, seconds, thousandths), _in_ms(*end)


def _in_ms(hours: int, minutes: int, seconds: int, thousandths: int) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _clock(caption: Caption) -> str:
    minutes, seconds = divmod(caption.start_ms // 1000, 60)
    return f"{minutes}:{seconds:02}"
