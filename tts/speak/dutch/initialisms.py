"""Letters against words: ICC is "i c c", NAVO is read; a headline in capitals is neither."""

from __future__ import annotations

import re
from functools import lru_cache

from tts.speak.dutch.data import words
from tts.speak.dutch.rule import ANY, CAPITAL, Rule, compiled
from tts.speak.dutch.spelling import letters

# What stands before and after the vowels of a syllable in the 30,000 commonest Dutch words, longest first.
_ONSET = (
    "bl|br|b|chr|ch|cl|cr|c|dr|dw|d|fl|fr|f|gh|gl|gr|g|h|j|kl|kn|kr|kw|k|l|m|n|ph|pl|pr|ps|p|qu|rh|r|schr"
    "|scr|sch|sc|sf|sh|sj|sk|sl|sm|sn|spl|spr|sp|str|st|sw|s|thr|th|tr|tw|t|vl|vr|v|wh|wr|w|zw|zh|z|x|tj|ts|rw|bh|kh|dm|sv|q"
)
_CODA = (
    "chts|cht|cks|ck|cs|ct|ch|c|bs|b|ds|dt|d|fst|fs|ft|ff|f|ghts|ght|gst|gs|gd|gt|g|h|kst|kt|ks|k|lfst"
    "|lfs|lft|lf|ld|lg|lk|lls|ll|lms|lmt|lm|lpt|lp|lst|ls|lt|l|mbt|mpt|mp|mst|ms|mt|md|m|nchs|nch|ndst"
    "|nds|ndt|nd|ngst|ngs|ngt|ng|nkt|nks|nk|nst|ns|nts|nt|nn|n|pst|ps|pt|p|rcht|rch|rdst|rds|rdt|rd|rfst"
    "|rft|rf|rgst|rgt|rg|rkt|rks|rk|rl|rmd|rmt|rm|rn|rpt|rps|rp|rst|rs|rth|rts|rt|r|sch|sh|sk|sp|ss|st|s"
    "|tch|tst|ts|tt|tz|th|t|v|wd|wn|ws|wt|w|xt|x|zz|z|bt|fd|lgt|ldt|rnst|gn|sts|nsk|rc|hn"
)
_VOWELS = "(?:ij|[aeiouy]){1,4}+"
_READABLE = rf"(?:{_ONSET})?{_VOWELS}(?:(?:{_CODA})?(?:{_ONSET})?{_VOWELS}){{0,5}}(?:{_CODA})?"
_OF_PARTS = re.compile(r"[A-Z]{1,2}(?:v|vd|vt|en)[A-Z]{1,2}")  # HvA: Hogeschool van Amsterdam
_RUN_CHARS = 80
_RUN_LEFT = re.compile(r"((?:[A-ZÀ-Þ][A-ZÀ-Þ’'-]*[,:;]? +)+)$")
_RUN_RIGHT = re.compile(r"(?:[’'-]?[A-ZÀ-Þ]*[,:;]? +[A-ZÀ-Þ][A-ZÀ-Þ’'-]*(?![a-zà-ÿ0-9]))+")
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{2,}")
_SHORTEST_READ = 4
_LONGEST_SPELLED = 6


@lru_cache(maxsize=4096)
def readable(written: str) -> bool:
    """Whether a Dutch mouth can read these letters as a word."""
    return compiled(_READABLE).fullmatch(written.lower()) is not None


@lru_cache(maxsize=4096)
def is_spelled(written: str) -> bool:
    """Whether capitals are said letter by letter: by the tables, else up to three, or where no word is in them."""
    if written in words("acronyms", "letters"):
        return True
    if written in words("acronyms", "words") or len(written) > _LONGEST_SPELLED:
        return False
    return len(written) < _SHORTEST_READ or not readable(written)


def _in_headline(match: re.Match[str]) -> bool:
    """Whether the capitals around it are a shout rather than more initialisms."""
    text, (start, end) = match.string, match.span()
    left = _RUN_LEFT.search(text, max(0, start - _RUN_CHARS), start)
    right = _RUN_RIGHT.match(text, end, end + _RUN_CHARS)
    neighbours = _CAPITALS.findall((left[0] if left else "") + " " + (right[0] if right else ""))
    if any(word in words("acronyms", "shouted") for word in neighbours):
        return True
    return len(neighbours) > 1 and not all(is_spelled(word) for word in neighbours)


def _initialism(match: re.Match[str]) -> str | None:
    written = match["letters"]
    if not is_spelled(written):
        return None
    if written not in words("acronyms", "letters"):
        if written in words("acronyms", "shouted"):
            return None
        if any(vowel in written for vowel in "AEIOUY") and _in_headline(match):
            return None
    elif written in words("acronyms", "shouted") and _in_headline(match):
        return None
    return letters(written) + (f"’{match['plural']}" if match["plural"] else "")


def _mixed(match: re.Match[str]) -> str | None:
    written = match[0]
    return letters(written) if written in words("acronyms", "mixed") or _OF_PARTS.fullmatch(written) else None


RULES = (
    Rule(
        "initialism",
        CAPITAL,
        r"(?<![\w@#&*])(?<![A-Z][.])(?P<letters>[A-Z]{2,6}+)(?P<plural>s(?!\w))?(?![\w&*])(?![.][A-Z])",
        _initialism,
        (
            ("Het ICC en de EU-landen.", "Het i c c en de e u-landen."),
            ("De NAVO en UNESCO zwijgen.", "De NAVO en UNESCO zwijgen."),
            ("STORM TREKT OVER HET LAND", "STORM TREKT OVER HET LAND"),
            ("Dat is NIET waar.", "Dat is NIET waar."),
        ),
    ),
    Rule(
        "mixed initialism",
        ANY,
        r"(?<![\w@#.])[A-Za-z]{3,5}+(?![\w@])(?![.]\w)",
        _mixed,
        (("De PvdA wil minder btw.", "De p v d a wil minder b t w."),),
    ),
)
