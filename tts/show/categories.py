"""Apple's list of categories, which other directories go by, too."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


@cache
def categories() -> dict[str, frozenset[str]]:
    """The categories, each with its subcategories, as the feed must spell them."""
    listed = resources.files("tts.show").joinpath("categories.toml").read_bytes()
    return msgspec.toml.decode(listed, type=dict[str, frozenset[str]])


@cache
def category_names() -> frozenset[str]:
    """All that `category` in show.toml may be: "News", "News > Daily News"."""
    return frozenset({*categories(), *(f"{name} > {part}" for name, parts in categories().items() for part in parts)})
