from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.stitch.material import passage
from tts.model import Cue, Passage
from tts.stitch.chapters import MAX_CHAPTERS, Chapter, chapters
from tts.stitch.timeline import ms

SECOND = 24_000


def _cues(*passages: Passage) -> list[Cue]:
    """One every ten seconds, half a second in."""
    return [Cue(said, k * 10 * SECOND + SECOND // 2, 9 * SECOND) for k, said in enumerate(passages)]


def test_beginning_headings_and_people_in_time_order() -> None:
    cues = _cues(
        passage(block=None, kind="opening"),
        passage(block=0),
        passage(block=1, kind="quote", speaker="Noor Bakker"),
        passage(block=2, kind="heading", source="Een kop in"),
        passage(block=2, index=1, kind="heading", source="twee stukken"),
        passage(block=3, kind="quote", speaker="Noor Bakker"),
        passage(block=4, kind="quote", speaker=None),
        passage(block=5, kind="quote", speaker="Sem de Wit"),
    )
    assert chapters(cues, 80 * SECOND, "Titel") == (
        Chapter(0, 20_500, "Titel"),
        Chapter(20_500, 30_500, "Noor Bakker"),
        Chapter(30_500, 70_500, "Een kop in twee stukken"),
        Chapter(70_500, 80_000, "Sem de Wit"),
    )


def test_an_article_that_begins_with_a_heading_has_no_empty_beginning() -> None:
    cues = _cues(passage(block=0, kind="heading", source="Kop"), passage(block=1))
    assert chapters(cues, 20 * SECOND, "Titel") == (Chapter(0, 20_000, "Kop"),)


def test_plain_narration_is_one_chapter() -> None:
    assert chapters(_cues(passage()), 10 * SECOND, "Titel") == (Chapter(0, 10_000, "Titel"),)


def test_two_headings_with_the_same_words_are_two_chapters() -> None:
    cues = _cues(passage(block=0), *(passage(block=k, kind="heading", source="Kop") for k in (1, 2)))
    assert [chapter.title for chapter in chapters(cues, 30 * SECOND, "Titel")] == ["Titel", "Kop", "Kop"]


def test_a_book_has_no_more_chapters_than_id3_can_list() -> None:
    cues = _cues(passage(block=0), *(passage(block=k, kind="heading", source=f"Kop {k}") for k in range(1, 900)))
    listed = chapters(cues, 9000 * SECOND, "Titel")
    assert len(listed) == MAX_CHAPTERS
    assert listed[0].title == "Titel"
    assert max(chapter.end_ms - chapter.start_ms for chapter in listed) <= 41_000


@given(st.lists(st.sampled_from(["heading", "narration", "quote"]), max_size=30), st.integers(1, 5000))
def test_chapters_cover_the_episode_without_gaps(kinds: list[str], odd: int) -> None:
    cues = [
        Cue(
            passage(block=k, kind=kind, speaker=f"Naam {k % 4}" if kind == "quote" else None),  # type: ignore[arg-type]
            500 + k * (SECOND + odd),
            SECOND,
        )
        for k, kind in enumerate(kinds)
    ]
    n_samples = 500 + len(cues) * (SECOND + odd) + odd
    listed = chapters(cues, n_samples, "Titel")
    assert listed[0].start_ms == 0
    assert listed[-1].end_ms == ms(n_samples)
    assert all(one.end_ms == other.start_ms for one, other in pairwise(listed))
    assert all(one.start_ms < one.end_ms for one in listed)
