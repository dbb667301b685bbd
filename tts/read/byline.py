"""The lines between a title and its text: who wrote it, when, and the labels around that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tts.read.dates import cut_dates
from tts.read.folding import has_word
from tts.read.phrases import pattern

_LONGEST = 200  # characters; longer lines are text
_PARTICLES = frozenset(
    "van von de der den het ten ter te tot op in aan bij zu el al bin ben le la du di da dos del y uit over"
    " ’t 't ’s 's".split()
)
_BETWEEN_NAMES = re.compile(r"\s*,\s+en\s+|\s*[,&/+]\s*|\s+(?:en|and)\s+")
_BETWEEN_PARTS = re.compile(r"\s*[|•·»]\s*|\s/\s|\s+[-–—]\s+")
_BEFORE_DATE = re.compile(r"\s+(?:op|om|uur)$")
# Where several lines of a header have become one: "Door Anna de Wit Gepubliceerd: 3 mei".
_NEXT_LINE = re.compile(
    r"\s+(?=(?:Gepubliceerd|Geplaatst|Bijgewerkt|Laatste? (?:update|bijgewerkt|gewijzigd)|Datum|Publicatiedatum|Auteur|"
    r"Tekst|Foto(?:[’']?s)?|Beeld|Fotografie|Illustraties?|Leestijd)\b)"
)
_IN_PARENTHESES = re.compile(r"\s*\([^()]{1,40}\)$")
_LONGEST_ROLE = 4  # words
_KINDS = frozenset({"interview", "reportage", "portret", "profiel"})
# Above a title: what kind of piece it is, and about whom.
_RUBRIC = re.compile(
    r"(?:INTERVIEW|REPORTAGE|OPINIE|COLUMN|PROFIEL|PORTRET|ANALYSE|RECENSIE|ESSAY|NIEUWS)\b[^.!?]{0,60}"
)
_PLACE = re.compile(r"(?:Den (?:Haag|Bosch|Helder)|Sint-\w+|[A-ZÀ-Þ’'][\w’'-]+)\s*[,–-]?\s*\|")
_OPEN_ENDS = " \t,.;:|-–—()*_"


@dataclass(frozen=True, slots=True)
class Header:
    """What a line above the text says; both None for a mere label ("Nieuwsbericht", "Leestijd 4 minuten")."""

    date: str | None = None
    author: str | None = None


def header_line(line: str) -> Header | None:
    """The date and the author in a line that holds nothing else; None for any other line.

    A name counts where the line says "door" or the like, gives a date or a reading time too, or a role beside the
    name ("Anna de Wit, verslaggever").
    """
    if len(line) > _LONGEST or not has_word(line):
        return None
    if _RUBRIC.fullmatch(line):
        return Header()
    date, rest = cut_dates(line)
    place = _PLACE.match(rest) if date else None  # "Nijverhaven, 3 mei 2024"
    rest = rest[place.end() :] if place else rest
    parts = [part for part in map(_bare, _BETWEEN_PARTS.split(_NEXT_LINE.sub(" | ", rest))) if has_word(part)]
    labels = [part for part in parts if pattern("header_label").fullmatch(part) or (parts[1:] and _is_role(part))]
    dated = (
        date is not None
        or rest != line
        or any(_is_role(part) or part[-1].isdigit() or part[-3:] == "min" for part in labels)
    )
    author = None
    for part in parts:
        if part in labels:
            continue
        found = _part_author(part, dated=dated)
        if found is None:
            return None
        author = author or found.author
    return Header(date, author)


def bare_author(line: str) -> str | None:
    """The names in a line of nothing but full names ("Anna de Wit en Piet Bos"); None for any other line."""
    return _names(line, least_words=2) if len(line) <= _LONGEST else None


def author_names(text: str) -> str | None:
    """The names in what a page gives as its author: without "door", role and address."""
    text = pattern("by").sub("", text.strip(), count=1).strip(_OPEN_ENDS)
    return _names(text, least_words=1) or (text or None)


def join_names(names: list[str]) -> str:
    """The names as one reads them out: "A, B en C"."""
    return " en ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _bare(part: str) -> str:
    """`part` without the ends that a date left behind: "Anna de Wit op"."""
    part = _IN_PARENTHESES.sub("", part.strip()).strip(_OPEN_ENDS)
    return _BEFORE_DATE.sub("", part).strip(_OPEN_ENDS)


def _is_role(part: str) -> bool:
    """Whether `part` is what somebody does, without a name: "freelance journalist"."""
    words = part.split()
    if len(words) > _LONGEST_ROLE or pattern("by").match(part) or pattern("our_own").match(part) or _is_name(words):
        return False
    return any(pattern("role").match(word) for word in words)


def _part_author(part: str, *, dated: bool) -> Header | None:
    own = pattern("our_own").match(part)
    if own is not None:
        return Header(author=_names(part[own.end() :].strip(_OPEN_ENDS), least_words=2))
    by = pattern("by").match(part)
    if by is not None:
        names = _names(part[by.end() :].strip(_OPEN_ENDS), least_words=1)
        return None if names is None else Header(author=names)
    names = _names(part, least_words=2)
    if names is not None and (dated or len(names) < len(part)):
        return Header(author=names)
    return None


def _names(text: str, least_words: int) -> str | None:
    """The names in `text`, where all the rest of it are roles and places beside them."""
    names: list[str] = []
    for part in _BETWEEN_NAMES.split(text):
        words = _without_role(part.split())
        if _is_name(words) and len(words) >= (least_words if not names else 2):
            names.append(" ".join(_in_lower_case(words)))
        elif not names or not _is_beside_a_name(part):
            return None
    return join_names(names) if names else None


def _without_role(words: list[str]) -> list[str]:
    """`words` without the role in front of a name: "Verslaggever Anna de Wit"."""
    while len(words) > 2 and pattern("role").match(words[0]):
        words = words[1:]
    return words


def _is_name(words: list[str]) -> bool:
    return (
        0 < len(words) <= 7
        and all(_is_capitalised(word) or word in _PARTICLES for word in words)
        and _is_capitalised(words[-1])
        and not pattern("role").match(words[0])
        and words[0].lower() not in _KINDS
    )


def _is_capitalised(word: str) -> bool:
    if word[:2].lower() in {"d’", "d'", "l’", "l'", "’t", "'t"}:
        word = word[2:]
    return word[:1].isupper() and word[-1] not in "!?:;"


def _is_beside_a_name(part: str) -> bool:
    words = part.split()
    return len(words) <= 8 and (len(words) == 1 or part[:1].islower() or pattern("role").match(words[0]) is not None)


def _in_lower_case(words: list[str]) -> list[str]:
    """A name set all in capitals as it is spelled: "ANNA DE WIT" is Anna de Wit; "ANP" stays."""
    if len(words) < 2 or not all(word.isupper() for word in words):
        return words
    return [word.lower() if word.lower() in _PARTICLES else word.title() for word in words]
