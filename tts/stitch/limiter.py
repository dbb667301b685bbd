"""A look-ahead limiter of true peaks that leaves everything below its ceiling as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tts.model import SAMPLES_PER_MS
from tts.stitch.blocks import in_blocks
from tts.stitch.peaks import MAX_RISE, REACH, curve_peaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from tts.stitch.blocks import Samples

# As long as a period of a low voice (100 Hz), before and after together: the gain ducks under a row of glottal
# pulses as a whole and does not follow each of them, which would be heard as roughness.
_LOOKAHEAD_MS = 5
_CONTEXT = (2 * _LOOKAHEAD_MS + 1) * SAMPLES_PER_MS + REACH
# The curve between samples is interpolated again after the gain has moved along it: this much it can rise.
_MARGIN_DB = 0.02
_RAMP = np.arange(SAMPLES_PER_MS) / SAMPLES_PER_MS  # through one millisecond


def limit(pieces: Iterable[Samples], ceiling_dbtp: float) -> Iterator[Samples]:
    """The same sound with its true peaks at or below the ceiling.

    - As long as what came in, and in time with it: the look-ahead costs one block of waiting, no shift.
    - Samples further than 12 ms from any peak above the ceiling come out bit for bit as they went in.
    - The same for any cutting into pieces. Pieces are float32, 1.0 is full scale; they come out as blocks.

    The gain falls over 10 ms before a peak and rises over 10 ms after it, in straight lines of a millisecond.
    """
    ceiling = 10 ** ((ceiling_dbtp - _MARGIN_DB) / 20)
    before = np.zeros(_CONTEXT, np.float32)
    current: Samples | None = None
    for block in in_blocks(pieces):
        if current is not None:
            yield _limited(before, current, block[:_CONTEXT], ceiling)
            before = current[-_CONTEXT:]
        current = block
    if current is not None:
        yield _limited(before, current, np.zeros(0, np.float32), ceiling)


def _limited(before: Samples, block: Samples, after: Samples, ceiling: float) -> Samples:
    after = np.pad(after, (0, _CONTEXT - len(after)))
    surrounded = np.concatenate((before, block, after))
    if np.abs(surrounded).max() * MAX_RISE <= ceiling:
        return block
    peaks = curve_peaks(np.pad(surrounded, (0, -len(block) % SAMPLES_PER_MS)), ceiling).astype(np.float64)
    reduction = 1 - ceiling / np.maximum(peaks.reshape(-1, SAMPLES_PER_MS).max(axis=1), ceiling)
    if not reduction.any():
        return block
    # From here on by the millisecond, a 24th of the work: what is found stands between two of them, and is nowhere
    # less than what either needs, as the mean reaches no further than the maximum.
    held = _running_max(reduction, 2 * _LOOKAHEAD_MS + 2)
    between = 1 - _running_mean(_running_mean(held, _LOOKAHEAD_MS + 1), _LOOKAHEAD_MS + 1)
    gain = between[:-1, None] + np.diff(between)[:, None] * _RAMP
    return block * gain.astype(np.float32).reshape(-1)[: len(block)]


def _running_max(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    covered = 1
    while covered < width:
        step = min(covered, width - covered)
        values = np.maximum(values[:-step], values[step:])
        covered += step
    return values


def _running_mean(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return (sums[width:] - sums[:-width]) / width
