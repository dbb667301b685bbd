"""espeak-ng's Dutch voice, which comes along, and MBROLA's, where the system has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.model import VoiceSpec
from tts.speak.engine import Engine, Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Voice

_MAX_CHARS = 600  # one long sentence; a passage is the unit of the timeline, so more would only coarsen it
_CHARS_PER_S = 13.5  # on the passages of `scripts/bench levels`, at the rates of `voice`

NL = VoiceSpec("espeak", "nl")
_NL_M3 = VoiceSpec("espeak", "nl+m3", pitch=4.0)
_NL2 = VoiceSpec("mbrola", "nl2")
_NL3 = VoiceSpec("mbrola", "nl3")
_GPL = "GPL-3.0-or-later"
_NO_SALE = "free to use, not to sell"


class EspeakEngine(Engine):
    """espeak-ng, always there; a robot. "nl" in any of its variants of timbre has a name ("nl+f2")."""

    name = "espeak"
    max_chars = _MAX_CHARS
    chars_per_s = _CHARS_PER_S
    shifts_pitch = True

    def offers(self) -> Sequence[Offer]:
        """Its own voice and the one beside it."""
        return (
            Offer(NL, "espeak-ng, a man; a robot, but always there", _GPL, _NL_M3),
            Offer(_NL_M3, "espeak-ng in another timbre; with other variants, espeak:nl+VARIANT", _GPL, NL),
        )

    def find(self, name: str) -> Offer | None:
        """Any of its variants."""
        if (offer := super().find(name)) is not None:
            return offer
        from tts.speak.espeak.voice import names

        return Offer(VoiceSpec("espeak", name), "espeak-ng in another timbre", _GPL, NL) if name in names() else None

    def open(self, spec: VoiceSpec) -> Voice:
        """The voice.

        Raises: VoiceMissing when the library does not start.
        """
        from tts.speak.espeak.voice import EspeakVoice, bundled_library

        return EspeakVoice(spec, bundled_library())


class MbrolaEngine(Engine):
    """MBROLA's Dutch voices, spoken through the system's espeak-ng."""

    name = "mbrola"
    max_chars = _MAX_CHARS
    chars_per_s = _CHARS_PER_S
    shifts_pitch = True

    def offers(self) -> Sequence[Offer]:
        """The man and the woman; nl1 has the sounds of numbers only."""
        return (
            Offer(_NL2, "MBROLA, a man; easier to follow than espeak-ng's own", _NO_SALE, _NL3),
            Offer(_NL3, "MBROLA, a woman", _NO_SALE, _NL2),
        )

    def missing(self, spec: VoiceSpec) -> str | None:
        """The packages that are not installed."""
        from tts.speak.espeak.mbrola import missing

        return missing(spec)

    def open(self, spec: VoiceSpec) -> Voice:
        """The voice.

        Raises: VoiceMissing when a package is not installed, or the library takes another voice.
        """
        from tts.speak.espeak.mbrola import open_voice

        return open_voice(spec)
