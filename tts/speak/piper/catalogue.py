"""The Dutch voices that Piper's makers offer, and where this machine keeps those that were fetched."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec
import platformdirs

if TYPE_CHECKING:
    from pathlib import Path

URL_VARIABLE = "VOORLEZER_PIPER_URL"  # another place to fetch from: a mirror


class Digest(msgspec.Struct, frozen=True):
    """What a file has to be: its size in bytes, and its MD5 in hexadecimal."""

    size: int
    md5: str


class Listed(msgspec.Struct, frozen=True):
    """A voice of the collection, see `catalogue.toml`.

    key           : its name in the collection, "nl_NL-ronnie-medium": locale, person and quality.
    licence       : of the recordings that it was trained on.
    trained       : how the model came to be: from scratch, or from another voice.
    model, config : its two files.
    alone_chars   : what is shorter it does not speak well alone, in characters.
    """

    name: str
    key: str
    about: str
    licence: str
    trained: str
    model: Digest
    config: Digest
    alone_chars: int = 0

    @property
    def person(self) -> str:
        """Whose voice it is; a person may have several models."""
        return self.key.split("-")[1]

    @property
    def size(self) -> int:
        """Bytes to fetch."""
        return self.model.size + self.config.size

    @property
    def path(self) -> Path:
        """Where its model is, once it is fetched; its config lies beside it."""
        return folder() / f"{self.key}.onnx"

    @property
    def url(self) -> str:
        """Where its model is fetched; its config lies beside it."""
        locale, person, quality = self.key.split("-")
        base = os.environ.get(URL_VARIABLE) or _contents().url
        return f"{base.rstrip('/')}/{locale.partition('_')[0]}/{locale}/{person}/{quality}/{self.key}.onnx"

    @property
    def is_installed(self) -> bool:
        """Whether both files are there; they come whole, or not at all."""
        return self.path.is_file() and config_of(self.path).is_file()


class _Contents(msgspec.Struct, frozen=True):
    url: str
    voices: tuple[Listed, ...]


def folder() -> Path:
    """Where voices are kept that were fetched."""
    return platformdirs.user_data_path("voorlezer") / "piper"


def config_of(model: Path) -> Path:
    """The file beside a model that says how to use it."""
    return model.with_name(f"{model.name}.json")


def catalogue() -> tuple[Listed, ...]:
    """All voices that can be fetched, best first."""
    return _contents().voices


def listed(name: str) -> Listed | None:
    """The voice of that name ("ronnie") or key ("nl_NL-ronnie-medium"), None where there is none."""
    return next((voice for voice in catalogue() if name in {voice.name, voice.key}), None)


@cache
def _contents() -> _Contents:
    text = resources.files("tts.speak.piper").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Contents)
