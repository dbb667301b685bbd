"""True peaks: how high the curve between the samples rises.

Source: ITU-R BS.1770-5, annex 2: interpolate, then look. Eight points a sample where the annex asks four, as our
rate is half of the 48 kHz it assumes; the interpolator is a Hann-windowed sinc of 24 taps where it has 12.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tts.stitch.blocks import Samples

OVERSAMPLING = 8
REACH = 12  # samples on either side that a point between two samples is made of
_CELL = 32  # neighbouring samples that are looked at, or passed over, together
# Cells in one matrix product: below 2^18 multiplications OpenBLAS starts no threads of its own, which would spin
# against the encoder's (the mastering of an article took 9 s with them, 1.5 s without).
_CELLS_AT_ONCE = 16


def _interpolator() -> Samples:
    """Shape (2 * REACH, OVERSAMPLING - 1): a column for each point between a sample and the next."""
    points = np.arange(1, OVERSAMPLING) / OVERSAMPLING
    distance = np.arange(1 - REACH, REACH + 1)[:, None] - points
    taps = np.sinc(distance) * np.cos(np.pi * distance / (2 * REACH)) ** 2
    return np.asarray(taps / taps.sum(axis=0), np.float32)


def _cell_interpolator() -> Samples:
    """Shape (_CELL + 2 * REACH, (OVERSAMPLING - 1) * _CELL): a cell and its surroundings to all its points.

    One matrix product over cells is five times faster than 24 multiplications over shifted copies.
    """
    taps = _interpolator()
    matrix = np.zeros((_CELL + 2 * REACH, OVERSAMPLING - 1, _CELL), np.float32)
    for sample in range(_CELL):
        matrix[sample + 1 : sample + 1 + 2 * REACH, :, sample] = taps
    return matrix.reshape(len(matrix), -1)


_CELL_TO_POINTS = _cell_interpolator()
# How far the curve can rise above the highest sample around it; where that stays below what is asked for,
# nothing needs to be interpolated. It spares nine tenths of the work on speech.
MAX_RISE = float(np.abs(_interpolator()).sum(axis=0).max())


def curve_peaks(surrounded: Samples, floor: float) -> Samples:
    """The highest absolute value of the curve from each sample up to the next.

    surrounded : float32, shape (REACH + n + REACH,).
    floor      : where the curve stays at or below it, the answer may be 0.
    Returns    : float32, shape (n,).
    """
    n = len(surrounded) - 2 * REACH
    if not n:
        return np.zeros(0, np.float32)
    n_cells = -(-n // _CELL)
    padded = np.pad(surrounded, (0, (n_cells + 1) * _CELL - len(surrounded)))
    highest = np.abs(padded).reshape(-1, _CELL).max(axis=1)
    hot = np.flatnonzero(np.maximum(highest[:-1], highest[1:]) * MAX_RISE > floor)
    peaks = np.zeros((n_cells, _CELL), np.float32)
    # Filled up to whole products with one cell again and again, which changes nothing.
    hot = np.pad(hot, (0, -len(hot) % _CELLS_AT_ONCE), mode="edge") if len(hot) else hot
    windows = np.lib.stride_tricks.sliding_window_view(padded, _CELL + 2 * REACH)[hot * _CELL]
    points = windows.reshape(-1, _CELLS_AT_ONCE, _CELL + 2 * REACH) @ _CELL_TO_POINTS
    between = np.abs(points).reshape(len(hot), OVERSAMPLING - 1, _CELL).max(axis=1)
    peaks[hot] = np.maximum(between, np.abs(windows[:, REACH : REACH + _CELL]))
    return peaks.reshape(-1)[:n]


class PeakMeter:
    """The true peak of a stream."""

    def __init__(self) -> None:
        self._peak = 0.0
        self._before = np.zeros(2 * REACH, np.float32)

    def add(self, samples: Samples) -> None:
        """Listen to what comes next; float32, shape (n,), 1.0 is full scale."""
        surrounded = np.concatenate((self._before, samples))
        self._look(surrounded)
        self._before = surrounded[-2 * REACH :]

    def true_peak_dbtp(self) -> float:
        """The peak so far, as if silence followed; -inf for digital silence."""
        self._look(np.pad(self._before, (0, REACH)))
        return 20 * math.log10(self._peak) if self._peak else -math.inf

    def _look(self, surrounded: Samples) -> None:
        self._peak = max(self._peak, float(curve_peaks(surrounded, self._peak).max(initial=0.0)))
