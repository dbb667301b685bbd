"""How words are said, by espeak-ng."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tts.errors import VoiceRefused
from tts.speak.espeak import phonemes, voice
from tts.speak.espeak.phonemes import Phonemizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@pytest.fixture
def phonemizer() -> Iterator[Phonemizer]:
    phonemizer = Phonemizer()
    yield phonemizer
    phonemizer.close()


def test_each_text_is_answered_in_its_place(phonemizer: Phonemizer) -> None:
    assert phonemizer.ipa(["dorp", "", "uit", "dorp", "…"]) == ["dˈɔrp", "", "ˈœ͡yt", "dˈɔrp", ""]


def test_a_text_of_several_clauses_is_said_whole(phonemizer: Phonemizer) -> None:
    (said,) = phonemizer.ipa(["Het huis, de boom. En dan?"])
    assert len(said.split()) == len("Het huis de boom En dan".split())


def test_the_language_of_a_word_is_no_sound(phonemizer: Phonemizer) -> None:
    assert phonemizer.ipa(["weekend"]) == ["wiːkˈɛnd"]


def test_a_word_is_asked_once(phonemizer: Phonemizer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = voice.Worker.ipa

    def listen(self: voice.Worker, texts: Sequence[str]) -> list[str]:
        asked.extend(texts)
        return ask(self, texts)

    monkeypatch.setattr(voice.Worker, "ipa", listen)
    first = phonemizer.ipa(["boom", "roos", "boom"])
    assert phonemizer.ipa(["roos", "vis", "boom"])[::2] == [first[1], first[0]]
    assert asked == ["boom", "roos", "vis"]


def test_it_forgets_when_it_knows_too_many(phonemizer: Phonemizer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phonemes, "MOST_KEPT", 2)
    words = ["een", "twee", "drie", "vier"]
    for word in words:
        phonemizer.ipa([word])
    assert len(phonemizer._known) <= 3
    assert phonemizer.ipa(words) == ["ˈeːn", "tʋˈeː", "drˈi", "vˈir"]


def test_a_process_that_died_is_replaced(phonemizer: Phonemizer) -> None:
    phonemizer.ipa(["boom"])
    worker = phonemizer._worker
    assert worker is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    assert phonemizer.ipa(["roos"]) == ["rˈoːs"]
    assert phonemizer._worker is not worker


def test_words_that_kill_every_process_are_refused(phonemizer: Phonemizer, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(self: voice.Worker, texts: Sequence[str]) -> list[str]:
        raise voice.WorkerDied

    monkeypatch.setattr(voice.Worker, "ipa", die)
    with pytest.raises(VoiceRefused, match="stopped twice at these words: 'boom'"):
        phonemizer.ipa(["boom"])
    assert phonemizer._worker is None
