from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from tests.stitch.material import speech
from tts.model import SAMPLES_PER_MS, Clip, Mark
from tts.stitch.trim import LEAD_MS, TAIL_MS, trim


def _between_silences(sound: np.ndarray, before: int, after: int) -> np.ndarray:
    return np.concatenate((np.zeros(before, np.int16), sound, np.zeros(after, np.int16)))


def test_silent_edges_go_and_a_little_stays() -> None:
    sound = np.full(24000, 9000, np.int16)
    trimmed = trim(Clip(_between_silences(sound, 12000, 24000))).samples
    assert len(trimmed) == len(sound) + (LEAD_MS + TAIL_MS) * SAMPLES_PER_MS


def test_a_soft_onset_is_kept() -> None:
    """An /h/ 45 dB below the vowel that follows it."""
    rng = np.random.default_rng(1)
    breath = rng.standard_normal(2400) * 20000 * 10 ** (-45 / 20)
    vowel = 20000 * np.sin(np.arange(4800) * 0.1)
    sound = np.concatenate((breath, vowel)).astype(np.int16)
    trimmed = trim(Clip(_between_silences(sound, 9600, 9600))).samples
    assert len(trimmed) >= len(sound)
    assert np.array_equal(trimmed[LEAD_MS * SAMPLES_PER_MS :][: len(sound)], sound)


def test_faint_noise_around_speech_counts_as_silence() -> None:
    noise = np.random.default_rng(2).integers(-3, 4, 48000).astype(np.int16)
    sound = noise.copy()
    sound[20000:30000] += speech(1.0)[:10000] * 2
    assert len(trim(Clip(sound)).samples) < 12000


def test_marks_move_along_and_stay_within() -> None:
    sound = np.random.default_rng(3).integers(-9000, 9000, 12000).astype(np.int16)
    clip = Clip(_between_silences(sound, 4800, 4800), (Mark(0, 0, 2), Mark(6000, 3, 5), Mark(21600, 6, 7)))
    trimmed = trim(clip)
    first, second, last = trimmed.marks
    start = 6000 - second.at
    assert np.array_equal(trimmed.samples, clip.samples[start : start + len(trimmed.samples)])
    assert first == Mark(0, 0, 2)
    assert last == Mark(len(trimmed.samples), 6, 7)


@given(stn.arrays(np.int16, st.integers(0, 2000), elements=st.integers(-32768, 32767)))
def test_nothing_that_sounds_is_lost(samples: np.ndarray) -> None:
    trimmed = trim(Clip(samples)).samples
    assert len(trimmed) % SAMPLES_PER_MS == 0
    loudest = np.abs(samples.astype(int)).max(initial=0)
    audible = samples[np.abs(samples.astype(int)) * 500 > loudest]
    assert np.array_equal(trimmed[np.abs(trimmed.astype(int)) * 500 > loudest], audible)


def test_pure_silence_stays_as_long_as_it_is() -> None:
    assert len(trim(Clip(np.zeros(2400, np.int16))).samples) == 2400
