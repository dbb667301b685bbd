"""All other numbers: 1.000.000, 1,5, -3, 1e, 80-jarige, 65+, 3x, 2.0, and whatever digits are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts.speak.dutch.data import words
from tts.speak.dutch.rule import DIGIT, Rule, after_a_name, word_after, word_before
from tts.speak.dutch.spelling import (
    LETTER,
    NUMBER,
    NUMBER_END,
    NUMBER_START,
    cardinal,
    digits,
    number,
    ordinal,
    whole,
)

if TYPE_CHECKING:
    import re

_CODE_DIGITS = 7
_VOWELS = "aeiouyéë"


def glued(head: str, tail: str) -> str:
    """A number and the word it is written onto: achttienjarige; a hyphen where vowels meet or the number has spaces."""
    if " " in head or (head[-1] in _VOWELS and tail[0] in _VOWELS):
        return f"{head}-{tail}"
    return ("een" + head[3:] if head.startswith("één") else head) + tail


def _ordinal(match: re.Match[str]) -> str | None:
    n = whole(match["number"])
    return ordinal(n) if n < 10**12 else None


def _compound(match: re.Match[str]) -> str:
    spoken = number(match["number"])
    word = match["word"]
    # Leopard 2-tanks, a type 2-patient: the number goes with the name before it.
    before = word_before(match)
    named = after_a_name(match) or before.lower() in words("context", "lettered")
    if named or not word[0].islower() or match["chain"] is not None:
        return f"{spoken}-{word}"
    return glued(spoken, word)


def _plus(match: re.Match[str]) -> str:
    n = int(match["number"])
    spoken = cardinal(n) + ("plus" if n >= 10 else " plus")  # a mark: 7+
    ending = match["ending"]
    return spoken + ("s" + ending if ending else "")


def _times(match: re.Match[str]) -> str:
    first, last = match["first"], match["last"]
    if last is None:
        return f"{number(first)} keer"
    # A relay is run so many times (4x100 meter); a room measures so much by so much (4 x 5 meter).
    measured = word_after(match) in {"meter", "centimeter", "millimeter", "kilometer", "cm", "m", "mm"}
    relay = "," not in first and "," not in last and whole(first) <= 4 and whole(last) >= 50
    link = "bij" if (measured or " " not in match[0]) and not relay else "keer"
    return f"{number(first)} {link} {number(last)}"


def _negative(match: re.Match[str]) -> str:
    return f"min {number(match['number'])}"


def _listed(match: re.Match[str]) -> str:
    return ", ".join(number(part) for part in match[0].split(","))


def _pointed(match: re.Match[str]) -> str:
    return " punt ".join(number(part) for part in match[0].split("."))


def _english(match: re.Match[str]) -> str:
    return number(match[0].replace(",", ""))


def _number(match: re.Match[str]) -> str:
    # Who writes so many digits without dots writes a code, unless it is round.
    is_code = match[0].isdigit() and len(match[0]) >= _CODE_DIGITS and not match[0].endswith("000")
    return digits(match[0]) if is_code else number(match[0])


def _left_over(match: re.Match[str]) -> str:
    text, (start, end) = match.string, match.span()
    lead = " " if start and (text[start - 1].isalnum() or text[start - 1] in ".,") else ""
    trail = " " if end < len(text) and text[end].isalnum() else ""
    return lead + number(match[0]) + trail


WRITTEN_ON = (
    Rule(
        "ordinal pair",
        DIGIT,
        rf"{NUMBER_START}(?P<first>[0-9]{{1,3}})e?/(?P<last>[0-9]{{1,3}})e(?!\w)",
        lambda match: f"{ordinal(int(match['first']))} {ordinal(int(match['last']))}",
        (("Een huis uit de 16e/17e eeuw.", "Een huis uit de zestiende zeventiende eeuw."),),
    ),
    Rule(
        "ordinal",
        DIGIT,
        rf"{NUMBER_START}(?P<number>[0-9]{{1,3}}(?:[.][0-9]{{3}})++|[0-9]{{1,9}}+)(?:de|ste|e|ᵉ|ᵈᵉ|ˢᵗᵉ)(?!\w)",
        _ordinal,
        (
            ("De 1e keer, de 2de keer, de 3ᵉ keer.", "De eerste keer, de tweede keer, de derde keer."),
            ("De 19e-eeuwse kerk.", "De negentiende-eeuwse kerk."),
            ("De 1.000.000e bezoeker.", "De miljoenste bezoeker."),
        ),
    ),
    Rule(
        "plus",
        DIGIT,
        rf"{NUMBER_START}(?P<number>[0-9]{{1,3}})\+(?![\w+=])(?:[’'](?P<ending>ers?)(?!\w))?(?![ ]?[0-9])",
        _plus,
        (("Voor 65+ en 50+’ers.", "Voor vijfenzestigplus en vijftigplussers."),),
    ),
    Rule(
        "people",
        DIGIT,
        rf"{NUMBER_START}(?P<number>[0-9]{{1,3}})[’'](?P<word>ers?)(?!\w)",
        lambda match: glued(cardinal(int(match["number"])), match["word"]),
        (("Een 68’er en twee 50'ers.", "Een achtenzestiger en twee vijftigers."),),
    ),
    Rule(
        "compound",
        DIGIT,
        rf"{NUMBER_START}(?<!-)(?P<number>{NUMBER})-(?P<word>{LETTER}++)(?P<chain>(?=-))?(?!\w)",
        _compound,
        (
            ("Een 18-jarige uit een 5-sterrenhotel.", "Een achttienjarige uit een vijfsterrenhotel."),
            ("Een 3-eenheid.", "Een drie-eenheid."),
        ),
    ),
    Rule(
        "times",
        DIGIT,
        rf"{NUMBER_START}(?P<first>{NUMBER})[ \u00a0]?[x×](?:[ \u00a0]?(?P<last>{NUMBER}))?(?![\w])",
        _times,
        (
            ("Een kamer van 4 x 5 meter.", "Een kamer van vier bij vijf meter."),
            ("Dat is 3x zo veel.", "Dat is drie keer zo veel."),
        ),
    ),
)
"""Numbers with something written onto them; before the codes of letters and digits, that would take 1e for one."""

RULES = (
    Rule(
        "negative",
        DIGIT,
        rf"(?<![\w)\]%’”.,])(?<![0-9][ ])[-−–](?P<number>{NUMBER}){NUMBER_END}",
        _negative,
        (
            ("Het werd -12 in de nacht.", "Het werd min twaalf in de nacht."),
            ("Het voelt als –15 graden.", "Het voelt als min vijftien graden."),
        ),
    ),
    Rule(
        "english thousands",
        DIGIT,
        r"(?<![\w.,])[0-9]{1,3}(?:,[0-9]{3}){2,}+(?![\w,])",
        _english,
        (("Zeker 1,000,000 volgers.", "Zeker een miljoen volgers."),),
    ),
    Rule(
        "number list",
        DIGIT,
        r"(?<![\w.,])[0-9]++(?:,[0-9]++){2,}+(?!\w)",
        _listed,
        (("Bus 1,2,3 en 4.", "Bus één, twee, drie en vier."),),
    ),
    Rule(
        "number",
        DIGIT,
        rf"{NUMBER_START}{NUMBER}{NUMBER_END}",
        _number,
        (
            ("Zo'n 1.000.000 euro voor 1,5 hectare.", "Zo'n een miljoen euro voor één komma vijf hectare."),
            ("Er zijn 1.984 stoelen.", "Er zijn negentienhonderdvierentachtig stoelen."),
        ),
    ),
    Rule(
        "pointed number",
        DIGIT,
        r"(?<![\w.,])[0-9]++(?:[.][0-9]++)++(?!\w)",
        _pointed,
        (("Versie 2.0.1 is er.", "Versie twee punt nul punt één is er."),),
    ),
    Rule(
        "digits",
        DIGIT,
        r"[0-9]++",
        _left_over,
        (("Dossier 4.x.77b blijft.", "Dossier vier.x. zevenenzeventig b blijft."),),
    ),
)
