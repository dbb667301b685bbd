"""Jinja2 templates of the pages, and in `static/` beside them their style and script."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import platformdirs

from tts import __version__

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

_CODE = ("pages.py", "palette.py", "typeset.py")


@cache
def sources_digest() -> str:
    """Hash of all that pages are made from in this version of Voorlezer."""
    digest = hashlib.sha256()
    room = resources.files("tts.show")
    made_from = [room.joinpath(name) for name in _CODE]
    for folder in ("templates", "static"):
        made_from += (file for file in room.joinpath(folder).iterdir() if not file.name.startswith("__"))
    for file in sorted(made_from, key=lambda file: file.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


@cache
def environment() -> Environment:
    """The templates, with every value that they are given escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files(__name__)
    return Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text("utf-8")),
        bytecode_cache=_compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _compiled() -> BytecodeCache | None:
    """Compiled templates in the user's cache, where there can be one: without them a start takes 40 ms longer."""
    from jinja2 import FileSystemBytecodeCache

    # Jinja2 knows them by their source, and not by the settings above, which may be others in another version.
    folder = platformdirs.user_cache_path("voorlezer") / "templates" / __version__
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None
