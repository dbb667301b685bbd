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

    They are printed for 48 kHz. A filter that works on frequencies can take their curve as it is, up to our own
    12 kHz; filters made anew for 24 kHz, as libebur128 and ffmpeg have them, read 0.03 LU more at 997 Hz.

    Source: ITU-R BS.1770-5, annex 1, tables 1 and 2.
    """
    frequencies_hz = np.fft.rfftfreq(_FFT_SAMPLES, 1 / SAMPLE_RATE_HZ)
    z = np.exp(-2j * np.pi * frequencies_hz / 48_000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    highpass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
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
        if len(steps) < _STEPS_PER_BLOCK:
            return -math.inf
        blocks = np.convolve(steps, np.full(_STEPS_PER_BLOCK, 1 / _STEPS_PER_BLOCK), "valid")
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
