"""How high a voice speaks, measured on the sound itself.

The YIN estimator of de Cheveigné and Kawahara, "YIN, a fundamental frequency estimator for speech and music",
J. Acoust. Soc. Am. 111 (2002), without its last step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tts.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOWEST_HZ = 60.0
HIGHEST_HZ = 500.0

_LONGEST_LAG = round(SAMPLE_RATE_HZ / LOWEST_HZ)
_SHORTEST_LAG = round(SAMPLE_RATE_HZ / HIGHEST_HZ)
_WINDOW = 2 * _LONGEST_LAG
_HOP = SAMPLE_RATE_HZ // 100
_VOICED_BELOW = 0.15  # aperiodic part of a frame's power
_AUDIBLE_DB = -40.0  # against the loudest frame


def median_pitch_hz(samples: NDArray[np.int16]) -> float:
    """Median over the voiced frames, every 10 ms, of one channel at `SAMPLE_RATE_HZ`; 0.0 where none is voiced."""
    pitches = pitches_hz(samples)
    return float(np.median(pitches)) if pitches.size else 0.0


def pitches_hz(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """The pitch of each voiced frame, shape (n_voiced,)."""
    n_frame = _WINDOW + _LONGEST_LAG
    if len(samples) < n_frame:
        return np.zeros(0)
    sound = samples.astype(np.float64) / 32768
    starts = range(0, len(sound) - n_frame + 1, _HOP)
    powers = np.array([np.mean(sound[at : at + n_frame] ** 2) for at in starts])
    audible = powers > max(1e-9, powers.max() * 10 ** (_AUDIBLE_DB / 10))
    lags = (_voiced_lag(sound[at : at + n_frame]) for at, loud in zip(starts, audible, strict=True) if loud)
    return np.array([SAMPLE_RATE_HZ / lag for lag in lags if lag is not None])


def _voiced_lag(frame: NDArray[np.float64]) -> float | None:
    """The period in samples, None where the frame has none."""
    aperiodicity = _aperiodicity(frame)
    below = np.flatnonzero(aperiodicity[_SHORTEST_LAG:-1] < _VOICED_BELOW)
    if not below.size:
        return None
    lag = _SHORTEST_LAG + int(below[0])
    while lag + 1 < len(aperiodicity) - 1 and aperiodicity[lag + 1] < aperiodicity[lag]:
        lag += 1
    before, here, after = aperiodicity[lag - 1 : lag + 2]
    bend = before - 2 * here + after
    return lag + (0.5 * (before - after) / bend if bend > 0 else 0.0)


def _aperiodicity(frame: NDArray[np.float64]) -> NDArray[np.float64]:
    """Equation 8 of the paper: the cumulative mean normalised difference, shape (_LONGEST_LAG + 1,)."""
    n_fft = 1 << (len(frame) + _WINDOW).bit_length()
    spectrum = np.fft.rfft(frame, n_fft) * np.conj(np.fft.rfft(frame[:_WINDOW], n_fft))
    correlation = np.fft.irfft(spectrum, n_fft)[: _LONGEST_LAG + 1]
    power = np.concatenate([[0.0], np.cumsum(frame**2)])
    shifted = power[_WINDOW : _WINDOW + _LONGEST_LAG + 1] - power[: _LONGEST_LAG + 1]
    difference = np.maximum(shifted[0] + shifted - 2 * correlation, 0.0)
    normalised = np.ones(_LONGEST_LAG + 1)
    cumulative = np.cumsum(difference[1:])
    np.divide(difference[1:] * np.arange(1, _LONGEST_LAG + 1), cumulative, out=normalised[1:], where=cumulative > 0)
    return normalised
