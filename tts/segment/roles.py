"""What people and groups are called: role nouns, demonyms, first names, and the gender they tell."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from tts.segment.lexicon import groups_of_words, words

Gender = Literal["f", "m"]

_FEMININE = ("ster", "trice", "euse", "esse", "ologe", "iste", "vrouw", "moeder")
_LONGEST_HEAD = 30  # letters; a compound is searched no further, so a word without end takes no time without end
_SHORTEST_TAIL = 3
_NO_COMPOUNDS = frozenset("schouder schouders".split())  # no "houder"
_SHORT_HEADS = frozenset({"lid", "boer", "chef", "baas"})


@cache
def _listed() -> frozenset[str]:
    return words("roles", "people").union(*groups_of_words("roles", "same"))


@lru_cache(maxsize=4096)
def role_head(word: str) -> str | None:
    """The noun in the lists of roles that `word` ends with: "wethouder" for "D66-wethouders", None if it is no role."""
    known = _listed()
    lower = word.lower()
    for form in () if lower in _NO_COMPOUNDS else (lower, *(_singulars(lower))):
        if form in known:
            return form
        for cut in range(max(2, len(form) - _LONGEST_HEAD), len(form) - 2):
            tail = form[cut:]
            if tail in known and (len(tail) > 4 or tail in _SHORT_HEADS or form[cut - 1] == "-"):
                return tail
    return None


def _singulars(word: str) -> tuple[str, ...]:
    forms = []
    if word.endswith("ologe"):
        forms.append(word.removesuffix("ge") + "og")
    if word.endswith("s"):
        forms.append(word[:-1].removesuffix("'").removesuffix("’"))
    if word.endswith("leden"):
        forms.append(word[:-5] + "lid")
    elif word.endswith("en"):
        forms.extend((word[:-2], word[:-1]))
        if len(word) > 4 and word[-3] == word[-4]:
            forms.append(word[:-3])
    return tuple(forms)


@lru_cache(maxsize=4096)
def group_head(word: str) -> str | None:
    """The noun in the list of groups that `word` ends with: "koepel" for "transportkoepel", None if it is no group."""
    known = words("roles", "groups")
    lower = word.lower()
    if lower in known:
        return lower
    return next(
        (lower[cut:] for cut in range(max(2, len(lower) - _LONGEST_HEAD), len(lower) - 3) if lower[cut:] in known), None
    )


def is_group(word: str) -> bool:
    """Whether `word` names a kind of group: "gemeente", "woningcorporatie"."""
    return group_head(word) is not None


def is_demonym(word: str) -> bool:
    """Whether `word` can say where somebody is from: "Tsjech", "Rotterdammer"."""
    if not word[:1].isupper() or role_head(word) or is_first_name(word):
        return False
    if word.endswith(("'er", "’er", "'ster", "’ster")):  # "D66'er"
        return True
    return word.lower() in words("roles", "demonyms") or word.endswith(("mer", "enaar", "lander"))


def same_role(one: str, other: str) -> bool:
    """Whether two head nouns can stand for one role: "trainer" and "coach", "bioloog" and "gedragsbioloog"."""
    one, other = _masculine(one), _masculine(other)
    shorter, longer = sorted((one, other), key=len)
    if longer.endswith(shorter) and len(shorter) > _SHORTEST_TAIL:
        return True
    return any(one in group and other in group for group in groups_of_words("roles", "same"))


def _masculine(head: str) -> str:
    return head.removesuffix("ge") + "og" if head.endswith("ologe") else head


def gender_of_role(word: str) -> Gender | None:
    """What a role tells of a gender: "moeder", "woordvoerster", "zakenman"."""
    lower = word.lower()
    head = role_head(lower) or lower
    if head in words("roles", "female") or lower in words("roles", "female"):
        return "f"
    if lower.endswith(_FEMININE) and not lower.endswith(("meester", "minister")):
        return "f"
    return "m" if head in words("roles", "male") or lower in words("roles", "male") else None


def gender_of_first_name(name: str) -> Gender | None:
    """What a first name tells, None when it is unknown or given to both."""
    lower = name.lower()
    if lower in words("names", "either"):
        return None
    for form in (lower, lower.split("-")[0]):
        if form in words("names", "female"):
            return "f"
        if form in words("names", "male"):
            return "m"
    return None


def is_first_name(name: str) -> bool:
    """Whether `name` is in the lists of first names, or begins a double one that is."""
    lower = name.lower()
    return any(
        form in words("names", kind) for form in (lower, lower.split("-")[0]) for kind in ("female", "male", "either")
    )
