from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tts.stitch.blocks import BLOCK_SAMPLES, in_blocks


@given(st.lists(st.integers(0, 3 * BLOCK_SAMPLES), max_size=8))
def test_the_same_sound_on_a_fixed_grid(lengths: list[int]) -> None:
    sound = np.arange(sum(lengths), dtype=np.float32)
    blocks = list(in_blocks(np.split(sound, np.cumsum(lengths)[:-1]) if lengths else []))
    assert all(len(block) == BLOCK_SAMPLES for block in blocks[:-1])
    assert all(0 < len(block) <= BLOCK_SAMPLES for block in blocks)
    assert np.array_equal(np.concatenate([sound[:0], *blocks]), sound)
