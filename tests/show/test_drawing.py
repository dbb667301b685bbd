from __future__ import annotations

import io
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from tts.show import drawing
from tts.show.drawing import MARGIN, SIZE, draw
from tts.show.palette import RGB, contrast
from tts.show.titling import set_title

DEFAULT = ("#123c4a", "#ffcf56")
COLOURS = [DEFAULT, ("#f6efe2", "#d2452d"), ("#000000", "#000000"), ("#ffffff", "#fffffe"), ("#808080", "#8a8a8a")]
TITLES = [
    "NRC",
    "Voorlezer",
    "De Nederlandse Vereniging voor Weidevogelbeheer in gesprek",
    "Één café: ‘Ötzi’s œuvre’",
    "Arbeidsongeschiktheidsverzekering",
    "Weidevogels en waterstanden in de polders van het noorden, voorgelezen",
]


@cache
def _letters(title: str) -> Image.Image:
    """Where the letters of the title are: 255 there, 0 elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        write = drawing._write
        patch.setattr(
            drawing, "_write", lambda image, text, *rest: write(image, text, *rest) if text == drawing.MARK else None
        )
        without = draw(title, *DEFAULT)
    apart = ImageChops.difference(draw(title, *DEFAULT), without).convert("L")
    return apart.point([255 if it > 16 else 0 for it in range(256)])


@pytest.mark.parametrize(
    ("title", "colours"), [*((title, DEFAULT) for title in TITLES), *((TITLES[2], other) for other in COLOURS)]
)
def test_the_title_can_be_read_at_55_px(title: str, colours: tuple[str, str]) -> None:
    """Where letters are, and where between them none are, colours stay as far apart as small print can be.

    Measured on the cells of the title's box: the tenth that has most of the letters, and the tenth that has least.
    """
    small = draw(title, *colours).resize((55, 55), Image.Resampling.LANCZOS)
    covered = _letters(title).resize((55, 55), Image.Resampling.BOX)
    left, top, right, bottom = covered.point([255 if it > 100 else 0 for it in range(256)]).getbbox() or (0, 0, 0, 0)
    cells = sorted(
        (covered.getpixel((x, y)), small.getpixel((x, y))) for x in range(left, right) for y in range(top, bottom)
    )
    tenth = max(len(cells) // 10, 1)
    background, letters = (_mean([colour for _, colour in part]) for part in (cells[:tenth], cells[-tenth:]))
    palette = drawing._palette(*map(drawing._rgb, colours))
    at_full_size = contrast(palette.ground, palette.ink)
    assert contrast(background, letters) >= min(drawing.READABLE, 0.7 * at_full_size)


def _mean(colours: list[object]) -> RGB:
    red, green, blue = (
        sum(colour[at] for colour in colours if isinstance(colour, tuple)) / len(colours) / 255 for at in range(3)
    )
    return red, green, blue


@pytest.mark.parametrize("title", TITLES)
def test_the_title_stays_inside_the_margins_and_fills_them(title: str) -> None:
    left, top, right, bottom = _letters(title).getbbox() or (0, 0, 0, 0)
    assert (abs(left - MARGIN), max(right - (SIZE - MARGIN), 0)) <= (3, 20)
    assert bottom <= SIZE - MARGIN / 2
    assert top > SIZE / 3
    assert right - left > 0.6 * drawing.TITLE_WIDTH


def test_the_mark_stands_above_the_title() -> None:
    for title in TITLES:
        lines = set_title(title, drawing._width, drawing.TITLE_WIDTH, drawing.TITLE_HEIGHT)
        baselines = drawing._baselines(lines)
        top = baselines[0] + drawing._box(lines.lines[0], lines.size)[1]
        mark = drawing._place_mark(top)
        assert MARGIN <= mark.top < mark.top + mark.height < top - 100
        assert mark.left + mark.width < SIZE - MARGIN
        assert all(later > sooner for sooner, later in pairwise(baselines))


@pytest.mark.parametrize("title", ["Новости дня", "", "🎧", "新聞", "Новости NRC", "\u200b"])
def test_without_letters_to_write_there_is_still_a_cover(title: str) -> None:
    cover = draw(title, *DEFAULT)
    assert cover.size == (SIZE, SIZE)
    assert cover.getpixel((SIZE // 2 - 300, SIZE // 2)) == (0xFF, 0xCF, 0x56)


@pytest.mark.parametrize("sign", "éëïöüçñÉœŒšŽłøßþıĳ’‘“”„–—…€£0123456789&!?+")
def test_the_font_has_what_european_titles_are_written_in(sign: str) -> None:
    assert drawing._has_sign(sign)
    assert not drawing._has_sign("д")


@given(st.tuples(*[st.integers(0, 0xFFFFFF).map("#{:06x}".format)] * 2))
def test_any_two_colours_give_enough_contrast(colours: tuple[str, str]) -> None:
    palette = drawing._palette(*map(drawing._rgb, colours))
    assert contrast(palette.ground, palette.ink) >= drawing.READABLE
    assert contrast(palette.ground, palette.accent) >= drawing.VISIBLE
    assert palette.ground == drawing._rgb(colours[0])


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=300), st.sampled_from(COLOURS))
def test_any_title_gives_a_cover(title: str, colours: tuple[str, str]) -> None:
    cover = draw(title, *colours)
    assert (cover.mode, cover.size) == ("RGB", (SIZE, SIZE))
    made = io.BytesIO()
    cover.save(made, "PNG")
    assert len(made.getvalue()) < 512_000
