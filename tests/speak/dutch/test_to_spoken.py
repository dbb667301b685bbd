from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tts.speak.dutch import Spoken, to_spoken

DUTCH = st.text(
    alphabet=st.sampled_from("aeinorstdvgkMBIVXCAN 0123456789.,:;/-–+€%&@#°½²’'‘“\"()!?e \n\u00a0"), max_size=80
)
WRITTEN = (
    "de in 1984 bezoekers NAVO EU Willem III 3-1 5/5 14.30 uur € 1.250,50 t/m ca. dr. J.P. A2 CO2 mr. 10-15 % ’60 -3 °C"
    " km/u 1e jaren info@voorbeeld.nl www.voorbeeld.nl #3 2/3 ½ 020-1234567 +31 6 12345678 ma 4 dec. 1012 AB enz. 65+"
)
WORDS = st.lists(st.sampled_from(WRITTEN.split()), max_size=14).map(" ".join)


def applied(spoken: Spoken) -> str:
    text, at = "", 0
    for rewrite in spoken.rewrites:
        assert at <= rewrite.start < rewrite.end
        assert spoken.source[rewrite.start : rewrite.end] == rewrite.source
        assert rewrite.source != rewrite.spoken
        text += spoken.source[at : rewrite.start] + rewrite.spoken
        at = rewrite.end
    return text + spoken.source[at:]


@given(st.text() | DUTCH | WORDS)
@example("€ 1.250,50 op 5/5 (ICC)")
def test_rewrites_in_the_place_of_their_spans_give_the_text(text: str) -> None:
    spoken = to_spoken(text)
    assert spoken.source == text
    assert applied(spoken) == spoken.text


@given(DUTCH | WORDS)
def test_no_digit_is_left(text: str) -> None:
    assert not any(character in "0123456789" for character in to_spoken(text).text)


@pytest.mark.parametrize(
    "around", ["{}", "€ {},50", "{}-{}", "{}e", "{} km", "{} x {}", "A{}", "{},5 euro", "1.{}", "{}/2", "-{}", "{}%"]
)
def test_a_number_of_any_length_is_spelled(around: str) -> None:
    text = around.format("7" * 5_000, "7" * 5_000)
    assert not any(character.isdigit() for character in to_spoken(text).text)


@given(WORDS)
def test_what_was_spoken_once_needs_no_second_time(text: str) -> None:
    once = to_spoken(text).text
    assert not any(character.isdigit() for character in to_spoken(once).text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,’‘\n\t", max_size=60))
def test_plain_words_stay(text: str) -> None:
    assert {rewrite.source for rewrite in to_spoken(text).rewrites} <= {
        word for word in text.replace(",", " ").replace("’", " ").replace("‘", " ").split() if word
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  De wind   trok\nover het land. ",
        "‘’Het was stil’’, zei ze – “heel stil”. Zo’n dag ’s avonds…",
        "Hij vroeg: „Is dat alles?”",
    ],
)
def test_what_needs_nothing_comes_back_as_it_was(text: str) -> None:
    assert to_spoken(text) == Spoken(text, text, ())


def test_the_lexicon_wins_over_every_rule() -> None:
    lexicon = {"Galjamov": "Galjámof", "ICC": "strafhof", "€ 5": "een vijfje", "podcast": "potkast"}
    spoken = to_spoken("Podcast: Galjamov gaf het ICC € 5, niet Galjamovs ICCs.", lexicon)
    assert spoken.text.startswith("potkast: Galjámof gaf het strafhof een vijfje, niet Galjamovs ")
    assert spoken.rewrites[0].rule == "lexicon"


def test_the_exact_spelling_in_the_lexicon_wins() -> None:
    lexicon = {"Lens": "Lans", "lens": "lèns"}
    assert to_spoken("De lens uit Lens; LENS", lexicon).text == "De lèns uit Lans; Lans"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.",
        "1,",
        ".",
        "A",
        "A.",
        "’",
        "‘",
        "€",
        "1-",
        "-",
        "a/",
        "@",
        "#",
        "1:",
        "X ",
        "IV ",
        " ",
        "+3",
        "0 ",
        "é1",
        "1a",
        "112 ",
        "14 0",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.perf_counter()
        to_spoken(text)
        return time.perf_counter() - start

    seconds(1_000)
    assert seconds(100_000) < 40 * seconds(10_000) + 0.5
