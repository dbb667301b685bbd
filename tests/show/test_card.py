"""The moment under which the feed lists an episode, and what is said about it."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.show.material import EPISODE
from tts.model import Show
from tts.show.card import card_of, published
from tts.show.describe import LIMIT_BYTES, html, plain, shortened

MADE = "2024-05-03T10:00:00+00:00"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2023-03-20", "2023-03-20T11:00:00+00:00"),  # winter time
        ("2023-07-20", "2023-07-20T10:00:00+00:00"),
        ("2023-03", "2023-03-01T11:00:00+00:00"),
        ("2023", "2023-01-01T11:00:00+00:00"),
        ("2024-05-03", MADE),  # noon was still to come
        ("2031-01", MADE),
        (None, MADE),
    ],
)
def test_dates_of_articles_become_moments(date: str | None, moment: str) -> None:
    episode = dataclasses.replace(EPISODE, date=date, published=MADE)
    assert published(episode, Show(dated_by="article")) == moment
    assert published(episode, Show()) == MADE


def test_a_correction_is_told() -> None:
    card = card_of(dataclasses.replace(EPISODE, corrected="2024-06-01T08:00:00+00:00"), Show())
    assert "Gecorrigeerd op 1 juni 2024." in plain(card)
    assert "Gecorrigeerd op 1 juni 2024." in html(card)
    assert "Gecorrigeerd" not in plain(card_of(EPISODE, Show()))


def test_that_a_computer_reads_it_is_written_also_where_it_is_not_spoken() -> None:
    assert EPISODE.disclosure == ""
    assert "computerstem" in plain(card_of(EPISODE, Show()))


@given(
    st.text(alphabet=st.sampled_from("ab <&\"'é€ "), max_size=12_000), st.sampled_from([None, "https://e.nl/?a=1&b=2"])
)
def test_descriptions_fit_and_escape(text: str, url: str | None) -> None:
    card = dataclasses.replace(card_of(EPISODE, Show()), lead=text, source_url=url)
    for said in (plain(card), html(card)):
        assert len(said.encode()) <= LIMIT_BYTES
        assert url is None or url in unescape(said)
    assert set(re.findall(r"<(/?\w*)", html(card))) <= {"p", "/p", "a", "/a"}


@given(st.text(max_size=300), st.integers(10, 100))
def test_shortened_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short.encode()) <= limit
    assert short == text or text.startswith(short.removesuffix("…"))
