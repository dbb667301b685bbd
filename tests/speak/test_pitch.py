"""A voice made higher or lower, judged by a pitch meter and by the envelope of its words."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.speak.pitch_meter import median_pitch_hz
from tts.errors import InputError
from tts.model import SAMPLE_RATE_HZ, Clip, Mark, Voice, VoiceSpec
from tts.speak.engine import engine
from tts.speak.pitch import PitchedVoice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.int16]

SENTENCE = "Op de dijk bij Westerveen stonden gisteren honderden mensen naar de sluis te kijken."
GOOGLE = VoiceSpec("google", "google")
STEP = SAMPLE_RATE_HZ // 100


@dataclass
class Recorded:
    """A voice that always says the same."""

    clip: Clip
    spec: VoiceSpec = GOOGLE
    version: str = "1"
    max_chars: int = 100
    lanes: int = 2
    level_lufs: float = -21.0
    closed: bool = False

    def speak(self, text: str) -> Clip:
        return self.clip

    def close(self) -> None:
        self.closed = True


@pytest.fixture(scope="module")
def speech() -> Clip:
    voice = engine("espeak").open(VoiceSpec("espeak", "nl"))
    clip = voice.speak(SENTENCE)
    voice.close()
    return clip


def shifted(samples: Samples, semitones: float) -> Samples:
    return PitchedVoice(Recorded(Clip(samples)), semitones).speak("…").samples


def envelope(samples: Samples) -> NDArray[np.float64]:
    """Loudness every 10 ms."""
    whole = samples[: len(samples) // STEP * STEP].astype(np.float64).reshape(-1, STEP)
    return np.asarray(np.sqrt(np.mean(whole**2, axis=1)))


@pytest.mark.parametrize("semitones", [-4, -3, -2, -1, 1, 2, 3, 4])
def test_the_pitch_moves_as_far_as_asked(speech: Clip, semitones: int) -> None:
    moved = 12 * log2(median_pitch_hz(shifted(speech.samples, semitones)) / median_pitch_hz(speech.samples))
    assert moved == pytest.approx(semitones, abs=0.3)


@pytest.mark.parametrize("semitones", [-4, -2, 2, 4])
def test_words_keep_their_times_and_their_loudness(speech: Clip, semitones: int) -> None:
    before, after = envelope(speech.samples), envelope(shifted(speech.samples, semitones))
    agreement = [np.corrcoef(before[20:-20], np.roll(after, shift)[20:-20])[0, 1] for shift in range(-10, 11)]
    assert int(np.argmax(agreement)) - 10 in {-1, 0, 1}
    assert max(agreement) > 0.95
    assert abs(20 * np.log10(np.sqrt((after**2).mean() / (before**2).mean()))) < 1.0


@pytest.mark.parametrize("semitones", [-4, 4])
def test_silence_around_speech_stays_silent(speech: Clip, semitones: int) -> None:
    pause = np.zeros(SAMPLE_RATE_HZ // 2, np.int16)
    after = shifted(np.concatenate([pause, speech.samples, pause, speech.samples, pause]), semitones)
    margin = SAMPLE_RATE_HZ // 10
    between = len(pause) + len(speech.samples)
    for start in (0, between, len(after) - len(pause)):
        assert np.abs(after[start + margin : start + len(pause) - margin]).max() <= 3


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 30_000), st.floats(-12, 12))
def test_a_clip_lasts_as_long_as_it_did(n_samples: int, semitones: float) -> None:
    samples = (9000 * np.sin(np.arange(n_samples) / 20)).astype(np.int16)
    assert len(shifted(samples, semitones)) == n_samples


def test_marks_stay_and_the_engines_own_sound_goes(speech: Clip) -> None:
    marks = (Mark(0, 0, 2), Mark(2400, 3, 5))
    clip = PitchedVoice(Recorded(Clip(speech.samples, marks, b"MP3")), -2).speak(SENTENCE)
    assert clip.marks == marks
    assert clip.encoded is None


def test_all_else_is_the_inner_voice(speech: Clip) -> None:
    inner = Recorded(speech, VoiceSpec("google", "google", pitch=1.0))
    voice: Voice = PitchedVoice(inner, -3)
    assert voice.spec == VoiceSpec("google", "google", pitch=-2.0)
    assert (voice.max_chars, voice.lanes, voice.level_lufs) == (100, 2, -21.0)
    assert voice.version.startswith("1 pedalboard ")
    voice.close()
    assert inner.closed


@pytest.mark.parametrize("semitones", [13, -100, float("nan")])
def test_more_than_an_octave_is_refused(speech: Clip, semitones: float) -> None:
    with pytest.raises(InputError, match="semitones"):
        PitchedVoice(Recorded(speech), semitones)


@given(st.floats(70, 400), st.sampled_from([0.02, 0.3]))
@settings(max_examples=25, deadline=None)
def test_the_meter_reads_a_known_pitch(hz: float, loudness: float) -> None:
    """A buzz with all its overtones, between two pauses."""
    phase = 2 * np.pi * hz * np.arange(SAMPLE_RATE_HZ // 4) / SAMPLE_RATE_HZ
    buzz = sum(np.sin(k * phase) / k for k in range(1, 9)) * loudness * 16_000
    pause = np.zeros(5000)
    assert median_pitch_hz(np.concatenate([pause, buzz, pause]).astype(np.int16)) == pytest.approx(hz, rel=0.005)


def test_the_meter_hears_no_pitch_in_noise_or_silence() -> None:
    noise = np.random.default_rng(7).integers(-9000, 9000, SAMPLE_RATE_HZ).astype(np.int16)
    assert median_pitch_hz(noise) == 0.0
    assert median_pitch_hz(np.zeros(SAMPLE_RATE_HZ, np.int16)) == 0.0
    assert median_pitch_hz(np.zeros(10, np.int16)) == 0.0
