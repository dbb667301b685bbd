"""Which paragraphs of an article ask, and how its questions are set."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tts.segment.sentences import sentences
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tts.model import Paragraph
    from tts.segment.labels import Label
    from tts.segment.quotes import Quotation

FIRST_PERSON = frozenset("ik mij mijn me m'n m’n we wij ons onze 'k ’k".split())
ALONE = frozenset("ik mij mijn me m'n m’n 'k ’k".split())
SECOND_PERSON = frozenset("u uw je jij jou jouw jullie".split())
FEWEST_QUESTIONS = 2
CLOSING_MARKS = "’'”\"» "
_FEWEST_HEADINGS = 3
_LONGEST_QUESTION = 60  # words
_LONGEST_WITH_ANSWER = 240  # words
_LONGEST_STATEMENT = 25  # words
_MAJORITY = 0.5
_FORMAL = frozenset("u uw jullie".split())

Marks = tuple["Quotation", ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an article may ask: the paragraphs that do, and how they are set."""

    asked: list[int]
    set_as: Literal["letters", "headings", "text"]


def ways(paragraphs: Sequence[Paragraph], marks: Sequence[Marks], labels: Mapping[int, Label]) -> Iterator[Way]:
    """The ways in which the article may ask, the surest first: in letters of their own, as headings, as plain text."""
    labelled = {i for i, label in labels.items() if label.asks}
    open_ = [i for i in range(len(paragraphs)) if i not in labels]
    for set_apart in ("strong", "slanted"):
        apart = [i for i in open_ if getattr(paragraphs[i], set_apart)]
        asking = _asking_apart(paragraphs, apart)
        if len(asking) >= FEWEST_QUESTIONS and any(ends_asking(paragraphs[i].text) for i in asking):
            yield Way(sorted({*labelled, *asking}), "letters")
    headings = [i for i in open_ if paragraphs[i].kind == "heading"]
    asking = [i for i in headings if ends_asking(paragraphs[i].text)]
    if len(asking) >= max(_FEWEST_HEADINGS, len(headings) * _MAJORITY):
        yield Way(sorted({*labelled, *asking}), "headings")
    plain = [i for i in open_ if _asks_plainly(paragraphs[i], marks[i])]
    plain = _alternating(paragraphs, plain)
    asked = sorted({*labelled, *plain, *_stating(paragraphs, marks, plain)})
    answering = Counter(label.speaker for label in labels.values() if not label.asks and label.speaker)
    converse = len(answering) > 1 and answering.total() >= 2 * FEWEST_QUESTIONS
    if len(asked) >= FEWEST_QUESTIONS or converse:
        yield Way(asked, "text")


def _asking_apart(paragraphs: Sequence[Paragraph], apart: Sequence[int]) -> list[int]:
    """Those of the paragraphs in letters of their own that ask, with or without a question mark."""
    ended = [
        i
        for i in apart
        if 1 < len(paragraphs[i].text.split()) <= _LONGEST_QUESTION
        and paragraphs[i].text.rstrip(CLOSING_MARKS)[-1:] in {"?", ".", "!", "…"}
    ]
    first = next((i for i in ended if ends_asking(paragraphs[i].text)), len(paragraphs))
    # What stands in bold above the first question is the lead.
    return [i for i in ended if i >= first or persons(paragraphs[i].text) & SECOND_PERSON]


def _asks_plainly(paragraph: Paragraph, marks: Marks) -> bool:
    text = paragraph.text
    if paragraph.kind != "text":
        return False
    n_words = len(text.split())
    if n_words <= _LONGEST_QUESTION and ends_asking(text):
        return not marks or wholly_quoted(text, marks)
    return n_words <= _LONGEST_WITH_ANSWER and leading_question(text, marks) is not None


def _alternating(paragraphs: Sequence[Paragraph], asked: Sequence[int]) -> list[int]:
    """`asked` without those that answer or announce the question beside them, though they end in a question mark."""
    kept = list(asked)
    for one, other in pairwise(asked):
        if other == one + 1 and one in kept:
            addressed = [bool(persons(paragraphs[i].text) & SECOND_PERSON) for i in (one, other)]
            kept.remove(one if addressed == [False, True] else other)
    return kept


def _stating(paragraphs: Sequence[Paragraph], marks: Sequence[Marks], asked: Sequence[int]) -> list[int]:
    """What stands between two answers and speaks to the person interviewed, without a question mark: "U bent moe."."""
    if not asked:
        return []
    formal = any(persons(paragraphs[i].text) & _FORMAL for i in asked)
    taken = set(asked)
    stating = []
    for i, p in enumerate(paragraphs):
        if p.kind != "text" or marks[i] or len(p.text.split()) > _LONGEST_STATEMENT or {i - 1, i, i + 1} & taken:
            continue
        found = tokens(p.text)
        spoken_to = (
            any(t.lower in _FORMAL for t in found) if formal else bool(found) and found[0].lower in SECOND_PERSON
        )
        if spoken_to and p.text[-1:] in {".", "!", "…"} and not persons(p.text) & FIRST_PERSON:
            stating.append(i)
            taken.add(i)
    return stating


def ends_asking(text: str) -> bool:
    return text.rstrip(CLOSING_MARKS).endswith("?")


def persons(text: str) -> set[str]:
    return {t.lower for t in tokens(text)}


def leading_question(text: str, marks: Marks) -> int | None:
    """Where the answer begins that stands in one paragraph with its question: `“Mist u het?” Nee, ik niet.`."""
    if marks and marks[0].start == 0 and len(marks) == 1:
        end = marks[0].end if text[marks[0].text_start : marks[0].text_end].endswith("?") else 0
    elif marks:
        return None
    else:
        end = next((stop for _, stop in sentences(text)[:1] if text[:stop].endswith("?")), 0)
        if not persons(text[:end]) & SECOND_PERSON:
            return None
    rest = text[end:].lstrip()
    return end if end and rest[:1].isupper() and persons(rest) & FIRST_PERSON else None


def wholly_quoted(text: str, marks: Marks, start: int = 0) -> bool:
    return len(marks) == 1 and marks[0].start <= start + 1 and marks[-1].end >= len(text.rstrip(" .")) - 1


def unquoted(text: str, marks: Marks, start: int = 0) -> str:
    """What of `text`, from `start` on, stands outside quotation marks."""
    pieces = []
    for q in marks:
        pieces.append(text[start : max(start, q.start)])
        start = max(start, q.end)
    return " ".join([*pieces, text[start:]])
