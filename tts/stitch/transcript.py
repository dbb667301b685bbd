"""The transcript of an episode as WebVTT: who says what, and when, in the article's own spelling."""

from __future__ import annotations

import textwrap
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from tts.stitch.timeline import ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.model import Cue, Passage

LINE_CHARS = 65  # the Podcast Standards Project's limit
_LINES_PER_CUE = 2  # what a player shows at once
_NARRATOR = "Voorlezer"
_UNNAMED = "Citaat"
# WebVTT, section 6.4: these three have a meaning of their own in the text of a cue; with `>` gone, so is `-->`.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def vtt(cues: Sequence[Cue], n_samples: int) -> str:
    """The episode as a WebVTT file.

    Every passage begins a cue, at the millisecond at which it sounds; a long one goes on in further cues of two
    lines, each timed by the words that it says. Cues are in order, do not overlap, and end within the episode.
    The lines of a passage, joined by single spaces, are its source; a word longer than a line is broken.
    """
    parts = ["WEBVTT\n"]
    for cue in cues:
        for start, end, lines in _shown(cue):
            spoken = "\n".join(line.translate(_ESCAPES) for line in lines)
            times = f"{_time(ms(start))} --> {_time(ms(min(end, n_samples)))}"
            parts.append(f"{times}\n<v {_speaker(cue.passage).translate(_ESCAPES)}>{spoken}\n")
    return "\n".join(parts)


def _shown(cue: Cue) -> Iterator[tuple[int, int, Sequence[str]]]:
    lines = textwrap.wrap(cue.passage.source, LINE_CHARS, break_on_hyphens=False)
    screens = [lines[i : i + _LINES_PER_CUE] for i in range(0, len(lines), _LINES_PER_CUE)]
    read = list(accumulate((sum(map(len, screen)) for screen in screens), initial=0))
    moments = [_moment(cue, chars / read[-1]) for chars in read[:-1]] + [cue.end]
    for (start, end), screen in zip(pairwise(moments), screens, strict=True):
        yield start, end, screen


def _moment(cue: Cue, part: float) -> int:
    """When this part of the passage has been said, in samples.

    By the last word that starts before it in the spoken form, which runs along with the source closely enough;
    without word times, as if all characters took the same time.
    """
    if not part or not cue.marks:
        return cue.start + int(part * cue.n_samples)
    spoken = part * len(cue.passage.text)
    return max((mark.at for mark in cue.marks if mark.start <= spoken), default=cue.start)


def _speaker(passage: Passage) -> str:
    """On one line, as the voice span asks."""
    if passage.kind != "quote":
        return _NARRATOR
    return " ".join((passage.speaker or _UNNAMED).split())


def _time(moment_ms: int) -> str:
    seconds, thousandths = divmod(moment_ms, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{thousandths:03}"
