"""The transcript of an episode as WebVTT, SRT and JSON: who says what, and when, in the article's own spelling."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import msgspec

from tts.stitch.timeline import moment, ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.model import Cue, Passage

LINE_CHARS = 65  # the Podcast Standards Project's limit
_LINES_PER_CAPTION = 2  # what a player shows at once
_NARRATOR = "Voorlezer"
_UNNAMED = "Citaat"


@dataclass(frozen=True, slots=True)
class Caption:
    """What a player shows at once: at most two lines of at most `LINE_CHARS` characters, of one speaker."""

    start_ms: int
    end_ms: int
    speaker: str
    lines: tuple[str, ...]


def captions(cues: Sequence[Cue], n_samples: int) -> tuple[Caption, ...]:
    """The captions of an episode, from which all its transcripts are made.

    Every passage begins a caption, at the millisecond at which it sounds; a long one goes on in further captions,
    each timed by the words that it says. They are in order, do not overlap, and end within the episode. The lines of
    a passage, joined by single spaces, are its source; a word longer than a line is broken.
    """
    return tuple(
        Caption(ms(start), ms(min(end, n_samples)), _speaker(cue.passage), tuple(lines))
        for cue in cues
        for start, end, lines in _shown(cue)
    )


def vtt(shown: Sequence[Caption]) -> str:
    """The captions as a WebVTT file, each in the voice of its speaker."""
    parts = ["WEBVTT\n"]
    for caption in shown:
        spoken = _escaped("\n".join(caption.lines))
        parts.append(f"{_times(caption)}\n<v {_escaped(caption.speaker)}>{spoken}\n")
    return "\n".join(parts)


def srt(shown: Sequence[Caption]) -> str:
    """The captions as a SubRip file; where the speaker changes, the name stands before the first line.

    SRT has no escapes, and players read tags in it and its own arrow: angle brackets become single guillemets.
    """
    parts = []
    before = ""
    for number, caption in enumerate(shown, start=1):
        lines = list(caption.lines)
        if caption.speaker != before:
            lines = _named(caption.speaker, lines)
            before = caption.speaker
        spoken = "\n".join(lines).replace("<", "‹").replace(">", "›")
        parts.append(f"{number}\n{_times(caption).replace('.', ',')}\n{spoken}\n")
    return "\n".join(parts)


def transcript_json(shown: Sequence[Caption]) -> bytes:
    """The captions as the podcast namespace's JSON transcript, times in seconds."""
    segments = [
        {
            "speaker": caption.speaker,
            "startTime": caption.start_ms / 1000,
            "endTime": caption.end_ms / 1000,
            "body": " ".join(caption.lines),
        }
        for caption in shown
    ]
    return msgspec.json.encode({"version": "1.0.0", "segments": segments})


def _shown(cue: Cue) -> Iterator[tuple[int, int, Sequence[str]]]:
    lines = _wrapped(cue.passage.source)
    screens = [lines[i : i + _LINES_PER_CAPTION] for i in range(0, len(lines), _LINES_PER_CAPTION)]
    read = list(accumulate((sum(map(len, screen)) for screen in screens), initial=0))
    moments = [moment(cue, chars / read[-1]) for chars in read[:-1]] + [cue.end]
    for (start, end), screen in zip(pairwise(moments), screens, strict=True):
        yield start, end, screen


def _wrapped(text: str) -> list[str]:
    """The text in lines, as full as they go; a word longer than a line is broken.

    `textwrap.wrap` does the same, and took a quarter of the time of all that is made beside an episode.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        if len(line) + 1 + len(word) <= LINE_CHARS and line:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        *broken, line = (word[at : at + LINE_CHARS] for at in range(0, len(word), LINE_CHARS))
        lines += broken
    return [*lines, line] if line else lines


def _named(speaker: str, lines: list[str]) -> list[str]:
    """The name on the first line where there is room for it, else on a line of its own."""
    name = f"{speaker[: LINE_CHARS - 1]}:"
    if len(name) + 1 + len(lines[0]) <= LINE_CHARS:
        return [f"{name} {lines[0]}", *lines[1:]]
    return [name, *lines]


def _speaker(passage: Passage) -> str:
    """On one line, as the voice span asks."""
    if passage.kind != "quote":
        return _NARRATOR
    return " ".join((passage.speaker or _UNNAMED).split())


def _escaped(text: str) -> str:
    """WebVTT, section 6.4: these three have a meaning of their own in the text of a cue; with `>` gone, so is `-->`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _times(caption: Caption) -> str:
    return f"{_time(caption.start_ms)} --> {_time(caption.end_ms)}"


def _time(moment_ms: int) -> str:
    minutes, ms_of_minute = divmod(moment_ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ms_of_minute // 1000:02}.{ms_of_minute % 1000:03}"
