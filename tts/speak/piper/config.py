"""What stands beside a model of Piper: the JSON that says how to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tts.errors import InputError
from tts.speak.piper.catalogue import config_of

if TYPE_CHECKING:
    from pathlib import Path


class _Espeak(msgspec.Struct):
    voice: str = ""


class _Language(msgspec.Struct):
    family: str = ""


class _Config(msgspec.Struct):
    espeak: _Espeak = msgspec.field(default_factory=_Espeak)
    language: _Language = msgspec.field(default_factory=_Language)


def language(model: Path) -> str:
    """The language that a model speaks, by its ISO 639-1 code; "" where its config doesn't say.

    Raises: InputError when the model or its config is not there, or can't be read.
    """
    beside = config_of(model)
    try:
        model.stat()
        config = msgspec.json.decode(beside.read_bytes(), type=_Config)
    except OSError as error:
        raise InputError(
            f"a Piper voice is two files, NAME.onnx and NAME.onnx.json beside it: {error.strerror} ({error.filename})"
        ) from error
    except msgspec.DecodeError as error:
        raise InputError(f"{beside} does not describe a Piper voice: {error}") from error
    return config.language.family or config.espeak.voice.partition("-")[0]
