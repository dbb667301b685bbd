"""Mail and web addresses, handles, hashtags."""

from __future__ import annotations

import re

from tts.speak.dutch.rule import Rule
from tts.speak.dutch.spelling import LETTER, letters, number

_SIGNS = {
    "@": "apenstaartje", ".": "punt", "-": "streepje", "_": "underscore", "/": "slash", "+": "plus", "?": "vraagteken",
    "=": "is", "&": "en", "%": "procent", "#": "hekje", "~": "tilde", ":": "dubbele punt",
}  # fmt: skip
_PARTS = re.compile(rf"[0-9]++|{LETTER}++|.")
_SPELLED_LETTERS = 2  # nl, be, eu: the last part of a name this short is spelled
_TOP = "nl|de|com|org|net|be|eu|nu|info|fr|co[.]uk|io|tv|app|dev|amsterdam|frl|edu|gov|shop|online|site|news|gg|fm"
_CLOSING = ".,;:!?…)’'”\"»]"


def address_words(written: str) -> str:
    """The parts of an address and the signs between them, in words; www and a short last part (nl) are spelled."""
    parts = _PARTS.findall(written)
    said = []
    for before, part, after in zip(["", *parts], parts, [*parts[1:], ""], strict=False):
        if part[0].isdigit():
            said.append(number(part))
        elif part in _SIGNS:
            said.append(_SIGNS[part])
        elif part == "www" or (before == "." and after in {"", "/", "?"} and len(part) <= _SPELLED_LETTERS):
            said.append(letters(part))
        else:
            said.append(part)
    return " ".join(said)


def _address(match: re.Match[str]) -> str:
    bare = match["address"].rstrip(_CLOSING)
    kept = match["address"][len(bare) :]
    return address_words(bare.rstrip("/")) + kept


def _tag(match: re.Match[str]) -> str:
    return "hashtag " + " ".join(
        number(part) if part[0].isdigit() else part for part in _PARTS.findall(match["name"]) if part != "_"
    )


def _handle(match: re.Match[str]) -> str:
    return "apenstaartje " + address_words(match["name"])


RULES = (
    Rule(
        "mail address",
        "@",
        r"(?<![\w.+-])(?:mailto:)?(?P<address>[\w.+-]++@[\w-]++(?:[.][\w-]++)++)",
        _address,
        (("Mail naar info@voorbeeld.nl.", "Mail naar info apenstaartje voorbeeld punt n l."),),
    ),
    Rule(
        "web address",
        "[.]",
        r"(?<![\w@])(?:https?://|(?=www[.]))(?P<address>[^\s<>“”\"]++)",
        _address,
        (("Zie https://voorbeeld.org/a-b.", "Zie voorbeeld punt org slash a streepje b."),),
    ),
    Rule(
        "domain",
        "[.]",
        rf"(?<![\w@./-])(?P<address>[A-Za-z0-9][\w-]*+(?:[.][\w-]++){{0,3}}?[.](?:{_TOP})(?![\w-])(?:/[^\s<>“”\"]*+)?)",
        _address,
        (("Lees het op voorbeeld.nl/nieuws.", "Lees het op voorbeeld punt n l slash nieuws."),),
    ),
    Rule(
        "handle",
        "@",
        r"(?<![\w.@])@(?P<name>[A-Za-z_]\w*+(?:[.]\w++)*+)",
        _handle,
        (("Volg @jan_bakker.", "Volg apenstaartje jan underscore bakker."),),
    ),
    Rule(
        "hashtag",
        "#",
        rf"(?<![\w#&])#(?P<name>(?=[0-9]*{LETTER})\w++)",
        _tag,
        (("Gebruik #voorlezen.", "Gebruik hashtag voorlezen."),),
    ),
)
