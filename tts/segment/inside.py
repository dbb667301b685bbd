"""What stands in a quotation, and right behind it, that tells who says it: names, whom it speaks to, who comes next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts.segment.lexicon import words
from tts.segment.quotes import quotations
from tts.segment.roles import same_role
from tts.segment.subjects import FIRMLY, SURELY, subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tts.segment.people import Cast, Person
    from tts.segment.referent import Referent
    from tts.segment.view import View

# "‘…’ Aan het woord is Noor Bakker."
_INTRODUCES = re.compile(r"(?:Aan (?:het woord|de (?:lijn|telefoon))|Het|Dat|Dit) (?:is|was|zijn|waren|hangt|hing)\b")
_ENDS = frozenset(".!?,")
_COMMA_BEFORE = re.compile(r", (?:(?:meneer|mijnheer|mevrouw|dokter|juffrouw|beste|lieve) )?$")
_NOTHING_BEFORE = re.compile(r"(?:(?:Meneer|Mijnheer|Mevrouw|Dokter|Juffrouw|Beste|Lieve) )?")
_COMMA_REACH = 12  # characters
_VOCATIVE = re.compile(r"(?:^|[,:] )(\w+)(?=[,.!?]|$)")  # "Dank u, dokter."


def named_in_speech(v: View, k: int, cast: Cast) -> tuple[Person, ...]:
    """Whom quotation `k` names, hardly ever the one who speaks; but for a quotation within it, of another."""
    text = v.speech(k)
    inner = quotations([text])[0]
    return tuple(
        mention.people[0]
        for mention in cast.mentions(text)
        if len(mention.people) == 1 and not any(i.start <= mention.start < i.end for i in inner)
    )


def addressed_in_speech(v: View, k: int, cast: Cast, around: Iterable[Person]) -> tuple[Person, ...]:
    """Whom quotation `k` calls by name, or, of those `around`, by office: "Komt u mee, dokter?"."""
    text = v.speech(k)
    by_name = [
        mention.people[0]
        for mention in cast.mentions(text)
        if (
            _COMMA_BEFORE.search(text, max(0, mention.start - _COMMA_REACH), mention.start)
            and text[mention.end : mention.end + 1] in _ENDS
        )
        or (_NOTHING_BEFORE.fullmatch(text, 0, mention.start) and text[mention.end : mention.end + 1] == ",")
    ]
    offices = {word.lower() for word in _VOCATIVE.findall(text)} & words("roles", "people")
    by_office = [p for p in around if any(same_role(office, head) for office in offices for head in p.heads())]
    return (*by_name, *by_office)


def subject_after(v: View, k: int) -> Referent | None:
    """`‘Ik ga.’ Bakker trekt zijn jas aan.`: whom the sentence after quotation `k` is about, by name or pronoun."""
    s = v.sentence_at(v.quotations[k].end - 1) + 1
    if s >= len(v.sentences):
        return None
    start, end = v.sentences[s]
    if k + 1 < len(v.quotations) and v.quotations[k + 1].start <= start:
        return None
    ref, confidence = subject(v, start, end)
    if ref is None or ref.oblique or ref.weak:
        return None
    introduced = ref.kind != "pronoun" and _INTRODUCES.match(v.masked, start, end) is not None
    by_name = ref.kind == "name" and (confidence >= SURELY or (ref.start <= start and confidence >= FIRMLY))
    return ref if introduced or by_name or ref.kind == "pronoun" else None
