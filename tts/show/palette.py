"""The colours of the pages: made from the two of the show, each with the contrast that reading it takes.

Source: WCAG 2.2, 1.4.3 (text, 4.5) and 1.4.11 (what is no text, 3); Björn Ottosson's OKLCH, in which colours of one
lightness look equally light whatever their hue.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

from tts.errors import ShowError

if TYPE_CHECKING:
    from collections.abc import Sequence

N_SPEAKERS = 8  # further ones begin again at the first colour; the text names them all
TEXT, LARGE_TEXT, SHAPE = 5.0, 4.6, 3.2  # a little over what is asked: 4.5, 4.5 for safety and 3
_NEXT_HUE = 135  # three eighths of the circle: eight hues evenly spread, and those that follow each other far apart
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 8  # of halving: lightness to 1/256, as fine as a colour of 8 bits
_WHITE, _BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)

RGB = tuple[float, float, float]


@cache
def style(ground: str, accent: str) -> str:
    """The custom properties of the pages as a style sheet, light and dark.

    --ground, --on-ground         : the colour of the show as it is, and text on it
    --paper, --raised, --mark     : behind text; what lies on the paper; behind the sentence that is spoken
    --ink, --soft, --strong       : text, less important text, links and buttons, on any of these three
    --line                        : between things, and never all that tells them apart
    --v0, --v1 … --v8             : the narrator and the speakers, as text and as shape, on any of the three

    Raises: ShowError where a colour is not written as "#rrggbb".
    """
    base, spot = _rgb(ground), _rgb(accent)
    on_ground = max(_WHITE, _BLACK, key=lambda colour: contrast(colour, base))
    fixed = {"ground": base, "on-ground": on_ground, "accent": spot}
    light = _declared({**fixed, **_light(base, spot)})
    dark = _declared(_dark(base, spot))
    return f":root{{color-scheme:light dark;{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def contrast(one: RGB, other: RGB) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _light(ground: RGB, accent: RGB) -> dict[str, RGB]:
    lightness, depth, hue = _lch(ground)
    _, spot_depth, spot_hue = _lch(accent)
    tint = min(depth, 0.03)
    paper, raised = _colour(0.985, min(spot_depth, 0.03) / 4, spot_hue), _WHITE
    mark = _colour(0.93, min(spot_depth, 0.085), spot_hue)
    behind = (paper, raised, mark)
    return {
        "paper": paper,
        "raised": raised,
        "mark": mark,
        "line": _colour(0.89, tint / 3, hue),
        "ink": _colour(0.21, tint, hue),
        "soft": _darkened(0.50, tint, hue, behind, TEXT),
        "strong": _darkened(min(lightness, 0.45), depth, hue, behind, TEXT),
        "v0": _darkened(0.68, tint / 2, hue, behind, SHAPE),
        **{
            f"v{number}": _darkened(0.55, 0.13, speaker_hue, behind, LARGE_TEXT)
            for number, speaker_hue in enumerate(_hues(hue), start=1)
        },
    }


def _dark(ground: RGB, accent: RGB) -> dict[str, RGB]:
    _, depth, hue = _lch(ground)
    lightness, spot_depth, spot_hue = _lch(accent)
    tint = min(depth, 0.03)
    paper, raised = _colour(0.19, tint / 2, hue), _colour(0.235, tint / 1.6, hue)
    mark = _colour(0.37, min(spot_depth, 0.06), spot_hue)
    behind = (paper, raised, mark)
    return {
        "paper": paper,
        "raised": raised,
        "mark": mark,
        "line": _colour(0.36, tint / 2, hue),
        "ink": _lightened(0.93, tint / 3, hue, behind, 7.0),
        "soft": _lightened(0.74, tint / 2, hue, behind, TEXT),
        "strong": _lightened(max(lightness, 0.8), spot_depth, spot_hue, behind, TEXT),
        "v0": _lightened(0.56, tint / 2, hue, behind, SHAPE),
        **{
            f"v{number}": _lightened(0.76, 0.11, speaker_hue, behind, LARGE_TEXT)
            for number, speaker_hue in enumerate(_hues(hue), start=1)
        },
    }


def _hues(first: float) -> list[float]:
    return [(first + number * _NEXT_HUE) % 360 for number in range(N_SPEAKERS)]


def _darkened(lightness: float, depth: float, hue: float, behind: Sequence[RGB], least: float) -> RGB:
    """As light as asked, or darker where it would not stand out enough."""
    return _nearest(lightness, 0.0, depth, hue, behind, least)


def _lightened(lightness: float, depth: float, hue: float, behind: Sequence[RGB], least: float) -> RGB:
    """As dark as asked, or lighter where it would not stand out enough."""
    return _nearest(lightness, 1.0, depth, hue, behind, least)


def _nearest(lightness: float, extreme: float, depth: float, hue: float, behind: Sequence[RGB], least: float) -> RGB:
    def stands_out(colour: RGB) -> bool:
        return all(contrast(colour, back) >= least for back in behind)

    wished = _colour(lightness, depth, hue)
    if stands_out(wished):
        return wished
    enough, too_little = extreme, lightness
    for _ in range(_STEPS):
        middle = (enough + too_little) / 2
        if stands_out(_colour(middle, depth, hue)):
            enough = middle
        else:
            too_little = middle
    return _colour(enough, depth, hue)


def _declared(colours: dict[str, RGB]) -> str:
    return "".join(f"--{name}:{_written(colour)};" for name, colour in colours.items())


def _written(colour: RGB) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _rgb(written: str) -> RGB:
    if not _HEX.fullmatch(written):
        raise ShowError(f'{written!r} in show.toml is no colour; write colours as "#123c4a"')
    red, green, blue = (int(written[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: RGB) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    part = 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
    return round(part * 255) / 255  # as it will be written, so that contrast is measured on what is seen


def _lch(colour: RGB) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma, and hue in degrees."""
    red, green, blue = map(_linear, colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _colour(lightness: float, depth: float, hue: float) -> RGB:
    """The colour of this lightness, chroma and hue, or the nearest that a screen has."""
    a, b = depth * math.cos(math.radians(hue)), depth * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
