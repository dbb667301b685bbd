"""Which of the people of an article a description speaks for most: "de wethouder", "de 36-jarige verdachte"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.segment.lexicon import words
from tts.segment.people import Person
from tts.segment.roles import Gender, gender_of_role, role_head, same_role

if TYPE_CHECKING:
    from tts.segment.memory import Memory
    from tts.segment.referents import Referent

_FORMER = re.compile(r"\b(?:oud|ex)-|voormalige ")
_AGED = re.compile(r"\b(?P<age>\d{1,2})-jarige\b")
_OWNERS = frozenset("zijn haar hun onze mijn".split())
_DEFINITE = _OWNERS | frozenset("de het deze die dit dat".split())
POSSESSORS: dict[str, Gender] = {"zijn": "m", "haar": "f"}
# What speaks for somebody, in people who were mentioned later.
_SAME_NOUN = 10.0  # "de kaasboer" for kaasboer Bakker
_SAME_HEAD = 9.0  # "de agent" for the wijkagent
_SAME_AGE = 10.0  # "de 36-jarige schipper"
_SAME_ROLE = 8.0  # "de coach" for the trainer
_ITS_TITLE = 6.0
_DOES_IT = 6.0
_NO_ROLE = 4.0
_OTHER_KIND = 2.5  # "de kaasboer" is hardly the visboer
OTHER_ROLE = 2.5
_TURN = 1.5
_FAR = 3  # people; from there on it makes no difference
_TO_COME = 3.5
_DESCRIBED_BEFORE = 6.5
_NEW_BESIDE = 6.0  # "vroeg de receptioniste hem", "de moeder van het slachtoffer"
_NEW_OFFICE = 5.0
_NEW_RELATIVE = 3.5  # "de moeder"
_NEW_TRADE = 2.0
_SAME_GENDER = 1.5


def by_rank(memory: Memory, ref: Referent) -> tuple[Person, float]:
    """Whom most speaks for: somebody named whose role, gender and place in the article fit, or somebody new."""
    owner = _owner(memory, ref)
    people = [p for p in memory.recent if not p.group and not p.plural and p is not owner]
    scored = [
        (like - min(rank, _FAR) + _TURN * (p is _turned_to(memory)), like, p)
        for rank, p in enumerate(people)
        if p.name and (like := likeness(memory, p, ref))
    ]
    scored += [
        (like - _TO_COME, like, p)
        for p in memory.known
        if p.name and not p.group and p not in memory.recent and (like := likeness(memory, p, ref)) >= _SAME_HEAD
    ]
    best, like, person = max(scored, key=lambda found: found[0], default=(0.0, 0.0, None))
    if person is None or best <= _of_new(memory, ref):
        return unnamed(memory, ref), 0.85
    if like >= _SAME_ROLE:
        return person, 0.9
    person.add_role(ref.head)  # so that "de verdachte" is known from here on
    return person, 0.65


def likeness(memory: Memory, person: Person, ref: Referent) -> float:
    """What speaks for a description's meaning `person`, wherever the article last spoke of them; 0 for who can't be."""
    age = int(aged["age"]) if (aged := _AGED.search(ref.phrase)) else None
    if (ref.gender and person.gender not in {ref.gender, None}) or (age and person.age not in {age, None}):
        return 0.0
    if age and person.age == age:
        return _SAME_AGE
    noun = _noun(ref)
    known = _SAME_GENDER if ref.gender is not None and person.gender == ref.gender else 0.0
    nouns = {word for role in person.roles for word in role.lower().split()}
    if noun in nouns:
        return _SAME_NOUN + known
    heads = person.heads()
    if ref.head in heads:
        same = [word for word in nouns if role_head(word) == ref.head]
        return (_SAME_HEAD if any(word in noun or noun in word for word in same) else _OTHER_KIND) + known
    if any(same_role(head, ref.head) for head in heads):
        return _SAME_ROLE + known
    if ref.head in memory.cast.title_heads and person is _hero(memory):
        return _ITS_TITLE + known
    if memory.does(person, ref.head):
        return _DOES_IT + known
    trades = heads - words("roles", "relatives")
    return (OTHER_ROLE if trades else _NO_ROLE) + known


def _noun(ref: Referent) -> str:
    """The noun of a description as it is spelled: "kaasboer" where the head is "boer"."""
    found = (word for word in ref.phrase.lower().split() if word.endswith(ref.head))
    return next(found, ref.head)


def _hero(memory: Memory) -> Person | None:
    return next((p for p in memory.known if p.sure and p.name and not p.group), None)


def _turned_to(memory: Memory) -> Person | None:
    """At the start of a paragraph a description is rather of the other of two than of whom "ze" would do for."""
    last, before = [*memory.speakers, None, None][:2]
    talking = memory.opening and last in {memory.front, memory.missing}
    return before if talking and before in memory.near else None


def _owner(memory: Memory, ref: Referent) -> Person | None:
    """Whose `zijn trainer` is, who can't be that trainer."""
    whose = POSSESSORS.get(ref.phrase.split()[0])
    owners = (p for p in memory.recent if not p.group and not p.plural and p.gender in {whose, None})
    return next(owners, None) if whose else None


def _of_new(memory: Memory, ref: Referent) -> float:
    """What speaks for somebody whom the article has not named."""
    described = memory.described.get(ref.head)
    if described is not None and described is not memory.missing and described.plural == ref.plural:
        return _DESCRIBED_BEFORE
    article, *_ = ref.phrase[: ref.phrase.find(ref.head)].split() or [""]
    if memory.missing and memory.missing.name and not _FORMER.search(ref.phrase):
        return _NEW_BESIDE
    if article in _OWNERS:
        return _NEW_OFFICE
    complement = ref.phrase.partition(" van ")[2]
    if ref.aged or _FORMER.search(ref.phrase) or _is_indefinite(memory, complement):
        return _NEW_TRADE  # "de 36-jarige verdachte", "de oma van zeven kleinkinderen": what is told of somebody known
    office = ref.head in words("roles", "offices")
    if complement and office:
        return _NEW_BESIDE
    if complement and (memory.cast.mentions(complement) or not _is_all_new(memory)):
        return _NEW_OFFICE
    if ref.head in words("roles", "relatives") | words("roles", "peers"):
        return _NEW_RELATIVE
    return _NEW_OFFICE if office else _NEW_TRADE


def _is_indefinite(memory: Memory, complement: str) -> bool:
    """Whether `van zeven kleinkinderen` tells what somebody is, not whose."""
    first = complement.partition(" ")[0]
    return first.islower() and first not in _DEFINITE and not memory.cast.mentions(complement)


def _is_all_new(memory: Memory) -> bool:
    """Whether nothing has been told yet of whom the article is about."""
    return memory.front is not None and not memory.front.roles


def unnamed(memory: Memory, ref: Referent) -> Person:
    """Somebody whom the article only describes; the same as before where it has described them so."""
    known = memory.described.get(ref.head)
    if ref.definite and known is not None and known is not memory.missing and known.plural == ref.plural:
        return known
    gender = ref.gender or gender_of_role(ref.head)
    person = Person(None, [ref.phrase], gender, group=ref.group, plural=ref.plural)
    memory.described[ref.head] = person
    return person
