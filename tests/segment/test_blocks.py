"""What the blocks promise for every article, and what each kind of paragraph becomes."""

from __future__ import annotations

import gc
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.segment.articles import article, quotes, speakers
from tts.model import Block, Paragraph
from tts.segment import segment

_WORD = re.compile(r"[^\W_]+")
WORDS = "Noor Bakker|Bakker|wethouder|zegt|aldus|volgens|ze|hij|de|Quote|een|dat|is|J.|van|’s|zo’n"
MARKS = "‘|’|‘’|’’|,,|''|“|”|„|«|»|\"|'|.|,|:|?|!|…|–|(|)| "
PIECES = st.sampled_from(f"{WORDS}|{MARKS}".split("|"))
TEXT = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)
KINDS = st.sampled_from(["text", "heading", "blockquote", "item", "left_out"])
PARAGRAPHS = st.lists(st.builds(Paragraph, KINDS, TEXT, st.none(), st.booleans(), st.booleans()), max_size=8)


@given(PARAGRAPHS)
@settings(deadline=None)
def test_no_word_is_lost_or_doubled(paragraphs: list[Paragraph]) -> None:
    ours = [p for p in paragraphs if not p.text.lstrip().startswith("Quote")]
    blocks = segment(article(*ours))
    assert [w for b in blocks for w in _WORD.findall(b.text)] == [w for p in ours for w in _WORD.findall(p.text)]


@given(PARAGRAPHS)
@settings(deadline=None)
def test_the_same_article_gives_the_same_blocks(paragraphs: list[Paragraph]) -> None:
    blocks = segment(article(*paragraphs))
    assert blocks == segment(article(*paragraphs))
    assert all(0 <= block.confidence <= 1 for block in blocks)
    assert all(block.kind == "quote" or (block.confidence == 1 and block.speaker is None) for block in blocks)


UNITS = "\"|“|'|’|’’ |« |,,a|A |a|A|.|. |1.|J. |van |zegt |Jan Bakker |Quote Ik. Jan |de man |(|zegt: “Ik ga.” "


@pytest.mark.parametrize("unit", [*UNITS.split("|"), "“Ik ga nu weg”, zegt Jan Bakker. ", "\n"])
def test_time_grows_with_the_length(unit: str) -> None:
    def seconds(n_chars: int) -> float:
        subject = article((unit * (n_chars // len(unit) + 1))[:n_chars])
        times = []
        for _ in range(3):
            start = time.process_time()
            segment(subject)
            times.append(time.process_time() - start)
        return min(times)

    # Sixteen times the text: linear is 16, quadratic 256. The floor keeps the clock's grain out of it.
    assert seconds(100_000) < 64 * max(seconds(6_250), 0.004)


def test_nothing_of_an_article_is_kept_for_the_next() -> None:
    """A worker of a batch makes thousands."""

    def n_objects(number: int) -> int:
        said = f"Zij zag boot {number} gaan. ‘Hij vaart alweer’, zegt Anna Smit. "
        segment(article(*(f"{said * 3}Dat was dag {number}-{i}." for i in range(20))))
        gc.collect()
        return len(gc.get_objects())

    before = max(n_objects(number) for number in range(3))
    assert n_objects(3) - before < 100


def test_a_cross_head_is_a_short_line_without_final_punctuation() -> None:
    kinds = [
        block.kind
        for block in segment(
            article(
                "De brug gaat dicht, zegt de gemeente.",
                "Twee jaar werk",
                "De aannemer begint in mei.",
                "Wie betaalt dat?",
                "Niemand weet het.",
                "‘We gaan door’",
                "Dat is het motto.",
                "Foto’s van de brug hangen in de hal",
                "Let op:",
                "Dit is het einde",
            )
        )
    ]
    assert kinds == [*["narration", "heading"] * 4, "narration", "narration"]


def test_punctuation_that_joins_falls_away() -> None:
    blocks = segment(article("‘’Want er moet iets gebeuren vandaag’’, zegt Noor Bakker. ‘’We wachten al te lang.’’"))
    assert [block.text for block in blocks] == [
        "Want er moet iets gebeuren vandaag",
        "zegt Noor Bakker.",
        "We wachten al te lang.",
    ]


def test_what_is_left_out_is_a_notice() -> None:
    assert segment(article(Paragraph("left_out", "Hier staat een tabel."))) == (
        Block("notice", "Hier staat een tabel."),
    )


def test_a_blockquote_after_a_colon_is_a_quote() -> None:
    found = quotes("Wethouder Noor Bakker schreef:", Paragraph("blockquote", "Ik treed per direct af."))
    assert [(q.text, q.speaker, q.pull) for q in found] == [("Ik treed per direct af.", "Noor Bakker", False)]


def test_a_blockquote_with_a_credit_is_a_pull_quote() -> None:
    found = quotes(
        "Er is nieuws.", Paragraph("blockquote", "Ik treed af.", "Noor Bakker, wethouder"), "Dat was het nieuws."
    )
    assert [(q.text, q.speaker, q.role, q.pull) for q in found] == [("Ik treed af.", "Noor Bakker", "wethouder", True)]


def test_a_long_aside_is_a_box() -> None:
    box = Paragraph("aside", "De brug werd gebouwd in 1932. " * 15)
    assert [block.kind for block in segment(article("Er is nieuws.", box))] == ["narration", "narration"]


QUESTIONS = ("Waarom stopt u ermee?", "Wat gaat u nu doen?")
ANSWERS = ("Omdat ik moe ben. Ik wil slapen.", "Ik ga eerst op reis.")
INTRODUCTION = "Bakker Noor de Graaf sluit haar zaak na veertig jaar."


@pytest.mark.parametrize("asked", ["{}", "“{}”", "Vraag: {}"])
@pytest.mark.parametrize("answered", ["{}", "‘{}’", "Antwoord: {}"])
def test_an_interview(asked: str, answered: str) -> None:
    paragraphs = [
        Paragraph("text", form.format(text))
        for pair in zip(QUESTIONS, ANSWERS, strict=True)
        for form, text in zip((asked, answered), pair, strict=True)
    ]
    blocks = segment(article(INTRODUCTION, *paragraphs))
    assert [(b.text, b.speaker) for b in blocks if b.kind == "quote"] == [(text, "Noor de Graaf") for text in ANSWERS]
    assert [b.text for b in blocks if b.kind == "narration" and "?" in b.text] == [asked.format(q) for q in QUESTIONS]


def test_bold_questions() -> None:
    found = speakers(
        INTRODUCTION,
        Paragraph("text", "U stopt dus echt.", strong=True),
        "Ja. Ik ben moe.",
        Paragraph("text", "En dan?", strong=True),
        "Dan ga ik slapen, denk ik.",
    )
    assert found == ["Noor de Graaf"] * 2


def test_questions_over_narration_are_headings() -> None:
    blocks = segment(
        article("De brug gaat dicht.", "Hoe lang duurt het?", "Twee jaar.", "Wie betaalt het?", "De provincie.")
    )
    assert [b.kind for b in blocks] == ["narration", "heading", "narration", "heading", "narration"]


def test_a_column_that_asks_itself_is_no_interview() -> None:
    blocks = segment(
        article(
            "Wethouder Noor Bakker sluit de brug. Ik ben er blij mee.",
            "Wat kun je zelf doen?",
            "Ik ben gaan lopen. Mijn buurman ook.",
            "Is dat dan genoeg?",
            "Nee. Ik vind van niet.",
        )
    )
    assert [b.kind for b in blocks] == ["narration", "heading", "narration", "heading", "narration"]


def test_who_marks_headings_marks_them_all() -> None:
    text = "Er wordt elke ochtend geproefd."
    marked = segment(article(text, Paragraph("heading", "De oogst"), text, "Tot zover", text))
    unmarked = segment(article(text, "De oogst", text))
    bold = segment(
        article(text, Paragraph("heading", "De oogst"), text, Paragraph("text", "Oogsten:", strong=True), text)
    )
    assert [b.text for b in marked if b.kind == "heading"] == ["De oogst"]
    assert [b.text for b in unmarked if b.kind == "heading"] == ["De oogst"]
    assert [b.text for b in bold if b.kind == "heading"] == ["De oogst", "Oogsten:"]
