"""Money: € 1.250,50; 3,2 miljard euro; $5 mln; € 0,40/kWh."""

from __future__ import annotations

import re

from tts.speak.dutch.data import table
from tts.speak.dutch.rule import DIGIT, Rule, ends_sentence, word_before
from tts.speak.dutch.spelling import GAP, NUMBER, NUMBER_START, number, whole

_SIGN = r"US\$|[€$£¥₽₺₹₴₩ƒ]|(?:EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|AUD|CAD)(?![A-Za-z])"
_AMOUNT = rf"(?:[0-9]{{1,6}}[.][0-9]{{1,2}}(?![0-9])|{NUMBER})"  # $4.50 keeps its point
_POINT = re.compile(r"[.](?=[0-9]{1,2}$)")
_SCALE = r"mln[.]?|mio|miljoen|mrd[.]?|mld[.]?|miljard|biljoen|duizend|bn|[kKMm]"
# "€ 2 tot 3 miljoen" is one sum, "€ 2 tot 3 juni" is not.
_LINK = r"(?P<link>[-–]|à|tot(?=[ \u00a0](?:[€$£]|[0-9.,]++[ \u00a0]?(?:m|biljoen))))"
_TAIL = rf"(?:[ \u00a0]?(?P<scale>{_SCALE})(?!\w))?"


def amount(written: str, unit: str, hundredth: str) -> str:
    """A sum with two decimals as units and hundredths (twee euro en vijftig cent), any other as a number and unit."""
    units, comma, hundredths = written.partition(",")
    if not (comma and len(hundredths) == 2 and hundredth):
        return f"{number(written)} {unit}"
    parts = [
        f"{number(count)} {name}" for count, name in ((units, unit), (str(int(hundredths)), hundredth)) if whole(count)
    ]
    return " en ".join(parts) if parts else f"nul {unit}"


def _per(match: re.Match[str]) -> str:
    units = table("units")
    written = match["per"]
    if not written:
        return ""
    return f" per {units['per'].get(written) or units['after_number'].get(written) or written}"


def _sum(match: re.Match[str]) -> str:
    unit, hundredth = table("currencies")["signs"][match["sign"]]
    written = match.groupdict()
    minus = "min " if written.get("minus") or written.get("debt") else ""
    first, last, scale = _POINT.sub(",", match["first"]), match["last"], match["scale"]
    if scale:
        unit, hundredth = f"{table('currencies')['scales'][scale]} {unit}", ""
    spoken = amount(last or first, unit, hundredth)
    if last:
        until = "en" if word_before(match).lower() == "tussen" else "tot"
        spoken = f"{number(first)} {'à' if match['link'] == 'à' else until} {spoken}"
    stop = "." if match[0].endswith(".") and ends_sentence(match) else ""
    return minus + spoken + _per(match) + stop


def _in_words(match: re.Match[str]) -> str:
    return amount(match["first"], match["unit"], table("currencies")["words"][match["unit"]])


RULES = (
    Rule(
        "money",
        DIGIT,
        rf"(?<!\w)(?:(?P<minus>[-−–]){GAP})?(?P<sign>{_SIGN})[ \u00a0\u202f]?(?P<debt>[-−])?(?P<first>{_AMOUNT})"
        rf"(?:{GAP}{_LINK}{GAP}(?:(?P=sign){GAP})?(?P<last>{NUMBER}))?(?:,[-–—=]{{1,2}})?{_TAIL}"
        rf"(?:{GAP}/{GAP}(?P<per>[a-zA-Z²³]{{1,12}}))?(?![0-9])",
        _sum,
        (
            ("Het kost € 1.250,50.", "Het kost twaalfhonderdvijftig euro en vijftig cent."),
            ("Er gaat $5 mln naartoe.", "Er gaat vijf miljoen dollar naartoe."),
            ("Voor € 0,50 of €3,- mee te nemen.", "Voor vijftig cent of drie euro mee te nemen."),
            ("Stroom van € 0,40/kWh.", "Stroom van veertig cent per kilowattuur."),
        ),
    ),
    Rule(
        "money behind",
        DIGIT,
        rf"{NUMBER_START}(?P<first>{NUMBER})"
        rf"(?:{GAP}{_LINK}{GAP}(?P<last>{NUMBER}))?(?:,[-–—=]{{1,2}})?{_TAIL}"
        rf"[ \u00a0]?(?P<sign>{_SIGN})(?:[ \u00a0]?/[ \u00a0]?(?P<per>[a-zA-Z²³]{{1,12}}))?(?![\w])",
        _sum,
        (("Zeker 12 mln € extra.", "Zeker twaalf miljoen euro extra."),),
    ),
    Rule(
        "money by its dash",
        DIGIT,
        rf"{NUMBER_START}(?P<first>{NUMBER}),(?:-+|[–—]|=)(?![\w])(?: euro(?!\w))?",
        lambda match: f"{number(match['first'])} euro",
        (("Nu voor 1.000,-!", "Nu voor duizend euro!"),),
    ),
    Rule(
        "money in words",
        DIGIT,
        rf"{NUMBER_START}(?P<first>[0-9][0-9.]*+,[0-9]{{2}})[ \u00a0](?P<unit>euro|dollar|pond|gulden)(?!\w)",
        _in_words,
        (("Een kaartje van 12,50 euro.", "Een kaartje van twaalf euro en vijftig cent."),),
    ),
)
