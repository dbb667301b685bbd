"""Room stitch: clips to one mastered MP3 on one timeline, with its chapters, transcript and tags.

What is named here is loaded when first asked for: a page or a feed that only needs chapters and
transcripts does not wait for numpy and the encoder (0.2 s).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tts.stitch.mastering import COMMON_LEVEL_LUFS, Mastered, Take, master

__all__ = ["COMMON_LEVEL_LUFS", "Mastered", "Take", "master"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tts.stitch import mastering

    return getattr(mastering, name)
