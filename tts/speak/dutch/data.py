"""The tables that the rules read, one TOML file a subject, which anybody can extend without touching code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The contents of `<name>.toml` beside this module, read once, when first asked for."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """One list of words out of a table."""
    return frozenset(table(name)[key])
