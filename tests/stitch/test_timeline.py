from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stitch.material import passage
from tts.model import SAMPLES_PER_MS, Clip, Mark
from tts.stitch import timeline
from tts.stitch.timeline import Timeline, ms, pause_ms


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (passage("een lange zin, die", index=0), passage(index=1), timeline.WITHIN_CLAUSE),
        (passage("een lange zin,", index=0), passage(index=1), timeline.CLAUSE),
        (passage("Een zin.", index=0), passage(index=1), timeline.SENTENCE),
        (passage("Zei hij dat?”", index=0), passage(index=1), timeline.SENTENCE),
        (passage(block=0), passage(block=1), timeline.PARAGRAPH),
        (passage(block=0), passage(block=1, kind="heading"), timeline.BEFORE_HEADING),
        (passage(block=0, kind="heading"), passage(block=1), timeline.AFTER_HEADING),
        (
            passage("Een kop", block=0, kind="heading"),
            passage(block=0, index=1, kind="heading"),
            timeline.WITHIN_CLAUSE,
        ),
        (passage("Hij zegt.", block=0), passage(block=1, kind="quote"), timeline.TURN),
        (passage("Dat kan niet", block=0, kind="quote"), passage(block=1), timeline.TURN_WITHIN_SENTENCE),
        (passage("Hij zegt:", block=0), passage(block=1, kind="quote"), timeline.TURN_WITHIN_SENTENCE),
        (passage("Ja.", block=0, kind="quote"), passage(block=1, kind="quote"), timeline.TURN),
        (
            passage("De titel.", block=None, kind="opening"),
            passage(block=None, kind="opening"),
            timeline.OPENING_LINE,
        ),
        (passage(block=None, kind="opening"), passage(block=0), timeline.AFTER_OPENING),
        (passage(block=3), passage(block=None, kind="announcement"), timeline.BEFORE_ANNOUNCEMENT),
        (passage(block=None, kind="announcement"), passage(block=4, kind="quote"), timeline.AFTER_ANNOUNCEMENT),
        (passage(block=3), passage(block=4, kind="notice"), timeline.AROUND_NOTICE),
        (passage(block=4, kind="notice"), passage(block=5), timeline.AROUND_NOTICE),
    ],
)
def test_the_pause_fits_both_neighbours(before: object, after: object, expected: int) -> None:
    assert pause_ms(before, after) == expected  # type: ignore[arg-type]  # parametrize forgets the types


def test_a_longer_break_in_the_text_is_a_longer_pause() -> None:
    breaks = [timeline.WITHIN_CLAUSE, timeline.CLAUSE, timeline.SENTENCE, timeline.PARAGRAPH, timeline.BEFORE_HEADING]
    assert breaks == sorted(set(breaks))


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=20))
def test_cues_lie_end_to_end_to_the_sample(lengths: list[int]) -> None:
    line = Timeline()
    expected_end = 0
    for k, n in enumerate(lengths):
        silence_ms = line.lay(passage(block=k), Clip(np.zeros(n, np.int16), (Mark(n // 2, 0, 3),)))
        cue = line.cues[-1]
        assert cue.start == expected_end + silence_ms * SAMPLES_PER_MS
        assert cue.n_samples == n
        assert cue.marks == (Mark(cue.start + n // 2, 0, 3),)
        expected_end = cue.end
    assert line.close() == timeline.END
    assert line.n_samples == expected_end + timeline.END * SAMPLES_PER_MS
    assert line.cues[0].start == timeline.START * SAMPLES_PER_MS


def test_a_sample_belongs_to_the_millisecond_it_lies_in() -> None:
    assert [ms(0), ms(23), ms(24), ms(47)] == [0, 0, 1, 1]
