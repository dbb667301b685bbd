"""Signs that stand alone: &, +, =, @, §, %, °, €, #1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.speak.dutch.data import table
from tts.speak.dutch.rule import Rule

if TYPE_CHECKING:
    import re


def _symbol(match: re.Match[str]) -> str:
    text, (start, end) = match.string, match.span()
    lead = " " if start and (text[start - 1].isalnum() or text[start - 1] in ".,)") else ""
    trail = " " if end < len(text) and (text[end].isalnum() or text[end] in "€$£(") else ""
    return f"{lead}{table('symbols')['words'][match[0]]}{trail}"


def _slash(match: re.Match[str]) -> str:
    """Between words it offers a choice (ja/nee); between names and numbers it only parts them."""
    return " of " if match["choice"] is not None else " "


RULES = (
    Rule(
        "slash",
        "/",
        r"(?:(?<=[a-zà-ÿ]{2})(?P<choice>/)(?=[a-zà-ÿ]{2})|(?<=[A-Za-zÀ-ÿ0-9])/(?=[A-Za-zÀ-ÿ0-9’]|[-−][0-9]))",
        _slash,
        (
            ("Antwoord met ja/nee.", "Antwoord met ja of nee."),
            ("De lijn Utrecht/Amersfoort ligt stil.", "De lijn Utrecht Amersfoort ligt stil."),
        ),
    ),
    Rule(
        "symbol",
        "[&+=@§%‰°€$£©±×÷≈~≤≥<>≠#√∞™→²³]",
        r"\+/-|§§?|[&=@%‰°€$£©±÷≈≤≥≠√∞™²³]"
        r"|(?<!\+)\+(?!\+)|(?<=[0-9 ])×|~(?=[ ]?[0-9])|(?<= )[<>→](?= )|[<>](?=[ ]?[0-9])"
        r"|#(?=[0-9])",
        _symbol,
        (
            ("Jansen & Zoon, § 3, 1+1=2.", "Jansen en Zoon, paragraaf drie, één plus één is twee."),
            ("Zij staat op #1 met 8 + 2.", "Zij staat op nummer één met acht plus twee."),
        ),
    ),
)
