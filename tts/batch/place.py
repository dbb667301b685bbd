"""The studio of one of several workers, which share the processors of a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.speak.studio import Studio
from tts.speak.voice import VoiceAround

if TYPE_CHECKING:
    from tts.model import Clip, Part, Voice
    from tts.speak.cast import Cast


class Place(Studio):
    """A studio in which voices of this machine have so many lanes: by itself each takes one for every processor.

    On 64 processors that would be 64 engines a voice in each of 64 workers.
    """

    def __init__(self, lanes: int) -> None:
        super().__init__()
        self._lanes = lanes

    def voices(self, cast: Cast, *, offline: bool) -> dict[Part, Voice]:
        """As `Studio`; Google's voice is bound by its pace, and not by processors."""
        voices = super().voices(cast, offline=offline)
        if cast.asks_google:
            return voices
        return {part: _Narrowed(voice, self._lanes) for part, voice in voices.items()}


class _Narrowed(VoiceAround):
    def __init__(self, inner: Voice, lanes: int) -> None:
        super().__init__(inner)
        self._lanes = lanes

    @property
    def lanes(self) -> int:
        return self._lanes

    def speak(self, text: str) -> Clip:
        return self._inner.speak(text)
