"""The Dutch phrases of phrases.toml as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Matches any of the phrases under `name`, whatever their case."""
    return re.compile("|".join(f"(?:{phrase})" for phrase in _phrases()[name]), re.IGNORECASE)


@cache
def _phrases() -> dict[str, list[str]]:
    phrases: dict[str, list[str]] = tomllib.loads(
        files("tts.read").joinpath("phrases.toml").read_text(encoding="utf-8")
    )
    return phrases
