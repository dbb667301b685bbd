"""Voices kept open from one episode to the next: an engine is started once a run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from tts.errors import VoiceMissing
from tts.speak.cache import CachedVoice, ClipCache
from tts.speak.engine import engine

if TYPE_CHECKING:
    from types import TracebackType

    from tts.model import Part, Voice, VoiceSpec
    from tts.speak.cast import Cast

PRUNE_EVERY = 50  # episodes: some 60 MB of clips, of the 2 GB that the cache may hold


class Studio:
    """Opens each voice when it is first asked for, with the cache around it, and closes all at the end."""

    def __init__(self, cache: ClipCache | None = None) -> None:
        self.cache = cache or ClipCache()
        self._n_episodes = 0
        self._open: dict[VoiceSpec, Voice] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for voice in self._open.values():
            voice.close()
        if self._open:
            self.cache.prune()
        self._open.clear()

    def voices(self, cast: Cast, *, offline: bool) -> dict[Part, Voice]:
        """The voices of a cast, ready to speak an episode.

        Raises: VoiceMissing when this machine can't have one of them now.
        """
        if offline and cast.asks_google:
            raise VoiceMissing(
                "this episode was made in Google's voice, which can't be had --offline; "
                "leave that out, or ask for another voice with --voice espeak"
            )
        self._n_episodes += 1
        if self._n_episodes % PRUNE_EVERY == 0:
            self.cache.prune()
        return {"narrator": self._cached(cast.narrator), "quoted": self._cached(cast.quoted)}

    def _cached(self, spec: VoiceSpec) -> Voice:
        return CachedVoice(self._voice(spec), self.cache)

    def _voice(self, spec: VoiceSpec) -> Voice:
        """The engine's own voice; where the engine shifts no pitch, a shift around the voice as it is."""
        maker = engine(spec.engine)
        if spec.pitch and not maker.shifts_pitch:
            from tts.speak.pitch import PitchedVoice

            return PitchedVoice(self._voice(replace(spec, pitch=0.0)), spec.pitch)
        if spec not in self._open:
            self._open[spec] = maker.open(spec)
        return self._open[spec]
