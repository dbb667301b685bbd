"""Article -> blocks: what the narrator says, what is quoted, and who says it."""

from tts.segment.blocks import segment

__all__ = ["segment"]
