"""Letters with digits: CO2, 5G, A2, F-16, COVID-19, B12, PM2,5, H5N1; and names from a table (24/7, AC/DC)."""

from __future__ import annotations

import re

from tts.speak.dutch.data import table
from tts.speak.dutch.initialisms import is_spelled
from tts.speak.dutch.rule import ANY, DIGIT, Rule
from tts.speak.dutch.spelling import LETTER, digits, letters, number

_RUNS = re.compile(rf"{LETTER}++|[0-9]++(?:,[0-9]++)?")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_LONGEST_COUNTED = 4  # more digits than this are a code: digit by digit


def _letters_words(written: str, *, alone: bool) -> str:
    if written.isupper():
        return letters(written) if is_spelled(written) else written.lower()
    if alone or len(written) == 1 or not any(letter in "aeiouy" for letter in written.lower()):
        return letters(written)
    return written


def _run_words(run: str, written: str) -> str:
    if not run[0].isdigit():
        short = len(run) < 3 and not (run[0].isupper() and "-" in written)
        return _letters_words(run, alone=short)
    return number(run) if len(run) <= _LONGEST_COUNTED or "," in run else digits(run)


def _code(match: re.Match[str]) -> str | None:
    written = match["code"].translate(_SUBSCRIPTS)
    runs = _RUNS.findall(written)
    spoken = " ".join(_run_words(run, written) for run in runs)
    ending = match["ending"]
    if not ending:
        return spoken
    return spoken + (ending if spoken[-1] not in "aeiouyé" or ending != "s" else f"’{ending}")


def _glued(match: re.Match[str]) -> str:
    """A number written onto a word: 10tal, 65plusser."""
    spoken = number(match["number"])
    return ("een" if spoken == "één" else spoken) + match["word"]


def _named(match: re.Match[str]) -> str | None:
    spoken = table("technical").get(match[0])
    return None if spoken is None else str(spoken)


def named_rule() -> Rule:
    """The names in technical.toml, longest first."""
    names = sorted(table("technical"), key=len, reverse=True)
    alternatives = "|".join(re.escape(name) for name in names)
    return Rule(
        "technical name",
        ANY,
        rf"(?<![\w./])(?:{alternatives})(?!\w)",
        _named,
        (
            ("De lucht bevat CO₂ en NOx.", "De lucht bevat c o twee en n o x."),
            ("Zij zijn 24/7 open.", "Zij zijn vierentwintig zeven open."),
        ),
    )


RULES = (
    Rule(
        "technical",
        f"{DIGIT}|[₀-₉]",
        rf"(?<![\w.,@#])(?P<code>(?:{LETTER}{{1,15}}+-?(?=[0-9₀-₉])|[0-9]{{1,5}}+(?=[A-Z]|[a-z](?![a-z])))"
        r"(?:[0-9₀-₉]{1,12}+(?:,[0-9]{1,3}+)?|[A-Z]{1,4}+|[a-z](?![a-z])){1,6}+)(?!\w)(?:[’'](?P<ending>s|ers?|tjes?)(?!\w))?",
        _code,
        (
            ("De CO2-uitstoot langs de A2.", "De c o twee-uitstoot langs de a twee."),
            ("Een F-16 met 5G en COVID-19.", "Een f zestien met vijf g en covid negentien."),
            ("Te veel PM2,5 en te weinig B12.", "Te veel p m twee komma vijf en te weinig b twaalf."),
            ("Twee F-16’s.", "Twee f zestiens."),
        ),
    ),
    Rule(
        "number on a word",
        DIGIT,
        r"(?<![\w.,@#])(?P<number>[0-9]{1,6}+)(?P<word>[a-zéë]{2,}+)(?!\w)",
        _glued,
        (("Een 10tal jaren.", "Een tiental jaren."),),
    ),
)
