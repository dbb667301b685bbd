from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stitch.material import speech
from tts.stitch.loudness import LoudnessMeter


def _measured(sound: np.ndarray, cuts: list[int] | None = None) -> float:
    meter = LoudnessMeter()
    for piece in np.split(sound.astype(np.float32), sorted(cuts or [])):
        meter.add(piece)
    return meter.integrated_lufs()


def _sine(hz: float, seconds: float, level_db: float = 0.0) -> np.ndarray:
    return np.asarray(10 ** (level_db / 20) * np.sin(2 * np.pi * hz * np.arange(int(seconds * 24000)) / 24000))


def test_the_sine_of_the_standard() -> None:
    """BS.1770-5: 997 Hz at 0 dBFS in one channel reads -3.01 LKFS."""
    assert _measured(_sine(997, 20)) == pytest.approx(-3.01, abs=0.02)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # EBU Tech 3341, cases 1 to 5, for one channel instead of two: 3.01 lower.
        ([(-23.0, 20)], -26.0),
        ([(-33.0, 20)], -36.0),
        ([(-36.0, 10), (-23.0, 60), (-36.0, 10)], -26.0),
        ([(-72.0, 10), (-36.0, 10), (-23.0, 60), (-36.0, 10), (-72.0, 10)], -26.0),
        ([(-26.0, 20), (-20.0, 20.1), (-26.0, 20)], -26.0),
    ],
)
def test_the_gates_of_r128(parts: list[tuple[float, float]], expected: float) -> None:
    assert _measured(np.concatenate([_sine(1000, s, db) for db, s in parts])) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(("hz", "gain_db"), [(38.1, -6.03), (100, -1.11), (500, 0.0), (2000, 3.1), (6000, 4.0)])
def test_the_k_curve(hz: float, gain_db: float) -> None:
    """BS.1770-5, figures 2 and 4, against the value at 997 Hz (+0.69 dB, which the offset takes off)."""
    assert _measured(_sine(hz, 10)) - _measured(_sine(997, 10)) + 0.69 == pytest.approx(gain_db, abs=0.35)


def test_silence_between_sentences_does_not_count() -> None:
    sound = speech(10.0) / 32768
    assert _measured(np.concatenate((sound, np.zeros(20 * 24000)))) == pytest.approx(_measured(sound), abs=0.2)


@pytest.mark.parametrize("sound", [np.zeros(0), np.zeros(48000), _sine(997, 0.39)])
def test_nothing_to_measure(sound: np.ndarray) -> None:
    assert _measured(sound) == -math.inf


def test_four_tenths_of_a_second_are_enough() -> None:
    assert _measured(_sine(997, 0.4)) == pytest.approx(-3.0, abs=0.1)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 200_000), max_size=6))
def test_any_cutting_gives_the_same(cuts: list[int]) -> None:
    sound = speech(200_000 / 24000) / 32768
    assert _measured(sound, cuts) == pytest.approx(_measured(sound), abs=1e-3)
