"""Abbreviations out of abbreviations.toml: bijv., o.a., t/m, dr., nr. 3, enz."""

from __future__ import annotations

import re
from functools import lru_cache

from tts.speak.dutch.data import table, words
from tts.speak.dutch.rule import ANY, DOT, Rule, ends_sentence, starts_sentence, word_after
from tts.speak.dutch.spelling import GAP, LETTER

_NAME_COMES = re.compile(
    r"[ \u00a0-]?(?:[A-ZÀ-Þ‘“]|[’'][ts] |(?:van|de|der|den|ter|ten|von)[ ]|(?:en |of )?[a-z]{1,5}[.])"
)
_NUMBER_COMES = re.compile(
    r"[ \u00a0]?(?:[0-9]|[IVXLC]++(?![\w.])|:|\(|"
    r"(?:[eé][eé]n|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig)\b)"
)
_CLOSED = re.compile(r"[’”\"')]{0,3}\s*$")


@lru_cache(maxsize=4096)
def _entry(written: str) -> tuple[str, str] | None:
    """The group of an abbreviation and its spoken form; a capital at its start comes back in the spoken form."""
    bare = written.removesuffix(".")
    for key in (bare, bare[:1].lower() + bare[1:]):
        for group in ("title", "number", "inline", "final"):
            spoken = table("abbreviations")[group].get(key)
            if spoken is not None and (written.endswith(".") or "." in key or "/" in key):
                return group, spoken if key == bare else spoken[:1].upper() + spoken[1:]
    return None


def _abbreviation(match: re.Match[str]) -> str | None:
    written = match[0]
    entry = _entry(written)
    if entry is None:
        return None
    group, spoken = entry
    if group == "title":
        return _title(match, spoken)
    if group == "number":
        if not _NUMBER_COMES.match(match.string, match.end()):
            return None
        return spoken if match.string[match.end()] in " \u00a0:(" else f"{spoken} "
    if written[0].isupper() and not starts_sentence(match) and not written.isupper():
        return None
    if group == "final":
        return spoken + ("." if written.endswith(".") and ends_sentence(match) else "")
    if _is_word_too(written) and ends_sentence(match):
        return None
    return spoken + ("." if _CLOSED.match(match.string, match.end()) else "")


def _is_word_too(written: str) -> bool:
    return written.removesuffix(".").lower() in words("abbreviations", "words_too")


def _title(match: re.Match[str], spoken: str) -> str | None:
    if not _NAME_COMES.match(match.string, match.end()):
        return None
    particle_comes = word_after(match, 1)[:1].isupper() or word_after(match, 1) in words("context", "particles")
    if word_after(match) in words("context", "sentence_starters") and not particle_comes:
        return None  # "een prof. De man" against "prof. De Boer"
    if match[0] == "Mr." and (not starts_sentence(match) or word_after(match) in words("abbreviations", "misters")):
        return "Mister"
    return spoken


def _titles(match: re.Match[str]) -> str | None:
    """As of "prof.dr.ir.", without a space between."""
    if not _NAME_COMES.match(match.string, match.end()):
        return None
    entries = [_entry(f"{title}.") for title in match[0].rstrip(".").split(".")]
    spoken = [entry[1] for entry in entries if entry and entry[0] == "title"]
    return " ".join(spoken) if len(spoken) == len(entries) else None


def _bare(match: re.Match[str]) -> str:
    spoken = str(table("abbreviations")["bare"][match[0].lower()])
    return spoken[:1].upper() + spoken[1:] if match[0][0].isupper() else spoken


RULES = (
    Rule(
        "titles without a space",
        DOT,
        rf"(?<![\w.@/])(?:{LETTER}{{2,4}}[.]){{2,5}}(?= )",
        _titles,
        (("Het was prof.dr.ir. Smit.", "Het was professor doctor ingenieur Smit."),),
    ),
    Rule(
        "abbreviation in parts",
        DOT,
        rf"(?<![\w.@/])(?:{LETTER}{{1,3}}[.](?:{GAP}-)?){{1,6}}+(?:Chr|mnd|st|{LETTER}(?!{LETTER}))?[.]?(?!\w)",
        _abbreviation,
        (
            ("Honden, o.a. herders, d.w.z. grote.", "Honden, onder andere herders, dat wil zeggen grote."),
            ("Cleopatra stierf in 30 v.Chr.", "Cleopatra stierf in dertig voor Christus."),
        ),
    ),
    Rule(
        "abbreviation",
        DOT,
        rf"(?<![\w.@/’'-]){LETTER}{{1,6}}+[.](?!{LETTER}|[_.])",
        _abbreviation,
        (
            ("Bijv. dr. Jansen uit ca. 1900.", "Bijvoorbeeld doctor Jansen uit circa negentienhonderd."),
            ("Lees blz. 3, nr. 4 enz. Daarna niets.", "Lees bladzijde drie, nummer vier enzovoort. Daarna niets."),
            ("Hij is de nr. negen van de lijst.", "Hij is de nummer negen van de lijst."),
        ),
    ),
    Rule(
        "abbreviation with a slash",
        "/",
        r"(?<![\w/.])(?:t/m|en/of|v/d|m/v|p/m|p/u|p/w|p/st|p/p)(?![\w/])",
        _abbreviation,
        (("Open t/m zondag.", "Open tot en met zondag."),),
    ),
    Rule(
        "abbreviation without a stop",
        ANY,
        r"(?<![\w.@/#-])(?:(?:mln|mrd|mld|bijv|drs|evt|incl|excl|jl|enz|dhr|mevr|mw|blz|aub|svp|zsm|vnl|ivm|mbt|mbv|nav|tov"
        r"|ipv|dmv|dwz|adhv|[Cc]a|vs)(?![\w@/.-])|(?:dr|mr|ir|ds|prof)(?= [A-Z])"
        r"|(?:[Nn]r|[Mm]ax|[Aa]rt|pag|[Tt]el)(?= [0-9]))",
        _bare,
        (("Nog enkele mln erbij.", "Nog enkele miljoen erbij."),),
    ),
)
