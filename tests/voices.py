"""Voices for tests: they need no engine, and can be made to fail."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from tts.model import SAMPLE_RATE_HZ, Clip, VoiceSpec
from tts.speak.engine import Engine, Offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts.errors import VoiceError
    from tts.model import Voice

CHARS_PER_S = 15.0
TONE = VoiceSpec("tone", "tone")


class ToneVoice:
    """Speaks every text as a tone that swells and fades, as long as the text would take.

    spoken   : the texts that it was asked for, in the order in which they came.
    fails_at : text -> the error that it raises there.
    """

    version = "1"
    max_chars = 100
    lanes = 3
    level_lufs = -20.0

    def __init__(self, spec: VoiceSpec = TONE, hz: float = 220.0) -> None:
        self.spec = spec
        self.spoken: list[str] = []
        self.fails_at: dict[str, VoiceError] = {}
        self.closed = False
        self._hz = hz
        self._lock = threading.Lock()

    def speak(self, text: str) -> Clip:
        with self._lock:
            self.spoken.append(text)
        if text in self.fails_at:
            raise self.fails_at[text]
        n_samples = int(SAMPLE_RATE_HZ * (0.3 + len(text) / CHARS_PER_S))
        seconds = np.arange(n_samples) / SAMPLE_RATE_HZ
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * seconds)  # syllables
        sound = 0.15 * swell * np.sin(2 * np.pi * self._hz * seconds)
        return Clip((sound * 32767).astype(np.int16))

    def close(self) -> None:
        self.closed = True


class ToneEngine(Engine):
    """An engine whose voices are what `open_voice` gives; it stands in for any other."""

    name = "tone"
    max_chars = ToneVoice.max_chars
    shifts_pitch = True

    def __init__(self, open_voice: Callable[[VoiceSpec], Voice] = ToneVoice) -> None:
        self._open_voice = open_voice

    def offers(self) -> tuple[Offer, ...]:
        return (Offer(TONE, "a tone", "CC0-1.0", TONE),)

    def open(self, spec: VoiceSpec) -> Voice:
        return self._open_voice(spec)
