"""MBROLA: the wheel's espeak-ng can't drive it (and may say that it did), so it goes through the system's own."""

from __future__ import annotations

import ctypes.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tts.errors import VoiceMissing
from tts.speak.espeak.voice import EspeakVoice, Library

if TYPE_CHECKING:
    from tts.model import VoiceSpec

_FOLDERS = (Path("/usr/share/mbrola"), Path("/usr/share/espeak-ng-data/mbrola"))
_HINT = "Debian and Ubuntu have them in contrib and non-free: apt install espeak-ng mbrola mbrola-nl2 mbrola-nl3"


def missing(spec: VoiceSpec) -> str | None:
    """The packages that this voice needs and that are not installed; None when all are there."""
    lacking = [
        name
        for name, there in (
            ("espeak-ng", shutil.which("espeak-ng") is not None),
            ("mbrola", shutil.which("mbrola") is not None),
            (f"mbrola-{spec.name}", any((folder / spec.name / spec.name).exists() for folder in _FOLDERS)),
        )
        if not there
    ]
    return f"not installed: {', '.join(lacking)}. {_HINT}" if lacking else None


def open_voice(spec: VoiceSpec) -> EspeakVoice:
    """The voice, ready to speak.

    Raises: VoiceMissing when a package is not installed, or the library takes another voice.
    """
    if lack := missing(spec):
        raise VoiceMissing(f"the voice {spec.label} can't be used here, {lack}")
    return EspeakVoice(spec, _system_library())


def _system_library() -> Library:
    path = ctypes.util.find_library("espeak-ng")
    if path is None:
        raise VoiceMissing(f"espeak-ng is not installed. {_HINT}")
    return Library(path, None, "", "mb-", f"system-{_system_version(path)}")


def _system_version(path: str) -> str:
    info = ctypes.CDLL(path).espeak_Info
    info.restype = ctypes.c_char_p
    version: bytes = info(None)
    return version.decode()
