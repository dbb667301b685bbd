"""Follows an article from sentence to sentence: whom it is about, and so who speaks where no words say it outright."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from tts.segment.attribution import end_of_attribution, group_before
from tts.segment.choice import choose
from tts.segment.clauses import OWNERS, asks_in
from tts.segment.dialogue import Dialogue, Turn
from tts.segment.evidence import Speech, of_speaker
from tts.segment.inside import addressed_in_speech, named_in_speech, subject_after
from tts.segment.memory import Memory
from tts.segment.pronouns import learn_gender
from tts.segment.speakers import NOBODY, Attribution, resolve
from tts.segment.subjects import FIRMLY, SURELY, asked_by_name, is_called, is_passing, named_in, subject
from tts.segment.tokens import tokens
from tts.segment.verbs import says
from tts.segment.weights import UNSAID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tts.segment.attribution import Said
    from tts.segment.people import Cast, Person
    from tts.segment.referent import Referent
    from tts.segment.speech import Judgement
    from tts.segment.view import View

_OPENING_PARAGRAPHS = 3
_TOWARDS = re.compile(r"\b(?:tegen|aan) $")
_OF = re.compile(r"de \S+ (?:van|bij) ")
_POSSESSIVES = ("zijn ", "haar ", "hun ")
# "Ze is 83 en woont alleen."
_AGE = re.compile(r" (?:is|was|wordt|werd) (?:inmiddels |nu |pas |al )?(?P<age>\d{1,2})(?: jaar)?(?= en |[.,;]|$)")


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
        self._memory.proven = {
            judgement.said.ref.people[0]
            for judgements in judged.values()
            for judgement in judgements
            if judgement.said is not None and judgement.said.ref is not None and len(judgement.said.ref.people) == 1
        }
        for v in views.values():
            for ref in v.referents:
                _learn_familiarity(ref, v.text[ref.start : ref.end])

    def face(self, person: Person) -> None:
        """Somebody speaks now, without words that say so: the answer in an interview."""
        self._memory.heard(person)

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
        self._memory.begin_paragraph()
        for k, judgement in enumerate(self._judged[number]):
            if not judgement.speech:
                continue
            self._read_on(v, position, v.quotations[k].start, judgement.said)
            result.append(self._heard(self._attribute(number, k)))
            position = end_of_attribution(v, k, judgement.said)
            self._mention_addressed(v, judgement.said, position)
        if result and not tokens(v.masked[position:]):
            self._take_turn(number, result[-1])
        self._read_on(v, position, len(v.text), None)
        return result

    def _attribute(self, number: int, k: int) -> Attribution:
        """Who says quotation `k`, when all that stands before it has been read."""
        v, said = self._views[number], self._judged[number][k].said
        if k == 0 and self._goes_on(number):
            return Attribution(self._memory.speakers[0], SURELY)
        ref = said.ref if said is not None else None
        if said is not None and ref is None:
            ref = group_before(v, k)
        if said is None or ref is None or (said.where != "after" and said.confidence < FIRMLY):
            return self._unsaid(number, k, ref)
        self._memory.beside = named_in(v.between(*v.sentences[v.sentence_at(ref.start)]))
        attribution = self._resolve(ref, said.confidence, Speech(v.speech(k), named=named_in_speech(v, k, self._cast)))
        if attribution.person is not None:
            self._introduce(ref, attribution.person)
            self._note_name(ref, attribution.person)
        return attribution

    def _goes_on(self, number: int) -> bool:
        """Whether paragraph `number` begins with what was said at the end of the one before, not closed there."""
        place = self._place[number]
        before = self._order[place - 1] if place else number
        v, judged = self._views[before], self._judged[before]
        unclosed = before == number - 1 and bool(judged) and judged[-1].speech and not v.quotations[-1].closed
        return unclosed and self._views[number].quotations[0].start == 0 and bool(self._memory.speakers)

    def _mention_addressed(self, v: View, said: Said | None, end: int) -> None:
        """`zegt hij tegen de uitbater`: who is spoken to may answer."""
        if said is None or said.ref is None or said.where != "after":
            return
        for ref in v.between(said.ref.end, end):
            spoken_to = _TOWARDS.search(v.masked, max(0, ref.start - 8), ref.start)
            if spoken_to and ref.kind != "pronoun" and not ref.is_group and not ref.weak:
                person, _ = resolve(self._memory.without(next(iter(self._memory.speakers), None)), ref)
                if person is not None:
                    self._memory.mention(person)

    def _take_turn(self, number: int, attribution: Attribution) -> None:
        v = self._views[number]
        last = len(v.quotations) - 1
        if attribution.person is not None:
            alone = v.quotations[0].start == 0 and not last
            addressed = addressed_in_speech(v, last, self._cast, self._memory.recent)
            beside = [p for p in self._memory.active_here() if p is not attribution.person]
            self._dialogue.take(Turn(self._place[number], attribution.person, v.speech(last), alone, addressed, beside))

    def _heard(self, attribution: Attribution) -> Attribution:
        if attribution.person is not None:
            self.face(attribution.person)
        return attribution

    def _resolve(self, ref: Referent, confidence: float, speech: Speech | None = None) -> Attribution:
        person, sure = resolve(self._memory, ref, speech)
        return Attribution(person, round(confidence * sure, 3))

    def _unsaid(self, number: int, k: int, announced: Referent | None) -> Attribution:
        """The speaker of what stands without an attribution of its own."""
        v = self._views[number]
        after = subject_after(v, k)
        speech = Speech(
            v.speech(k),
            alone=len(v.quotations) == 1 and v.quotations[k].start == 0,
            opens=k == 0 and not tokens(v.masked[: v.quotations[k].start]),
            named=named_in_speech(v, k, self._cast),
            addressed=addressed_in_speech(v, k, self._cast, self._memory.recent),
            announced=self._resolve(announced, 1.0).person if announced else None,
            later=self._said_later(number, k),
            next=self._said_next(number),
            following=self._resolve(after, 1.0).person if after and after.kind != "pronoun" else None,
            followed=after.gender if after and after.kind == "pronoun" and not after.plural else None,
            turn=self._dialogue.last(self._place[number]),
            before=self._dialogue.before(self._place[number]),
        )
        people = [*self._memory.recent, speech.announced, speech.later, speech.following]
        candidates = [p for p in dict.fromkeys(people) if p is not None]
        if not candidates:
            return self._first_of_next(number) or NOBODY
        person, probability = choose(UNSAID, {p: of_speaker(self._memory, p, speech) for p in candidates})
        return Attribution(person, round(probability, 3))

    def _said_next(self, number: int) -> Person | None:
        """Who is said to say the first of what the next paragraph quotes."""
        after = self._place[number] + 1
        for judgement in self._judged[self._order[after]] if after < len(self._order) else ():
            if judgement.speech:
                ref = judgement.said.ref if judgement.said is not None else None
                return ref.people[0] if ref is not None and ref.kind == "name" and len(ref.people) == 1 else None
        return None

    def _said_later(self, number: int, k: int) -> Person | None:
        """Who is said to say what stands further on in the paragraph."""
        for judgement in self._judged[number][k + 1 :]:
            if judgement.speech and judgement.said is not None and judgement.said.ref is not None:
                return resolve(self._memory, judgement.said.ref)[0]
        return None

    def _first_of_next(self, number: int) -> Attribution | None:
        """An article that opens with speech names the speaker in what follows."""
        here = bisect_left(self._order, number)
        for other in self._order[here : here + _OPENING_PARAGRAPHS]:
            v = self._views[other]
            named = next((ref for ref in v.referents if ref.kind == "name" and not ref.weak and not ref.oblique), None)
            if named is not None:
                return self._resolve(named, 0.6)
        return None

    def _read_on(self, v: View, start: int, end: int, said: Said | None) -> None:
        """Follow whom the narration [start, end) is about."""
        for i in range(v.sentence_at(start), len(v.sentences)):
            a, b = max(v.sentences[i][0], start), min(v.sentences[i][1], end)
            if a >= end:
                break
            if a < b and tokens(v.masked[a:b]):
                self._read_sentence(v, a, b, said)

    def _read_sentence(self, v: View, start: int, end: int, said: Said | None) -> None:
        about = asked_by_name(v, start, end) or subject(v, start, end)[0]
        self._memory.beside = named_in(v.between(start, end))
        if about is not None and not about.weak and (said is None or about != said.ref):
            self._turn_to(replace(about, oblique=True) if is_passing(v, start, end, about) else about)
            if about.kind == "pronoun" and self._memory.front is not None:
                self._memory.note(self._memory.front, v.masked[start:end])
            self._learn_age(v, about, end)
        self._note_doings(v, start, end)
        for ref in v.between(start, end):
            if ref.kind == "name" and (ref.weak or ref.people[0].group) and not (ref.oblique and ref.weak):
                self._memory.mention_group(ref.people[0])
            elif (
                (about is None or (ref.start != about.start and not is_called(v, ref, about)))
                and ref.kind != "pronoun"
                and not ref.weak
                and not ref.group
            ):
                person, _ = resolve(self._memory, ref)
                if person is not None and not person.group:
                    self._memory.mention(person)
                    self._note_name(ref, person)
        asks, questions = asks_in(v.masked[start:end])
        tells = any(says(token.text) for token in tokens(v.masked[start:end]))
        self._memory.end_sentence(asks=asks, questions=questions, says=tells)

    def _learn_age(self, v: View, about: Referent, end: int) -> None:
        told = _AGE.match(v.masked, about.end, end)
        front = self._memory.front
        if told and not about.oblique and front is not None and front is self._memory.lead.about:
            front.age = front.age or int(told["age"])

    def _note_name(self, ref: Referent, person: Person) -> None:
        if ref.kind != "pronoun" and not ref.weak:
            self._memory.name(person)

    def _note_doings(self, v: View, start: int, end: int) -> None:
        """What a sentence tells of each whom it names, up to the next name."""
        named = [
            ref for ref in v.between(start, end) if ref.kind == "name" and not ref.oblique and len(ref.people) == 1
        ]
        for ref, stop in zip(named, [*(ref.start for ref in named), end][1:], strict=True):
            self._memory.note(ref.people[0], v.masked[ref.end : stop])

    def _turn_to(self, ref: Referent) -> None:
        """The article goes on about whom `ref` points at."""
        owner = self._memory.owner_by(ref.whose)
        if owner is not None and owner is self._memory.front and owner.sure:
            learn_gender(self._memory, owner, OWNERS[ref.whose])
        person, _ = resolve(self._memory, ref)
        if person is None:
            return
        self._introduce(ref, person)
        self._note_name(ref, person)
        if ref.kind == "name" and owner is not None and owner is not person:
            self._cast.pair(owner, person)
        if ref.oblique:
            self._memory.mention(person)
        else:
            self._memory.to_front(person, owner if owner is not person else None)
        self._memory.opening = False

    def _introduce(self, ref: Referent, person: Person) -> None:
        """`Zijn trainer keek toe. Wim Bakker, nog maar net begonnen, zuchtte.`: a description, and then the name."""
        described = self._memory.front
        if described is None or self._memory.subject_at.get(described, -1) < self._memory.paragraph:
            return
        if described.name or described.group or described.plural or not ref.full or person.roles:
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
