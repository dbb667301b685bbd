"""Passages spoken several at once, handed on in order."""

from __future__ import annotations

import threading

import pytest

from tests.voices import ToneVoice
from tts.errors import VoiceBusy
from tts.model import Clip, Part, Passage, Voice
from tts.speak.perform import AHEAD_PER_LANE, perform


def _passages(n: int) -> list[Passage]:
    return [
        Passage(0, i, "narration", "quoted" if i % 3 else "narrator", f"Zin {'x' * (i % 7)} {i}.", f"Zin {i}.")
        for i in range(n)
    ]


def test_all_in_order() -> None:
    narrator, quoted = ToneVoice(), ToneVoice(hz=300)
    voices: dict[Part, Voice] = {"narrator": narrator, "quoted": quoted}
    said = _passages(40)
    assert [passage for passage, _ in perform(said, voices)] == said
    assert len(narrator.spoken) + len(quoted.spoken) == 40


def test_it_does_not_run_far_ahead_of_who_listens() -> None:
    voice = ToneVoice()
    clips = perform(_passages(500), {"narrator": voice, "quoted": voice})
    next(clips)
    clips.close()
    assert len(voice.spoken) <= voice.lanes * (AHEAD_PER_LANE + 1) + 2


def test_several_speak_at_once() -> None:
    class Meeting(ToneVoice):
        lanes = 3
        meet = threading.Barrier(3, timeout=5)

        def speak(self, text: str) -> Clip:
            self.meet.wait()
            return super().speak(text)

    voice = Meeting()
    assert len(list(perform(_passages(9), {"narrator": voice, "quoted": voice}))) == 9


def test_a_failure_comes_at_its_passage_and_ends_it() -> None:
    voice, said = ToneVoice(), _passages(300)
    voice.fails_at[said[5].text] = VoiceBusy("not now")
    got: list[tuple[Passage, Clip]] = []
    with pytest.raises(VoiceBusy):
        got.extend(perform(said, {"narrator": voice, "quoted": voice}))
    assert len(voice.spoken) < 60
