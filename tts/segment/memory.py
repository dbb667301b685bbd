"""Whom an article has spoken of up to a point, and how: what pronouns and descriptions choose from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tts.segment.lexicon import words
from tts.segment.roles import agent_stem
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.people import Cast, Person
    from tts.segment.roles import Gender

_SIZE = 12  # nobody comes back by a pronoun after so many others
_NEAR = 4  # of the last mentioned
_MOST_PEOPLE = 200  # that a description is compared with; keeps a list of names linear
_SHORTEST_STEM, _LONGEST_STEM = 3, 8  # letters
OWNERS: dict[str, Gender] = {"zijn": "m", "haar": "f"}
_LONGEST_ENDING = 3  # letters, of a verb


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
    owner     : whose the subject of the last sentence is: "zijn kleinzoon".
    asks      : whether somebody asks in the last sentence: "De rechter vraagt hem waarom."
    questions : whether the article itself asks in it: "Of hij spijt heeft?"
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
    subject_of_last: Person | None = None
    topic: Person | None = None
    owner: Person | None = None
    asks: bool = False
    questions: bool = False
    named_at: dict[Person, int] = field(default_factory=dict)
    beside: frozenset[Person] = frozenset()
    n_mentions: Counter[Person] = field(default_factory=Counter)
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

    def begin_paragraph(self) -> None:
        """A paragraph begins."""
        self.opening = True
        self.clock += 1
        self.paragraph = self.clock
        self.topic = None
        self._forget_sentence()

    def end_sentence(self, *, asks: bool, questions: bool) -> None:
        """A sentence has been read."""
        self.asks, self.questions = asks, questions
        self.clock += 1

    def _forget_sentence(self) -> None:
        self.subject_of_last = self.owner = None
        self.asks = self.questions = False

    def name(self, person: Person) -> None:
        """Somebody is called by name, or described."""
        self.named_at[person] = self.clock

    def to_front(self, person: Person, owner: Person | None = None) -> None:
        """Somebody is the subject of a sentence, and perhaps somebody's."""
        self.owner = owner
        self.subject_at[person] = self.clock
        self.subject_of_last = person
        self.topic = self.topic or person
        self._to_front(person)

    def heard(self, person: Person) -> None:
        """Somebody has spoken."""
        self._to_front(person)
        self.spoke_at[person] = self.clock
        self.n_spoken[person] += 1
        self._forget_sentence()
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
        if noun in words("roles", "services"):
            return False  # who sits in the rechtszaal is no rechter
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
