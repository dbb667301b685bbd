from __future__ import annotations

import pytest

from tests.corpus.spoken_scoring import floor, rewritten, scores, sentences, untouched, wrong
from tts.speak.dutch import to_spoken

SCORES = scores(rewritten)
NEEDS_NOTHING = [sentence.written for sentence in sentences() if sentence.spoken == (sentence.written,)]


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert SCORES["overall"].n_sentences >= 1_500
    assert len(NEEDS_NOTHING) >= 150
    assert all(score.n_sentences >= 20 for score in SCORES.values())


def test_no_sentence_stands_in_it_twice() -> None:
    written = [sentence.written for sentence in sentences()]
    assert len(written) == len(set(written))


def test_every_sentence_is_one_line_with_a_spoken_form() -> None:
    for sentence in sentences():
        assert sentence.written.strip() == sentence.written != ""
        assert all(spoken.strip() == spoken != "" for spoken in sentence.spoken)
        assert len(set(sentence.spoken)) == len(sentence.spoken)
        assert not any(character.isdigit() for character in sentence.spoken[0])


@pytest.mark.parametrize("kind", SCORES)
def test_no_kind_falls_below_its_floor(kind: str) -> None:
    missed = [
        f"{sentence.written} -> {text}" for sentence, text in wrong(rewritten) if kind in {sentence.kind, "overall"}
    ]
    assert SCORES[kind].percentage >= floor()[kind], missed


@pytest.mark.parametrize("text", NEEDS_NOTHING)
def test_what_needs_nothing_is_left_alone(text: str) -> None:
    assert to_spoken(text).rewrites == ()


def test_the_score_tells_right_from_wrong() -> None:
    assert scores(untouched)["nothing"].percentage > 99
    assert scores(untouched)["money"].percentage == 0
