from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.speak.dutch import to_spoken
from tts.speak.passages import PACKED_BELOW_CHARS, Cut, cut

ARTICLE = Path(__file__).parents[2].parent / "shared" / "articles" / "staatsbezoek.txt"
GOOGLE_CHARS = 100
ESPEAK_CHARS = 400

WRITTEN = (
    "De het wethouder Jansen dr. van der Meij – J.P. zei, dat; hij 1.250,50 euro € 5 mln op 24 februari 2022 kreeg."
    " Heeft gezegd: en maar NAVO ICC ‘’Nee’’, (3-1) Amsterdam ’s avonds bezig. … ! 12 km/u Ja."
)
PROSE = st.lists(st.sampled_from(WRITTEN.split()), max_size=60).map(" ".join)


def texts(cuts: tuple[Cut, ...]) -> list[str]:
    return [piece.text for piece in cuts]


def said(text: str, limit: int) -> list[str]:
    return texts(cut(to_spoken(text), limit))


def folded(text: str) -> str:
    return " ".join(text.split())


@given(PROSE, st.integers(min_value=40, max_value=500))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, limit: int) -> None:
    spoken = to_spoken(text)
    cuts = cut(spoken, limit)
    if not any(character.isalnum() for character in spoken.text):
        assert cuts == ()
        return
    assert all(len(piece.text) <= limit for piece in cuts)
    assert all(any(character.isalnum() for character in piece.text) for piece in cuts)
    assert " ".join(texts(cuts)) == folded(spoken.text)
    assert " ".join(piece.source for piece in cuts if piece.source) == folded(text)


@given(st.text() | PROSE, st.integers(min_value=1, max_value=60))
def test_any_text_fits_any_voice(text: str, limit: int) -> None:
    spoken = to_spoken(text)
    cuts = cut(spoken, limit)
    sounding = [character for character in spoken.text if character.isalnum()]
    assert [character for piece in cuts for character in piece.text if character.isalnum()] == sounding
    assert all(0 < len(piece.text) <= limit for piece in cuts)
    assert all(any(character.isalnum() for character in piece.text) for piece in cuts)
    if sounding:
        assert " ".join(piece.source for piece in cuts if piece.source) == folded(text)
    assert cuts == cut(spoken, limit)


def test_a_voice_takes_at_least_one_character() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        cut(to_spoken("Dag."), 0)


def test_punctuation_alone_is_no_passage() -> None:
    assert cut(to_spoken(" … – !"), 100) == ()
    assert cut(to_spoken("– Zo is het –"), 100) == (Cut("– Zo is het –", "– Zo is het –"),)


def test_a_voice_that_takes_sentences_gets_one_a_passage() -> None:
    text = (
        "De brug over de Zwarte Vaart gaat maandag weer open. Dat zegt wethouder Postma. Ja. Het werk duurde een jaar."
    )
    assert said(text, ESPEAK_CHARS) == [
        "De brug over de Zwarte Vaart gaat maandag weer open.",
        "Dat zegt wethouder Postma. Ja.",
        "Het werk duurde een jaar.",
    ]


def test_a_row_of_short_sentences_does_not_grow_into_one_passage() -> None:
    passages = said("Kom mee, zei ze. " * 12, ESPEAK_CHARS)
    assert len(passages) == 6


def test_a_letter_that_closes_a_sentence_is_no_initial() -> None:
    text = "De raad van het dorp koos na een lange avond voor plan B. De wethouder had op plan C gehoopt."
    assert len(said(text, ESPEAK_CHARS)) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Volgens prof. Van Zuilen en mr. dr. J.P. de Bruin is het water sinds 24 feb. 2022 weer schoon.",
        "De kwekerij, bijv. in Aalsmeer, leverde ca. 3.000 bloemen per dag aan o.a. Duitsland en Polen.",
        "Zij werd op de 3. plaats gezet, wat nr. 4 uit Leiden verbaasde en de jury niet, zo bleek later.",
        "‘Waarom dan?’ vroeg de burgemeester van Urk aan de mensen die voor het gemeentehuis stonden.",
        "Het feest begon om 14.30 uur en kostte € 1.250,50 per persoon voor wie erbij wilde zijn die dag.",
    ],
)
def test_a_full_stop_that_closes_no_sentence_ends_no_passage(sentence: str) -> None:
    assert len(said(sentence, ESPEAK_CHARS)) == 1


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (
            (
                "De wethouder wilde het plan voor de nieuwe haven eerst niet verdedigen, maar na een lange nacht van"
                " overleg met de bewoners veranderde zij van mening."
            ),
            ["De wethouder wilde het plan voor de nieuwe haven eerst niet verdedigen,"],
        ),
        (
            (
                "In het oude pakhuis aan de kade vonden de onderzoekers een kist met brieven die de dochter van"
                " kapitein Willem van der Meij nooit heeft verstuurd naar haar moeder."
            ),
            ["In het oude pakhuis aan de kade vonden de onderzoekers een kist met brieven"],
        ),
    ],
)
def test_a_long_sentence_is_cut_where_a_reader_breathes(text: str, ends: list[str]) -> None:
    assert said(text, GOOGLE_CHARS)[: len(ends)] == ends


@pytest.mark.parametrize(
    "kept",
    [
        "Klaas van der Meij",
        "j p Balkenende",
        "duizend kilometer",
        "te zullen leveren",
        "doctor Jansen",
        "heeft gezegd",
        "vijf miljoen mensen",
    ],
)
@pytest.mark.parametrize("lead", range(60, 100, 3))
def test_what_belongs_together_stays_together(kept: str, lead: int) -> None:
    written = {
        "j p Balkenende": "J.P. Balkenende",
        "duizend kilometer": "1000 km",
        "doctor Jansen": "dr. Jansen",
        "vijf miljoen mensen": "5 miljoen mensen",
    }
    before = ("het oude huis aan de rand van het bos " * 3)[:lead].rsplit(" ", 1)[0]
    passages = said(f"{before} {written.get(kept, kept)} bij de molen in de stad achter de dijk.", GOOGLE_CHARS)
    assert any(kept in passage for passage in passages)


def test_a_rewrite_stays_whole_where_it_fits() -> None:
    cuts = cut(to_spoken("Het bedrag van € 1.250,50 is betaald."), 50)
    assert any("twaalfhonderdvijftig euro en vijftig cent" in piece.text for piece in cuts)


def test_a_rewrite_that_is_too_long_gives_its_source_once() -> None:
    cuts = cut(to_spoken("123.456.789.123"), 40)
    assert [piece.source for piece in cuts] == ["123.456.789.123", *[""] * (len(cuts) - 1)]
    assert " ".join(texts(cuts)) == to_spoken("123.456.789.123").text


def test_a_word_that_is_too_long_is_cut_inside() -> None:
    assert "".join(said("a" * 250, GOOGLE_CHARS)) == "a" * 250


def test_short_neighbours_share_a_request_where_requests_count() -> None:
    text = "Het regent. De straat is leeg. Niemand komt buiten."
    assert GOOGLE_CHARS < PACKED_BELOW_CHARS
    assert said(text, GOOGLE_CHARS) == [text]


@pytest.mark.skipif(not ARTICLE.exists(), reason="the reference article is not in this checkout")
def test_the_reference_article_takes_few_requests() -> None:
    paragraphs = ARTICLE.read_text(encoding="utf-8").split("\n\n")
    assert sum(len(said(paragraph, GOOGLE_CHARS)) for paragraph in paragraphs) <= 56
