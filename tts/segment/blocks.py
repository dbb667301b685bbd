"""From paragraphs to blocks: headings, pull quotes, narration and quotes, in the order of the article."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tts.model import Article, Block, Paragraph
from tts.segment.attribution import Said, View, subject, view
from tts.segment.interviews import Interview, Turn, interview
from tts.segment.people import Cast, Person
from tts.segment.pulls import Pull, after_label, begins_like_speech, credited, split_credit, split_known
from tts.segment.quotes import Family, Quotation, quotations
from tts.segment.repeats import Body
from tts.segment.roles import role_head
from tts.segment.sentences import sentences
from tts.segment.speakers import NOBODY, Attribution, Focus
from tts.segment.speech import Judgement, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.segment.referents import Referent

_JOINING = re.compile(r"^[\s,.;:!?…)\]–—-]+")
_SPEAKABLE = re.compile(r"[^\W_]")
_LONGEST_HEADING = 12  # words
_LONGEST_ASIDE = 60  # words; a longer aside without a credit is a box, not a quote
_HEADING_ENDS = (".", ",", ";", ":", "…", "!")


def segment(article: Article) -> tuple[Block, ...]:
    """The blocks of an article, in its order: the words of its paragraphs, none lost, none doubled.

    What is left out is the label `Quote` and the credit of a pull quote, and punctuation that merely joins a quote
    to its attribution. The same article gives the same blocks; no text makes it fail.
    Linear in the length of the article.
    """
    return _Segmenter(article).blocks()


class _Segmenter:
    """One article on its way to blocks."""

    def __init__(self, article: Article) -> None:
        self.paragraphs = [p for p in article.paragraphs if p.text.strip()]
        self.last = max((i for i, p in enumerate(self.paragraphs) if p.kind != "left_out"), default=-1)
        self.pulls = self._find_pulls()
        credits_ = [f"zegt {pull.credit}" for pull in self.pulls.values() if pull.credit]
        running = [i for i, p in enumerate(self.paragraphs) if i not in self.pulls and p.kind != "left_out"]
        self.cast = Cast(
            [*(self.paragraphs[i].text for i in running), *credits_, *([article.title] if article.title else [])]
        )
        self._complete_pulls()
        marks = dict(zip(running, quotations([self.paragraphs[i].text for i in running]), strict=True))
        self.marks: list[tuple[Quotation, ...]] = [marks.get(i, ()) for i in range(len(self.paragraphs))]
        texts = [Paragraph("left_out", p.text) if i in self.pulls else p for i, p in enumerate(self.paragraphs)]
        self.interview: Interview | None = interview(texts, self.marks, self.cast, article.author)
        self.house = self._house()
        self.focus = Focus(self.cast)
        self.credits: list[str | None] = []  # of the pull quotes made, in order

    def blocks(self) -> tuple[Block, ...]:
        made: list[Block] = []
        for i in range(len(self.paragraphs)):
            made.extend(self._paragraph(i))
        return tuple(self._mark_repeats(made))

    # Pull quotes

    def _find_pulls(self) -> dict[int, Pull]:
        labelled = {
            i: text
            for i, p in enumerate(self.paragraphs)
            if p.kind == "text" and (text := after_label(p.text)) is not None
        }
        body = Body([p.text for i, p in enumerate(self.paragraphs) if i not in labelled and p.kind == "text"])
        pulls: dict[int, Pull] = {}
        for i, text in labelled.items():
            pull = split_credit(text)
            if pull.credit or begins_like_speech(text) or body.repeated_by(text) is not None:
                pulls[i] = pull
        for i, p in enumerate(self.paragraphs):
            if p.kind == "aside" and self._is_pull_aside(i, body):
                pulls[i] = Pull(p.text, p.credit) if p.credit else split_credit(p.text)
            if (
                p.kind == "blockquote"
                and not self._after_colon(i)
                and (p.credit or body.repeated_by(p.text) is not None)
            ):
                pulls[i] = Pull(p.text, p.credit)
        return pulls

    def _is_pull_aside(self, i: int, body: Body) -> bool:
        p = self.paragraphs[i]
        if p.credit or split_credit(p.text).credit or body.repeated_by(p.text) is not None:
            return True
        neighbours = [self.paragraphs[n] for n in (i - 1, i + 1) if 0 <= n < len(self.paragraphs)]
        alone = all(n.kind != "aside" or n.credit for n in neighbours)
        return alone and len(p.text.split()) <= _LONGEST_ASIDE

    def _complete_pulls(self) -> None:
        for i, pull in self.pulls.items():
            if pull.credit is None:
                self.pulls[i] = split_known(pull.text, self.cast)

    def _after_colon(self, i: int) -> bool:
        while i > 0 and self.paragraphs[i - 1].kind == "blockquote":
            i -= 1
        return i > 0 and self.paragraphs[i - 1].text.rstrip().endswith(":")

    # One paragraph

    def _paragraph(self, i: int) -> Iterator[Block]:
        p = self.paragraphs[i]
        turn = self.interview.turns.get(i) if self.interview else None
        if p.kind == "left_out":
            yield Block("notice", p.text)
        elif i in self.pulls:
            yield self._pull(self.pulls[i])
        elif turn is not None and turn.part == "question":
            yield Block("narration", p.text)
            self._face_interviewed()
        elif p.kind == "heading" or (p.kind == "text" and turn is None and self._is_heading(i)):
            yield Block("heading", p.text)
        elif turn is not None and self.interview and (self.interview.plain or turn.part == "both"):
            yield from self._answer(p.text, turn)
        elif p.kind == "blockquote":
            yield self._blockquote(i)
        else:
            yield from self._running_text(i)

    def _face_interviewed(self) -> None:
        if self.interview and self.interview.person:
            self.focus.to_front(self.interview.person)

    def _is_heading(self, i: int) -> bool:
        p = self.paragraphs[i]
        text = p.text.strip()
        if len(text.split()) > _LONGEST_HEADING or (
            text.endswith(_HEADING_ENDS) and not (text.endswith("!") and len(text.split()) <= 5)
        ):
            return False
        if i == self.last or len(sentences(text)) > 1:
            return False
        if self.marks[i]:
            return self._is_quoted_heading(i, text)
        return _SPEAKABLE.search(text) is not None

    def _is_quoted_heading(self, i: int, text: str) -> bool:
        q = self.marks[i][0]
        if q.start > 0 or q.end < len(text) or not q.closed:
            return q.closed and not text[q.text_start : q.text_end].endswith(_HEADING_ENDS)
        inner = text[q.text_start : q.text_end]
        previous = self.paragraphs[i - 1].text.rstrip() if i else ""
        if previous.endswith(":") or (i and self.marks[i - 1] and not self.marks[i - 1][-1].closed):
            return False
        return not inner.endswith((".", "…")) and (self.interview is None or self.interview.plain)

    def _answer(self, text: str, turn: Turn) -> Iterator[Block]:
        label, said = text[: turn.label_end].strip(), text[turn.label_end :].strip()
        if label:
            yield Block("narration", label)
        person = turn.speaker or (self.interview.person if self.interview else None)
        if person is not None:
            self.focus.to_front(person)
        whole = quotations([said])[0]
        if len(whole) == 1 and whole[0].start == 0 and whole[0].end >= len(said) - 1:
            said = said[whole[0].text_start : whole[0].text_end]
        yield _quote(said, Attribution(person, 0.9 if person else 0.4))

    def _blockquote(self, i: int) -> Block:
        p = self.paragraphs[i]
        text = p.text
        for q in self.marks[i]:
            if q.start == 0 and q.end >= len(text) - 1:
                text = text[q.text_start : q.text_end]
                break
        if p.credit:
            person, role = self._credited(p.credit)
            return replace(_quote(text, Attribution(person, 0.9)), role=role)
        if self._after_colon(i) and i and self.paragraphs[i - 1].kind != "blockquote":
            return _quote(text, self._announced(self.paragraphs[i - 1], self.marks[i - 1]))
        front = self.focus.front
        return _quote(text, Attribution(front, 0.75) if front else NOBODY)

    def _announced(self, p: Paragraph, marks: tuple[Quotation, ...]) -> Attribution:
        """Who is said to say what follows the colon at the end of a paragraph."""
        v = view(p.text, marks, self.cast)
        start, end = v.sentences[-1]
        ref, confidence = subject(v, start, end)
        attribution = self._resolve(ref, confidence) if ref else Attribution(self.focus.front, 0.6)
        if attribution.person is not None:
            self.focus.to_front(attribution.person)
        return attribution

    def _credited(self, credit: str) -> tuple[Person | None, str | None]:
        name, role = credited(credit)
        if name is None:
            return None, role
        known = self.cast.known_as(name)
        if len(known) > 1 and role:
            heads = {role_head(word) for word in role.split()} - {None}
            known = tuple(p for p in known if heads & p.heads()) or known
        if known:
            return known[0], role
        return (None, credit) if name.islower() or role_head(name) else (Person(name), role)

    def _pull(self, pull: Pull) -> Block:
        text = pull.text
        marks = quotations([text])[0]
        if len(marks) == 1 and marks[0].start == 0 and marks[0].end >= len(text) - 1:
            text = text[marks[0].text_start : marks[0].text_end]
        self.credits.append(pull.credit)
        if pull.credit is None:
            return Block("quote", text, pull=True, confidence=NOBODY.confidence)
        person, role = self._credited(pull.credit)
        return Block(
            "quote", text, person.name if person else None, role, pull=True, confidence=0.95 if person else 0.6
        )

    # Running text

    def _house(self) -> Family | None:
        """The marks that the article sets speech in, None when it has none to compare."""
        counts: Counter[Family] = Counter()
        for p, spans in zip(self.paragraphs, self.marks, strict=True):
            for q in spans:
                if len(p.text[q.text_start : q.text_end].split()) > 5:
                    counts[q.family] += 1
        return counts.most_common(1)[0][0] if counts else None

    def _running_text(self, i: int) -> Iterator[Block]:
        v = view(self.paragraphs[i].text, self.marks[i], self.cast)
        judged = judge(v, self.house)
        attributions = self._attribute(v, judged)
        start = 0
        for q, judgement, attribution in zip(v.quotations, judged, attributions, strict=True):
            if not judgement.speech or attribution is None:
                continue
            yield from _narration(v.text[start : q.start], first=start == 0)
            yield _quote(v.text[q.text_start : q.text_end], attribution)
            start = q.end
        yield from _narration(v.text[start:], first=start == 0)

    def _attribute(self, v: View, judged: Sequence[Judgement]) -> list[Attribution | None]:
        """Who says each quotation; None where it turns out that nobody does."""
        result: list[Attribution | None] = []
        position = 0
        for k, (q, judgement) in enumerate(zip(v.quotations, judged, strict=True)):
            if not judgement.speech:
                result.append(None)
                continue
            moved = self._read_on(v, position, q.start, judgement.said)
            if judgement.said is not None and judgement.said.ref is not None:
                attribution = self._resolve(judgement.said.ref, judgement.said.confidence)
            elif not moved and position == 0 and (ahead := self._ahead(v, judged, k)) is not None:
                attribution = ahead
            elif self.focus.front is not None:
                attribution = Attribution(self.focus.front, 0.85 if position else 0.7)
            else:
                attribution = NOBODY
            if attribution.person is not None:
                self.focus.to_front(attribution.person)
            result.append(attribution)
            position = q.end
            if judgement.said is not None and judgement.said.ref is not None and judgement.said.where == "after":
                position = max(position, judgement.said.ref.end)
        self._read_on(v, position, len(v.text), None)
        return result

    def _ahead(self, v: View, judged: Sequence[Judgement], k: int) -> Attribution | None:
        """A paragraph that begins with speech mostly tells further on who says it."""
        for judgement in judged[k + 1 :]:
            if judgement.speech and judgement.said is not None and judgement.said.ref is not None:
                said = judgement.said
                person, confidence = self.focus.resolve(said.ref) if said.ref else (None, 0.0)
                return Attribution(person, 0.8 * confidence)
        return None

    def _resolve(self, ref: Referent, confidence: float) -> Attribution:
        person, sure = self.focus.resolve(ref)
        return Attribution(person, round(confidence * sure, 3))

    def _read_on(self, v: View, start: int, end: int, said: Said | None) -> bool:
        """Follow whom the narration [start, end) is about; whether it was about anybody."""
        moved = False
        for s, e in v.sentences:
            a, b = max(s, start), min(e, end)
            if a >= b:
                continue
            ref, confidence = subject(v, a, b)
            if ref is not None and not ref.weak and (said is None or ref is not said.ref):
                moved = self._turn_to(ref) and confidence > 0.8 or moved
            for group in v.between(a, b):
                if group.kind == "name" and not group.oblique and (group.weak or group.people[0].group):
                    self.focus.mention_group(group.people[0])
            for other in v.between(a, b):
                if other is not ref and not other.weak and other.kind != "pronoun" and not other.group:
                    person, _ = self.focus.resolve(other)
                    if person is not None and not person.group:
                        self.focus.mention(person)
        return moved

    def _turn_to(self, ref: Referent) -> bool:
        """The article goes on about whom `ref` points at; whether that makes them the likely speaker."""
        person, _ = self.focus.resolve(ref)
        if person is None:
            return False
        if ref.oblique:
            self.focus.mention(person)
        else:
            self.focus.to_front(person)
        return not ref.oblique

    # Repetitions

    def _mark_repeats(self, made: Sequence[Block]) -> Iterator[Block]:
        said = [block for block in made if block.kind == "quote" and not block.pull]
        runs = [said[i : i + n] for n in (1, 2, 3) for i in range(len(said) + 1 - n)]
        runs = [run for run in runs if len({block.speaker for block in run}) == 1]
        body = Body([" ".join(block.text for block in run) for run in runs])
        credit = iter(self.credits)
        for block in made:
            if not block.pull:
                yield block
                continue
            named = next(credit)
            at = body.repeated_by(block.text)
            yield block if at is None else self._spoken_by(replace(block, repeats=True), runs[at][0], named)

    def _spoken_by(self, pull: Block, said: Block, credit: str | None) -> Block:
        """The pull quote with the speaker of the quote that it repeats, as far as its own credit leaves that open."""
        name, role = credited(credit) if credit else (None, None)
        if name is None:
            return replace(pull, speaker=said.speaker, role=pull.role or said.role, confidence=said.confidence)
        if said.speaker in {p.name for p in self.cast.known_as(name)}:
            return replace(pull, speaker=said.speaker, role=role)
        return pull


def _quote(text: str, attribution: Attribution) -> Block:
    return Block("quote", text.strip(), attribution.speaker, attribution.role, confidence=attribution.confidence)


def _narration(text: str, *, first: bool) -> Iterator[Block]:
    """The narration between two quotes, without the punctuation that joined it to the one before."""
    text = text.strip() if first else _JOINING.sub("", text).strip()
    if _SPEAKABLE.search(text):
        yield Block("narration", text)
