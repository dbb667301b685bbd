"""The script: what is said, in which order, by whom."""

from __future__ import annotations

import dataclasses

import pytest

from tts.model import Article, Block, Part, Show
from tts.speak.script import dutch_date, passages, script

ARTICLE = Article("De dijk", "2024-05-03", "Noor Bakker", "nl", None, "text:1", ())
SAYS = Block("quote", "De dijk moet echt hoger worden.", "Jan de Wit", "dijkgraaf", confidence=0.9)
BLOCKS = (
    Block("narration", "De dijk bij Lith is te laag."),
    Block("heading", "Hoog water"),
    Block("narration", "De dijkgraaf zegt:"),
    SAYS,
)
LIMITS: dict[Part, int] = {"narrator": 100, "quoted": 100}


def test_title_author_date_and_disclosure_come_first() -> None:
    lines = script(ARTICLE, "De dijk", BLOCKS, Show())
    assert [line.text for line in lines[:3]] == [
        "De dijk",
        "Door Noor Bakker, 3 mei 2024",
        "Dit artikel wordt voorgelezen door een computerstem.",
    ]
    assert [line.text for line in lines[3:]] == [block.text for block in BLOCKS]


def test_what_is_not_known_is_not_said() -> None:
    article = dataclasses.replace(ARTICLE, author=None, date=None)
    lines = script(article, "De dijk", BLOCKS, Show(disclosure=""))
    assert [line.kind for line in lines] == ["opening", "narration", "heading", "narration", "quote"]


def test_quotes_are_spoken_by_the_other_voice() -> None:
    lines = script(ARTICLE, "De dijk", BLOCKS, Show())
    assert {line.part for line in lines if line.kind == "quote"} == {"quoted"}
    assert {line.part for line in lines if line.kind != "quote"} == {"narrator"}


def test_a_pull_quote_that_repeats_is_not_said_twice() -> None:
    again = dataclasses.replace(SAYS, pull=True, repeats=True)
    count = [line.text for line in script(ARTICLE, "x", (*BLOCKS, again), Show())].count(SAYS.text)
    assert count == 1
    count = [line.text for line in script(ARTICLE, "x", (*BLOCKS, again), Show(repeated_pulls=True))].count(SAYS.text)
    assert count == 2


@pytest.mark.parametrize(
    ("speaker", "role", "confidence", "said"),
    [
        ("Jan de Wit", "Dijkgraaf", 0.9, "Jan de Wit, dijkgraaf:"),
        ("Jan de Wit", "CDA-raadslid", 0.9, "Jan de Wit, CDA-raadslid:"),
        ("Jan de Wit", None, 0.9, "Jan de Wit:"),
        (None, "een omwonende", 0.9, "een omwonende:"),
        (None, None, 0.9, "Citaat:"),
        ("Jan de Wit", "dijkgraaf", 0.1, "Citaat:"),
    ],
)
def test_a_pull_quote_is_announced(speaker: str | None, role: str | None, confidence: float, said: str) -> None:
    pull = Block("quote", "Het water komt.", speaker, role, pull=True, confidence=confidence)
    announcement, quote = script(ARTICLE, "x", (pull,), Show(disclosure=""))[-2:]
    assert (announcement.kind, announcement.part, announcement.text) == ("announcement", "narrator", said)
    assert quote.text == "Het water komt."


def test_lines_that_end_get_a_full_stop_and_others_do_not() -> None:
    said = {
        passage.source: passage.text for passage in passages(script(ARTICLE, "De dijk", BLOCKS, Show()), LIMITS, {})
    }
    assert said["Hoog water"] == "Hoog water."
    assert said["De dijkgraaf zegt:"] == "De dijkgraaf zegt:"
    before_quote = (Block("narration", "Volgens haar"), SAYS)
    texts = [p.text for p in passages(script(ARTICLE, "De dijk", before_quote, Show()), LIMITS, {})]
    assert "Volgens haar" in texts


def test_every_word_of_every_block_is_in_a_passage_and_none_is_over_the_limit() -> None:
    long = Block(
        "narration", "Het waterschap, dat in 1953 begon, meet elke dag op twaalf plaatsen langs de rivier. " * 9
    )
    cut = passages(script(ARTICLE, "De dijk", (long, SAYS), Show()), LIMITS, {})
    for index, block in enumerate((long, SAYS)):
        assert " ".join(p.source for p in cut if p.block == index) == " ".join(block.text.split())
    assert max(len(p.text) for p in cut) <= 100


def test_the_lexicon_reaches_the_voice() -> None:
    cut = passages(script(ARTICLE, "De dijk", BLOCKS, Show()), LIMITS, {"Lith": "Lit"})
    assert any("bij Lit is" in p.text and "bij Lith is" in p.source for p in cut)


@pytest.mark.parametrize(
    ("iso", "dutch"), [("2023", "2023"), ("2023-03", "maart 2023"), ("2023-03-20", "20 maart 2023")]
)
def test_dates_as_they_are_written(iso: str, dutch: str) -> None:
    assert dutch_date(iso) == dutch
