"""Which of the people of an article a description speaks for most: "de wethouder", "de 36-jarige verdachte"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.segment.choice import choose
from tts.segment.evidence import age_of, age_told, holding, of_place
from tts.segment.lexicon import words
from tts.segment.people import Person
from tts.segment.roles import gender_of_role, is_tail, own_words, role_head, same_role
from tts.segment.weights import DESCRIPTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tts.segment.choice import Evidence
    from tts.segment.memory import Memory
    from tts.segment.referent import Referent

_FORMER = re.compile(r"\b(?:oud|ex)-|voormalige ")
_AGED = re.compile(r"\b(?P<age>\d{1,2})-jarige\b")
_OWNERS = frozenset("zijn haar hun onze mijn".split())
_ONE = frozenset("een één eén ander andere".split())
_DEFINITE = _OWNERS | frozenset("de het deze die dit dat".split())
_OF_OFFICES = frozenset("justitie dienst toezicht politie".split())  # "de officier van justitie" is one
_FIRMLY = 0.8  # a role given by mistake draws all that follows
_SHORTEST_TAIL = 5  # letters of "agent" in "wijkagent"
_FAR = 3  # people; from there on it makes no difference
_CLOSE = frozenset({"same age", "same noun", "same head", "same role"})
_FITTING = _CLOSE | {"its title", "does it"}


def by_rank(memory: Memory, ref: Referent, told: Mapping[Person, str]) -> tuple[Person, float]:
    """Whom most speaks for: somebody known whose role, gender and place in the article fit, or somebody new.

    told : whom a relation, a contrast or a name points at, and which of these it was.
    """
    owner = memory.owner_by(ref.whose)
    newcomer = _described(memory, ref) or Person(None, [ref.phrase], ref.gender or gender_of_role(ref.head))
    candidates: dict[Person, Evidence] = {}
    for person in dict.fromkeys((*memory.recent, *memory.known, *told)):
        if person in (owner, newcomer, memory.missing) or ((person.group or person.plural) and person not in told):
            continue
        like = likeness(memory, person, ref)
        to_come = person not in memory.recent
        if person not in told and (person.name is None or like is None or (to_come and like not in _CLOSE)):
            continue
        candidates[person] = _of_known(memory, person, ref, (like or "unfit") + _sort(ref, like)) | holding(
            {"to come": to_come, f"told by {told.get(person)}": person in told}
        )
    candidates[newcomer] = _of_new(memory, newcomer, ref)
    person, probability = choose(DESCRIPTION, candidates)
    if person is newcomer:
        memory.described[ref.head] = newcomer
    elif probability > _FIRMLY and told.get(person, "relation") == "relation" and not fits(memory, person, ref):
        person.add_role(ref.head)  # so that "de verdachte" is known from here on
    if probability > _FIRMLY and not person.group:
        person.gender = person.gender or ref.gender
    return person, probability


def _sort(ref: Referent, like: str | None) -> str:
    """What a role that `like` has nothing to do with is, where it is one by itself: a relative or an office."""
    if like in _FITTING or like in {"situation", None}:
        return ""
    if ref.head in words("roles", "relatives"):
        return ", relative"
    return ", office" if _is_office(ref.head) else ""


def likeness(memory: Memory, person: Person, ref: Referent) -> str | None:
    """What the roles of `person` have to do with a description, wherever they stand; None for who can't be meant."""
    age = int(aged["age"]) if (aged := _AGED.search(ref.phrase)) else None
    if (ref.gender and person.gender not in {ref.gender, None}) or (age and person.age not in {age, None}):
        return None
    if age and person.age == age:
        return "same age"
    noun = _noun(ref)
    nouns = {word for role in person.roles for word in own_words(role.lower())}
    if noun in nouns:
        return "same noun"
    heads = person.heads()
    compounds = noun != ref.head and any(word.endswith(ref.head) for word in nouns)
    if ref.head in heads or compounds:  # "de agent" for the wijkagent; "de kaasboer" is hardly the visboer
        same = [word for word in nouns if word.endswith(ref.head) or role_head(word) == ref.head]
        return "same head" if any(word in noun or noun in word for word in same) else "other kind"
    if any(same_role(head, ref.head) for head in heads):
        return "same role"
    if ref.head in memory.cast.title_heads and person is _hero(memory):
        return "its title"
    if memory.does(person, ref.head):
        return "does it"
    if ref.head in words("roles", "situational") and not heads & words("roles", "offices"):
        return "situation"
    if not heads:
        return "no role, service" if ref.head in words("roles", "services") else "no role"
    return "other role" if heads - words("roles", "relatives") else "kin"


def fits(memory: Memory, person: Person, ref: Referent) -> bool:
    """Whether something the article tells of `person` speaks for a description."""
    return likeness(memory, person, ref) in _FITTING


def _of_known(memory: Memory, person: Person, ref: Referent, like: str) -> Evidence:
    place = of_place(memory, person)
    return {"rank": min(place["rank"], _FAR)} | holding(
        {
            like: True,
            "subject": "subject" in place,
            "subject here": "subject here" in place,
            "here": "here" in place,
            "same gender": ref.gender is not None and person.gender == ref.gender,
            "gender unknown": ref.gender is not None and person.gender is None,
            "turned to": person is _turned_to(memory),
            "topic": person is memory.topic,
            "beside": person in memory.beside,
            "of that age": age_told(ref) is not None and age_of(person) == age_told(ref),
            "of another age": None not in {age_of(person), age_told(ref)} and age_of(person) != age_told(ref),
            "of another": like in _FITTING and _is_of_another(person, ref),
            "of another, unlike": like not in _FITTING and bool(person.roles) and _is_of_another(person, ref),
        }
    )


def _is_of_another(person: Person, ref: Referent) -> bool:
    """`de trainer van Noorderaa`: whether that names what the roles of `person` do not."""
    of = ref.phrase.partition(" van ")[2]
    roles = " ".join(person.roles)
    return any(word[:1].isupper() and word not in roles for word in of.split())


def _of_new(memory: Memory, newcomer: Person, ref: Referent) -> Evidence:
    """What speaks for somebody whom the article has not named."""
    found = holding(
        {
            f"new, {_kind_of_new(memory, newcomer, ref)}": True,
            "new, clause": ref.clause,
            "new, of a gender": ref.gender is not None,
            "new, opening": memory.opening,
        }
    )
    if newcomer in memory.recent:
        place = of_place(memory, newcomer)
        return found | {f"new, {name}": place.get(name, 0.0) for name in ("rank", "subject", "subject here", "here")}
    return found


def _kind_of_new(memory: Memory, newcomer: Person, ref: Referent) -> str:
    """What tells most whether a description introduces somebody, or is another word for somebody known."""
    if newcomer is _described(memory, ref):
        return "described before"
    article, *_ = ref.phrase[: ref.phrase.find(ref.head)].split() or [""]
    if memory.missing and memory.missing.name and not _FORMER.search(ref.phrase):
        return "beside"  # "vroeg de receptioniste hem"
    if article in _OWNERS:
        return "somebody's"
    complement = ref.phrase.partition(" van ")[2]
    if complement.partition(" ")[0] in _ONE:
        return "of one"  # "de uitbater van een strandbar"
    if ref.aged or _FORMER.search(ref.phrase) or _is_indefinite(memory, complement):
        return "told apart"  # "de 36-jarige verdachte", "de oma van zeven kleinkinderen"
    if ref.head in words("roles", "situational"):
        return "situation"
    office = _is_office(ref.head)
    if complement and office:
        return "office of"
    if complement and (memory.cast.mentions(complement) or not _is_all_new(memory)):
        return "of"  # "de moeder van het slachtoffer"
    if ref.head in words("roles", "relatives") | words("roles", "peers"):
        return "relative"
    return "office" if office else "trade"


def _is_office(head: str) -> bool:
    """Whether there is one of them here: "rechter", and so "politierechter"."""
    offices = words("roles", "offices")
    return head in offices or any(len(office) >= _SHORTEST_TAIL and head.endswith(office) for office in offices)


def _is_all_new(memory: Memory) -> bool:
    """Whether nothing has been told yet of whom the article is about."""
    return memory.front is not None and not memory.front.roles


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


def _is_indefinite(memory: Memory, complement: str) -> bool:
    """Whether `van zeven kleinkinderen` tells what somebody is, not whose."""
    first = complement.partition(" ")[0]
    return first.islower() and first not in _DEFINITE | _OF_OFFICES and not memory.cast.mentions(complement)


def _described(memory: Memory, ref: Referent) -> Person | None:
    """Whom the article has described so before."""
    known = memory.described.get(ref.head) or next(
        (p for head, p in memory.described.items() if not p.plural and _is_kind_of(head, ref.head)), None
    )
    if known is None or not ref.definite or known is memory.missing or known.plural != ref.plural:
        return None
    somebodys = (ref.phrase.split()[0] in _OWNERS, known.roles[0].split()[0] in _OWNERS)
    return known if somebodys != (True, False) else None  # "haar man" is not "een man met een camera"


def _is_kind_of(one: str, other: str) -> bool:
    """Whether one head is a compound of the other: "politierechter" and "rechter"."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_TAIL and is_tail(shorter, longer)


def unnamed(memory: Memory, ref: Referent) -> Person:
    """Somebody whom the article only describes; the same as before where it has described them so."""
    if (known := _described(memory, ref)) is not None:
        return known
    gender = ref.gender or gender_of_role(ref.head)
    person = Person(None, [ref.phrase], gender, group=ref.group, plural=ref.plural)
    memory.described[ref.head] = person
    return person
