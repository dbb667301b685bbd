"""Interviews: which paragraphs ask, which answer, and who is interviewed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tts.segment.sentences import sentences
from tts.segment.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Paragraph
    from tts.segment.people import Cast, Person
    from tts.segment.quotes import Quotation

_FIRST_PERSON = frozenset("ik mij mijn me we wij ons onze 'k ’k m'n m’n".split())
_ALONE = frozenset("ik mij mijn".split())
_SECOND_PERSON = frozenset("u uw je jij jou jouw jullie".split())
_THIRD_PERSON = {"hij": "m", "hem": "m", "ze": "f", "zij": "f", "haar": "f"}
_LABEL = re.compile(
    r"(?P<label>(?:Vraag|Antwoord|V|A|Q|[^\W\d_a-zß-öø-ÿ][\w.’'-]*(?:\s[\w.’'-]+){0,3})(?:\s\d{1,2})?)\s?:\s+(?=\S)"
)
_ASKS = frozenset({"vraag", "v", "q"})
_ANSWERS = frozenset({"antwoord", "a"})
_FEWEST_QUESTIONS = 2
_LONGEST_HEADING = 80  # characters
_LONGEST_QUESTION = 60  # words
_MAJORITY = 0.5
_FEWEST_SHARE = 0.2  # of the turns that ask; fewer are the rhetorical questions of an opinion piece

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
    paragraphs: Sequence[Paragraph], marks: Sequence[tuple[Quotation, ...]], cast: Cast, author: str | None
) -> Interview | None:
    """The interview that the paragraphs are, None when they are something else.

    marks : the quotations of each paragraph, none for one that is no running text.
    """
    asked = [i for i, p in enumerate(paragraphs) if _asks(p, marks[i])]
    if len(asked) < _FEWEST_QUESTIONS:
        return None
    turns = _turns(paragraphs, marks, asked, cast)
    answers = [i for i, turn in turns.items() if turn.part != "question"]
    if not answers:
        return None
    marked = [i for i in answers if _wholly_quoted(paragraphs[i].text, marks[i], turns[i].label_end)]
    plain = len(marked) <= len(answers) * _MAJORITY
    voices = [i for i in answers if _persons(paragraphs[i].text[turns[i].label_end :]) & _FIRST_PERSON]
    labelled = any(_LABEL.match(paragraphs[i].text) for i in asked) and any(turns[i].label_end for i in answers)
    addressed = labelled or any(
        _persons(paragraphs[i].text) & _SECOND_PERSON or paragraphs[i].strong or turns[i].label_end for i in asked
    )
    if plain and not labelled and (len(voices) < len(answers) * _MAJORITY or not addressed):
        return None
    person = _interviewed(paragraphs, asked[0], cast, author)
    if plain and not labelled and (person is None or len(asked) < len(turns) * _FEWEST_SHARE):
        return None
    bold = any(paragraphs[i].strong for i in asked)
    if plain and not labelled and not bold and _is_column(paragraphs[: asked[0]], marks):
        return None
    if plain:
        turns = {
            i: t
            for i, t in turns.items()
            if t.part != "answer"
            or t.label_end
            or not _about(paragraphs[i].text, person, cast, begins=i - 1 not in turns or _heads(paragraphs[i - 1]))
        }
    return Interview(turns, person, plain)


def _is_column(opening: Sequence[Paragraph], marks: Sequence[tuple[Quotation, ...]]) -> bool:
    """Whether the author says "ik" before the first question, and so asks it of themselves."""
    return any(_persons(p.text) & _ALONE for p, quoted in zip(opening, marks, strict=False) if not quoted)


def _persons(text: str) -> set[str]:
    return {t.lower for t in tokens(text)}


def _asks(paragraph: Paragraph, marks: tuple[Quotation, ...]) -> bool:
    text = paragraph.text
    if paragraph.kind not in {"text", "heading"} or len(text.split()) > _LONGEST_QUESTION * 4:
        return False
    label = _LABEL.match(text)
    if label and label["label"].lower().split()[0] in _ASKS:
        return True
    if label and label["label"].lower().split()[0] in _ANSWERS:
        return False
    if len(text.split()) > _LONGEST_QUESTION:
        return _leading_question(text, marks) is not None
    if paragraph.kind == "text" and text.rstrip("’'”\"» ").endswith("?"):
        return not marks or _wholly_quoted(text, marks, 0)
    if paragraph.strong and len(text.split()) > 1 and text.rstrip()[-1:] in {".", "!", "…"}:
        return True
    return _leading_question(text, marks) is not None


def _leading_question(text: str, marks: tuple[Quotation, ...]) -> int | None:
    """Where the answer begins that stands in one paragraph with its question: `“Mist u het?” Nee, ik niet.`."""
    if marks and marks[0].start == 0 and len(marks) == 1:
        end = marks[0].end if text[marks[0].text_start : marks[0].text_end].endswith("?") else 0
    elif marks:
        return None
    else:
        end = next((stop for _, stop in sentences(text)[:1] if text[:stop].endswith("?")), 0)
        if not _persons(text[:end]) & _SECOND_PERSON:
            return None
    rest = text[end:].lstrip()
    return end if end and rest[:1].isupper() and _persons(rest) & _FIRST_PERSON else None


def _wholly_quoted(text: str, marks: tuple[Quotation, ...], start: int) -> bool:
    return (
        bool(marks) and marks[0].start <= start + 1 and marks[-1].end >= len(text.rstrip(" .")) - 1 and len(marks) == 1
    )


def _turns(
    paragraphs: Sequence[Paragraph], marks: Sequence[tuple[Quotation, ...]], asked: Sequence[int], cast: Cast
) -> dict[int, Turn]:
    turns: dict[int, Turn] = {}
    questions = set(asked)
    labels = Counter(label["label"] for p in paragraphs if (label := _LABEL.match(p.text)))
    asking = Counter(label["label"] for i in asked if (label := _LABEL.match(paragraphs[i].text)))
    for i in range(asked[0], len(paragraphs)):
        p = paragraphs[i]
        if p.kind not in {"text", "item"} and i not in questions:
            continue
        if i in questions:
            answer = _leading_question(p.text, marks[i])
            turns[i] = Turn("question") if answer is None else Turn("both", answer)
            continue
        label = _LABEL.match(p.text)
        if label is None or labels[label["label"]] < _FEWEST_QUESTIONS:
            turns[i] = Turn("answer")
            continue
        if asking[label["label"]] > labels[label["label"]] * _MAJORITY:
            turns[i] = Turn("question")
            continue
        known = cast.known_as(label["label"])
        if known or label["label"].lower() in _ANSWERS:
            turns[i] = Turn("answer", label.end(), known[0] if len(known) == 1 else None)
        else:
            turns[i] = Turn("answer")
    return turns


def _interviewed(paragraphs: Sequence[Paragraph], first: int, cast: Cast, author: str | None) -> Person | None:
    """Whom the text before the first question is about; else whom the rest names most."""
    for stretch in (paragraphs[:first], paragraphs[first:]):
        counts: Counter[int] = Counter()
        people: dict[int, Person] = {}
        for p in stretch:
            for mention in cast.mentions(p.text):
                person = mention.people[0]
                if not person.group and person.sure and person.name and person.name != author:
                    people.setdefault(id(person), person)
                    counts[id(person)] += 1 + mention.full + bool(person.roles)
        if counts:
            return people[counts.most_common(1)[0][0]]
    return None


def _heads(paragraph: Paragraph) -> bool:
    """Whether a section begins below `paragraph`, so that what follows it answers nothing."""
    return paragraph.kind == "heading" or (len(paragraph.text) < _LONGEST_HEADING and paragraph.text[-1].isalnum())


def _about(text: str, person: Person | None, cast: Cast, *, begins: bool) -> bool:
    """A paragraph about the person interviewed, not by them: it names them, or begins a section and says "ze"."""
    found = _persons(text)
    if person is None or found & (_FIRST_PERSON | _SECOND_PERSON if begins else _FIRST_PERSON):
        return False
    if begins and any(word in found and person.gender == gender for word, gender in _THIRD_PERSON.items()):
        return True
    return any(person in mention.people for mention in cast.mentions(text))
