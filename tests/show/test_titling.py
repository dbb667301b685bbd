from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.show.titling import MAX_LINES, SMALLEST, Setting, drawable, set_title

WIDTH, HEIGHT = 2540, 1680


def _width(text: str) -> float:
    """As if all letters were half as wide as high."""
    return len(text) / 2


def _set(title: str) -> Setting:
    return set_title(title, _width, WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Q", ["Q"]),
        ("De krant", ["De", "krant"]),
        ("Weidevogels", ["Weidevogels"]),
        ("De krant, hardop", ["De krant,", "hardop"]),
        ("Het grote verhaal van deze week", ["Het grote", "verhaal van", "deze week"]),
        ("Vereniging voor Weidevogels in gesprek", ["Vereniging", "voor", "Weidevogels", "in gesprek"]),
        ("Arbeidsongeschiktheidsverzekering", ["Arbeidsonge-", "schiktheids-", "verzekering"]),
        ("Zeventienlettersx", ["Zeventien-", "lettersx"]),
    ],
)
def test_lines_are_broken_where_the_letters_become_largest(title: str, lines: list[str]) -> None:
    assert list(_set(title).lines) == lines


def test_what_does_not_fit_gives_way_to_an_ellipsis() -> None:
    title = "Op zaterdag luister je naar de mooiste lange verhalen, over het leven in de delta en daarbuiten"
    setting = _set(title)
    written = " ".join(setting.lines)
    assert written.endswith("…")
    assert title.startswith(written[:-1])
    assert title[len(written) - 1] in " ,"
    assert setting.size >= SMALLEST


def test_no_letters_are_no_lines() -> None:
    assert _set("") == Setting((), 0.0)


_TITLES = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéïœ   -'"), max_size=400)


@given(_TITLES | st.text(st.characters(exclude_categories=["C"], exclude_characters="\xad"), max_size=200))
def test_every_line_fits_and_no_word_is_lost_before_the_ellipsis(title: str) -> None:
    setting = _set(title)
    assert len(setting.lines) <= MAX_LINES
    assert bool(setting.lines) == bool(title.split())
    for line in setting.lines:
        assert _width(line) * setting.size <= WIDTH + 1e-6
    assert len(setting.lines) * setting.line_height <= HEIGHT + 1e-6
    assert not setting.lines or setting.size >= SMALLEST
    letters = "".join("".join(setting.lines).split()).removesuffix("…").replace("-", "")
    assert "".join(title.split()).replace("-", "").startswith(letters)


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Één  café\n", "Één café"),
        ("E\u0301e\u0301n", "Één"),
        ("Ĉirkaŭ", "Cirkau"),
        ("Nieuws 🎧 vandaag", "Nieuws vandaag"),
        ("Новости", ""),
        ("Новости NRC", ""),
        ("½ ﬁets", "1⁄2 fiets"),
        ("a\u200bb\x07c", "abc"),
    ],
)
def test_signs_that_the_font_lacks_lose_their_accents_or_go(title: str, left: str) -> None:
    assert drawable(title, lambda sign: sign in "Éécafniuwsvdg NRCirk12⁄tebo") == left
