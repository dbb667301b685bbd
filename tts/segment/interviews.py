"""Interviews: which paragraphs ask, which answer, and who is interviewed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tts.segment.asking import (
    ALONE,
    CLOSING_MARKS,
    FEWEST_QUESTIONS,
    FIRST_PERSON,
    SECOND_PERSON,
    Marks,
    Way,
    leading_question,
    persons,
    unquoted,
    ways,
    wholly_quoted,
)
from tts.segment.labels import Label, labels_of
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tts.model import Paragraph
    from tts.segment.people import Cast, Person

_THIRD_PERSON = {"hij": "m", "hem": "m", "ze": "f", "zij": "f", "haar": "f"}
_STAGED = frozenset("ze zij hij beiden allebei".split())
_LONGEST_HEADING = 80  # characters
_MAJORITY = 0.5
_FEWEST_SHARE = 0.2  # of the turns that ask; fewer are the rhetorical questions of an opinion piece
_FEWEST_VOICES = 2  # answers that say "ik", where the questions are set apart by their letters
_VOICES = 0.15
_VOICES_ELSEWHERE = 0.3
_NEARLY_ALL = 0.6
_NAMED = 0.25  # of the answers; whom more of them name is written about

Part = Literal["question", "answer", "both"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a paragraph does in an interview.

    label_end : where what is said begins, after "Vraag:" or "Bakker:", or after a question that stands before its
                answer in one paragraph.
    """

    part: Part
    label_end: int = 0
    speaker: Person | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """The turns of an interview by paragraph. plain : its answers stand without marks."""

    turns: dict[int, Turn]
    person: Person | None
    plain: bool


def interview(
    paragraphs: Sequence[Paragraph], marks: Sequence[Marks], cast: Cast, author: str | None
) -> Interview | None:
    """The interview that the paragraphs are, None when they are something else.

    marks : the quotations of each paragraph, none for one that is no running text.
    """
    labels = labels_of(paragraphs, cast, author)
    tried = (
        _Reading(paragraphs, marks, cast, author, labels, way).interview() for way in ways(paragraphs, marks, labels)
    )
    return next((found for found in tried if found is not None), None)


@dataclass(slots=True)
class _Reading:
    """An article read as the interview that asks in one `way`."""

    paragraphs: Sequence[Paragraph]
    marks: Sequence[Marks]
    cast: Cast
    author: str | None
    labels: Mapping[int, Label]
    way: Way

    def interview(self) -> Interview | None:
        """The interview, None where what should be its answers does not sound like answers."""
        turns = self._turns()
        answers = [i for i, turn in turns.items() if turn.part != "question"]
        if not answers:
            return None
        person = self._interviewed()
        marked = [i for i in answers if wholly_quoted(self.paragraphs[i].text, self.marks[i], turns[i].label_end)]
        in_marks = [i for i in answers if self._is_in_marks(i, turns[i].label_end)]
        labelled = sum(turns[i].part == "answer" and turns[i].label_end > 0 for i in answers) >= FEWEST_QUESTIONS
        if len(marked) > len(answers) * _MAJORITY or len(in_marks) > len(answers) * _MAJORITY:
            sure = len(marked) > len(answers) * _MAJORITY or labelled or self.way.set_as == "letters"
            return Interview(turns, person, plain=False) if sure else None
        if not (labelled or self._sounds_spoken(turns, answers, person)):
            return None
        return Interview(self._without_narration(turns, answers, person), person, plain=True)

    def _turns(self) -> dict[int, Turn]:
        turns: dict[int, Turn] = {}
        asked = set(self.way.asked)
        first = min((*asked, *self.labels), default=0)
        speaker: Person | None = None
        for i in range(first, len(self.paragraphs)):
            p = self.paragraphs[i]
            label = self.labels.get(i)
            if i in asked:
                speaker = None
                end = None if self.way.set_as != "text" or label else leading_question(p.text, self.marks[i])
                turns[i] = Turn("question") if end is None else Turn("both", end)
            elif label is not None:
                speaker = label.speaker
                turns[i] = Turn("answer", label.end, speaker)
            elif p.kind in {"text", "item"} and not (p.kind == "item" and p.slanted) and not self._heads(i):
                turns[i] = Turn("answer", speaker=speaker)
        return turns

    def _heads(self, i: int) -> bool:
        """Whether a section begins below paragraph `i`."""
        p = self.paragraphs[i]
        bare = p.text.rstrip(CLOSING_MARKS)
        return p.kind == "heading" or (len(p.text) < _LONGEST_HEADING and bare[-1:].isalnum())

    def _is_in_marks(self, i: int, start: int) -> bool:
        """Whether most of what paragraph `i` says stands between quotation marks."""
        text = self.paragraphs[i].text
        outside = len(unquoted(text, self.marks[i], start).split())
        return outside <= len(text[start:].split()) * _MAJORITY

    def _sounds_spoken(self, turns: Mapping[int, Turn], answers: Sequence[int], person: Person | None) -> bool:
        """Whether answers without marks or labels are one person's words, and not the writer's own.

        The writer of an opinion piece asks themselves; one of an explanation asks for the reader ("Moet ik …?") and
        names who knows the answer.
        """
        asked = self.way.asked
        texts = {i: self.paragraphs[i].text for i in (*asked, *answers)}
        for_reader = [i for i in asked if turns[i].part == "question" and persons(texts[i]) & ALONE]
        if len(for_reader) * 3 > len(asked) or len(asked) < len(turns) * _FEWEST_SHARE:
            return False
        spoken = {i: persons(unquoted(texts[i], self.marks[i], turns[i].label_end)) for i in answers}
        voices = sum(bool(found & FIRST_PERSON) for found in spoken.values())
        alone = sum(bool(found & ALONE) for found in spoken.values())
        addressed = any(persons(texts[i]) & SECOND_PERSON for i in asked)
        if self.way.set_as == "text" and (not addressed or self._is_column()):
            return False
        if person is None:  # an article of nothing but questions and answers
            questions = sum(bool(persons(texts[i]) & SECOND_PERSON) for i in asked)
            return min(questions / len(asked), alone / len(answers), 2 * len(asked) / len(turns)) >= _NEARLY_ALL
        if voices >= len(answers) * _MAJORITY and self.way.set_as != "headings":
            return True
        share = _VOICES if self.way.set_as == "letters" else _VOICES_ELSEWHERE
        named = sum(any(person in m.people for m in self.cast.mentions(texts[i])) for i in answers)
        return (
            addressed
            and alone >= max(_FEWEST_VOICES, len(answers) * share)
            and named <= len(answers) * _NAMED
            and self._is_introduced(person)
        )

    def _is_column(self) -> bool:
        """Whether the author says "ik" before the first question, and so asks it of themselves."""
        opening = range(self.way.asked[0])
        return any(persons(self.paragraphs[i].text) & ALONE for i in opening if not self.marks[i])

    def _is_introduced(self, person: Person) -> bool:
        opening = self.paragraphs[: self.way.asked[0]]
        return any(person in mention.people for p in opening for mention in self.cast.mentions(p.text))

    def _interviewed(self) -> Person | None:
        """Whom the text before the first question is about; else whom the rest names most."""
        first = min((*self.way.asked, *self.labels), default=0)
        for stretch in (self.paragraphs[:first], self.paragraphs[first:]):
            counts: Counter[int] = Counter()
            people: dict[int, Person] = {}
            for p in stretch:
                for mention in self.cast.mentions(p.text):
                    person = mention.people[0]
                    if not person.group and person.sure and person.name and person.name != self.author:
                        people.setdefault(id(person), person)
                        counts[id(person)] += 1 + mention.full + bool(person.roles)
            if counts:
                return people[counts.most_common(1)[0][0]]
        return None

    def _without_narration(
        self, turns: Mapping[int, Turn], answers: Sequence[int], person: Person | None
    ) -> dict[int, Turn]:
        """`turns` without the paragraphs among the answers that are told, not said."""
        slanted = sum(self.paragraphs[i].slanted for i in answers) < len(answers) * _MAJORITY
        people = {id(turn.speaker) for turn in turns.values() if turn.speaker}
        kept = {}
        for i, turn in turns.items():
            told = turn.part == "answer" and not turn.label_end
            if told and len(people) > 1:
                told = turn.speaker is None or self._is_staged(i, people)
            elif told:
                told = (slanted and self.paragraphs[i].slanted) or self._is_about(i, person, turns)
            if not told:
                kept[i] = turn
        return kept

    def _is_staged(self, i: int, people: set[int]) -> bool:
        """Whether an unlabelled paragraph tells what one of the people does, rather than going on with their words."""
        found = tokens(self.paragraphs[i].text)
        if {t.lower for t in found} & FIRST_PERSON:
            return False
        named = any(id(p) in people for m in self.cast.mentions(self.paragraphs[i].text) for p in m.people)
        return named or (bool(found) and found[0].lower in _STAGED)

    def _is_about(self, i: int, person: Person | None, turns: Mapping[int, Turn]) -> bool:
        """A paragraph about the person interviewed, not by them: it names them, or begins a section and says "ze"."""
        text = self.paragraphs[i].text
        begins = i - 1 not in turns or self._heads(i - 1)
        found = persons(text)
        if person is None or found & (FIRST_PERSON | SECOND_PERSON if begins else FIRST_PERSON):
            return False
        if begins and any(word in found and person.gender == gender for word, gender in _THIRD_PERSON.items()):
            return True
        return any(person in mention.people for mention in self.cast.mentions(text))
