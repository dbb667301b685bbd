from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.stitch.peaks import REACH, PeakMeter, curve_peaks


def _measured(sound: np.ndarray, *cuts: int) -> float:
    meter = PeakMeter()
    for piece in np.split(sound.astype(np.float32), sorted(cuts)):
        meter.add(piece)
    return meter.true_peak_dbtp()


@pytest.mark.parametrize(("hz", "phase"), [(997, 0.0), (6000, math.pi / 4), (3000, 0.4), (8000, 1.0)])
def test_a_sine_peaks_between_its_samples(hz: int, phase: float) -> None:
    """At a quarter of the rate and 45 degrees, no sample is higher than 3 dB below the peak (BS.1770, annex 2)."""
    n = 24000
    fade = np.clip(np.minimum(np.arange(n), np.arange(n)[::-1]) / 2400, 0, 1)
    sound = fade * np.sin(2 * np.pi * hz * np.arange(n) / 24000 + phase)
    assert _measured(sound) == pytest.approx(0.0, abs=0.1)


def test_silence_has_no_peak() -> None:
    assert _measured(np.zeros(1000)) == -math.inf


@given(st.lists(st.integers(0, 3000), max_size=4), st.integers(0, 100))
def test_cuts_change_nothing(cuts: list[int], seed: int) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, 3000)
    assert _measured(sound, *cuts) == pytest.approx(_measured(sound), abs=1e-4)


@given(st.integers(0, 100), st.floats(0.1, 2.5))
def test_what_is_passed_over_lies_below_the_floor(seed: int, floor: float) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, 2000).astype(np.float32)
    sound[500:1500] *= 0.01
    exact = curve_peaks(sound, 0.0)
    peaks = curve_peaks(sound, floor)
    assert len(peaks) == len(sound) - 2 * REACH
    assert np.allclose(peaks[exact > floor], exact[exact > floor], rtol=1e-5)
    assert ((peaks == 0) | (np.abs(peaks - exact) < 1e-5)).all()
