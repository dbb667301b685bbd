"""Voices kept open from one episode to the next: an engine is started once a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from tts.speak.cache import ClipCache
from tts.speak.cast import open_voices

if TYPE_CHECKING:
    from types import TracebackType

    from tts.model import Part, Voice, VoiceSpec
    from tts.speak.cast import Cast

PRUNE_EVERY = 50  # episodes: some 60 MB of clips, of the 2 GB that the cache may hold


class Studio:
    """Opens the voices of a cast when they are first asked for, and closes all at the end."""

    def __init__(self, cache: ClipCache | None = None) -> None:
        self.cache = cache or ClipCache()
        self._n_episodes = 0
        self._open: dict[tuple[VoiceSpec, VoiceSpec], dict[Part, Voice]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for voices in self._open.values():
            for voice in voices.values():
                voice.close()
        if self._open:
            self.cache.prune()
        self._open.clear()

    def voices(self, cast: Cast, *, offline: bool) -> dict[Part, Voice]:
        """The voices of a cast, ready to speak an episode.

        Raises: VoiceMissing when this machine can't have one of them now.
        """
        self._n_episodes += 1
        if self._n_episodes % PRUNE_EVERY == 0:
            self.cache.prune()
        key = (cast.narrator, cast.quoted)
        if key not in self._open:
            self._open[key] = open_voices(cast, self.cache, offline=offline)
        return self._open[key]
