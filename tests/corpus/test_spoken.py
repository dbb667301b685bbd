from __future__ import annotations

import pytest

from tests.corpus import floors
from tests.corpus.baselines import num2words_pass, untouched
from tests.corpus.spoken_scoring import heldout_sentences, rewritten, scores, sentences, wrong
from tts.speak.dutch import to_spoken

CORPUS = sentences()
SCORES = scores(CORPUS, rewritten)
FLOOR = floors.stored(floors.SPOKEN)
NEEDS_NOTHING = [sentence.written for sentence in CORPUS if sentence.spoken == (sentence.written,)]


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert SCORES["overall"].n_sentences >= 1_500
    assert len(NEEDS_NOTHING) >= 150
    assert all(score.n_sentences >= 20 for score in SCORES.values())


def test_no_sentence_stands_in_it_twice() -> None:
    written = [sentence.written for sentence in (*CORPUS, *heldout_sentences())]
    assert len(written) == len(set(written))


def test_every_sentence_is_one_line_with_a_spoken_form() -> None:
    for sentence in (*CORPUS, *heldout_sentences()):
        assert sentence.written.strip() == sentence.written != ""
        assert all(spoken.strip() == spoken != "" for spoken in sentence.spoken)
        assert len(set(sentence.spoken)) == len(sentence.spoken)
        assert not any(character.isdigit() for character in sentence.spoken[0])


def test_every_kind_has_a_floor() -> None:
    assert FLOOR.keys() == SCORES.keys()


@pytest.mark.parametrize("kind", FLOOR)
def test_no_kind_falls_below_its_floor(kind: str) -> None:
    missed = [
        f"{sentence.written} -> {text}"
        for sentence, text in wrong(CORPUS, rewritten)
        if kind in {sentence.kind, "overall"}
    ]
    assert SCORES[kind].percentage >= FLOOR[kind], missed


@pytest.mark.parametrize("text", NEEDS_NOTHING)
def test_what_needs_nothing_is_left_alone(text: str) -> None:
    assert to_spoken(text).rewrites == ()


def test_the_score_tells_right_from_wrong() -> None:
    nothing_done = scores(CORPUS, untouched)
    assert nothing_done["nothing"].percentage > 99
    assert nothing_done["money"].percentage == 0


def test_it_is_better_than_a_number_library_on_sentences_it_was_not_made_for() -> None:
    heldout = heldout_sentences()
    ours, theirs = scores(heldout, rewritten), scores(heldout, num2words_pass)
    assert ours["overall"].right > theirs["overall"].right > 0
