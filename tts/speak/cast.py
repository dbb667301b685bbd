"""Who speaks: the voices there are, and which of them read an episode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.errors import InputError, VoiceMissing
from tts.model import Voice, VoiceSpec
from tts.speak import espeak
from tts.speak.cache import CachedVoice, ClipCache

if TYPE_CHECKING:
    from tts.model import Part

GOOGLE = VoiceSpec("google", "google")
ESPEAK_NL = VoiceSpec("espeak", "nl")
ESPEAK_NL_M3 = VoiceSpec("espeak", "nl+m3", pitch=4.0)
MBROLA_NL2 = VoiceSpec("mbrola", "nl2")
MBROLA_NL3 = VoiceSpec("mbrola", "nl3")

# The listener should hear who speaks: quotes lie at least 2.5 semitones from the narration (median pitch, measured
# on an episode in tests/test_produce.py).
QUOTED_BESIDE = {
    GOOGLE: VoiceSpec("google", "google", pitch=-3.5),
    ESPEAK_NL: ESPEAK_NL_M3,
    MBROLA_NL2: MBROLA_NL3,
    MBROLA_NL3: MBROLA_NL2,
}
# The most characters a passage may have, as each engine's own module says: asked for here without loading them.
MAX_CHARS = {"google": 100, "espeak": espeak.MAX_CHARS, "mbrola": espeak.MAX_CHARS}
CATALOGUE = (GOOGLE, MBROLA_NL2, MBROLA_NL3, ESPEAK_NL, ESPEAK_NL_M3)


@dataclass(frozen=True, slots=True)
class Cast:
    """The two voices of an episode.

    why       : one line for the person who asked: which voice, and the reason.
    stand_in  : the cast that takes over, for the whole episode, when this one gives up; None where the voice was asked
                for by name or is the one the episode was made in.
    """

    narrator: VoiceSpec
    quoted: VoiceSpec
    why: str
    stand_in: Cast | None = None

    @property
    def asks_google(self) -> bool:
        """Whether the text goes to Google Translate."""
        return "google" in {self.narrator.engine, self.quoted.engine}

    @property
    def max_chars(self) -> dict[Part, int]:
        """The longest passage that each part takes, in characters of spoken text."""
        return {"narrator": MAX_CHARS[self.narrator.engine], "quoted": MAX_CHARS[self.quoted.engine]}


def choose(voice: str, quote_voice: str | None, *, offline: bool) -> Cast:
    """The cast for what was asked: "auto", "google", "espeak", or a voice by its label ("mbrola:nl2").

    "auto" asks Google once, for at most two seconds, unless `offline`.
    Raises: InputError for a name that no voice has, or voices that don't go together.
    """
    if voice == "auto" and offline:
        return _with_quotes(_machine_narrator(), quote_voice, "--offline: nothing leaves this machine")
    if voice == "auto":
        return _auto(quote_voice)
    if voice == "espeak":
        return _with_quotes(_machine_narrator(), quote_voice, "asked for with --voice")
    cast = _with_quotes(_by_label(voice), quote_voice, "asked for with --voice")
    if offline and cast.asks_google:
        raise InputError("google's voice can't be had --offline; leave one of the two out")
    return cast


def _auto(quote_voice: str | None) -> Cast:
    from tts.speak import google

    machine = _machine_narrator()
    trouble = google.probe()
    if trouble is not None:
        return _with_quotes(machine, quote_voice, f"Google does not answer ({trouble})")
    if quote_voice is not None and _by_label(quote_voice).engine != "google":
        return _with_quotes(machine, quote_voice, "--quote-voice asks for a voice of this machine")
    stand_in = _with_quotes(machine, None, "Google gave up")
    google_cast = _with_quotes(GOOGLE, quote_voice, "Google answers")
    return Cast(google_cast.narrator, google_cast.quoted, google_cast.why, stand_in)


def _machine_narrator() -> VoiceSpec:
    """MBROLA's voice where both it and the one for quotes are there, else espeak-ng's own."""
    both = espeak.missing(MBROLA_NL2) is None and espeak.missing(MBROLA_NL3) is None
    return MBROLA_NL2 if both else ESPEAK_NL


def _with_quotes(narrator: VoiceSpec, quote_voice: str | None, why: str) -> Cast:
    if quote_voice is None:
        return Cast(narrator, QUOTED_BESIDE.get(narrator, ESPEAK_NL), why)
    quoted = _by_label(quote_voice)
    if (narrator.engine == "google") != (quoted.engine == "google"):
        raise InputError(
            f"{narrator.label} and {quoted.label} don't go together: an episode never mixes Google's voice with another"
        )
    return Cast(narrator, QUOTED_BESIDE.get(quoted, quoted) if quoted == narrator else quoted, why)


def _by_label(label: str) -> VoiceSpec:
    for spec in CATALOGUE:
        if label in {spec.label, spec.name}:
            return spec
    engine, _, name = label.partition(":")
    if engine == "espeak" and name in espeak.names():
        return VoiceSpec("espeak", name)
    known = ", ".join(["auto", "espeak", *(spec.label for spec in CATALOGUE)])
    raise InputError(f"no voice is called {label!r}; there are {known}, and espeak:nl+VARIANT")


def open_voices(cast: Cast, cache: ClipCache, *, offline: bool) -> dict[Part, Voice]:
    """The voices of a cast, ready to speak, each with the cache around it.

    Raises: VoiceMissing when this machine can't have one of them now.
    """
    if offline and cast.asks_google:
        raise VoiceMissing(
            "this episode was made in Google's voice, which can't be had --offline; "
            "leave that out, or ask for another voice with --voice espeak"
        )
    if cast.asks_google:
        return _google_voices(cast, cache)
    return {
        "narrator": CachedVoice(espeak.EspeakVoice(cast.narrator), cache),
        "quoted": CachedVoice(espeak.EspeakVoice(cast.quoted), cache),
    }


def _google_voices(cast: Cast, cache: ClipCache) -> dict[Part, Voice]:
    """Both parts are Google's one voice, over the same connections; a shift in pitch tells them apart."""
    from tts.speak.google import GoogleVoice
    from tts.speak.pitch import PitchedVoice

    google = GoogleVoice()
    shifted = {spec: PitchedVoice(google, spec.pitch) for spec in (cast.narrator, cast.quoted) if spec.pitch}
    return {
        "narrator": CachedVoice(shifted.get(cast.narrator, google), cache),
        "quoted": CachedVoice(shifted.get(cast.quoted, google), cache),
    }


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a voice can be used now; `missing` says what it lacks, None when it lacks nothing."""

    spec: VoiceSpec
    missing: str | None


def survey(*, offline: bool) -> list[Availability]:
    """All voices, best first, with what each lacks. Asks Google whether it answers unless `offline`."""
    return [Availability(spec, _lacks(spec, offline=offline)) for spec in CATALOGUE]


def _lacks(spec: VoiceSpec, *, offline: bool) -> str | None:
    if spec.engine != "google":
        return espeak.missing(spec)
    if offline:
        return "not asked: --offline"
    from tts.speak import google

    trouble = google.probe()
    return None if trouble is None else f"Google does not answer: {trouble}"
