"""Jinja2 templates of the pages, and in `static/` beside them their style and script."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources


@cache
def sources_digest() -> str:
    """Hash of all that pages are made from in this version of Voorlezer."""
    digest = hashlib.sha256()
    for folder in ("templates", "static"):
        files = sorted(resources.files("tts.show").joinpath(folder).iterdir(), key=lambda file: file.name)
        for file in files:
            if file.is_file() and not file.name.endswith(".py"):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
