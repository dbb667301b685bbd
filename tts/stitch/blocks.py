"""Sound as a stream of blocks, so that an episode of any length is made in constant memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tts.model import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[np.float32]

# Long enough that numpy's overhead per call and the hand-over between threads are lost in it (1 and 2 s took 8 %
# longer), short enough that the stages of mastering overlap.
BLOCK_SAMPLES = 4 * SAMPLE_RATE_HZ


def in_blocks(pieces: Iterable[Samples]) -> Iterator[Samples]:
    """The same sound in blocks of `BLOCK_SAMPLES`; only the last may be shorter, and none is empty.

    pieces : float32, each of shape (n,), any n.
    What comes out does not depend on where the pieces were cut, so whatever works block by block gives the same
    bytes for the same sound.
    """
    waiting: list[Samples] = []
    n_waiting = 0
    for piece in pieces:
        waiting.append(piece)
        n_waiting += len(piece)
        if n_waiting < BLOCK_SAMPLES:
            continue
        joined = np.concatenate(waiting)
        whole = n_waiting - n_waiting % BLOCK_SAMPLES
        yield from joined[:whole].reshape(-1, BLOCK_SAMPLES)
        waiting = [joined[whole:]]
        n_waiting -= whole
    if n_waiting:
        yield np.concatenate(waiting)
