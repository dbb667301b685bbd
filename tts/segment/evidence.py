"""What speaks for each who may be meant or may be speaking: by where the article stands, and by who they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import log1p
from typing import TYPE_CHECKING, Literal, TypeAlias

from tts.segment.clauses import is_plural_verb
from tts.segment.lexicon import words
from tts.segment.phrases import ONE
from tts.segment.roles import is_first_name
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Collection

    from tts.segment.choice import Evidence
    from tts.segment.dialogue import Turn
    from tts.segment.memory import Memory
    from tts.segment.people import Person
    from tts.segment.referent import Referent
    from tts.segment.roles import Gender

_FAR = 5  # people; from there on it makes no difference
_OPENING_CHARS = 40
_SHORT = 15  # words
_WHOSE = ("zijn ", "haar ", "hun ")
_THIRD_PERSONS: dict[str, Gender] = {"hij": "m", "hem": "m", "ze": "f", "zij": "f"}
_MADAM = re.compile(r"(?:^|, )(?i:mevrouw|madam|mevrouwtje)(?:[,.!?]|$)")
_SIR = re.compile(r"(?:^|, )(?i:meneer|mijnheer|menheer)(?:[,.!?]|$)")
Age: TypeAlias = Literal["young", "old"]
_GROWN_UP, _OLD = 25, 60  # years
_ELDERLY = frozenset("oude oudere bejaarde".split())
_SINGULAR = frozenset("ik mij mijn me".split())
_PLURAL = frozenset("wij we ons onze".split())


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation whose speaker is asked for.

    alone     : its paragraph holds nothing else.
    named     : whom it names, who hardly ever speaks; addressed : `…, Noor?`, who never does.
    announced : the likely subject of the sentence that leads to it with a colon.
    opens     : nothing stands before it in its paragraph.
    later     : who is said to speak further on in the paragraph. next : first in the paragraph after it.
    following : the subject of the next sentence, by name.
    followed  : its gender, where that is a pronoun: `‘Nee.’ Ze lacht.`.
    turn, before : the speech that ended the paragraph before, and the one before that.
    """

    text: str
    alone: bool = False
    opens: bool = False
    named: Collection[Person] = ()
    addressed: Collection[Person] = ()
    announced: Person | None = None
    later: Person | None = None
    next: Person | None = None
    following: Person | None = None
    followed: Gender | None = None
    turn: Turn | None = None
    before: Turn | None = None


def of_speaker(memory: Memory, person: Person, speech: Speech) -> Evidence:
    """What speaks for `person`'s saying what no words attribute."""
    found = of_place(memory, person) | of_kind(memory, person)
    last = memory.speakers[:1] == [person]
    moved = memory.lead.about is not None and memory.lead.about is not person
    subject = "subject" in found
    spoken = {token.lower for token in tokens(speech.text)}
    return found | holding(
        {
            "named inside": person in speech.named,
            "addressed": person in speech.addressed,
            "announced": person is speech.announced,
            "later": person is speech.later,
            "next": person is speech.next,
            "following": person is speech.following,
            "following, new": person is speech.following and person not in memory.first_at,
            "last, moved": last and moved,
            "unnamed subject": subject and person.name is None,
            "named subject": subject and memory.named_at.get(person) == memory.subject_at[person],
            "subject, says": subject and memory.lead.says,
            "somebody's subject": subject and person.name is None and person.roles[0].startswith(_WHOSE),
            "plural subject": subject and person.plural,
            "spoken about": _speaks_about(speech.text, person),
            "we, group": person.group and not spoken.isdisjoint(_PLURAL),
            "I, group": (person.group or person.plural) and not spoken.isdisjoint(_SINGULAR),
            **_of_lead(memory, person, speech),
            **_of_lead_before(memory, person, speech),
            **_of_turn(person, speech),
        }
    )


def _of_lead(memory: Memory, person: Person, speech: Speech) -> dict[str, bool]:
    """What the sentence before the words tells: whose its subject is, and whether it asks."""
    now = memory.clock - 1
    about = memory.lead.about
    if about is None or not memory.subject_at[about] == now >= memory.paragraph:
        about = None
    owner = memory.lead.owner if about else None
    text = speech.text
    answers = not text.rstrip().endswith("?")
    mentioned = memory.mentioned_at.get(person, -1) == now >= memory.paragraph
    return {
        "speaks of subject": person is about and _begins_about(text, person),
        "owner": person is owner,
        "owner, speaks of theirs": person is owner and about is not None and _speaks_about(text, about),
        "speaks of owner": owner is not None and person is about and _speaks_about(text, owner),
        "asks, answered": memory.lead.asks and answers and person is about,
        "asks": memory.lead.asks and person is about,
        "is asked": memory.lead.asks and mentioned and person is not about,
        "is asked, answers": memory.lead.asks and answers and mentioned and person is not about,
        "in a question": memory.lead.questions and mentioned,
        "last, questions": memory.lead.questions and memory.speakers[:1] == [person],
        "madam": person.gender == "f" and _MADAM.search(text) is not None,
        "sir": person.gender == "m" and _SIR.search(text) is not None,
        "followed by": speech.followed is not None and person.gender == speech.followed,
    }


def _of_lead_before(memory: Memory, person: Person, speech: Speech) -> dict[str, bool]:
    """What the sentence before tells of speech that opens a paragraph."""
    before = memory.before
    if not speech.opens:
        return {}
    # The clock went on with the end of that sentence, and with the paragraph.
    mentioned = memory.mentioned_at.get(person, -1) == memory.paragraph - 2
    return {
        "before, subject": person is before.about and not before.asks,
        "before, asks": person is before.about and before.asks,
        "before, is asked": before.asks and mentioned and person is not before.about,
        "before, questions": before.questions and memory.speakers[:1] == [person],
    }


def _begins_about(text: str, person: Person) -> bool:
    """Whether speech begins with a pronoun that means `person`: `Sanne zwijgt. ‘Ze wil niet.’`."""
    one, other = [*(token.lower for token in tokens(text[:_OPENING_CHARS])[:2]), "", ""][:2]
    return person.gender is not None and _THIRD_PERSONS.get(one) == person.gender and not is_plural_verb(other)


def _of_turn(person: Person, speech: Speech) -> dict[str, bool]:
    """Who answers whom, where paragraphs of speech follow each other."""
    turn, before = speech.turn, speech.before
    if turn is None or not speech.alone:
        return {}
    back = before is not None and person is before.person is not turn.person
    short = max(len(speech.text.split()), len(turn.said.split())) <= _SHORT
    return {
        "had the turn": person is turn.person,
        "was addressed": person in turn.addressed,
        "with the turn": person in turn.beside,
        "asked": person is turn.person and turn.said.endswith("?"),
        "had the turn, short": person is turn.person and short,
        "had the turn before": back,
        "had the turn before, short": back and short,
    }


def of_pronoun(memory: Memory, person: Person, ref: Referent, speech: Speech | None) -> Evidence:
    """What speaks for a pronoun's meaning `person`."""
    text = speech.text if speech else ""
    place = of_place(memory, person)
    return (
        place
        | of_kind(memory, person)
        | holding(
            {
                "of that age": age_of(person) is not None and age_of(person) == age_told(ref),
                "of another age": None not in {age_of(person), age_told(ref)} and age_of(person) != age_told(ref),
                "gender unknown": person.gender is None and ref.gender is not None,
                "unnamed subject": person.name is None and "subject" in place,
                "introduced subject": _is_introduced(person) and "subject" in place,
                "unnamed, described": person.name is None and ref.kind == "description",
                "gender unknown, introduced": person.gender is None and _is_introduced(person),
                "gender unknown, no role": person.gender is None and person.name is not None and not person.roles,
                "rival": ref.rival is not None and person.gender in {ref.rival, None},
                "rival, no other": ref.rival is not None and not _has_another(memory, person, ref.rival),
                "named inside": speech is not None and person in speech.named,
                "spoken about": _speaks_about(text, person),
            }
        )
    )


def age_of(person: Person) -> Age | None:
    """Whether somebody is young or old, by age or role, None where nothing tells."""
    if person.age is not None:
        return "young" if person.age < _GROWN_UP else "old" if person.age >= _OLD else None
    heads = person.heads()
    return "young" if heads & words("roles", "young") else "old" if heads & words("roles", "old") else None


def age_told(ref: Referent) -> Age | None:
    """What a description tells: "de jongen" and "de oude man"."""
    if ref.head in words("roles", "young"):
        return "young"
    told = {word.lower() for word in ref.phrase.split()}
    return "old" if told & _ELDERLY or ref.head in words("roles", "old") else None


def of_place(memory: Memory, person: Person) -> Evidence:
    """What the place of the last mention tells."""
    rank = next((i for i, p in enumerate(memory.recent[:_FAR]) if p is person), _FAR)
    now, never = memory.clock - 1, -1
    mentioned = memory.mentioned_at.get(person, never)
    subject = memory.subject_at.get(person, never)
    spoke = memory.spoke_at.get(person, never)
    return {"rank": rank, "spoken": log1p(memory.n_spoken[person])} | holding(
        {
            "front": rank == 0,
            "second": rank == 1,
            "here": mentioned >= memory.paragraph,
            "subject": subject == now >= memory.paragraph,
            "subject here": subject >= memory.paragraph,
            "spoke just now": spoke == now >= memory.paragraph,
            "spoke here": spoke >= memory.paragraph,
            "spoke": spoke != never,
            "last": memory.speakers[:1] == [person],
            "last, opening": memory.opening and memory.speakers[:1] == [person],
            "front, opening": memory.opening and rank == 0,
            "topic": memory.topic is person,
            "new here": memory.first_at.get(person, never) >= memory.paragraph,
            "named here": memory.named_at.get(person, never) >= memory.paragraph,
            "last but one": memory.speakers[1:2] == [person],
        }
    )


def of_kind(memory: Memory, person: Person) -> Evidence:
    """What tells whether the article gives `person` a voice."""
    unnamed = person.name is None
    return holding(
        {
            "unlike a person": is_unlike_a_person(person),
            "proven": person in memory.proven,
            "unnamed": unnamed,
            "introduced": _is_introduced(person),
            "somebody's": unnamed and person.roles[0].startswith(_WHOSE),
            "group": person.group,
            "plural": person.plural,
        }
    )


def is_unlike_a_person(person: Person) -> bool:
    """Whether nothing tells that a name is a person's: "Bodem Beweging", "Omloop van het Waasland"."""
    told = person.name is None or person.group or person.gender or person.age or person.roles
    return not told and not is_first_name(str(person.name).split()[0])


def _is_introduced(person: Person) -> bool:
    """Whether the article brought somebody up without a name, "een buurvrouw": it is nobody whom it had named."""
    return person.name is None and person.roles[0].partition(" ")[0] in ONE


def _speaks_about(text: str, person: Person) -> bool:
    """Whether speech begins with a pronoun that would do for `person`: `Zijn tante zweeg. ‘Ze zei niets.’`."""
    found = [token.lower for token in tokens(text[:_OPENING_CHARS])]
    about = {_THIRD_PERSONS.get(word) for word, after in pairwise([*found, ""]) if not is_plural_verb(after)} - {None}
    return person.gender in about or (person.gender is None and person.name is None and bool(about))


def _has_another(memory: Memory, person: Person, gender: Gender) -> bool:
    people = (p for p in memory.recent if not p.group and not p.plural and p is not person)
    return any(p.gender in {gender, None} for p in people)


def holding(found: dict[str, bool]) -> Evidence:
    """The names of what holds."""
    return {name: 1.0 for name, holds in found.items() if holds}
