"""Who reads an episode."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tts.errors import InputError
from tts.speak import engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts.model import Part, VoiceSpec
    from tts.speak.engine import Offer

# The engines of this machine that "auto" tries, best first: a recogniser makes the fewest mistakes with the first one.
ON_MACHINE = ("kokoro", "piper", "mbrola", "espeak")


@dataclass(frozen=True, slots=True)
class Cast:
    """The two voices of an episode.

    why       : one line for the person who asked: which voice, and the reason.
    stand_in  : the cast that takes over, for the whole episode, when this one gives up; None where the voice was asked
                for by name or is the one the episode was made in.
    better    : how to get a better voice on this machine, in one line; None where "auto" found the best, or it was not
                left to choose.
    """

    narrator: VoiceSpec
    quoted: VoiceSpec
    why: str
    stand_in: Cast | None = None
    better: str | None = None

    @property
    def asks_google(self) -> bool:
        """Whether the text goes to Google Translate."""
        return "google" in {self.narrator.engine, self.quoted.engine}

    @property
    def max_chars(self) -> dict[Part, int]:
        """The longest passage that each part takes, in characters of spoken text.

        Raises: InputError for a voice whose engine is not there (any more).
        """
        return {
            "narrator": engine.engine(self.narrator.engine).max_chars,
            "quoted": engine.engine(self.quoted.engine).max_chars,
        }


def choose(voice: str, quote_voice: str | None, *, offline: bool) -> Cast:
    """The cast for what was asked: "auto", an engine ("google", "espeak"), or a voice by its label ("mbrola:nl2").

    An engine alone means the first of its voices that this machine has. "auto" asks Google once, for at most two
    seconds, unless `offline`.
    Raises: InputError for a name that no voice has, or voices that don't go together; VoiceMissing when an engine
    can't be loaded.
    """
    if voice == "auto" and offline:
        return _of_machine(quote_voice, "--offline: nothing leaves this machine")
    if voice == "auto":
        return _auto(quote_voice)
    cast = _with_quotes(_asked_for(voice), quote_voice, "asked for with --voice")
    if offline and cast.asks_google:
        raise InputError("google's voice can't be had --offline; leave one of the two out")
    return cast


def _auto(quote_voice: str | None) -> Cast:
    google = engine.engine("google")
    (offer,) = google.offers()
    trouble = google.missing(offer.spec)
    if trouble is not None:
        return _of_machine(quote_voice, trouble)
    if quote_voice is not None and _asked_for(quote_voice).spec.engine != "google":
        return _of_machine(quote_voice, "--quote-voice asks for a voice of this machine")
    stand_in = _of_machine(None, "Google gave up")
    return replace(_with_quotes(offer, quote_voice, "Google answers"), stand_in=stand_in)


def _of_machine(quote_voice: str | None, why: str) -> Cast:
    narrator = _machine_narrator()
    best = engine.engine(ON_MACHINE[0])
    trouble = best.missing(best.offers()[0].spec) if narrator.spec.engine != best.name else None
    better = None if trouble is None else f"{best.name} speaks better Dutch; {trouble}"
    return replace(_with_quotes(narrator, quote_voice, why), better=better)


def _machine_narrator() -> Offer:
    """The best voice of this machine that is there together with the one for its quotes."""
    return next(
        offer
        for name in ON_MACHINE
        for offer in engine.engine(name).offers()
        if lack(offer.spec) is None and lack(offer.beside) is None
    )


def lack(spec: VoiceSpec) -> str | None:
    """What this machine lacks to speak in this voice; None when it lacks nothing."""
    return engine.engine(spec.engine).missing(spec)


def _with_quotes(narrator: Offer, quote_voice: str | None, why: str) -> Cast:
    if quote_voice is None:
        return Cast(narrator.spec, narrator.beside, why)
    quoted = _asked_for(quote_voice)
    if (narrator.spec.engine == "google") != (quoted.spec.engine == "google"):
        raise InputError(
            f"{narrator.spec.label} and {quoted.spec.label} don't go together: "
            "an episode never mixes Google's voice with another"
        )
    return Cast(narrator.spec, quoted.beside if quoted.spec == narrator.spec else quoted.spec, why)


def _asked_for(label: str) -> Offer:
    """The voice of that label; for an engine alone, the first of its voices that is there."""
    if ":" not in label and label in engine.names():  # the names cost a look at all installed packages
        maker = engine.engine(label)
        offers = maker.offers()
        here = (offer for offer in offers if maker.on_machine and maker.missing(offer.spec) is None)
        return next(here, offers[0])
    offer = engine.find(label) or next((offer for offer in _offers() if offer.spec.name == label), None)
    if offer is None:
        known = ", ".join(["auto", *(offer.spec.label for offer in _offers())])
        raise InputError(f"no voice is called {label!r}; there are {known}, and espeak:nl+VARIANT")
    return offer


def _offers() -> Iterator[Offer]:
    for maker in engine.engines():
        yield from maker.offers()


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a voice can be used now; `missing` says what it lacks, None when it lacks nothing."""

    offer: Offer
    missing: str | None


def survey(*, offline: bool) -> list[Availability]:
    """All voices, best first, with what each lacks. Asks Google whether it answers unless `offline`."""
    return [Availability(offer, _lacks(offer.spec, offline=offline)) for offer in _offers()]


def _lacks(spec: VoiceSpec, *, offline: bool) -> str | None:
    if offline and not engine.engine(spec.engine).on_machine:
        return "not asked: --offline"
    return lack(spec)
