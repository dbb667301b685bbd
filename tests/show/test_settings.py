from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.errors import InputError, ShowError
from tts.show.library import Library
from tts.show.settings import _entered, enter_word

if TYPE_CHECKING:
    from pathlib import Path

OWNERS = """\
# mine
title = "Het dorp"   # short

[lexicon]   # names
# Galljamov = "Galjámof"
Lith = "Lit"     # no th

# the end
"""


def test_an_entry_is_added_and_all_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    path.write_text(OWNERS, encoding="utf-8")
    assert enter_word(Library(tmp_path), "Aydın", "Ajdin") is None
    written = path.read_text(encoding="utf-8")
    assert written == OWNERS.replace("# no th\n", '# no th\n"Aydın" = "Ajdin"\n')
    assert Library(tmp_path).settings().lexicon == {"Lith": "Lit", "Aydın": "Ajdin"}


def test_an_entry_is_replaced_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    path.write_text(OWNERS, encoding="utf-8")
    assert enter_word(Library(tmp_path), "Lith", "Liet") == "Lit"
    assert path.read_text(encoding="utf-8") == OWNERS.replace('"Lit"', '"Liet"')


@pytest.mark.parametrize(
    "before",
    ["", 'title = "x"', 'lexicon = {A = "b"}\n', 'lexicon.A = "b"\ntitle = "x"\n', 'title = "x"\r\n[lexicon]\r\n'],
)
def test_any_way_of_writing_the_table_will_do(before: str, tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(before, encoding="utf-8", newline="")
    was = Library(tmp_path).settings()
    enter_word(Library(tmp_path), 'Ötzi’s "maat"', "Utsies maat")
    now = Library(tmp_path).settings()
    assert now.lexicon == {**was.lexicon, 'Ötzi’s "maat"': "Utsies maat"}
    assert now.title == was.title


def test_the_show_is_made_where_there_is_none(tmp_path: Path) -> None:
    enter_word(Library(tmp_path / "new" / "show"), "Lith", "Lit")
    assert Library(tmp_path / "new" / "show").settings().lexicon == {"Lith": "Lit"}


def test_a_comment_about_the_next_table_stays_with_it() -> None:
    written = _entered('[lexicon]\nA = "b"\n\n# about other\n[other]\na = 1\n', "C", "d")
    assert written == '[lexicon]\nA = "b"\nC = "d"\n\n# about other\n[other]\na = 1\n'


@pytest.mark.parametrize("broken", ["lexicon = [", "lexicon = 3\n", "onbekend = 1\n"])
def test_a_broken_file_is_refused_and_left_alone(broken: str, tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(ShowError, match=r"show\.toml"):
        enter_word(Library(tmp_path), "Lith", "Lit")
    assert (tmp_path / "show.toml").read_text(encoding="utf-8") == broken


@pytest.mark.parametrize(("word", "spoken"), [("", "x"), ("Lith", " "), ("--", "x")])
def test_a_word_needs_a_letter(word: str, spoken: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        enter_word(Library(tmp_path), word, spoken)
    assert not (tmp_path / "show.toml").exists()


_WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12).map(lambda text: text + "a")


@given(_WORDS, _WORDS)
def test_any_word_comes_back_as_it_was_given(word: str, spoken: str) -> None:
    import tomllib

    assert tomllib.loads(_entered(OWNERS, word, spoken))["lexicon"][word] == spoken
