"""From paragraphs to blocks: headings, pull quotes, narration and quotes, in the order of the article."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tts.model import Article, Block
from tts.segment.asking import wholly_quoted
from tts.segment.conversation import Conversation
from tts.segment.interviews import Turn, interview
from tts.segment.people import Cast, Person
from tts.segment.pulls import Pull, credited, find_pulls, split_known
from tts.segment.quotes import Family, quotations
from tts.segment.repeats import Body
from tts.segment.roles import role_head
from tts.segment.sentences import sentences
from tts.segment.speakers import NOBODY, Attribution
from tts.segment.speech import judge
from tts.segment.tokens import tokens
from tts.segment.view import view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_JOINING = re.compile(r"^[\s,.;:!?…)\]–—-]+")
_SPEAKABLE = re.compile(r"[^\W_]")
_NUMBERING = re.compile(r"^\d{1,2}[.)]\s")
_LONGEST_HEADING = 12  # words
_LONGEST_CRY = 5  # words
_CLAUSE = 4  # words; shorter quotations tell nothing about the marks that speech stands in
_HEADING_ENDS = (".", ",", ";", ":", "…", "!")


def segment(article: Article) -> tuple[Block, ...]:
    """The blocks of an article, in its order: the words of its paragraphs, none lost, none doubled.

    What is left out is the label `Quote` and the credit of a pull quote, and punctuation that merely joins a quote
    to its attribution. The same article gives the same blocks; no text makes it fail.
    Linear in the length of the article.
    """
    made = _Segmenter(article).blocks()
    tokens.cache_clear()  # of no use to the next article: kept, they took a worker 0.4 MB an article
    return made


class _Segmenter:
    """One article on its way to blocks."""

    def __init__(self, article: Article) -> None:
        self.paragraphs = [p for p in article.paragraphs if p.text.strip()]
        self.last = max((i for i, p in enumerate(self.paragraphs) if p.kind != "left_out"), default=-1)
        # Who marks headings marks them all: another short line is a kicker, a dish, a signature.
        self.has_headings = any(p.kind == "heading" for p in self.paragraphs)
        pulls = find_pulls(self.paragraphs)
        running = [i for i, p in enumerate(self.paragraphs) if i not in pulls and p.kind != "left_out"]
        texts = [self.paragraphs[i].text for i in running]
        # A name in a credit is announced, so that its first word does not count as the start of a sentence.
        named = [f"zegt {pull.credit}" for pull in pulls.values() if pull.credit]
        self.cast = Cast([*texts, *named], article.title or "")
        self.pulls = {i: self._with_credit(i, pull) for i, pull in pulls.items()}
        self.credits = [pull.credit for pull in self.pulls.values()]
        self.text = Body([text for text in texts if len(text.split()) > _LONGEST_HEADING])
        marks = dict(zip(running, quotations(texts), strict=True))
        self.marks = [marks.get(i, ()) for i in range(len(self.paragraphs))]
        asked = [replace(p, kind="left_out") if i in self.pulls else p for i, p in enumerate(self.paragraphs)]
        self.interview = interview(asked, self.marks, self.cast, article.author)
        self.views = {i: view(self.paragraphs[i].text, self.marks[i], self.cast) for i in running}
        self.house = self._house()
        self.judged = {i: judge(v, self.house) for i, v in self.views.items()}
        self.conversation = Conversation(self.cast, self.views, self.judged)

    def _with_credit(self, i: int, pull: Pull) -> Pull:
        """Only scraped text leaves the credit unmarked; of a blockquote every word is the quote's."""
        scraped = pull.credit is None and self.paragraphs[i].kind == "text"
        return split_known(pull.text, self.cast) if scraped else pull

    def blocks(self) -> tuple[Block, ...]:
        made = [block for i in range(len(self.paragraphs)) for block in self._paragraph(i)]
        return tuple(self._mark_repeats(made) if self.pulls else made)

    def _house(self) -> Family | None:
        """The marks that the article sets speech in, None when it has none to compare."""
        counts: Counter[Family] = Counter()
        for p, spans in zip(self.paragraphs, self.marks, strict=True):
            for q in spans:
                n_words = len(p.text[q.text_start : q.text_end].split())
                counts[q.family] += n_words if n_words >= _CLAUSE else 0
        return counts.most_common(1)[0][0] if counts.total() else None

    def _paragraph(self, i: int) -> Iterator[Block]:
        p = self.paragraphs[i]
        turn = self.interview.turns.get(i) if self.interview else None
        if p.kind == "left_out":
            yield Block("notice", p.text)
        elif i in self.pulls:
            yield self._pull(self.pulls[i])
        elif turn is not None and turn.part == "question" and p.kind != "heading":
            yield Block("narration", p.text)
            if self.interview and self.interview.person:
                self.conversation.face(self.interview.person)
        elif p.kind == "heading" or (p.kind == "text" and turn is None and self._is_heading(i)):
            yield Block("heading", p.text)
            self.conversation.entitled(i)
        elif turn is not None and self.interview and (self.interview.plain or turn.part == "both" or self._is_short(i)):
            yield from self._answer(p.text, turn)
        elif p.kind == "blockquote":
            yield self._blockquote(i)
        else:
            yield from self._running_text(i)

    def _is_short(self, i: int) -> bool:
        """Whether paragraph `i` is one quotation, label aside, too short for speech outside an interview."""
        if not self.interview or any(judgement.speech for judgement in self.judged.get(i, ())):
            return False
        return wholly_quoted(self.paragraphs[i].text, self.marks[i], self.interview.turns[i].label_end)

    def _is_heading(self, i: int) -> bool:
        p = self.paragraphs[i]
        text = p.text.strip()
        if self.has_headings and not p.strong:
            return False
        short_cry = text.endswith("!") and len(text.split()) <= _LONGEST_CRY
        label = p.strong and text.endswith(":")
        ended = text.endswith(_HEADING_ENDS) and not short_cry and not label
        if len(text.split()) > _LONGEST_HEADING or ended:
            return False
        if i == self.last or len(sentences(_NUMBERING.sub("", text))) > 1:
            return False
        if self.marks[i]:
            return self._is_quoted_heading(i, text)
        return _SPEAKABLE.search(text) is not None

    def _is_quoted_heading(self, i: int, text: str) -> bool:
        q = self.marks[i][0]
        if q.family == "dash":
            return False
        if q.start > 0 or q.end < len(text) or not q.closed:
            return q.closed and not text[q.text_start : q.text_end].endswith(_HEADING_ENDS)
        inner = text[q.text_start : q.text_end]
        previous = self.paragraphs[i - 1].text.rstrip() if i else ""
        if previous.endswith(":") or (i and self.marks[i - 1] and not self.marks[i - 1][-1].closed):
            return False
        cries = inner.endswith(("?", "!")) and q.family == self.house
        if cries and ((i and self._ends_in_speech(i - 1)) or self.text.repeated_by(inner) is None):
            return False  # a heading in marks takes up words that the text has too
        return not inner.endswith((".", "…")) and (self.interview is None or self.interview.plain)

    def _ends_in_speech(self, i: int) -> bool:
        judged = self.judged.get(i, [])
        return bool(judged) and judged[-1].speech and self.marks[i][-1].end == len(self.paragraphs[i].text.rstrip())

    def _answer(self, text: str, turn: Turn) -> Iterator[Block]:
        label, said = text[: turn.label_end].strip(), text[turn.label_end :].strip()
        if label:
            yield Block("narration", label)
        person = turn.speaker or (self.interview.person if self.interview else None)
        if person is not None:
            self.conversation.face(person)
        yield _quote(_unmarked(said), Attribution(person, 0.9 if person else 0.4))

    def _blockquote(self, i: int) -> Block:
        p = self.paragraphs[i]
        text = _unmarked(p.text)
        if p.credit:
            person, role = self._credited(p.credit)
            return replace(_quote(text, Attribution(person, 0.9)), role=role)
        if i and self.paragraphs[i - 1].text.rstrip().endswith(":") and i - 1 in self.views:
            return _quote(text, self.conversation.announced(self.views[i - 1]))
        return _quote(text, self.conversation.going_on())

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
        text = _unmarked(pull.text)
        if pull.credit is None:
            return Block("quote", text, pull=True, confidence=NOBODY.confidence)
        person, role = self._credited(pull.credit)
        confidence = 0.95 if person else 0.6
        return Block("quote", text, person.name if person else None, role, pull=True, confidence=confidence)

    def _running_text(self, i: int) -> Iterator[Block]:
        v = self.views[i]
        attributions = iter(self.conversation.speakers(i))
        start = 0
        for q, judgement in zip(v.quotations, self.judged[i], strict=True):
            if judgement.speech:
                yield from _narration(v.text[start : q.start], first=start == 0)
                yield _quote(v.text[q.text_start : q.text_end], next(attributions))
                start = q.end
        yield from _narration(v.text[start:], first=start == 0)

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


def _unmarked(text: str) -> str:
    """The text without marks around the whole of it."""
    found = quotations([text])[0]
    if len(found) == 1 and found[0].start == 0 and found[0].end >= len(text) - 1:
        return text[found[0].text_start : found[0].text_end]
    return text


def _quote(text: str, attribution: Attribution) -> Block:
    return Block("quote", text.strip(), attribution.speaker, attribution.role, confidence=attribution.confidence)


def _narration(text: str, *, first: bool) -> Iterator[Block]:
    """The narration between two quotes, without the punctuation that joined it to the one before."""
    text = text.strip() if first else _JOINING.sub("", text).strip()
    if _SPEAKABLE.search(text):
        yield Block("narration", text)
