"""The cover that is drawn for a show without one of its own: a quotation mark that is heard, and the title.

Directories show it at 55 px beside forty others: the title takes all the room it can get, and nothing else has letters.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from PIL import Image, ImageChops, ImageDraw, ImageFont

from tts.show.palette import RGB, contrast
from tts.show.titling import Setting, drawable, set_title

SIZE = 3000
MARGIN = 230
TITLE_WIDTH, TITLE_HEIGHT = SIZE - 2 * MARGIN, 1680
MARK = "“"
MARK_SHARE = 0.62  # of the height above the title
MARK_MOST, MARK_ALONE = 860, 1150
WAVES = (0.62, 0.42, 0.29, 0.21, 0.16, 0.13, 0.11, 0.1, 0.09, 0.08, 0.07)  # shares of accent, from the mark outwards
WAVE_STEP, WAVE_WIDTH = 290, 120
FADES_OVER = 520
BEHIND_TITLE = (0.34, 0.2, 0.1, 0.0)  # shares of that: the first that leaves the title readable
WHITE, BLACK, NEAR_BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (0.05, 0.05, 0.08)
READABLE, VISIBLE = 4.5, 3.0  # contrast of text, and of what is no text, in WCAG 2
_SUPERSAMPLED = 2


@dataclass(frozen=True, slots=True)
class _Palette:
    ground: RGB
    accent: RGB
    ink: RGB


@dataclass(frozen=True, slots=True)
class _Mark:
    """The quotation mark: the box of its ink."""

    left: float
    top: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2


def draw(title: str, ground: str, accent: str) -> Image.Image:
    """The cover of a show with this title, `SIZE` px square, RGB.

    The title stands in one to four lines, as large as they can be; see `tts.show.titling` for what is done with long
    ones. Signs that the font lacks (it has the letters of Western and Central Europe) are left out, or lose their
    accents; where less than half of the letters remains, the cover has its mark only.
    ground, accent : "#rrggbb". Where they are too much alike, the accent is made lighter or darker.
    """
    palette = _palette(_rgb(ground), _rgb(accent))
    setting = set_title(drawable(title, _has_sign), _width, TITLE_WIDTH, TITLE_HEIGHT)
    baselines = _baselines(setting)
    top = baselines[0] + _box(setting.lines[0], setting.size)[1] if baselines else None
    mark = _place_mark(top)
    image = Image.new("RGB", (SIZE, SIZE), _pixel(palette.ground))
    image.paste(_pixel(palette.accent), (0, 0, SIZE, SIZE), _waves(mark, top, palette))
    _write(image, MARK, (mark.left, mark.top), _font_size(mark), palette.accent)
    for line, baseline in zip(setting.lines, baselines, strict=True):
        _, ink_top, _, _ = _box(line, setting.size)
        _write(image, line, (MARGIN, baseline + ink_top), setting.size, palette.ink)
    return image


def _palette(ground: RGB, accent: RGB) -> _Palette:
    on_dark = contrast(ground, WHITE) >= contrast(ground, BLACK)
    purest = WHITE if on_dark else BLACK
    tinted = _mix(accent, WHITE, 0.88) if on_dark else _mix(ground, NEAR_BLACK, 0.9)
    ink = tinted if contrast(ground, tinted) >= READABLE else purest
    shares = (step / 10 for step in range(11))
    visible = (_mix(accent, purest, share) for share in shares)
    return _Palette(ground, next((it for it in visible if contrast(ground, it) >= VISIBLE), purest), ink)


def _baselines(setting: Setting) -> tuple[float, ...]:
    """Where the lines stand, the last one at the bottom margin."""
    if not setting.lines:
        return ()
    _, _, _, descent = _box(setting.lines[-1], setting.size)
    last = SIZE - MARGIN - max(descent, 0) * 0.6  # a single tail may hang into the margin
    n = len(setting.lines)
    return tuple(last - (n - 1 - line) * setting.line_height for line in range(n))


def _place_mark(title_top: float | None) -> _Mark:
    left, top, right, bottom = _box(MARK, SIZE)
    shape = (right - left) / (bottom - top)
    if title_top is None:
        height: float = MARK_ALONE
        return _Mark((SIZE - height * shape) / 2, (SIZE - height) / 2, height * shape, height)
    height = min((title_top - MARGIN) * MARK_SHARE, MARK_MOST)
    return _Mark(MARGIN, MARGIN, height * shape, height)


def _font_size(mark: _Mark) -> float:
    _, top, _, bottom = _box(MARK, SIZE)
    return SIZE * mark.height / (bottom - top)


def _waves(mark: _Mark, title_top: float | None, palette: _Palette) -> Image.Image:
    """How much of the accent stands where: rings that leave the mark, weaker farther on and behind the title."""
    large = Image.new("L", (SIZE * _SUPERSAMPLED, SIZE * _SUPERSAMPLED))
    pen = ImageDraw.Draw(large)
    x, y = mark.centre
    innermost = math.hypot(mark.width, mark.height) / 2 + WAVE_STEP * 0.72
    for n, share in enumerate(WAVES):
        radius = innermost + n * WAVE_STEP
        box = [(at - radius) * _SUPERSAMPLED for at in (x, y)] + [(at + radius) * _SUPERSAMPLED for at in (x, y)]
        pen.ellipse(box, outline=round(share * 255), width=WAVE_WIDTH * _SUPERSAMPLED)
    waves = large.reduce(_SUPERSAMPLED)
    if title_top is None:
        return waves
    behind = next(share for share in BEHIND_TITLE if _is_readable_on_wave(palette, share))
    ends = title_top - 60
    column = [_faded((row - (ends - FADES_OVER)) / FADES_OVER, behind) for row in range(SIZE)]
    fade = Image.frombytes("L", (1, SIZE), bytes(column)).resize((SIZE, SIZE), Image.Resampling.NEAREST)
    return ImageChops.multiply(waves, fade)


def _faded(way: float, behind: float) -> int:
    return round(255 * (1 - (1 - behind) * min(max(way, 0.0), 1.0)))


def _is_readable_on_wave(palette: _Palette, share: float) -> bool:
    wave = _mix(palette.ground, palette.accent, WAVES[0] * share)
    return share == 0 or contrast(palette.ink, wave) >= READABLE


def _write(image: Image.Image, text: str, at: tuple[float, float], size: float, colour: RGB) -> None:
    """Write so that the ink begins at this left and top."""
    left, top, _, _ = _box(text, size)
    ImageDraw.Draw(image).text((at[0] - left, at[1] - top), text, fill=_pixel(colour), font=_font(size), anchor="ls")


@cache
def _box(text: str, size: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the ink, from where its baseline begins."""
    mask, (x, y) = _font(size).getmask2(text, anchor="ls")  # getbbox counts the way from the baseline to the ink, too
    left, top, right, bottom = mask.getbbox()
    return x + left, y + top, x + right, y + bottom


def _width(text: str) -> float:
    """Width of a text, in font sizes."""
    return _font(SIZE).getlength(text) / SIZE


def _has_sign(sign: str) -> bool:
    font = _font(64)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))  # never a letter: the font draws its empty box


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_font_file()), size)


@cache
def _font_file() -> bytes:
    return (resources.files("tts.show") / "fonts" / "BricolageGrotesque-ExtraBold.ttf").read_bytes()


def _rgb(colour: str) -> RGB:
    red, green, blue = (part / 255 for part in bytes.fromhex(colour.removeprefix("#")))
    return red, green, blue


def _mix(one: RGB, other: RGB, share: float) -> RGB:
    red, green, blue = (round((a + (b - a) * share) * 255) / 255 for a, b in zip(one, other, strict=True))
    return red, green, blue


def _pixel(colour: RGB) -> tuple[int, int, int]:
    red, green, blue = (round(part * 255) for part in colour)
    return red, green, blue
