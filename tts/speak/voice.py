"""What voices around a voice share; `Voice` itself, the seam, is in `tts.model`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tts.model import Voice, VoiceSpec


class VoiceAround:
    """A voice that is the inner one in everything but `speak`, and whatever else a subclass changes."""

    def __init__(self, inner: Voice) -> None:
        self._inner = inner

    @property
    def spec(self) -> VoiceSpec:
        """The inner voice's."""
        return self._inner.spec

    @property
    def version(self) -> str:
        """The inner voice's."""
        return self._inner.version

    @property
    def max_chars(self) -> int:
        """The inner voice's."""
        return self._inner.max_chars

    @property
    def lanes(self) -> int:
        """The inner voice's."""
        return self._inner.lanes

    @property
    def level_lufs(self) -> float:
        """The inner voice's."""
        return self._inner.level_lufs

    def close(self) -> None:
        """Close the inner voice."""
        self._inner.close()
