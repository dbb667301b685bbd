"""Roman numerals: Willem III is de derde, the club Willem II is twee, de XXe eeuw, Malcolm X is neither."""

from __future__ import annotations

import itertools
import re

from tts.speak.dutch.data import words
from tts.speak.dutch.rule import CAPITAL, Rule, ends_sentence, left_of, right_of
from tts.speak.dutch.spelling import cardinal, ordinal

_NUMERAL = r"(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3})"
_LONG_NUMERAL = r"(?=[LXVI])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_WORD = re.compile(r"\w+")
_PARTS_OF_BOOKS = {"hoofdstuk", "deel", "boek", "artikel", "bijlage", "titel", "akte", "acte", "band", "wereldoorlog"}
_SIZES = {"XX", "XXX", "XL", "XXL"}
_NUMBERED = (
    "hoofdstuk|deel|boek|artikel|categorie|type|fase|klasse|groep|bijlage|titel|akte|acte|band|graad|divisie|Super Bowl"
    "|Wereldoorlog|kolom|zone"
)


def value(numeral: str) -> int:
    """The number that a Roman numeral stands for."""
    counts = [_VALUES[letter] for letter in numeral] + [0]
    return sum(-n if n < following else n for n, following in itertools.pairwise(counts))


def _is_ruler(match: re.Match[str]) -> bool:
    name = match["name"]
    before = _WORD.findall(left_of(match))
    titled = bool(before) and before[-1].lower() in words("rulers", "titles")
    if f"{name} {match['numeral']}" in words("rulers", "clubs"):
        around = set(before) | set(_WORD.findall(right_of(match)))
        return titled or not around.isdisjoint(words("rulers", "royal"))
    return titled or name in words("rulers", "names")


def _after_name(match: re.Match[str]) -> str | None:
    name, numeral = match["name"], match["numeral"]
    if name in words("rulers", "never"):
        return None
    if match.string.startswith(".", match.end()) and not ends_sentence(match, skipped=1):
        return None  # Anna I. is somebody whose surname is kept back
    if _is_ruler(match):
        return f"{name} de {ordinal(value(numeral))}"
    if len(numeral) == 1 or numeral in _SIZES:
        return None
    return f"{name} {cardinal(value(numeral))}"


def _numbered(match: re.Match[str]) -> str | None:
    if match["numeral"] in {"V", "X", "L"} and match["what"].lower() not in _PARTS_OF_BOOKS:
        return None  # type X is a letter
    return f"{match['what']} {cardinal(value(match['numeral']))}"


def _ranked(match: re.Match[str]) -> str:
    return ordinal(value(match["numeral"]))


RULES = (
    Rule(
        "roman ordinal",
        CAPITAL,
        rf"(?<![\w.])(?P<numeral>{_LONG_NUMERAL})(?:(?<=[A-Z]{{2}})(?:ste|de|e)(?!\w)|(?= eeuw))",
        _ranked,
        (("De XXe eeuw was kort.", "De twintigste eeuw was kort."),),
    ),
    Rule(
        "roman number",
        "[IVXL]",
        rf"(?<!\w)(?P<what>(?i:{_NUMBERED})) (?P<numeral>{_LONG_NUMERAL})(?![\w’'])(?![.][A-Z])",
        _numbered,
        (("Zie deel IV en hoofdstuk X.", "Zie deel vier en hoofdstuk tien."),),
    ),
    Rule(
        "roman after capitals",
        "[IV]",
        r"(?<=[A-Z]{2} )(?:III?|IV)(?!\w)",
        lambda match: cardinal(value(match[0])),
        (("Na WO II kwam de vrede.", "Na w o twee kwam de vrede."),),
    ),
    Rule(
        "roman after a name",
        "[IVX]",
        rf"(?<!\w)(?P<name>[A-ZÀ-Þ][a-zà-ÿ]++) (?P<numeral>{_NUMERAL})(?!\w)(?![’'][a-rt-z])(?![.] ?[A-Z][.a-z])",
        _after_name,
        (
            ("Willem III stak over.", "Willem de derde stak over."),
            ("Willem II won in Tilburg.", "Willem twee won in Tilburg."),
            ("Malcolm X sprak.", "Malcolm X sprak."),
            ("Het kabinet-Rutte III viel.", "Het kabinet-Rutte drie viel."),
        ),
    ),
)
