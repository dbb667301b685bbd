"""Whom a description means: "de wethouder", "zijn broer", "de jongste van de twee", "de unie", "de 19-jarige spits"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.segment.lexicon import groups_of_words, words
from tts.segment.people import Person
from tts.segment.pronouns import by_pronoun, learn_gender
from tts.segment.referents import CONTRASTS, ORIGIN
from tts.segment.roles import Gender, gender_of_role, group_head, role_head, same_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts.segment.memory import Memory
    from tts.segment.referents import Referent

# "De man", "de Rotterdammer": somebody already spoken of, not a role.
_ANYBODY = frozenset(("man", "vrouw", "jongen", "meisje", "jongere", "oudere", ORIGIN))
_PARENTS = frozenset("vader moeder".split())
_CHILDREN = frozenset("zoon dochter".split())
_FORMER = re.compile(r"\b(?:oud|ex)-|voormalige ")
_POSSESSORS: dict[str, Gender] = {"zijn": "m", "haar": "f"}
_SHORTEST_STEM = 6  # letters of "netbeheer" in "netbeheerder"


def by_description(memory: Memory, ref: Referent) -> tuple[Person, float]:
    """The person that a description means, and how sure that is; somebody new where it means nobody known."""
    if not ref.definite or ref.plural:
        return _unnamed(memory, ref), 0.85
    if ref.group:
        return _by_kind(memory, ref) or _unnamed(memory, ref), 0.85
    if ref.head in _ANYBODY and ref.phrase.split()[0] not in _POSSESSORS:
        person, confidence = by_pronoun(memory, ref)
        if person and (ref.head == ORIGIN or ref.phrase.endswith(ref.head)):  # not "de vrouw naast hem"
            learn_gender(memory, person, ref.gender)
            return person, min(confidence, 0.8)
        return _unnamed(memory, ref), 0.85
    memory = _without_the_rival(memory, ref)
    for told_by in _TOLD_BY:
        if (person := told_by(memory, ref)) is not None:
            return person, 0.9
    person = _by_epithet(memory, ref)
    return (person, 0.65) if person else (_unnamed(memory, ref), 0.85)


def _without_the_rival(memory: Memory, ref: Referent) -> Memory:
    """Without whom an object in the clause means: in "vroeg de portier hem" the porter is another."""
    if ref.rival is None or ref.phrase.split()[0] in _POSSESSORS:
        return memory
    rival = next((p for p in memory.recent if not p.group and p.gender in {ref.rival, None}), None)
    return memory.without(rival)


def _by_kind(memory: Memory, ref: Referent) -> Person | None:
    """`de koepel` for transportkoepel TVN."""
    named = (p for p in (*memory.recent, *memory.known) if p.group and p.name and _is_kind(p, ref.head))
    return next(named, None) or (memory.last_group if ref.head in words("roles", "any_group") else None)


def _by_own_name(memory: Memory, ref: Referent) -> Person | None:
    """`de unie` for the Unie van Foorreizigers, `de netbeheerder` for Netbeheer Laagland."""
    named = (p for p in (memory.last_group, *memory.recent, *memory.known) if p and p.name and not p.gender)
    noun = next((word for word in ref.phrase.split() if word.endswith(ref.head)), ref.head).lower()
    return next((p for p in named if p.name and _is_in_name(noun, p.name)), None)


def _by_contrast(memory: Memory, ref: Referent) -> Person | None:
    """`de jongste van de twee`, `de ander`: by age where the article gives both, else whom it was not about."""
    two = [p for p in memory.recent if p.name and p.sure and not p.group][:2]
    if ref.head not in CONTRASTS or len(two) < len(("one", "other")):
        return None
    if ref.head in {"jongste", "oudste"} and two[0].age and two[1].age and two[0].age != two[1].age:
        return sorted(two, key=lambda p: p.age or 0, reverse=ref.head == "oudste")[0]
    return two[1] if two[0] is memory.front else two[0]


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
    whose = _POSSESSORS.get(ref.phrase.split()[0])
    if owner is not None and whose and owner.gender not in {whose, None}:
        owner = next((p for p in memory.recent if not p.group and p.gender == whose), None)
    same, converse = _relation(ref.head, ref.phrase)
    if owner is None or not same or ref.phrase.startswith("hun "):
        return None
    others = [p for p in memory.recent if p is not owner and p.name and p.sure and not p.group]
    others = [p for p in others if ref.gender is None or p.gender in {ref.gender, None}]
    kin = [p for p in others if _share_surname(owner, p)]
    if whose and (called := next((p for p in others if p.heads() & same), None)) is not None:
        return called
    if owner.heads() & converse:
        return next(iter(kin or others), None)
    if not whose or not ref.phrase.endswith(ref.head):
        return None
    peers = same is words("roles", "peers")
    beside = [p for p in others if memory.cast.are_paired(owner, p)] or ([] if peers else kin)
    near = [p for p in others if peers and p in memory.recent[:2] and id(p) in memory.subjects]
    return next(iter(beside or near), None)


def _by_role(memory: Memory, ref: Referent) -> Person | None:
    introduced = [p for p in memory.recent if not p.group]
    to_come = [p for p in memory.known if p not in introduced and not p.group]

    def exactly(head: str) -> bool:
        return head == ref.head

    def nearly(head: str) -> bool:
        return same_role(head, ref.head)

    # "De coach" is rather the trainer of whom the article speaks than a coach further back.
    for same, people in ((nearly, introduced[:2]), (exactly, introduced + to_come), (nearly, introduced)):
        for person in people:
            fits = ref.gender is None or person.gender in {ref.gender, None}
            if person.name and fits and any(same(head) for head in person.heads()):
                return person
    return None


def _by_title(memory: Memory, ref: Referent) -> Person | None:
    """`de minister`, where the title speaks of one and nobody is called that: whom the article begins with."""
    if ref.head not in memory.cast.title_heads:
        return None
    hero = next((p for p in memory.known if p.sure and p.name and not p.group), None)
    return hero if hero and ref.gender in {hero.gender, None} else None


_TOLD_BY: tuple[Callable[[Memory, Referent], Person | None], ...] = (
    _by_contrast,
    _by_namesake,
    _by_relation,
    _by_own_name,
    _by_role,
    _by_title,
)


def _by_epithet(memory: Memory, ref: Referent) -> Person | None:
    """A description that no role explains, of somebody just spoken of: "de 19-jarige spits", "de bouwster"."""
    fits = [
        p for p in memory.recent if p.name and not p.group and (ref.gender is None or p.gender in {ref.gender, None})
    ]
    if not fits:
        return None
    if memory.missing is not None and not _FORMER.search(ref.phrase):
        return _turned_to(memory, fits)
    if ref.aged or role_head(ref.head) is None or _varies(memory, ref):
        chosen = _of_fitting(memory, ref, fits)
        if chosen is not None:
            chosen.add_role(ref.head)  # so that "de verdachte" is known from here on
        return chosen
    if " van " in ref.phrase:
        return None
    # Somebody beside whose name the article never put a trade.
    return next((p for p in fits if ref.gender and p.gender == ref.gender and not p.roles), None)


def _of_fitting(memory: Memory, ref: Referent, fits: list[Person]) -> Person | None:
    """Who does what the noun says; else the most recent, or who spoke before where the article turns to the other."""
    doing = next((p for p in fits if p in memory.near and memory.does(p, ref.head)), None)
    if doing is not None:
        return doing
    if (other := _turned_to(memory, fits)) is not None:
        return other
    rivals = (p for p in memory.recent if not p.group and (p.name or p.heads() & _ANYBODY))
    return fits[0] if fits[0] is next(rivals) else None


def _turned_to(memory: Memory, fits: list[Person]) -> Person | None:
    """At the start of a paragraph a description is rather of the other of two than of whom "ze" would do for."""
    last, before = [*memory.speakers, None, None][:2]
    talking = memory.opening and last in {memory.front, memory.missing}
    return before if talking and before in fits and before in memory.near else None


def _varies(memory: Memory, ref: Referent) -> bool:
    """Whether "de melkrijder" can only be somebody known: a trade not spoken of before, that is no office."""
    new = ref.head not in memory.described and ref.head not in words("roles", "offices")
    plain = ref.phrase.startswith(("de ", "deze ", "het ")) and (" van " not in ref.phrase or _is_all_new(memory, ref))
    return plain and new


def _is_all_new(memory: Memory, ref: Referent) -> bool:
    """Whether "de directeur van het bedrijf" can be whom nothing has been told of yet."""
    return memory.front is not None and not memory.front.roles and not memory.cast.mentions(ref.phrase)


def _unnamed(memory: Memory, ref: Referent) -> Person:
    known = memory.described.get(ref.head)
    if ref.definite and known is not None and known is not memory.missing:
        return known
    gender = ref.gender or gender_of_role(ref.head)
    person = Person(None, [ref.phrase], gender, group=ref.group, plural=ref.plural)
    memory.described[ref.head] = person
    return person


def _share_surname(one: Person, other: Person) -> bool:
    mine, yours = (str(person.name).split()[1:] for person in (one, other))
    return mine == yours != []


def _relation(head: str, phrase: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words for the same relation as `head`, and those for the one at its other end."""
    if head in _PARENTS | _CHILDREN:
        return (_PARENTS, _CHILDREN) if head in _PARENTS else (_CHILDREN, _PARENTS)
    for same in groups_of_words("roles", "equals"):
        if head in same:
            return same, same
    peers = words("roles", "peers")
    is_peer = head in peers or any(word.startswith(("co", "mede")) and word.endswith(head) for word in phrase.split())
    return (peers, peers) if is_peer or head.endswith(("genoot", "genote")) else (frozenset(), frozenset())


def _is_in_name(noun: str, name: str) -> bool:
    found = name.lower().split()
    return noun in found or any(len(word) >= _SHORTEST_STEM and noun.startswith(word) for word in found)


def _is_kind(person: Person, head: str) -> bool:
    """Whether a group is of the kind that a description names: "de koepel" for "transportkoepel TVN"."""
    named = [*(person.name or "").split(), *(word for role in person.roles for word in role.split())]
    wanted = group_head(head)
    return any(word.lower() == head or (wanted is not None and group_head(word) == wanted) for word in named)
