"""The corpus scores at or above its floor, which only goes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.corpus import floors
from tests.corpus.baselines import segment_by_regex
from tests.corpus.scoring import HELDOUT, NEWER, Score, articles, gold_of, score, total_of
from tts.model import Block
from tts.read import read_article
from tts.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

FLOOR = floors.stored(floors.SEGMENTING)


@pytest.fixture(scope="module")
def total() -> Score:
    return total_of(articles())


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return floors.segmenting()


def test_every_measure_has_a_floor(measured: dict[str, float]) -> None:
    assert FLOOR.keys() == measured.keys()


@pytest.mark.parametrize("name", FLOOR)
def test_no_measure_falls_below_its_floor(measured: dict[str, float], name: str) -> None:
    assert measured[name] >= FLOOR[name]


def test_no_word_is_lost_or_doubled(total: Score) -> None:
    assert (total.lost, total.doubled) == (0, 0)


def test_the_reference_article_is_exactly_its_gold(reference: Path) -> None:
    made = [block for block in segment(read_article(str(reference))) if block.kind != "notice"]
    gold = gold_of(reference)
    names = ("kind", "text", "speaker", "role", "pull", "repeats")
    assert [{name: getattr(block, name) for name in names} for block in made] == gold["blocks"]


def test_a_wrong_speaker_and_a_missing_quote_cost_points() -> None:
    source = next(path for path in articles() if gold_of(path)["blocks"])
    gold = gold_of(source)
    article = read_article(str(source))
    perfect = [
        Block(**{k: e[k] for k in ("kind", "text", "speaker", "role", "pull", "repeats")}) for e in gold["blocks"]
    ]
    assert score(article, perfect, gold).exact.value == 1
    assert score(article, perfect[1:], gold).lost > 0
    assert score(article, [*perfect, perfect[0]], gold).doubled > 0


def test_it_is_better_than_one_regular_expression_on_articles_it_was_not_made_for() -> None:
    heldout = [*articles(HELDOUT), *articles(NEWER)]
    ours, theirs = total_of(heldout), total_of(heldout, segment_by_regex)
    assert ours.quotes.f1 > theirs.quotes.f1 > 0
    assert ours.speakers.value > theirs.speakers.value > 0
