"""The word lists of the TOML files beside this module, each read once and only when it is needed."""

from __future__ import annotations

from functools import cache
from typing import cast


@cache
def _table(name: str) -> dict[str, str | list[str]]:
    import tomllib  # here, not above: with importlib.resources it is a quarter of the import of this room
    from importlib.resources import files

    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(table: str, key: str) -> frozenset[str]:
    """The words under `key` in `<table>.toml`.

    Raises: KeyError for a key that is not there.
    """
    return frozenset(cast("str", _table(table)[key]).split())


@cache
def groups_of_words(table: str, key: str) -> tuple[frozenset[str], ...]:
    """The lines under `key` in `<table>.toml`, each a set of words."""
    return tuple(frozenset(line.split()) for line in _table(table)[key])
