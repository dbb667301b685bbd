"""Whom a description means: "de wethouder", "zijn broer", "de jongste van de twee", "de unie", "de 19-jarige spits"."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from tts.segment.clauses import OWNERS
from tts.segment.lexicon import groups_of_words, words
from tts.segment.phrases import CONTRASTS, ORIGIN
from tts.segment.pronouns import by_pronoun, learn_gender
from tts.segment.ranking import by_rank, fits, unnamed
from tts.segment.roles import group_head, is_first_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts.segment.memory import Memory
    from tts.segment.people import Person
    from tts.segment.referent import Referent

# "De man", "de Rotterdammer": somebody already spoken of, not a role.
_ANYBODY = frozenset(("man", "vrouw", "jongen", "meisje", "jongere", "oudere", ORIGIN))
_AGED = re.compile(r" van \d+$")  # "de jongen van 24"
_PARENTS = frozenset("vader moeder".split())
_CHILDREN = frozenset("zoon dochter".split())
# Of the same relation, and who is at its other end.
_CONVERSES = (
    (_PARENTS, _CHILDREN),
    (frozenset("opa oma grootvader grootmoeder".split()), frozenset("kleinzoon kleindochter kleinkind".split())),
)
# What a firm is called as well as a man.
_FIRMS = (
    "bouwer",
    "producent",
    "aanbieder",
    "leverancier",
    "beheerder",
    "verwerker",
    "genoot",
    "uitgever",
    "concurrent",
)
_SHORTEST_STEM = 6  # letters of "netbeheer" in "netbeheerder"


def by_description(memory: Memory, ref: Referent) -> tuple[Person, float]:
    """The person that a description means, and how sure that is; somebody new where it means nobody known."""
    if not ref.definite or ref.plural:
        return unnamed(memory, ref), 0.85
    if ref.group:
        return _by_kind(memory, ref) or unnamed(memory, ref), 0.85
    if ref.head in _ANYBODY and ref.phrase.split()[0] not in OWNERS:
        known = memory.described.get(ref.head)
        if known is not None and memory.mentioned_at.get(known, -1) >= memory.paragraph:
            return known, 0.85
        person, confidence = by_pronoun(memory, ref)
        if person and (ref.head == ORIGIN or _AGED.sub("", ref.phrase).endswith(ref.head)):  # not "de vrouw naast hem"
            learn_gender(memory, person, ref.gender)
            return person, min(confidence, 0.8)
        return unnamed(memory, ref), 0.85
    memory = _without_the_rival(memory, ref)
    told = ((told_by(memory, ref), what) for what, told_by in _TOLD_BY.items())
    return by_rank(memory, ref, {person: what for person, what in told if person is not None})


def _without_the_rival(memory: Memory, ref: Referent) -> Memory:
    """Without whom an object in the clause means: in "vroeg de portier hem" the porter is another."""
    if ref.rival is None or ref.phrase.split()[0] in OWNERS:
        return memory
    rival = next((p for p in memory.recent if not p.group and p.gender in {ref.rival, None}), None)
    return memory.without(rival)


def _by_kind(memory: Memory, ref: Referent) -> Person | None:
    """`de koepel` for transportkoepel TVN."""
    named = (p for p in (*memory.recent, *memory.known) if p.group and p.name and _is_kind(p, ref.head))
    if (group := next(named, None)) is not None:
        return group
    if group_head(ref.head) not in words("roles", "any_group"):
        return None
    last = (memory.lead.about, memory.topic, memory.last_group, memory.front)
    return next((p for p in last if p is not None and p.name and (p.group or _may_be_group(p))), None)


def _may_be_group(person: Person) -> bool:
    """Whether nothing tells that a name is a person's: "Bibliotheken Waddenland", "chipbouwer Nanolith"."""
    personal = person.gender or person.age or is_first_name(str(person.name).split()[0])
    return not personal and all(role.split()[-1].endswith(_FIRMS) for role in person.roles)


def _by_own_name(memory: Memory, ref: Referent) -> Person | None:
    """`de unie` for the Unie van Foorreizigers, `de netbeheerder` for Netbeheer Laagland."""
    named = (p for p in (memory.last_group, *memory.recent, *memory.known) if p and p.name and not p.gender)
    noun = next((word for word in ref.phrase.split() if word.endswith(ref.head)), ref.head).lower()
    return next((p for p in named if p.name and _is_in_name(noun, p.name)), None)


def _by_contrast(memory: Memory, ref: Referent) -> Person | None:
    """`de jongste van de twee`, `de andere broer`: by age where the article tells, else whom it was not about."""
    contrast = next((word for word in ref.phrase.lower().split()[1:2] if word in CONTRASTS), None)
    two = _two(memory)
    described = ref.head != contrast
    if contrast is None or len(two) < len(("one", "other")):
        return None
    if described and not all(fits(memory, p, ref) for p in two):
        return None
    by_age = sorted(two, key=_seniority)
    if contrast in {"jongste", "oudste"} and _seniority(by_age[0]) != _seniority(by_age[1]):
        return by_age[contrast == "oudste"]
    return two[1] if two[0] is memory.front else two[0]


def _two(memory: Memory) -> list[Person]:
    """The last two whom the article has put beside each other, or who share a surname; else the last two."""
    named = [p for p in memory.recent if p.name and p.sure and not p.group]
    pairs = (
        [one, other]
        for one, other in combinations(named, 2)
        if memory.cast.are_paired(one, other) or _share_surname(one, other)
    )
    return next(pairs, named[:2])


def _seniority(person: Person) -> float:
    """What sorts by age, parents and children too where no age is given."""
    heads = person.heads()
    return person.age or 100.0 * bool(heads & _PARENTS) - bool(heads & _CHILDREN)


def _by_namesake(memory: Memory, ref: Referent) -> Person | None:
    """`Haar naamgenoot`: the other of that surname or first name."""
    front = memory.front
    if not ref.phrase.endswith(("naamgenoot", "naamgenote")) or front is None or front.name is None:
        return None
    shared = {front.name.split()[0], front.name.split()[-1]}
    others = (p for p in (*memory.recent, *memory.known) if p is not front and p.name and not p.group)
    return next((p for p in others if p.name and not shared.isdisjoint(p.name.split())), None)


def _by_relation(memory: Memory, ref: Referent) -> Person | None:
    """`zijn dochter`, `haar compagnon`: the other of two whom the article has put beside each other."""
    owner = memory.front
    whose = OWNERS.get(ref.phrase.split()[0])
    if owner is not None and whose and owner.gender not in {whose, None}:
        owner = next((p for p in memory.recent if not p.group and p.gender == whose), None)
    same, converse = _relation(ref.head, ref.phrase)
    if owner is None or not same or ref.phrase.startswith("hun "):
        return None
    others = [p for p in memory.recent if p is not owner and p.name and p.sure and not p.group]
    others = [p for p in others if ref.gender is None or p.gender in {ref.gender, None}]
    others = [p for p in others if memory.owners.get(p) is not owner or not p.heads() or p.heads() & same]
    kin = [p for p in others if _share_surname(owner, p)]
    if whose and (called := next((p for p in others if p.heads() & same), None)) is not None:
        return called
    if owner.heads() & converse:
        related = [p for p in others if p.heads() & (words("roles", "relatives") | _ANYBODY)]
        return next(iter(kin or related or (others if len(others) == 1 else ())), None)
    if not whose or not ref.phrase.endswith(ref.head):
        return None
    peers = same is words("roles", "peers")
    beside = [p for p in others if memory.cast.are_paired(owner, p)] or ([] if peers else kin)
    near = [p for p in others if peers and p in memory.recent[:2] and p in memory.subjects]
    return next(iter(beside or near), None)


_TOLD_BY: dict[str, Callable[[Memory, Referent], Person | None]] = {
    "own name": _by_own_name,
    "relation": _by_relation,
    "namesake": _by_namesake,
    "contrast": _by_contrast,
}


def _share_surname(one: Person, other: Person) -> bool:
    mine, yours = (str(person.name).split()[1:] for person in (one, other))
    return mine == yours != []


def _relation(head: str, phrase: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words for the same relation as `head`, and those for the one at its other end."""
    for elder, younger in _CONVERSES:
        if head in elder | younger:
            return (elder, younger) if head in elder else (younger, elder)
    for same in groups_of_words("roles", "equals"):
        if head in same:
            return same, same
    peers = words("roles", "peers")
    is_peer = head in peers or any(_is_fellow(word, head) for word in phrase.split())
    return (peers, peers) if is_peer or head.endswith(("genoot", "genote")) else (frozenset(), frozenset())


def _is_fellow(word: str, head: str) -> bool:
    """Whether a word says that somebody is one of several: "medeverdachte", not "coach"."""
    return word != head and word.startswith(("co", "mede")) and word.endswith(head)


def _is_in_name(noun: str, name: str) -> bool:
    found = name.lower().split()
    return noun in found or any(len(word) >= _SHORTEST_STEM and noun.startswith(word) for word in found)


def _is_kind(person: Person, head: str) -> bool:
    """Whether a group is of the kind that a description names: "de koepel" for "transportkoepel TVN"."""
    named = [*(person.name or "").split(), *(word for role in person.roles for word in role.split())]
    wanted = group_head(head)
    return any(word.lower().endswith(head) or (wanted is not None and group_head(word) == wanted) for word in named)
