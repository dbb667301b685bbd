"""Whom an article has spoken of up to a point, and how: what pronouns and descriptions choose from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tts.segment.clauses import OWNERS
from tts.segment.lexicon import words
from tts.segment.roles import agent_stem
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.segment.people import Cast, Person

_SIZE = 12  # nobody comes back by a pronoun after so many others
_NEAR = 4  # of the last mentioned
_MOST_PEOPLE = 200  # that a description is compared with; keeps a list of names linear
_SHORTEST_STEM, _LONGEST_STEM = 3, 8  # letters
_LONGEST_ENDING = 3  # letters, of a verb


@dataclass(slots=True)
class Lead:
    """What the last sentence of narration tells of who speaks next; nothing where speech has come since.

    about     : its subject. owner : whose that is: "zijn kleinzoon".
    asks      : whether somebody asks in it: "De rechter vraagt hem waarom."
    questions : whether the article itself asks in it: "Of hij spijt heeft?"
    says      : whether it tells what somebody says or thinks: "Bakker vindt het jammer."
    """

    about: Person | None = None
    owner: Person | None = None
    asks: bool = False
    questions: bool = False
    says: bool = False


@dataclass(slots=True)
class Memory:
    """The people of an article as far as it has been read.

    recent    : whom it was about last, most recent first.
    subjects  : those who were the subject of a sentence, or spoke.
    described : whom it never names, by the head of the description.
    speakers  : the last two who spoke, the last one first.
    missing   : who cannot be meant here.
    opening   : whether a paragraph begins here, and has not spoken yet.
    proven    : those whom the article names, anywhere, beside what they say.
    named_at  : when each was last called by name or described, not by a pronoun.
    beside    : whom the sentence that is being read calls by name, so that a description in it means another.
    lead      : the last sentence; before : what it was where the paragraph began.
    owners    : whose somebody is: the wife's husband.
    clock     : sentences and quotations read; `paragraph` is what it was where the paragraph began, and the others
                tell when somebody was first and last spoken of, was last a sentence's subject, and last spoke.
    """

    cast: Cast
    recent: list[Person] = field(default_factory=list)
    subjects: set[Person] = field(default_factory=set)
    described: dict[str, Person] = field(default_factory=dict)
    speakers: list[Person] = field(default_factory=list)
    last_named: Person | None = None
    last_group: Person | None = None
    missing: Person | None = None
    opening: bool = False
    proven: set[Person] = field(default_factory=set)
    clock: int = 0
    paragraph: int = 0
    mentioned_at: dict[Person, int] = field(default_factory=dict)
    first_at: dict[Person, int] = field(default_factory=dict)
    subject_at: dict[Person, int] = field(default_factory=dict)
    spoke_at: dict[Person, int] = field(default_factory=dict)
    lead: Lead = field(default_factory=Lead)
    before: Lead = field(default_factory=Lead)
    topic: Person | None = None
    owners: dict[Person, Person] = field(default_factory=dict)
    named_at: dict[Person, int] = field(default_factory=dict)
    beside: frozenset[Person] = frozenset()
    n_spoken: Counter[Person] = field(default_factory=Counter)
    _doings: dict[Person, set[str]] = field(default_factory=dict)

    @property
    def front(self) -> Person | None:
        """Whom the article is about."""
        return self.recent[0] if self.recent else None

    @property
    def speaking_group(self) -> Person | None:
        """The group that has just spoken, if the paragraph goes on about it: "schrijft zij" for the society."""
        last = self.speakers[0] if self.speakers and not self.opening else None
        return last if last is not None and last.group and last is self.front else None

    @property
    def near(self) -> list[Person]:
        """The last mentioned."""
        return self.recent[:_NEAR]

    @property
    def known(self) -> list[Person]:
        """Whom the article names anywhere, those to come too."""
        return [p for p in self.cast.people[:_MOST_PEOPLE] if p is not self.missing]

    def front_but(self, others: Sequence[Person]) -> Person | None:
        """The most recent but for `others`; the most recent of all where nobody named is left."""
        named = (person for person in self.near if person not in others and person.name and not person.group)
        return self.front if self.front not in others else next(named, self.front)

    def without(self, person: Person | None) -> Memory:
        """As if `person` had never been spoken of."""
        return replace(self, recent=[p for p in self.recent if p is not person], missing=person)

    def owner_by(self, whose: str) -> Person | None:
        """Whom "zijn" or "haar" means before a noun."""
        gender = OWNERS.get(whose)
        owners = (p for p in self.recent if not p.group and not p.plural and p.gender in {gender, None})
        return next(owners, None) if gender else None

    def active_here(self) -> Iterator[Person]:
        """Who has spoken in the paragraph up to here, or was the subject of a sentence."""
        return (p for p in self.recent if max(self.subject_at.get(p, -1), self.spoke_at.get(p, -1)) >= self.paragraph)

    def begin_paragraph(self) -> None:
        """A paragraph begins."""
        self.opening = True
        self.clock += 1
        self.paragraph = self.clock
        self.topic = None
        self.before, self.lead = self.lead, Lead()

    def end_sentence(self, *, asks: bool, questions: bool, says: bool) -> None:
        """A sentence has been read."""
        self.lead.asks, self.lead.questions, self.lead.says = asks, questions, says
        self.clock += 1

    def name(self, person: Person) -> None:
        """Somebody is called by name, or described."""
        self.named_at[person] = self.clock

    def to_front(self, person: Person, owner: Person | None = None) -> None:
        """Somebody is the subject of a sentence, and perhaps somebody's."""
        self.lead = Lead(person, owner)
        if owner is not None:
            self.owners[person] = owner
        self.subject_at[person] = self.clock
        self.topic = self.topic or person
        self._to_front(person)

    def heard(self, person: Person) -> None:
        """Somebody has spoken."""
        self._to_front(person)
        self.spoke_at[person] = self.clock
        self.n_spoken[person] += 1
        self.lead = Lead()
        self.clock += 1
        self.speakers = [person, *(p for p in self.speakers if p is not person)][:2]
        self.opening = False

    def mention(self, person: Person) -> None:
        """Somebody is named, but the sentence is about another."""
        self.last_named = person
        self.mentioned_at[person] = self.clock
        self.first_at.setdefault(person, self.clock)
        if person not in self.recent[:2]:
            self._put(person, 1)

    def mention_group(self, person: Person) -> None:
        """A group is named, or a word that may be a group's name."""
        self.last_group = person

    def note(self, person: Person, sentence: str) -> None:
        """Keep what a sentence tells that `person` is or does."""
        stems = self._doings.setdefault(person, set())
        for token in tokens(sentence):
            stems.update(_stems(token.lower))
            if token.lower.startswith("ge"):  # "heeft gewonnen" of the winner
                stems.update(_stems(token.lower[2:]))

    def does(self, person: Person, noun: str) -> bool:
        """Whether the article told that `person` does what gives `noun` its name: "bakt" for "de bakster"."""
        stem, told = agent_stem(noun), self._doings.get(person, set())
        if noun in words("roles", "services") | words("roles", "relatives"):
            return False  # who sits in the rechtszaal is no rechter, and "moet" tells of no moeder
        named = noun[:_LONGEST_STEM] in told  # who sits in the zusterpost need not be a zuster
        return stem is not None and not named and stem[:_LONGEST_STEM] in told

    def _to_front(self, person: Person) -> None:
        self.last_named = person
        self.subjects.add(person)
        self.mentioned_at[person] = self.clock
        self.first_at.setdefault(person, self.clock)
        self._put(person, 0)

    def _put(self, person: Person, position: int) -> None:
        if person in self.recent:
            self.recent.remove(person)
        self.recent.insert(position, person)
        del self.recent[_SIZE:]


def _stems(word: str) -> list[str]:
    """What a verb's stem may be in `word`: its beginning, but for an ending."""
    shortest = max(_SHORTEST_STEM, min(len(word) - _LONGEST_ENDING, _LONGEST_STEM))
    return [word[:n] for n in range(shortest, _LONGEST_STEM + 1)]
