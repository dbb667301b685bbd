from __future__ import annotations

from importlib.resources import files
from itertools import combinations

import pytest

from tts.speak.dutch.data import table, words
from tts.speak.dutch.measures import unit_words

TABLES = sorted(
    path.name.removesuffix(".toml") for path in files("tts.speak.dutch").iterdir() if path.name.endswith(".toml")
)

LISTS = [
    (name, key) for name in TABLES for key, entry in table(name).items() if isinstance(entry, list) and key != "months"
]
GROUPS = ("title", "number", "inline", "final")


@pytest.mark.parametrize("name", TABLES)
def test_every_spoken_form_is_words(name: str) -> None:
    for entry, spoken in table(name).items():
        if isinstance(spoken, dict):
            said = [form for form in spoken.values() if isinstance(form, str)]
            assert not any(character.isdigit() for form in said for character in form), entry


@pytest.mark.parametrize(
    ("name", "key"),
    LISTS,
)
def test_no_word_stands_in_a_list_twice(name: str, key: str) -> None:
    assert len(table(name)[key]) == len(words(name, key))


def test_an_abbreviation_belongs_to_one_group() -> None:
    groups = {group: set(table("abbreviations")[group]) for group in GROUPS}
    for one, other in combinations(groups, 2):
        assert groups[one] & groups[other] <= {"jr"}, (one, other)


def test_an_abbreviation_is_kept_without_its_last_stop() -> None:
    assert [
        key
        for group in ("title", "number", "inline", "final")
        for key in table("abbreviations")[group]
        if key.endswith(".")
    ] == []


def test_an_acronym_is_said_in_one_way() -> None:
    assert words("acronyms", "words").isdisjoint(words("acronyms", "letters"))


def test_every_unit_that_stands_alone_is_known() -> None:
    assert [unit for unit in words("units", "alone") if unit_words(unit) is None] == []


def test_units_may_be_put_together() -> None:
    assert unit_words("mg/l") == "milligram per liter"
    assert unit_words("mg/onzin") is None
