"""What people and groups are called: role nouns, demonyms, first names, and the gender they tell."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from tts.segment.lexicon import groups_of_words, words

Gender = Literal["f", "m"]

_FEMININE = ("ster", "trice", "euse", "esse", "ologe", "iste", "eres", "ares", "vrouw", "moeder", "dochter", "zus")
_MASCULINE = ("vader", "zoon", "broer", "man", "jongen", "heer")
# How nouns end that say what somebody does; "-eer" is "beheer", a comparative or an adverb never stands there.
_AGENT = re.compile(
    r".{2,}(?:[^e]er|aar|aars|ster|[ae]res|ist|iste|loo?ge?|kundige|meester|eurs?e?|trice|[aeo]nte?|icus|ica|ier|"
    r"man|vrouw|lid|hoofd|genoo?te?|leider|houder|maker)",
)
_ENDINGS_OF_WOMEN = (
    ("ologe", "oloog"),
    ("ares", "aar"),
    ("eres", "er"),
    ("ster", "er"),
    ("euse", "eur"),
    ("trice", "teur"),
    ("iste", "ist"),
    ("ente", "ent"),
    ("ante", "ant"),
    ("ica", "icus"),
)
# "Almeerder", "Tilburger", "Utrechter", "Achterhoeker"
_DEMONYM = re.compile(
    r".*(?:mer|enaar|lander)|.{2,}(?:erder|inger|burger|[ei]chter|hoeker|elaar|[eo]nder|daler|dijker)"
)
_DOER = re.compile(r"(?P<stem>.{3,}?)(?:d?er|ster|aar|ares|iste?|ente?|ier|euse?)")
_OF = frozenset("van uit bij in op aan voor met namens naast".split())
_NO_ENDINGS_OF_WOMEN = ("meester", "minister", "priester", "koster", "magister")
_VOICED = {"f": "v", "s": "z"}
_SHORTEST_AGENT = 5
_SHORTEST_DEMONYM = 6
_LONGEST_HEAD = 30  # letters; a compound is searched no further, so a word without end takes no time without end
_SHORTEST_TAIL = 3
_NO_COMPOUNDS = frozenset(
    "schouder schouders geleden verleden overleden koperen gelijkmaker goedkoper shredder waarden bevriend".split()
)
_SHORT_HEADS = frozenset({"lid", "boer", "chef", "baas"})


@cache
def _listed() -> frozenset[str]:
    lists = (*groups_of_words("roles", "same"), *groups_of_words("roles", "equals"), words("roles", "peers"))
    return words("roles", "people").union(*lists)


@lru_cache(maxsize=4096)
def role_head(word: str) -> str | None:
    """The noun in the lists of roles that `word` ends with: "wethouder" for "D66-wethouders", None if it is no role."""
    known = _listed()
    lower = word.lower()
    masculine = lower if lower.endswith("ica") else _masculine(lower)  # "fysica" is what a fysicus does
    for form in () if lower in _NO_COMPOUNDS else dict.fromkeys((lower, *_singulars(lower), masculine)):
        if form in known:
            return form
        for cut in range(max(2, len(form) - _LONGEST_HEAD), len(form) - 2):
            tail = form[cut:]
            if tail in known and (len(tail) > 4 or tail in _SHORT_HEADS or form[cut - 1] == "-"):
                return tail
    return None


def is_singular(word: str, head: str) -> bool:
    """Whether `word`, whose head is `head`, is of one: "kosteres", not "kosters"."""
    return word.endswith((head, "ologe")) or _masculine(word).endswith(head)


def own_words(role: str) -> list[str]:
    """The words of a role up to what it is of: "moeder" of "moeder van de winnaar"."""
    found = re.findall(r"[^\s,;]+", role)
    of = next((i for i, word in enumerate(found) if i and word in _OF and any(map(role_head, found[:i]))), len(found))
    return found[:of]


def sounds_like_role(word: str) -> bool:
    """Whether `word`, in no list, is formed as the nouns are that say what somebody does: "kosteres", "beiaardier"."""
    return len(word) >= _SHORTEST_AGENT and _AGENT.fullmatch(word.lower()) is not None


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


def is_association(word: str) -> bool:
    """Whether `word` is what a society is called in its own name: "stichting", "ondernemersvereniging"."""
    return word.lower().endswith(tuple(words("roles", "associations")))


def is_demonym(word: str) -> bool:
    """Whether `word` can say where somebody is from: "Tsjech", "Rotterdammer"."""
    if not word[:1].isupper() or role_head(word) or is_first_name(word):
        return False
    if word.endswith(("'er", "’er", "'ster", "’ster")):  # "D66'er"
        return True
    return word.lower() in words("roles", "demonyms") or _DEMONYM.fullmatch(word) is not None


def may_be_demonym(word: str) -> bool:
    """Whether `word`, with an article before it and no name behind it, can say where one is from: "Heerenvener"."""
    shaped = len(word) > _SHORTEST_DEMONYM and word.isalpha() and word.istitle() and word.endswith(("er", "aar"))
    return is_demonym(word) or (shaped and not role_head(word) and not is_first_name(word))


def same_role(one: str, other: str) -> bool:
    """Whether two head nouns can stand for one role: "trainer" and "coach", "bioloog" and "gedragsbioloog"."""
    ones, others = {one, _masculine(one)}, {other, _masculine(other)}
    if one == other or any(is_tail(a, b) or is_tail(b, a) for a in ones for b in others):
        return True
    return any(ones & group and others & group for group in groups_of_words("roles", "same"))


def is_tail(head: str, compound: str) -> bool:
    """Whether a compound is a kind of its tail: a "buurvrouw" is no role that "vrouw" stands for."""
    return compound.endswith(head) and len(head) > _SHORTEST_TAIL and head != "vrouw"


@lru_cache(maxsize=4096)
def _masculine(head: str) -> str:
    """The form for men, as far as endings tell: "psychologe", "molenares", "dirigente", "bakster", "woordvoerster"."""
    for ending, masculine in _ENDINGS_OF_WOMEN:
        if head.endswith(ending) and not head.endswith(_NO_ENDINGS_OF_WOMEN):
            stem = head.removesuffix(ending)
            forms = [stem + masculine]
            if ending == "ster":
                forms += [f"{stem}der", f"{stem}{stem[-1:]}er", f"{stem[:-1]}{_VOICED.get(stem[-1:], '')}er"]
            return next((form for form in forms if _ends_in_list(form)), forms[0])
    return head


def _ends_in_list(form: str) -> bool:
    return any(form[cut:] in _listed() for cut in range(max(0, len(form) - _LONGEST_HEAD), len(form) - _SHORTEST_TAIL))


def agent_stem(noun: str) -> str | None:
    """What somebody does by whom they are called: "bak" for "bakster", None where the form does not tell."""
    match = _DOER.fullmatch(noun.lower())
    stem = match["stem"] if match and not noun.endswith("meester") else None
    return stem[:-1] if stem and stem[-2:-1] == stem[-1] else stem  # "bakker" bakes: "bak"


def gender_of_role(word: str) -> Gender | None:
    """What a role tells of a gender: "moeder", "woordvoerster", "zakenman"."""
    lower = word.lower()
    head = role_head(lower) or lower
    if head in words("roles", "female") or lower in words("roles", "female"):
        return "f"
    if lower.endswith(_FEMININE) and not lower.endswith(_NO_ENDINGS_OF_WOMEN):
        return "f"
    male = head in words("roles", "male") or lower in words("roles", "male") or head.endswith(_MASCULINE)
    return "m" if male else None


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


@lru_cache(maxsize=4096)
def is_first_name(name: str) -> bool:
    """Whether `name` is in the lists of first names, or begins a double one that is."""
    lower = name.lower()
    return any(
        form in words("names", kind) for form in (lower, lower.split("-")[0]) for kind in ("female", "male", "either")
    )
