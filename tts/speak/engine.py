"""Makers of voices, and the register in which they are found: Voorlezer's own, and those of other packages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, ClassVar

from tts.errors import InputError, VoiceMissing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.metadata import EntryPoint

    from tts.model import Voice, VoiceSpec

ENTRY_POINTS = "voorlezer.engines"
# Best first. Named here, and not by entry points, because looking those up costs a run that asks for none 10 ms.
_OWN = {
    "google": "tts.speak.google:GoogleEngine",
    "kokoro": "tts.speak.kokoro:KokoroEngine",
    "piper": "tts.speak.piper:PiperEngine",
    "mbrola": "tts.speak.espeak:MbrolaEngine",
    "espeak": "tts.speak.espeak:EspeakEngine",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice by its name, whether or not this machine has what it takes.

    about   : who speaks, and how it sounds, in half a line.
    licence : of the voice; an SPDX identifier, or what it forbids in a few words.
    beside  : the voice that reads the quotes when this one narrates. The listener should hear who speaks, so it is
              another person, or this one at least 2.5 semitones (of median pitch) away.
    """

    spec: VoiceSpec
    about: str
    licence: str
    beside: VoiceSpec


class Engine(ABC):
    """Makes voices of one kind. Making one, and asking it what there is, is cheap: no model is loaded before `open`.

    name         : what stands before the colon in `--voice NAME:VOICE`.
    max_chars    : the longest text that a voice of this engine takes in one go.
    chars_per_s  : characters of text a second, pauses included, for the forecast of a batch; the default is what
                   espeak-ng takes at its own rate, on the example article and the corpus.
    shifts_pitch : whether its voices do the semitones of `VoiceSpec.pitch` themselves; for others Voorlezer does.
    on_machine   : whether the text stays on this machine.
    """

    name: ClassVar[str]
    max_chars: ClassVar[int]
    chars_per_s: ClassVar[float] = 16.0
    shifts_pitch: ClassVar[bool] = False
    on_machine: ClassVar[bool] = True

    @abstractmethod
    def offers(self) -> Sequence[Offer]:
        """The voices that `voorlezer voices` lists, best first; at least one."""

    @abstractmethod
    def open(self, spec: VoiceSpec) -> Voice:
        """The voice, ready to speak.

        Raises: VoiceMissing when this machine can't have it now.
        """

    def find(self, name: str) -> Offer | None:
        """The voice of that name, None where there is none; an engine may know more than it lists."""
        return next((offer for offer in self.offers() if offer.spec.name == name), None)

    def missing(self, spec: VoiceSpec) -> str | None:  # noqa: ARG002 - for engines that lack something
        """What this machine lacks to speak in this voice, and how to get it; None when it lacks nothing."""
        return None


def names() -> tuple[str, ...]:
    """The names of all engines: Voorlezer's own, best first, then those of other packages."""
    return (*_OWN, *sorted({point.name for point in entry_points(group=ENTRY_POINTS)} - _OWN.keys()))


def engines() -> Iterator[Engine]:
    """All engines that can be loaded, in the order of their names; another package's trouble is its own."""
    for name in names():
        with suppress(VoiceMissing):
            yield engine(name)


def broken() -> Iterator[tuple[str, str]]:
    """The name of each engine that can't be loaded, and why."""
    for name in names():
        try:
            engine(name)
        except VoiceMissing as error:
            yield name, str(error)


@cache
def engine(name: str) -> Engine:
    """The engine of that name.

    Raises: InputError when there is none; VoiceMissing when two packages bring one, or it can't be loaded.
    """
    if (own := _OWN.get(name)) is not None:
        module, _, kind = own.partition(":")
        return _made(getattr(import_module(module), kind))
    points = entry_points(group=ENTRY_POINTS, name=name)
    if not points:
        raise InputError(f"no engine for voices is called {name!r}; `voorlezer voices` lists what there is")
    if len(points) > 1:
        packages = " and ".join(sorted(_package(point) for point in points))
        raise VoiceMissing(f"{packages} both bring voices called {name!r}; uninstall one of them")
    (point,) = points
    try:
        return _made(point.load())
    except (ImportError, AttributeError, TypeError) as error:
        raise VoiceMissing(f"the voices of {_package(point)} can't be loaded: {error}") from error


def find(label: str) -> Offer | None:
    """The voice with that label ("espeak:nl", "google"), None where no engine has it.

    Raises: VoiceMissing when its engine can't be loaded.
    """
    engine_name, _, name = label.partition(":")
    try:
        maker = engine(engine_name)
    except InputError:
        return None
    return maker.find(name or engine_name)


def _made(kind: type[Engine]) -> Engine:
    return kind()


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.module
