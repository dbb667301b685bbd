"""Dutch verbs: which forms say something, and whether a stretch of text holds a verb at all."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from tts.segment.lexicon import groups_of_words, words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# A subject of its own makes a clause, whatever its verb.
_SUBJECTS = frozenset("ik 'k ’k we wij jij hij u jullie ze zij men er".split())
# What makes a bare stem a verb: "gooi je", "zeg dat", "kijk eens".
_AFTER_STEM = frozenset("je jij dat dit die dan maar niet nou toch er mij me ons hem haar ze eens even nooit".split())
_ARTICLES = frozenset("de het een".split())
_VOWELS = "aeiouy"
_SHORT_ENDINGS = ("el", "er", "en", "em", "ig", "aam")
_VERB_ENDINGS = ("t", "de", "te", "den", "ten")
_SHORTEST_GUESS = 5  # letters
_INVERTED_REACH = 4  # words; further on the noun before an article is an object's
_AFTER_VERB = frozenset(
    "aan altijd bij daar de door een elkaar er hier het hun in mee met naar niet nooit ook op over om samen te uit van "
    "vaak voor zich".split()
)
_SHORT_VERB = re.compile(r"[a-z]{1,3}[aeiou][bcdfgklmnprsz]t")
_NO_VERBS = frozenset("want echt vast laatst meest eerst juist langst".split())
# Before one of these endings "nacht", not "wacht".
_BEFORE_NOUN = frozenset(
    "het een één eén geen dit dat mijn zijn haar hun ons jouw uw elk ieder welk zo'n zo’n veel vol in op aan van met "
    "voor uit bij door naar tot tussen onder over tegen zonder per te en of als goed".split()
)
_VOICELESS = "tkfschpx"  # 't kofschip
# Longer than this without any verb that we know, it is our list that falls short.
_SURELY_A_CLAUSE = 14


def says(word: str) -> bool:
    """Whether `word` is a form of a verb that announces or closes direct speech."""
    return word.lower() in words("verbs", "saying")


def says_strongly(word: str) -> bool:
    """As `says`, for verbs that have hardly another use."""
    return says(word) and word.lower() not in words("verbs", "weak")


def says_in_two(word: str, particles: set[str]) -> bool:
    """Whether `word` with one of `particles` behind it is such a verb: "laat het museum weten", "geeft hij toe"."""
    return any(word in group and not particles.isdisjoint(group) for group in groups_of_words("verbs", "separable"))


def is_verb(word: str) -> bool:
    """Whether `word` is, as far as its form tells, a verb."""
    return word.lower() in _forms() or word.endswith("eert")


def has_verb(text: str) -> bool:
    """Whether `text` is a clause: it holds a verb, or a pronoun that only a verb can have for subject."""
    found = [match.group().lower() for match in _WORD.finditer(text)]
    forms = _forms()
    if len(found) >= _SURELY_A_CLAUSE or any(word in forms or word in _SUBJECTS for word in found):
        return True
    if len(found) > 1 and found[0] in _stems() and found[1] in _ARTICLES:
        return True  # "Draai de plaat om"
    return any(word in _stems() and after in _AFTER_STEM for word, after in pairwise(found))


def may_hold_verb(text: str) -> bool:
    """Whether a word in a sentence stands where a verb does and ends as one: "onze kraan druppelt al"."""
    found = [match.group() for match in _WORD.finditer(text)]
    if any(_goes_before_subject(word, after) for word, after in pairwise(found[:_INVERTED_REACH])):
        return True
    if any(_is_of_many(*three) for three in zip(found, found[1:], found[2:], strict=False)):
        return True
    return any(
        word.islower()
        and len(word) >= _SHORTEST_GUESS
        and word.endswith(_VERB_ENDINGS)
        and not before.endswith("e")
        and before.lower() not in _BEFORE_NOUN
        for before, word in pairwise(found)
    )


def _goes_before_subject(word: str, after: str) -> bool:
    """Whether a short word ends as a verb and has an article behind it, as its subject: "thuis tikt de klok"."""
    return word.islower() and _SHORT_VERB.fullmatch(word) is not None and after in _ARTICLES and word not in _NO_VERBS


def _is_of_many(subject: str, word: str, after: str) -> bool:
    """Whether a plural has behind it what ends as its verb does: "Koeien kalven ook"."""
    many = len(subject) >= _SHORTEST_GUESS and subject.endswith(("s", "en"))
    return many and word.islower() and len(word) >= _SHORTEST_GUESS and word.endswith("en") and after in _AFTER_VERB


@cache
def _forms() -> frozenset[str]:
    forms = set(words("verbs", "irregular")) | words("verbs", "saying")
    for infinitive in words("verbs", "common"):
        forms.update(_conjugate(infinitive))
    return frozenset(forms - words("verbs", "no_verbs"))


@cache
def _stems() -> frozenset[str]:
    return frozenset(_stem(_base(infinitive)) for infinitive in words("verbs", "common"))


def _base(infinitive: str) -> str:
    return infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]


def _conjugate(infinitive: str) -> set[str]:
    """Present, weak past and participle; that strong verbs get a past nobody uses does no harm."""
    base = _base(infinitive)
    stem = _stem(base)
    past = stem + ("te" if base[-1:] in _VOICELESS else "de")
    present = stem if stem.endswith("t") else stem + "t"
    participle = present if base[-1:] in _VOICELESS else stem if stem.endswith("d") else stem + "d"
    prefixed = infinitive.startswith(("be", "ge", "her", "ont", "ver", "er"))
    return {infinitive, present, past, past + "n", participle if prefixed else "ge" + participle}


def _stem(base: str) -> str:
    if len(base) > 2 and base[-1] == base[-2] and base[-1] not in _VOWELS:
        return base[:-1]
    if (
        len(base) > 1
        and base[-1] not in _VOWELS
        and base[-2] in "aeou"
        and (len(base) < 3 or base[-3] not in _VOWELS)
        and not (len(base) > 4 and base.endswith(_SHORT_ENDINGS))
    ):
        base = base[:-1] + base[-2:]
    return base[:-1] + {"v": "f", "z": "s"}.get(base[-1], base[-1])
