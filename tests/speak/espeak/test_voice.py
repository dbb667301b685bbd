"""espeak-ng in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.speak.pitch_meter import median_pitch_hz
from tts.errors import VoiceMissing, VoiceRefused
from tts.model import SAMPLE_RATE_HZ, VoiceSpec
from tts.speak.engine import engine
from tts.speak.espeak import voice as espeak
from tts.speak.espeak.voice import EspeakVoice, bundled_library

if TYPE_CHECKING:
    from collections.abc import Iterator

NL = VoiceSpec("espeak", "nl")
SENTENCE = "Op het strand bij Ouddorp vond een wandelaar gisteren een kist met oude zeekaarten."


@pytest.fixture
def voice() -> Iterator[EspeakVoice]:
    voice = EspeakVoice(NL, bundled_library())
    yield voice
    voice.close()


def test_every_word_has_its_moment(voice: EspeakVoice) -> None:
    clip = voice.speak(SENTENCE)
    assert [SENTENCE[mark.start : mark.end].rstrip(".") for mark in clip.marks] == SENTENCE.rstrip(".").split()
    moments = [mark.at for mark in clip.marks]
    assert moments == sorted(set(moments))
    assert 3.0 < len(clip.samples) / SAMPLE_RATE_HZ < 8.0
    assert 0 < moments[-1] < len(clip.samples)


def test_it_speaks_what_is_not_plain_ascii(voice: EspeakVoice) -> None:
    clip = voice.speak("Coördinatie, café, één – «ruïne» & 😀 <b>vet</b> [[x]]")
    assert len(clip.samples) > SAMPLE_RATE_HZ


def test_a_text_without_a_word_for_it_has_no_marks(voice: EspeakVoice) -> None:
    assert voice.speak("…").marks == ()


def test_a_worker_that_dies_is_replaced(voice: EspeakVoice) -> None:
    before = voice.speak(SENTENCE)
    worker = voice._idle.get()
    os.kill(worker._process.pid, signal.SIGKILL)
    voice._idle.put(worker)
    after = voice.speak(SENTENCE)
    assert abs(len(after.samples) - len(before.samples)) < SAMPLE_RATE_HZ / 10
    assert worker._process.returncode is not None


def test_a_passage_that_kills_every_worker_is_refused(voice: EspeakVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(self: espeak.Worker, text: str) -> None:
        self._process.kill()
        self._header()

    monkeypatch.setattr(espeak.Worker, "speak", die)
    with pytest.raises(VoiceRefused, match="stopped twice"):
        voice.speak(SENTENCE)


def test_a_worker_that_hangs_is_stopped(voice: EspeakVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "ANSWER_WITHIN_S", 0.3)
    voice.speak("Eén.")
    worker = voice._idle.get()
    os.kill(worker._process.pid, signal.SIGSTOP)
    voice._idle.put(worker)
    assert len(voice.speak(SENTENCE).samples) > SAMPLE_RATE_HZ
    assert worker._process.returncode == -signal.SIGKILL


def test_no_process_is_left_behind() -> None:
    voice = EspeakVoice(NL, bundled_library())
    voice.speak("Eén.")
    worker = voice._idle.get()
    voice._idle.put(worker)
    voice.close()
    assert worker._process.returncode is not None


def test_a_voice_that_is_not_there_is_missing() -> None:
    with pytest.raises(VoiceMissing, match="no voice"):
        EspeakVoice(VoiceSpec("espeak", "nl-onzin"), bundled_library()).speak("Eén.")


def test_pace_and_pitch_do_what_they_say(voice: EspeakVoice) -> None:
    plain = voice.speak(SENTENCE).samples
    changed_voice = EspeakVoice(VoiceSpec("espeak", "nl", pace=1.3, pitch=5.0), bundled_library())
    changed = changed_voice.speak(SENTENCE).samples
    changed_voice.close()
    assert len(plain) / len(changed) == pytest.approx(1.3, rel=0.1)
    semitones = 12 * np.log2(median_pitch_hz(changed) / median_pitch_hz(plain))
    assert semitones == pytest.approx(5.0, abs=1.0)


@pytest.mark.tools
@pytest.mark.parametrize(("name", "lowest_hz", "highest_hz"), [("nl2", 80, 130), ("nl3", 150, 230)])
def test_mbrola_is_really_mbrola(name: str, lowest_hz: float, highest_hz: float) -> None:
    spec = VoiceSpec("mbrola", name)
    if lack := engine("mbrola").missing(spec):
        pytest.skip(lack)
    voice = engine("mbrola").open(spec)
    clip = voice.speak(SENTENCE)
    voice.close()
    assert lowest_hz < median_pitch_hz(clip.samples) < highest_hz  # nl2 is a man, nl3 a woman
    # MBROLA's diphones are recorded at 16 kHz: nothing sounds above 8 kHz, where espeak-ng's own voice does.
    spectrum = np.abs(np.fft.rfft(clip.samples.astype(np.float32))) ** 2
    split = len(spectrum) * 8200 // (SAMPLE_RATE_HZ // 2)
    assert spectrum[split:].sum() < 1e-5 * spectrum.sum()
    assert len(clip.marks) == len(SENTENCE.split())


def test_what_is_missing_for_mbrola_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(VoiceMissing, match=r"not installed: .*mbrola.*apt install"):
        engine("mbrola").open(VoiceSpec("mbrola", "nl2"))
