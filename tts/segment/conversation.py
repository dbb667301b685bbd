"""Follows an article from sentence to sentence: whom it is about, and so who speaks where no words say it outright."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.segment.attribution import end_of_attribution, group_before
from tts.segment.clauses import is_plural_verb
from tts.segment.dialogue import Dialogue, Turn
from tts.segment.memory import Memory
from tts.segment.quotes import quotations
from tts.segment.speakers import NOBODY, Attribution, resolve
from tts.segment.subjects import subject
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tts.segment.attribution import Said, View
    from tts.segment.people import Cast, Person
    from tts.segment.referents import Referent
    from tts.segment.speech import Judgement

_FIRMLY = 0.8  # of `subject`: surely the subject of its sentence
_OPENING_CHARS = 40
_OPENING_PARAGRAPHS = 3
_TOWARDS = re.compile(r"\b(?:tegen|aan) $")
_OF = re.compile(r"de \S+ (?:van|bij) ")
_POSSESSIVES = ("zijn ", "haar ", "hun ")
_THIRD_PERSONS = {"hij": "m", "ze": "f", "zij": "f"}


class Conversation:
    """Gives each piece of speech its speaker; to be asked paragraph by paragraph, in order.

    views, judged : of the paragraphs of running text, by their number.
    """

    def __init__(self, cast: Cast, views: Mapping[int, View], judged: Mapping[int, Sequence[Judgement]]) -> None:
        self._views = views
        self._judged = judged
        self._order = sorted(views)
        self._cast = cast
        self._memory = Memory(cast)
        self._dialogue = Dialogue()
        self._place = {number: place for place, number in enumerate(self._order)}
        self._speaking = {
            id(person)
            for judgements in judged.values()
            for judgement in judgements
            if judgement.said is not None and judgement.said.ref is not None
            for person in judgement.said.ref.people
        }
        self._last_speaker: Person | None = None
        for v in views.values():
            for ref in v.referents:
                _learn_familiarity(ref, v.text[ref.start : ref.end])

    def face(self, person: Person) -> None:
        """Somebody speaks now, without words that say so: the answer in an interview."""
        self._memory.heard(person)
        self._last_speaker = person

    def entitled(self, number: int) -> None:
        """A heading that names one person tells whom the section is about."""
        named = {
            ref.people[0] for ref in self._views[number].referents if ref.kind == "name" and ref.full and not ref.weak
        }
        if len(named) == 1 and not (person := named.pop()).group:
            self._memory.to_front(person)

    def announced(self, v: View) -> Attribution:
        """Who is said to say what comes after the colon that ends a paragraph."""
        start, end = v.sentences[-1]
        ref, confidence = subject(v, start, end)
        return self._heard(self._resolve(ref, confidence) if ref else Attribution(self._memory.front, 0.6))

    def going_on(self) -> Attribution:
        """Who speaks when nothing says that it is another."""
        return Attribution(self._memory.front, 0.7) if self._memory.front else NOBODY

    def speakers(self, number: int) -> list[Attribution]:
        """Who says each quotation of paragraph `number` that is speech, in order."""
        v = self._views[number]
        result = []
        position = 0
        self._memory.opening = True
        for k, judgement in enumerate(self._judged[number]):
            if not judgement.speech:
                continue
            q = v.quotations[k]
            moved = self._read_on(v, position, q.start, judgement.said)
            if judgement.said is not None and judgement.said.ref is not None:
                attribution = self._resolve(judgement.said.ref, judgement.said.confidence, self._named_in(v, k))
                if attribution.person is not None:
                    self._introduce(judgement.said.ref, attribution.person)
                position = end_of_attribution(v, k, judgement.said)
            elif judgement.said is not None and (group := group_before(v, k)) is not None:
                attribution = self._resolve(group, judgement.said.confidence)
                position = q.end
            else:
                attribution = self._unsaid(number, k, moved=moved, first=position == 0)
                position = q.end
            result.append(self._heard(attribution))
            self._mention_addressed(v, judgement.said, position)
        if result and not tokens(v.masked[position:]):
            self._take_turn(number, result[-1])
        self._read_on(v, position, len(v.text), None)
        return result

    def _mention_addressed(self, v: View, said: Said | None, end: int) -> None:
        """`zegt hij tegen de uitbater`: who is spoken to may answer."""
        if said is None or said.ref is None or said.where != "after":
            return
        for ref in v.between(said.ref.end, end):
            spoken_to = _TOWARDS.search(v.masked, max(0, ref.start - 8), ref.start)
            if spoken_to and ref.kind != "pronoun" and not ref.is_group and not ref.weak:
                person, _ = resolve(self._memory.without(self._last_speaker), ref)
                if person is not None:
                    self._memory.mention(person)

    def _take_turn(self, number: int, attribution: Attribution) -> None:
        v = self._views[number]
        last = v.quotations[-1]
        if attribution.person is not None:
            alone = last.start == 0 and len(v.quotations) == 1
            said = v.text[last.text_start : last.text_end]
            self._dialogue.take(Turn(self._place[number], attribution.person, said, alone))

    def _answerer(self, number: int, k: int) -> Person | None:
        """Who says a paragraph that is nothing but speech, where that answers the one before."""
        v = self._views[number]
        q = v.quotations[k]
        if tokens(v.masked):
            return None
        said = v.text[q.text_start : q.text_end]
        return self._dialogue.answerer(self._place[number], said, self._named_in(v, k), self._memory)

    def _heard(self, attribution: Attribution) -> Attribution:
        if attribution.person is not None:
            self.face(attribution.person)
            self._speaking.add(id(attribution.person))
        return attribution

    def _named_in(self, v: View, k: int) -> tuple[Person, ...]:
        """Whom a quotation names, hardly ever the one who speaks; but for a quotation within it, of another."""
        q = v.quotations[k]
        text = v.text[q.text_start : q.text_end]
        inner = quotations([text])[0]
        return tuple(
            mention.people[0]
            for mention in self._cast.mentions(text)
            if len(mention.people) == 1 and not any(i.start <= mention.start < i.end for i in inner)
        )

    def _resolve(self, ref: Referent, confidence: float, others: tuple[Person, ...] = ()) -> Attribution:
        person, sure = resolve(self._memory, ref, others)
        return Attribution(person, round(confidence * sure, 3))

    def _unsaid(self, number: int, k: int, *, moved: bool, first: bool) -> Attribution:
        """The speaker of what stands without an attribution of its own."""
        if (answerer := self._answerer(number, k)) is not None:
            return Attribution(answerer, 0.6)
        front = self._memory.front_but(self._named_in(self._views[number], k))
        if front is not None and (speaker := self._beside(number, k, front, moved=moved, first=first)) is not None:
            return Attribution(speaker, 0.6)
        if not moved and first:
            ahead = self._said_later(number, k) or self._acts_next(number, k)
            if ahead is not None:
                return ahead
        if front is not None:
            return Attribution(front, 0.7 if first else 0.85)
        return self._first_of_next(number) or NOBODY

    def _beside(self, number: int, k: int, front: Person, *, moved: bool, first: bool) -> Person | None:
        """Who speaks where the sentence before is about those who do not: a group, somebody who is spoken of."""
        aside = (not first and (front.group or front.plural)) or (moved and self._speaks_of(number, k, front))
        return self._last_speaker or self._memory.front_but([front]) if aside else None

    def _speaks_of(self, number: int, k: int, person: Person) -> bool:
        """`Zijn tante hielp hem. ‘Ze zei niets.’`: speech about somebody who never gets the word."""
        q = self._views[number].quotations[k]
        found = [t.lower for t in tokens(self._views[number].text[q.text_start : q.text_end][:_OPENING_CHARS])]
        about = {_THIRD_PERSONS.get(word) for word, after in pairwise([*found, ""]) if not is_plural_verb(after)}
        about = about - {None}
        fits = person.gender in about or (person.gender is None and person.name is None and about)
        return bool(fits) and id(person) not in self._speaking

    def _said_later(self, number: int, k: int) -> Attribution | None:
        """A paragraph that begins with speech mostly tells further on who says it."""
        for judgement in self._judged[number][k + 1 :]:
            if judgement.speech and judgement.said is not None and judgement.said.ref is not None:
                person, confidence = resolve(self._memory, judgement.said.ref)
                return Attribution(person, 0.8 * confidence)
        return None

    def _acts_next(self, number: int, k: int) -> Attribution | None:
        """`‘Ik ga.’ Bakker trekt zijn jas aan.`: who does something right after the words has said them."""
        v = self._views[number]
        s = v.sentence_at(v.quotations[k].end - 1) + 1
        if s >= len(v.sentences):
            return None
        start, end = v.sentences[s]
        if k + 1 < len(v.quotations) and v.quotations[k + 1].start <= start:
            return None
        ref, confidence = subject(v, start, end)
        if ref is None or ref.oblique or ref.weak or ref.kind != "name" or ref.start > start or confidence < _FIRMLY:
            return None
        return self._resolve(ref, 0.75)

    def _first_of_next(self, number: int) -> Attribution | None:
        """An article that opens with speech names the speaker in what follows."""
        here = bisect_left(self._order, number)
        for other in self._order[here : here + _OPENING_PARAGRAPHS]:
            v = self._views[other]
            named = next((ref for ref in v.referents if ref.kind == "name" and not ref.weak and not ref.oblique), None)
            if named is not None:
                return self._resolve(named, 0.6)
        return None

    def _read_on(self, v: View, start: int, end: int, said: Said | None) -> bool:
        """Follow whom the narration [start, end) is about; whether it was about anybody."""
        moved = False
        for i in range(v.sentence_at(start), len(v.sentences)):
            a, b = max(v.sentences[i][0], start), min(v.sentences[i][1], end)
            if a >= end:
                break
            if a < b:
                moved = self._read_sentence(v, a, b, said) or moved
        return moved

    def _read_sentence(self, v: View, start: int, end: int, said: Said | None) -> bool:
        about, confidence = subject(v, start, end)
        moved = False
        if about is not None and not about.weak and (said is None or about != said.ref):
            moved = self._turn_to(about) and confidence > _FIRMLY
            if about.kind == "pronoun" and self._memory.front is not None:
                self._memory.note(self._memory.front, v.masked[start:end])
        self._note_doings(v, start, end)
        for ref in v.between(start, end):
            if ref.kind == "name" and not ref.oblique and (ref.weak or ref.people[0].group):
                self._memory.mention_group(ref.people[0])
            elif (
                (about is None or ref.start != about.start) and ref.kind != "pronoun" and not ref.weak and not ref.group
            ):
                person, _ = resolve(self._memory, ref)
                if person is not None and not person.group:
                    self._memory.mention(person)
        return moved

    def _note_doings(self, v: View, start: int, end: int) -> None:
        """What a sentence tells of each whom it names, up to the next name."""
        named = [
            ref for ref in v.between(start, end) if ref.kind == "name" and not ref.oblique and len(ref.people) == 1
        ]
        for ref, stop in zip(named, [*(ref.start for ref in named), end][1:], strict=True):
            self._memory.note(ref.people[0], v.masked[ref.end : stop])

    def _turn_to(self, ref: Referent) -> bool:
        """The article goes on about whom `ref` points at; whether that makes them the likely speaker."""
        person, _ = resolve(self._memory, ref)
        if person is None:
            return False
        self._introduce(ref, person)
        if ref.possessive and self._memory.front is not None:
            self._cast.pair(self._memory.front, person)
        if ref.oblique:
            self._memory.mention(person)
        else:
            self._memory.to_front(person)
        self._memory.opening = False
        return not ref.oblique

    def _introduce(self, ref: Referent, person: Person) -> None:
        """`Zijn trainer keek toe. Wim Bakker, nog maar net begonnen, zuchtte.`: a description, and then the name."""
        described = self._memory.front
        if described is None or described.name or described.group or described.plural or not ref.full or person.roles:
            return
        whose = described.roles[0].startswith(_POSSESSIVES) or _OF.match(described.roles[0])
        if not whose or described.gender not in {person.gender, None}:
            return
        person.add_role(described.roles[0])
        owner = next((p for p in self._memory.near[1:] if p.name and not p.group), None)
        if owner is not None and "collega" in described.heads():
            for role in owner.roles:  # whose colleague is an MP is one too
                person.add_role(role)


def _learn_familiarity(ref: Referent, name: str) -> None:
    """Whom the article itself, quotations aside, calls by the first name."""
    for person in ref.people:
        if person.name and name != person.name and person.name.startswith(f"{name} "):
            person.familiar = True
