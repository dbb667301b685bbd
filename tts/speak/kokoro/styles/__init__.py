"""Who speaks: one style a voice, and what is known of it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


SHAPE = (510, 256)  # of a style: a row for each number of symbols
PROSODY = 128  # where the second half of a row begins: the first is the colour of the voice

Blend: TypeAlias = dict[str, float]  # styles that Kokoro brings, and the share of each


class Style(msgspec.Struct, frozen=True):
    """What voices.toml says of a voice.

    about      : who speaks, in half a line.
    blend      : the styles that it is the average of; scripts/styles makes it so.
    prosody    : those of its second half, which decides pitch and durations, where they are others.
    pitch_hz   : the median, measured on five sentences.
    beside     : the voice that reads the quotes when this one narrates.
    pace       : at which it is understood best; 1.0 is the model's own.
    level_lufs : see `Voice`.
    """

    about: str
    blend: Blend
    pitch_hz: int
    beside: str
    pace: float
    level_lufs: float
    prosody: Blend | None = None


@cache
def styles() -> dict[str, Style]:
    """All voices by name, best first."""
    text = resources.files(__name__).joinpath("voices.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Style])


def vectors(name: str) -> NDArray[np.float32]:
    """The style of a voice for each number of symbols, 1 to 510; shape `SHAPE`."""
    import numpy as np

    with resources.files(__name__).joinpath(f"{name}.npy").open("rb") as file:
        loaded: NDArray[np.float32] = np.load(file).astype(np.float32)
    return loaded
