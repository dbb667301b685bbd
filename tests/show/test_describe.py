"""Descriptions: never too long, whatever the article and its owner say, and never cut within an escape."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragments_fromstring

from tests.show.material import EPISODE
from tts.model import Show
from tts.show.card import card_of
from tts.show.describe import LIMIT_BYTES, SYNTHETIC, html, plain, shortened

CARD = card_of(EPISODE, Show())
SIGNS = st.text(st.sampled_from("&<>\"' aé🚢"), min_size=1, max_size=40)


@given(SIGNS, st.integers(1, 3000), SIGNS, st.integers(0, 3000), SIGNS, st.integers(0, 400))
def test_whatever_is_said_it_fits(
    lead: str, times: int, said: str, said_times: int, path: str, path_times: int
) -> None:
    card = dataclasses.replace(
        CARD, lead=lead * times, disclosure=said * said_times, source_url=f"https://nieuws.example/{path * path_times}"
    )
    assert len(plain(card).encode()) <= LIMIT_BYTES
    described = html(card)
    assert len(described.encode()) <= LIMIT_BYTES
    paragraphs = fragments_fromstring(described)
    assert {paragraph.tag for paragraph in paragraphs} == {"p"}
    shown = [str(paragraph.xpath("string()")) for paragraph in paragraphs if len(paragraph) == 0]
    assert all(text.removesuffix("…") in f"{card.lead}\n{card.disclosure or SYNTHETIC}" for text in shown)


def test_an_escape_takes_the_room_of_an_escape_and_no_more() -> None:
    described = html(dataclasses.replace(CARD, lead='"ja" ' * 2000))
    assert LIMIT_BYTES - 25 < len(described.encode()) <= LIMIT_BYTES


def test_an_address_full_of_escapes_is_left_out_when_it_leaves_no_room() -> None:
    short, long = (f"https://nieuws.example/?{'a&' * times}" for times in (100, 400))
    assert "Bron: " in html(dataclasses.replace(CARD, source_url=short))
    assert "Bron: " not in html(dataclasses.replace(CARD, source_url=long))


def test_it_is_cut_at_a_space_where_there_is_one() -> None:
    assert shortened("een twee drie", 12) == "een twee…"
    assert shortened("éénwoordzonderspaties", 10) == "éénwo…"
    assert shortened("past", 4) == "past"
