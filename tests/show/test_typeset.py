from __future__ import annotations

import dataclasses
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.show.spoken import BLOCKS, episode_of
from tts.model import Block
from tts.show.palette import N_SPEAKERS
from tts.show.typeset import Paragraph, Setting, typeset


def _set(*blocks: Block) -> Setting:
    return typeset(episode_of(blocks))


def _texts(setting: Setting) -> list[str]:
    return [_text(paragraph) for paragraph in setting.paragraphs]


def _text(paragraph: Paragraph) -> str:
    return " ".join(span.text for span in paragraph.spans)


def _quote(text: str, speaker: str | None = "Anna Bos", role: str | None = None, *, pull: bool = False) -> Block:
    return Block("quote", text, speaker, role, pull=pull, confidence=0.9)


def test_an_article_reads_as_it_was_written() -> None:
    assert _texts(typeset(episode_of())) == [
        "In Loenerdam gaat de brug niet meer open. Dat scheelt € 12.350,75 per jaar.",
        "“Het is een besluit van niks”, zegt Anna Bos.",
        "Ze vaart er al veertig jaar.",
        "Wachten op hoog water",
        "Wethouder Karim Aziz ziet het anders.",
        "Hij zegt: “Er komen vier boten per jaar. Wat wilt u?”",
        "“Er komen vier boten per jaar.”",
        "Bos zwijgt even.",
        "“Vier”, herhaalt ze. “Vorige week waren het er zes.”",
        "“Een brug die dicht blijft is een dam.”",
        "Aan de kade ligt haar schip te wachten. De motor draait, en het regent. Straks is het hoog water.",
    ]


def test_a_speaker_is_named_where_another_one_begins() -> None:
    quotes = [paragraph for paragraph in typeset(episode_of()).paragraphs if paragraph.kind == "quote"]
    assert [(quote.speaker.name, quote.speaker.role, quote.labelled) for quote in quotes] == [
        ("Anna Bos", "schipper", True),
        ("Karim Aziz", "wethouder", True),
        ("Anna Bos", "schipper", True),
    ]


def test_a_question_mark_takes_no_comma_after_it() -> None:
    setting = _set(_quote("Wat wilt u?"), Block("narration", "vraagt ze."))
    assert _texts(setting) == ["“Wat wilt u?” vraagt ze."]


def test_words_quoted_within_a_sentence_stay_in_it() -> None:
    setting = _set(
        Block("narration", "Ze is kwaad. Ze noemt het"),
        _quote("een besluit van niks"),
        Block("narration", "en loopt weg."),
    )
    assert _texts(setting) == ["Ze is kwaad.", "Ze noemt het “een besluit van niks” en loopt weg."]


def test_in_an_interview_the_name_stands_once() -> None:
    setting = _set(
        Block("narration", "Anna:"), _quote("Ja."), Block("narration", "Karim:"), _quote("Nee.", "Karim Aziz")
    )
    assert _texts(setting) == ["Anna: “Ja.”", "Karim: “Nee.”"]
    assert not any(paragraph.labelled for paragraph in setting.paragraphs)


def test_two_answers_in_a_row_are_two_paragraphs() -> None:
    assert _texts(_set(_quote("Ja."), _quote("En nee."))) == ["“Ja.”", "“En nee.”"]


def test_an_introduction_without_a_quote_after_it_stays_text() -> None:
    setting = _set(Block("narration", "Dit is er nodig:"), Block("narration", "geld"))
    assert _texts(setting) == ["Dit is er nodig:", "geld"]


def test_a_pull_quote_that_is_left_out_is_shown_without_a_moment() -> None:
    repeated, heard = [paragraph for paragraph in typeset(episode_of()).paragraphs if paragraph.kind == "pull"]
    assert [span.start_ms for span in repeated.spans] == [None]
    assert [span.text for span in repeated.caption] == ["Karim Aziz, wethouder"]
    assert all(span.start_ms for span in (*heard.spans, *heard.caption))
    assert [span.text for span in heard.caption] == ["Anna Bos, schipper"]


def test_who_is_not_named_is_described_and_who_is_in_doubt_is_neither() -> None:
    setting = _set(
        _quote("Ik weet niets.", None, "een buurman"),
        Block("quote", "Ik ook niet.", "Karim Aziz", "wethouder", confidence=0.2),
    )
    assert [speaker.name for speaker in setting.speakers] == ["Verteller", "Een buurman", "Citaat"]
    assert [paragraph.labelled for paragraph in setting.paragraphs] == [True, False]


def test_the_opening_is_the_title_and_what_is_said_after_it() -> None:
    opening = typeset(episode_of()).opening
    assert [" ".join(span.text for span in line) for line in opening] == [
        "De brug blijft dicht",
        "Door Noor Bakker, 3 mei 2026",
        "Dit artikel wordt voorgelezen door een computerstem.",
    ]


def test_stretches_fill_the_episode_and_change_with_the_speaker() -> None:
    episode = episode_of()
    stretches = typeset(episode).stretches
    assert stretches[0][0] == 0
    assert all(start + width == after for (start, width, _), (after, _, _) in pairwise(stretches))
    assert sum(width for _, width, _ in stretches) == episode.n_samples // 24
    names = [speaker.name for _, _, speaker in stretches]
    assert names[:4] == ["Verteller", "Anna Bos", "Verteller", "Karim Aziz"]


def test_more_speakers_than_colours_begin_again() -> None:
    setting = _set(*(_quote("Ja.", f"Spreker {number}") for number in range(N_SPEAKERS + 1)))
    assert [speaker.colour for speaker in setting.speakers] == [0, *range(1, N_SPEAKERS + 1), 1]


def test_an_episode_without_sound_still_has_its_text() -> None:
    silent = dataclasses.replace(episode_of(), cues=(), n_samples=0)
    setting = typeset(silent)
    assert " ".join(_texts(setting)).startswith("In Loenerdam gaat de brug niet meer open. Dat scheelt")
    assert setting.opening == ()
    assert all(span.start_ms is None for paragraph in setting.paragraphs for span in paragraph.spans)


_TEXT = st.lists(
    st.sampled_from(["De brug", "zegt ze.", "Waarom?", "hij zegt:", "Nooit", "en dan", "Klaar."]),
    min_size=1,
    max_size=4,
)
_BLOCK = st.builds(
    Block,
    st.sampled_from(["narration", "quote", "heading", "notice"]),
    _TEXT.map(" ".join),
    st.sampled_from([None, "Anna Bos", "Karim Aziz"]),
    st.sampled_from([None, "schipper"]),
    confidence=st.sampled_from([0.2, 0.9]),
)


@given(st.lists(st.one_of(_BLOCK, st.sampled_from(BLOCKS)), max_size=8))
def test_no_word_is_lost_and_order_stays(blocks: list[Block]) -> None:
    setting = typeset(episode_of(blocks))
    marks = str.maketrans("", "", "“”,")
    shown = " ".join(" ".join(_texts(setting)).translate(marks).split())
    assert shown == " ".join(" ".join(block.text for block in blocks).translate(marks).split())
    moments = [
        span.start_ms for paragraph in setting.paragraphs for span in paragraph.spans if span.start_ms is not None
    ]
    assert moments == sorted(moments)
