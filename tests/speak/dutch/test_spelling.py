from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.speak.dutch.spelling import LARGEST, cardinal, fraction_digits, number, ordinal, year


@pytest.mark.parametrize(
    ("n", "spelled"),
    [
        (0, "nul"),
        (1, "één"),
        (14, "veertien"),
        (22, "tweeëntwintig"),
        (33, "drieëndertig"),
        (80, "tachtig"),
        (101, "honderdeen"),
        (145, "honderdvijfenveertig"),
        (1000, "duizend"),
        (1001, "duizend een"),
        (1250, "twaalfhonderdvijftig"),
        (2018, "tweeduizend achttien"),
        (21_345, "eenentwintigduizend driehonderdvijfenveertig"),
        (1_000_000, "een miljoen"),
        (2_300_000_001, "twee miljard driehonderd miljoen een"),
        (-7, "min zeven"),
    ],
)
def test_cardinal(n: int, spelled: str) -> None:
    assert cardinal(n) == spelled


@pytest.mark.parametrize(
    ("n", "spelled"),
    [
        (1, "eerste"),
        (3, "derde"),
        (8, "achtste"),
        (12, "twaalfde"),
        (20, "twintigste"),
        (23, "drieëntwintigste"),
        (100, "honderdste"),
        (101, "honderdeerste"),
        (1000, "duizendste"),
        (1_000_000, "miljoenste"),
    ],
)
def test_ordinal(n: int, spelled: str) -> None:
    assert ordinal(n) == spelled


@pytest.mark.parametrize(
    ("n", "spelled"),
    [
        (1066, "duizend zesenzestig"),
        (1568, "vijftienachtenzestig"),
        (1600, "zestienhonderd"),
        (1905, "negentienhonderdvijf"),
        (1984, "negentienvierentachtig"),
        (2000, "tweeduizend"),
        (2023, "tweeduizend drieëntwintig"),
    ],
)
def test_year(n: int, spelled: str) -> None:
    assert year(n) == spelled


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("1,5", "één komma vijf"),
        ("3,14", "drie komma veertien"),
        ("0,05", "nul komma nul vijf"),
        ("2,718", "twee komma zeven één acht"),
        ("1.250.000", "een miljoen tweehonderdvijftigduizend"),
        ("007", "nul nul zeven"),
    ],
)
def test_number(written: str, spelled: str) -> None:
    assert number(written) == spelled


@given(st.integers(min_value=0, max_value=LARGEST - 1))
def test_every_number_has_its_own_spelling(n: int) -> None:
    assert cardinal(n) != cardinal(n + 1)
    assert not any(character.isdigit() for character in cardinal(n))


@given(st.integers(min_value=-(10**40), max_value=10**40))
def test_numbers_of_any_size_are_spelled(n: int) -> None:
    assert cardinal(n).replace(" ", "").isalpha()


@given(st.from_regex(r"[0-9]{1,6}", fullmatch=True))
def test_fraction_digits_are_words(written: str) -> None:
    assert fraction_digits(written).replace(" ", "").isalpha()
