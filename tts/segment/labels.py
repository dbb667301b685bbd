"""Labels before what is said: "Vraag:", "A:", "Bakker:", "NB:", "Bakker (lacht):"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.model import Paragraph
    from tts.segment.people import Cast, Person

_LABEL = re.compile(
    r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w.’'-]*(?:\s[\w.’'-]+){0,3})(?:\s\([^()]{1,30}\)|,\s[a-zß-öø-ÿ][\w\s]{1,30})?\s?:\s+(?=\S)"
)
_ASKS = frozenset("vraag v q interviewer redactie".split())
_ANSWERS = frozenset("antwoord a".split())
_FEWEST = 2  # times that a label is used
_MAJORITY = 0.5
_LONGEST_INITIALS = 5


@dataclass(frozen=True, slots=True)
class Label:
    """Whose turn a paragraph begins, and where the words after the label do; speaker : None where it names nobody."""

    end: int
    asks: bool
    speaker: Person | None = None


def labels_of(paragraphs: Sequence[Paragraph], cast: Cast, author: str | None) -> dict[int, Label]:
    """The labels of a conversation, by the number of the paragraph; each is used at least twice."""
    found = {i: match for i, p in enumerate(paragraphs) if p.kind == "text" and (match := _LABEL.match(p.text))}
    used = Counter(match["name"] for match in found.values())
    asking = Counter(match["name"] for i, match in found.items() if paragraphs[i].text.rstrip("’'”\"» ").endswith("?"))
    labels = {}
    for i, match in found.items():
        name = match["name"]
        word = name.lower().split()[0].rstrip("0123456789")
        people = _named(name, cast)
        if word not in _ASKS | _ANSWERS and used[name] < _FEWEST:
            continue
        if word in _ASKS or (word not in _ANSWERS and asking[name] > used[name] * _MAJORITY) or name == author:
            labels[i] = Label(match.end(), asks=True)
        elif word in _ANSWERS:
            labels[i] = Label(match.end(), asks=False)
        elif people:
            labels[i] = Label(match.end(), asks=False, speaker=people[0] if len(people) == 1 else None)
    return labels


def _named(name: str, cast: Cast) -> tuple[Person, ...]:
    """Whom a label can mean: by initials, or by name, also in capitals."""
    letters = name.replace(".", "").lower()
    if len(letters) <= _LONGEST_INITIALS and " " not in letters:
        people = [p for p in cast.people if p.name and p.sure and not p.group and letters in _initials(p.name)]
        if people:
            return tuple(people)
    return cast.known_as(name) or cast.known_as(name.title() if name.isupper() else name)


def _initials(name: str) -> set[str]:
    """The initials of a full name: those of Ria van der Wees are RvdW and RW."""
    parts = name.replace("-", " ").split()
    if len(parts) < 2:
        return set()
    return {
        "".join(part[0] for part in parts).lower(),
        "".join(part[0] for part in parts if part[0].isupper()).lower(),
    }
