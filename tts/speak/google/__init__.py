"""Google's Dutch voice, the one of Google Translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.model import VoiceSpec
from tts.speak.engine import Engine, Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Voice

NARRATOR = VoiceSpec("google", "google")
_LOWER = VoiceSpec("google", "google", pitch=-3.5)


class GoogleEngine(Engine):
    """One voice, over the internet; its quotes are the same voice, lower."""

    name = "google"
    max_chars = 100  # gTTS's limit, asked for here without loading it
    chars_per_s = 15.0
    on_machine = False

    def offers(self) -> Sequence[Offer]:
        """The one voice."""
        about = "Google's Dutch voice, a woman, through gTTS; the text goes to Google Translate"
        return (Offer(NARRATOR, about, "Google's terms", _LOWER),)

    def missing(self, spec: VoiceSpec) -> str | None:  # noqa: ARG002 - there is one voice
        """None when Google answers; asks once, for at most two seconds."""
        from tts.speak.google.voice import probe

        trouble = probe()
        return None if trouble is None else f"Google does not answer ({trouble})"

    def open(self, spec: VoiceSpec) -> Voice:  # noqa: ARG002 - as missing
        """The voice.

        Raises: VoiceMissing, where VOORLEZER_GOOGLE_URL is no URL that may be used; InputError for a bad pace.
        """
        from tts.speak.google.voice import GoogleVoice

        return GoogleVoice()
