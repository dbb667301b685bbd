"""The cover, as its file really is."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from tts.show.check.finding import MAKE_AGAIN, Flaw, Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_PX, MOST_PX = 1400, 3000  # Apple's
MOST_BYTES = 512_000  # what PSP-1 advises
_FORMATS = ("JPEG", "PNG")
_SUFFIXES = {"JPEG": {"jpg", "jpeg"}, "PNG": {"png"}}
_HASHED = re.compile(r".+\.[0-9a-f]{8}\.[a-z]+")
_OTHER = "give `cover` in show.toml another picture"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that the feed names; format, colours and size are None where no JPEG or PNG was found in it.

    colours : as Pillow calls them.
    """

    name: str
    raw: bytes
    format: str | None
    colours: str | None
    size: tuple[int, int] | None


def picture(name: str, raw: bytes) -> Picture:
    """The picture, read to its end. Decoding a PNG of 3000 px takes 0.4 s; its checksums tell damage in 0.002 s."""
    try:
        with Image.open(io.BytesIO(raw), formats=_FORMATS) as image:
            if image.format == "PNG":
                image.verify()
            elif max(image.size) <= MOST_PX:
                image.load()
            colours_found = f"{image.mode}{' with transparency' * image.has_transparency_data}"
            return Picture(name, raw, image.format, colours_found, image.size)
    except (Image.DecompressionBombError, OSError, SyntaxError, ValueError):  # Pillow's ways to say no
        return Picture(name, raw, None, None, None)


def opens(image: Picture) -> Iterator[Flaw]:
    """The cover is a whole JPEG or PNG."""
    if image.format is None:
        yield Flaw(image.name, "damaged, or no JPEG or PNG", f"remove it and {MAKE_AGAIN}, or {_OTHER}")


def suffix(image: Picture) -> Iterator[Flaw]:
    """The end of its name says what it is."""
    if image.format and image.name.rpartition(".")[2] not in _SUFFIXES[image.format]:
        yield Flaw(image.name, f"is a {image.format} by another name", _OTHER)


def square(image: Picture) -> Iterator[Flaw]:
    """The cover is square."""
    if image.size and image.size[0] != image.size[1]:
        yield Flaw(image.name, f"{image.size[0]} × {image.size[1]} px, not square", _OTHER)


def large_enough(image: Picture) -> Iterator[Flaw]:
    """The cover has 1400 to 3000 px a side."""
    if image.size and not LEAST_PX <= min(image.size) <= max(image.size) <= MOST_PX:
        yield Flaw(image.name, f"{image.size[0]} × {image.size[1]} px, not {LEAST_PX} to {MOST_PX}", _OTHER)


def colours(image: Picture) -> Iterator[Flaw]:
    """The cover is in RGB: without transparency, not CMYK, grey or a palette."""
    if image.colours not in {"RGB", None}:
        yield Flaw(image.name, f"its colours are {image.colours}, not RGB", _OTHER)


def hashed_name(image: Picture) -> Iterator[Flaw]:
    """Another picture has another name: apps keep a cover for as long as its address stays."""
    if not _HASHED.fullmatch(image.name):
        yield Flaw(
            image.name, "its name would stay when it changes: apps would go on showing the old cover", MAKE_AGAIN
        )


def light(image: Picture) -> Iterator[Flaw]:
    """The cover is a small file."""
    if len(image.raw) > MOST_BYTES:
        yield Flaw(image.name, f"{len(image.raw):,} bytes; under {MOST_BYTES:,} it is shown sooner", _OTHER)


RULES: Rules[Picture] = Rules(must=(opens, suffix, square, large_enough, colours, hashed_name), should=(light,))
