"""The script is performed: every passage spoken, several at once, handed on in order."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from tts.model import Clip, Part, Passage, Voice

AHEAD_PER_LANE = (
    4  # clips that may wait for the mixer: it never idles, and memory stays flat for an article of any length
)


def perform(passages: Sequence[Passage], voices: Mapping[Part, Voice]) -> Generator[tuple[Passage, Clip], None, None]:
    """Each passage with its sound, in order, while the next ones are being spoken.

    Closing the iterator, or a failure, drops what has not begun; closing the voices ends what has.
    Raises: as `Voice.speak`, at the passage that failed.
    """
    lanes = max(voice.lanes for voice in voices.values())
    under_way: deque[tuple[Passage, Future[Clip]]] = deque()
    pool = ThreadPoolExecutor(lanes, thread_name_prefix="speak")
    try:
        for passage in passages:
            under_way.append((passage, pool.submit(voices[passage.part].speak, passage.text)))
            if len(under_way) > lanes * AHEAD_PER_LANE:
                yield _first(under_way)
        while under_way:
            yield _first(under_way)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _first(under_way: deque[tuple[Passage, Future[Clip]]]) -> tuple[Passage, Clip]:
    passage, clip = under_way.popleft()
    return passage, clip.result()
