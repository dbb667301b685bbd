"""The corpus scores at or above its floor, which only goes up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.corpus.scoring import Score, articles, gold_of, score, score_source
from tts.model import Block
from tts.read import read_article
from tts.segment import segment

FLOOR = json.loads(Path(__file__).with_name("floor.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def total() -> Score:
    return sum((score_source(source) for source in articles()), Score())


def test_there_are_enough_articles() -> None:
    assert len(articles()) >= FLOOR["articles"]


@pytest.mark.parametrize("name", ["quotes", "headings"])
def test_blocks_found(total: Score, name: str) -> None:
    assert getattr(total, name).f1 >= FLOOR[name]


@pytest.mark.parametrize("name", ["speakers", "pulls", "repeats", "header", "exact"])
def test_shares_right(total: Score, name: str) -> None:
    assert getattr(total, name).value >= FLOOR[name]


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
