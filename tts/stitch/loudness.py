"""Integrated loudness of a stream, by ITU-R BS.1770-5 and EBU R 128."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tts.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tts.stitch.blocks import Samples

_STEP_SAMPLES = SAMPLE_RATE_HZ // 10  # gating blocks of 400 ms that overlap by 75 %
_STEPS_PER_BLOCK = 4
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_OFFSET_LU = -0.691

# The stream is filtered by FFT, a second at a time (overlap-save): numpy has no recursive filter. The high-pass
# has died away by 10^-13 after 1/8 s, so what the circular convolution wraps around is cut off with that much.
_HOP_SAMPLES = SAMPLE_RATE_HZ
_OVERLAP_SAMPLES = SAMPLE_RATE_HZ // 8
_FFT_SAMPLES = _OVERLAP_SAMPLES + _HOP_SAMPLES  # 27000 = 2^3 3^3 5^3


def _k_weighting() -> NDArray[np.complex64]:
    """The two filters of BS.1770 at the frequencies of one FFT.

    Source: the analogue prototypes behind the coefficients that BS.1770 prints for 48 kHz, brought to our rate by
    the bilinear transform, as libebur128 and ffmpeg do.
    """
    z = np.exp(-1j * np.linspace(0, np.pi, _FFT_SAMPLES // 2 + 1))
    k = math.tan(math.pi * 1681.974450955533 / SAMPLE_RATE_HZ)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    shelf = ((high + band * k / q + k * k) + 2 * (k * k - high) * z + (high - band * k / q + k * k) * z * z) / (
        (1 + k / q + k * k) + 2 * (k * k - 1) * z + (1 - k / q + k * k) * z * z
    )
    k = math.tan(math.pi * 38.13547087602444 / SAMPLE_RATE_HZ)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    highpass = (1 - 2 * z + z * z) / (1 + 2 * (k * k - 1) / a0 * z + (1 - k / q + k * k) / a0 * z * z)
    return np.asarray(shelf * highpass, np.complex64)


_K_WEIGHTING = _k_weighting()


class LoudnessMeter:
    """The integrated loudness of a stream, in constant memory but for 4 bytes each 100 ms."""

    def __init__(self) -> None:
        self._unread = np.zeros(_OVERLAP_SAMPLES, np.float32)  # starts with what the filter still remembers
        self._energies: list[NDArray[np.float32]] = []

    def add(self, samples: Samples) -> None:
        """Listen to what comes next; float32, shape (n,), 1.0 is full scale."""
        unread = np.concatenate((self._unread, samples))
        n_hops = (len(unread) - _OVERLAP_SAMPLES) // _HOP_SAMPLES
        if n_hops:
            self._energies.append(_step_energies(unread, n_hops))
        self._unread = unread[n_hops * _HOP_SAMPLES :]

    def integrated_lufs(self) -> float:
        """Loudness so far; -inf where no 400 ms pass the gates (silence, or less sound than that).

        What comes after the last whole 100 ms is not counted, as BS.1770 has it.
        """
        n_steps = (len(self._unread) - _OVERLAP_SAMPLES) // _STEP_SAMPLES
        rest = _step_energies(np.pad(self._unread, (0, _FFT_SAMPLES - len(self._unread))), 1)[:n_steps]
        steps = np.concatenate((*self._energies, rest)).astype(np.float64)
        blocks = np.convolve(steps, np.full(_STEPS_PER_BLOCK, 1 / _STEPS_PER_BLOCK), "valid")
        if len(steps) < _STEPS_PER_BLOCK:
            return -math.inf
        loud = blocks[blocks > _energy(_ABSOLUTE_GATE_LUFS)]
        if not len(loud):
            return -math.inf
        gated = loud[loud > _energy(_lufs(float(loud.mean())) + _RELATIVE_GATE_LU)]
        return _lufs(float(gated.mean()))


def _step_energies(unread: Samples, n_hops: int) -> NDArray[np.float32]:
    """Mean square of each 100 ms of `n_hops` seconds after K-weighting."""
    windows = np.lib.stride_tricks.sliding_window_view(unread, _FFT_SAMPLES)[::_HOP_SAMPLES][:n_hops]
    weighted = np.fft.irfft(np.fft.rfft(windows) * _K_WEIGHTING, _FFT_SAMPLES)[:, _OVERLAP_SAMPLES:]
    energies: NDArray[np.float32] = np.square(weighted).reshape(-1, _STEP_SAMPLES).mean(axis=1)
    return energies


def _lufs(energy: float) -> float:
    return _OFFSET_LU + 10 * math.log10(energy)


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_LU) / 10))
