from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.errors import ShowError
from tts.show.palette import N_SPEAKERS, contrast, style

_COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
_BEHIND = ("paper", "raised", "mark")


def _themes(ground: str, accent: str) -> tuple[dict[str, tuple[float, float, float]], ...]:
    light, _, dark = style(ground, accent).partition("@media")
    first = _declared(light)
    return first, first | _declared(dark)


def _declared(sheet: str) -> dict[str, tuple[float, float, float]]:
    return {
        name: (int(red, 16) / 255, int(green, 16) / 255, int(blue, 16) / 255)
        for name, red, green, blue in re.findall(r"--([\w-]+):#(..)(..)(..);", sheet)
    }


@given(_COLOUR, _COLOUR)
def test_whatever_the_colours_of_the_show_its_pages_can_be_read(ground: str, accent: str) -> None:
    for theme in _themes(ground, accent):
        assert contrast(theme["on-ground"], theme["ground"]) >= 4.5
        for behind in _BEHIND:
            assert contrast(theme["ink"], theme[behind]) >= 7
            for text in ("soft", "strong", *(f"v{number}" for number in range(1, N_SPEAKERS + 1))):
                assert contrast(theme[text], theme[behind]) >= 4.5, (text, behind)
            assert contrast(theme["v0"], theme[behind]) >= 3
        assert contrast(theme["paper"], theme["strong"]) >= 4.5


def test_the_colours_of_the_show_are_seen() -> None:
    light, dark = _themes("#123c4a", "#ffcf56")
    assert light["ground"] == light["strong"] == (0x12 / 255, 0x3C / 255, 0x4A / 255)
    assert dark["strong"] == (0xFF / 255, 0xCF / 255, 0x56 / 255)


def test_speakers_differ() -> None:
    for theme in _themes("#123c4a", "#ffcf56"):
        colours = [theme[f"v{number}"] for number in range(N_SPEAKERS + 1)]
        distances = [
            sum(abs(one - other) for one, other in zip(first, second, strict=True))
            for at, first in enumerate(colours)
            for second in colours[:at]
        ]
        assert min(distances) > 0.2


def test_contrast_is_the_ratio_of_the_guidelines() -> None:
    assert contrast((1, 1, 1), (0, 0, 0)) == pytest.approx(21)
    assert contrast((0x77 / 255,) * 3, (1, 1, 1)) == pytest.approx(4.48, abs=0.005)  # the well-known #777 on white


@pytest.mark.parametrize("written", ["red", "#12345", "#12345g", "#123456;}body{display:none", ""])
def test_what_is_no_colour_is_refused(written: str) -> None:
    with pytest.raises(ShowError, match="no colour"):
        style(written, "#ffffff")
