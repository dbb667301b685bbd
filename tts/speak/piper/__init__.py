"""Piper's Dutch voices: small neural networks that run on this machine, fetched one by one or taken from a file."""

from __future__ import annotations

import importlib.metadata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tts.errors import InputError, VoiceMissing
from tts.model import VoiceSpec
from tts.speak.engine import Engine, Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Voice
    from tts.speak.piper.catalogue import Listed

PACKAGE = "piper-tts"  # asked for by this name: another package, "piper", has a module of the same name
LOWER = -3.5  # semitones, where a voice has to read its own quotes
_LANGUAGE = "nl"
_HINT = "not installed: pip install 'voorlezer[piper]'"


class PiperEngine(Engine):
    """The voices of the catalogue ("ronnie"), and any model on disk ("/path/to/voice.onnx", its .json beside it)."""

    name = "piper"
    max_chars = 200  # a model of 63 MB takes 250 MB, and 0.9 MB more for each character while it speaks, in two lanes

    def offers(self) -> Sequence[Offer]:
        """The voices that can be fetched."""
        from tts.speak.piper.catalogue import catalogue

        return tuple(_offer(voice) for voice in catalogue())

    def find(self, name: str) -> Offer | None:
        """A voice by its name or its name in the collection, or a model on disk.

        Raises: InputError for a model that is not there, or that speaks another language than Dutch.
        """
        from tts.speak.piper.catalogue import listed

        if (voice := listed(name)) is not None:
            return _offer(voice)
        return _offer_of_file(Path(name)) if name.endswith(".onnx") else None

    def missing(self, spec: VoiceSpec) -> str | None:
        """The extra, else the voice, where it is not installed."""
        from tts.speak.piper.catalogue import listed

        if not _is_there(PACKAGE):
            return _HINT
        if (voice := listed(spec.name)) is None:
            return None if Path(spec.name).is_file() else f"there is no file {spec.name}"
        if voice.is_installed:
            return None
        return f"not installed: voorlezer voices install {voice.name} ({voice.size / 1e6:.0f} MB)"

    def open(self, spec: VoiceSpec) -> Voice:
        """The voice; the model is loaded when it first speaks, and may be of any language.

        Raises: VoiceMissing when the extra or the voice is not installed.
        """
        if lack := self.missing(spec):
            raise VoiceMissing(f"the voice {spec.label} can't be used here, {lack}")
        from tts.speak.piper.catalogue import listed
        from tts.speak.piper.voice import PiperVoice

        voice = listed(spec.name)
        path = voice.path if voice else Path(spec.name)
        known = voice or listed(path.stem)
        return PiperVoice(spec, path, known.alone_chars if known else 0)


def _is_there(package: str) -> bool:
    try:
        importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _offer(voice: Listed) -> Offer:
    spec = VoiceSpec(PiperEngine.name, voice.name)
    return Offer(spec, f"Piper, {voice.about}", voice.licence, _beside(spec, voice.person))


def _offer_of_file(path: Path) -> Offer:
    from tts.speak.piper.config import language

    whole = path.expanduser().absolute()
    if (spoken := language(whole)) != _LANGUAGE:
        raise InputError(f"{path} speaks {spoken!r}, and articles are in Dutch; give a voice whose language is nl")
    spec = VoiceSpec(PiperEngine.name, str(whole))
    return Offer(spec, "Piper, from a file", "as where the file came from", _beside(spec, path.stem))


def _beside(spec: VoiceSpec, person: str) -> VoiceSpec:
    """Another person who is installed, else the same voice, lower."""
    from tts.speak.piper.catalogue import catalogue

    others = (voice.name for voice in catalogue() if voice.is_installed and voice.person != person)
    other = next(others, None)
    return replace(spec, pitch=LOWER) if other is None else VoiceSpec(PiperEngine.name, other)
