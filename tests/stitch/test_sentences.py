from __future__ import annotations

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.stitch.material import passage
from tts.model import Cue, Mark
from tts.stitch.sentences import Sentence, heard

SECOND = 24_000


def test_a_sentence_in_several_passages_is_one() -> None:
    cues = [
        Cue(passage(source="Het schip,"), SECOND, SECOND),
        Cue(passage(source="dat uit 1968 is, vaart.", index=1), 2 * SECOND + 1200, SECOND),
    ]
    assert heard(cues) == (Sentence(0, 0, "narration", None, 1000, 3050, "Het schip, dat uit 1968 is, vaart."),)


def test_two_in_one_passage_are_parted_at_the_word_that_begins_the_second() -> None:
    said = passage("Het is op. Anna lacht.")
    words = (Mark(SECOND, 0, 3), Mark(SECOND + 5000, 4, 6), Mark(SECOND + 9000, 7, 10), Mark(2 * SECOND, 11, 15))
    first, second = heard([Cue(said, SECOND, 2 * SECOND, words)])
    assert (first.text, first.start_ms, first.end_ms) == ("Het is op.", 1000, 2000)
    assert (second.text, second.start_ms, second.end_ms) == ("Anna lacht.", 2000, 3000)


def test_numbers_that_are_longer_when_spoken_do_not_move_the_next_sentence() -> None:
    text = "Het kost twaalfduizend driehonderdvijftig euro en vijfenzeventig cent. Dat is veel."
    words = tuple(Mark(SECOND + 100 * at, at, at + 1) for at, sign in enumerate(f" {text}") if sign == " ")
    first, second = heard([Cue(passage(text, source="Het kost € 12.350,75. Dat is veel."), SECOND, SECOND, words)])
    assert second.start_ms == first.end_ms == (SECOND + 100 * text.index("Dat")) // 24


def test_without_word_times_they_are_parted_by_their_length() -> None:
    first, second = heard([Cue(passage("Aaa bbb cc. Ddd eee ff."), 0, SECOND)])
    assert first.end_ms == second.start_ms
    assert 450 < second.start_ms < 550


def test_a_sentence_may_begin_in_the_middle_of_a_later_passage() -> None:
    cues = [
        Cue(passage(source="Een heel lange zin die"), 0, SECOND),
        Cue(
            passage("verder gaat. Nieuw.", index=1), 2 * SECOND, SECOND, (Mark(2 * SECOND, 0, 6), Mark(66_000, 13, 18))
        ),
    ]
    first, second = heard(cues)
    assert (first.text, first.end_ms) == ("Een heel lange zin die verder gaat.", 2750)
    assert (second.text, second.start_ms) == ("Nieuw.", 2750)


def test_lines_are_told_apart_also_where_they_are_of_no_block() -> None:
    cues = [
        Cue(passage("De brug", block=None, kind="opening"), 0, SECOND),
        Cue(passage("Door Anna Bos", block=None, kind="opening"), 2 * SECOND, SECOND),
        Cue(passage("Anna Bos:", block=None, kind="announcement"), 4 * SECOND, SECOND),
        Cue(passage("Mooi.", block=3, kind="quote", speaker="Anna Bos"), 6 * SECOND, SECOND),
    ]
    assert [(one.line, one.block, one.kind, one.speaker, one.text) for one in heard(cues)] == [
        (0, None, "opening", None, "De brug"),
        (1, None, "opening", None, "Door Anna Bos"),
        (2, None, "announcement", None, "Anna Bos:"),
        (3, 3, "quote", "Anna Bos", "Mooi."),
    ]


def test_no_cues_no_sentences() -> None:
    assert heard([]) == ()


_WORDS = st.lists(st.sampled_from(["Een", "huis", "dr.", "brug.", "Wat?", "„Ja”", "€ 5", "4.000", "zei:", "Nee!"]))
_SOURCES = st.lists(st.lists(_WORDS.map(" ".join), min_size=1, max_size=4), max_size=4)


@given(_SOURCES, st.booleans())
def test_every_word_is_there_once_and_time_never_runs_back(lines: list[list[str]], marked: bool) -> None:
    cues: list[Cue] = []
    for block, sources in enumerate(lines):
        for index, source in enumerate(sources):
            start = SECOND * 2 * len(cues)
            marks = tuple(Mark(start + 100 * at, at, at + 1) for at, sign in enumerate(source) if sign == " ")
            cues.append(
                Cue(passage(source, block=block, index=index, source=source), start, SECOND, marks if marked else ())
            )
    by_line = {number: list(line) for number, line in groupby(heard(cues), key=lambda one: one.line)}
    assert list(by_line) == list(range(len(lines)))
    for number, sources in enumerate(lines):
        line = by_line[number]
        own = [cue for cue in cues if cue.passage.block == number]
        assert " ".join(one.text for one in line) == " ".join(filter(None, sources))
        assert line[0].start_ms == own[0].start // 24
        assert line[-1].end_ms == own[-1].end // 24
        assert all(one.start_ms <= one.end_ms == after.start_ms for one, after in pairwise(line))
