"""Voices of the catalogue come to this machine, and go again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from tts.errors import VoiceMissing
from tts.speak.piper.catalogue import config_of
from tts.speak.piper.fetch import fetch

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts.speak.piper.catalogue import Listed


def install(voice: Listed, progress: Callable[[int, int], None]) -> None:
    """Fetch what is not there of a voice.

    progress : is told how many bytes of how many are there.
    Raises: VoiceMissing when it can't be fetched whole, or another run fetches it.
    """
    model = voice.path
    try:
        model.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(model.with_suffix(".lock"), timeout=0):
            if not config_of(model).is_file():
                fetch(f"{voice.url}.json", config_of(model), voice.config, lambda n: progress(n, voice.size))
            if not model.is_file():
                fetch(voice.url, model, voice.model, lambda n: progress(voice.config.size + n, voice.size))
    except Timeout as error:
        raise VoiceMissing(f"another run fetches {voice.name} just now; wait for it") from error
    except OSError as error:
        raise VoiceMissing(f"no voice can be put in {model.parent}: {error.strerror}") from error


def remove(voice: Listed) -> int:
    """Remove all of a voice that is there, also what was only half fetched; returns its bytes.

    Raises: VoiceMissing when the file system refuses.
    """
    n_bytes = 0
    for file in voice.path.parent.glob(f"{voice.key}.*"):
        try:
            n_bytes += file.stat().st_size
            file.unlink(missing_ok=True)
        except OSError as error:
            raise VoiceMissing(f"{file} can't be removed: {error.strerror}") from error
    return n_bytes
