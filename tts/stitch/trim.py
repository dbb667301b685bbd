"""The silent edges of a clip, cut off: the timeline decides how long it is quiet, not the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tts.model import SAMPLES_PER_MS, Clip, Mark

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Against the loudest millisecond of the clip. A Dutch /h/ or /f/ starts some 40 dB below a stressed vowel; the
# noise that Google's MP3 leaves in its silences lies 70 dB below or lower.
SILENCE_DB = -54.0
# What stays before the first and after the last sounding millisecond: a fricative swells for about this long
# before it passes the threshold, a vowel dies away more slowly.
LEAD_MS = 12
TAIL_MS = 25


def trim(clip: Clip) -> Clip:
    """The clip without its silent edges, a whole number of milliseconds long.

    Nothing between the first and the last sound is touched. A clip of pure silence stays as long as it is.
    What is missing to a whole millisecond at the end is filled with silence. Marks move along; one that lay in a
    silence that is gone lands on the edge. `encoded` is dropped, as it no longer is this sound.
    """
    padded = np.pad(clip.samples, (0, -len(clip.samples) % SAMPLES_PER_MS))
    start_ms, end_ms = _sounding(padded)
    start, end = start_ms * SAMPLES_PER_MS, end_ms * SAMPLES_PER_MS
    marks = tuple(Mark(min(max(mark.at, start), end) - start, mark.start, mark.end) for mark in clip.marks)
    return Clip(padded[start:end], marks)


def _sounding(samples: NDArray[np.int16]) -> tuple[int, int]:
    """First millisecond to keep, and the first not to keep."""
    by_ms = samples.reshape(-1, SAMPLES_PER_MS)
    # Not abs(): the absolute value of -32768 is no int16.
    peaks = np.maximum(by_ms.max(axis=1).astype(np.int32), -by_ms.min(axis=1).astype(np.int32))
    loudest = peaks.max(initial=0)
    loud = np.flatnonzero(peaks > loudest * 10 ** (SILENCE_DB / 20))
    if not len(loud):
        return 0, len(peaks)
    return max(int(loud[0]) - LEAD_MS, 0), min(int(loud[-1]) + 1 + TAIL_MS, len(peaks))
