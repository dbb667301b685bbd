from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stitch.material import speech
from tts.stitch.limiter import limit
from tts.stitch.peaks import PeakMeter


def _peak_dbtp(sound: np.ndarray) -> float:
    meter = PeakMeter()
    meter.add(sound)
    return meter.true_peak_dbtp()


def _limited(sound: np.ndarray, ceiling_dbtp: float, cuts: list[int] | None = None) -> np.ndarray:
    return np.concatenate(list(limit(np.split(sound, sorted(cuts or [])), ceiling_dbtp)))


def _noise(seed: int, n: int = 120_000) -> np.ndarray:
    """Speech, clicks and bursts of noise around each other, far too loud."""
    rng = np.random.default_rng(seed)
    sound = speech(n / 24000, seed, level=0.3) / 8000
    sound[rng.integers(0, n, 5)] += rng.uniform(-4, 4, 5)
    start = rng.integers(0, n - 5000)
    sound[start : start + 5000] += rng.uniform(-2, 2, 5000)
    return np.asarray(sound, np.float32)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(-12, 0))
def test_never_over_the_ceiling(seed: int, ceiling_dbtp: float) -> None:
    sound = _noise(seed)
    limited = _limited(sound, ceiling_dbtp)
    assert len(limited) == len(sound)
    assert _peak_dbtp(limited) <= ceiling_dbtp


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.lists(st.integers(0, 120_000), max_size=6))
def test_any_cutting_gives_the_same(seed: int, cuts: list[int]) -> None:
    sound = _noise(seed)
    assert np.array_equal(_limited(sound, -1.0, cuts), _limited(sound, -1.0))


def test_below_the_ceiling_nothing_changes() -> None:
    sound = (speech(7.3) / 32768).astype(np.float32)
    assert _peak_dbtp(sound) > -20
    assert np.array_equal(_limited(sound, _peak_dbtp(sound) + 0.1), sound)


def test_only_the_surroundings_of_a_peak_are_turned_down() -> None:
    sound = np.full(100_000, 0.25, np.float32)
    sound[60_000] = 1.0
    limited = _limited(sound, -6.0)
    changed = np.flatnonzero(limited != sound)
    assert changed.min() >= 60_000 - 24 * 12
    assert changed.max() <= 60_000 + 24 * 12
    assert np.argmax(limited) == 60_000
    assert limited[60_000] == pytest.approx(10 ** (-6 / 20), rel=0.05)


def test_the_gain_has_no_steps() -> None:
    sound = np.full(100_000, 0.25, np.float32)
    sound[47_990:48_010] = 1.0  # across the edge of a block
    gain = _limited(sound, -6.0) / sound
    assert np.abs(np.diff(gain)).max() < 0.01


@pytest.mark.parametrize("n", [0, 1, 100, 47_999, 48_000, 48_001])
def test_any_length_stays_as_it_is(n: int) -> None:
    blocks = list(limit([np.ones(n, np.float32)], -1.0))
    assert sum(map(len, blocks)) == n
