"""The sets of sentences, and the figures about what was heard of them."""

from __future__ import annotations

import pytest

from tests.listening.scoring import Count, Errors, Heard, rate, rise, row, row_beside, sentences, worst

TRAIN, TRAIN_NOT = sentences("train"), sentences("dev") + sentences("test")


def _heard(text: str, *wrong_words: int) -> list[Heard]:
    """A sentence of ten words and fifty characters for each of the counts, a second of sound a word."""
    return [
        Heard(text, text, Errors(Count(wrong, 10), Count(0, 10), Count(2 * wrong, 50)), 10.0, 0.5)
        for wrong in wrong_words
    ]


def test_the_sets_share_no_sentence_and_are_as_long_as_they_should_be() -> None:
    dev, test = sentences("dev"), sentences("test")
    assert not set(dev) & set(test)
    assert len(set(dev)) == len(dev)
    assert len(set(test)) == len(test)
    assert sum(len(line.split()) for line in test) >= 1200
    assert all(8 <= len(line.split()) <= 20 for line in dev + test)
    assert not any(sign.isdigit() for line in dev + test for sign in line)


def test_what_is_fitted_by_says_nothing_that_the_others_say() -> None:
    train, others = ({words for line in lines for words in _fours(line)} for lines in (TRAIN, TRAIN_NOT))
    assert len(set(TRAIN)) == len(TRAIN) > 150
    assert not train & others
    assert all(5 <= len(line.split()) <= 14 for line in TRAIN)


def _fours(line: str) -> list[tuple[str, ...]]:
    words = [word.strip(".,?") for word in line.lower().split()]
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def test_a_rate_is_of_all_words_and_lies_in_its_interval() -> None:
    found = rate([Count(1, 10), Count(5, 10), Count(0, 30), Count(3, 10)])
    assert found.value == pytest.approx(15.0)
    assert found.low < 15.0 < found.high


def test_an_interval_shrinks_with_the_root_of_the_sentences() -> None:
    few = rate([Count(0, 10), Count(4, 10)] * 10)
    many = rate([Count(0, 10), Count(4, 10)] * 1000)
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(10, rel=0.2)


def test_pairs_leave_out_that_some_sentences_are_hard() -> None:
    base = [Count(wrong, 10) for wrong in range(10)]
    better = [Count(max(0, count.n_wrong - 1), 10) for count in base]
    found = rise(base, better)
    assert found.value == pytest.approx(-9.0)
    assert -10.5 < found.low < found.high < -5.0
    assert rate(base).high > rate(better).low  # apart, the two voices could not be told from each other


def test_what_says_nothing_has_no_rate() -> None:
    with pytest.raises(ValueError, match="without a word"):
        rate([Count(0, 0)])
    with pytest.raises(ValueError, match="without a word"):
        rate([])


def test_voices_are_compared_on_the_same_sentences_only() -> None:
    with pytest.raises(ValueError, match="longer"):
        rise([Count(0, 10)], [Count(0, 10), Count(0, 10)])


def test_a_line_of_the_table() -> None:
    assert row("espeak:nl", _heard("x", 4, 4)).split() == [
        *("espeak:nl", "60"),
        *("40.0", "[40.0,", "40.0]"),
        *("16.0", "[16.0,", "16.0]"),
        *("0.0", "0.05"),
    ]
    line = row_beside("a - b", _heard("x", 4, 4), _heard("x", 1, 1))
    assert line.split() == ["a", "-", "b", "-30.0", "[-30.0,", "-30.0]", "-12.0", "[-12.0,", "-12.0]"]


def test_the_worst_come_first() -> None:
    heard = [*_heard("a bit", 1), *_heard("all", 9), *_heard("half", 5)]
    assert [one.text for one in worst(heard, 2)] == ["all", "half"]
