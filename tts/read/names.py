"""Names of people as bylines give them: beside roles, places and each other."""

from __future__ import annotations

import re

from tts.read.phrases import pattern

OPEN_ENDS = " \t,.;:|-–—()*_"
_LONGEST = 200  # characters; longer lines are text
_PARTICLES = frozenset(
    "van von de der den het ten ter te tot op in aan bij zu el al bin ben le la du di da dos del y uit over"
    " ’t 't ’s 's".split()
)
_BETWEEN_NAMES = re.compile(r"\s*,\s+en\s+|\s*[,&/+]\s*|\s+(?:en|and)\s+")
# "Piet Vos (foto’s)" behind or before who wrote it.
_PICTURE_MAKER = re.compile(
    r"(?:^|\s*(?:[,&/+]|\ben\b))\s*(?:(?!\ben\b)[^,&/+()]){2,40}"
    r"\((?:foto[’']?s?|fotografie|beeld|illustraties?|video|camera)\)(?:\s*(?:[,&/+]|\ben\b))?",
    re.IGNORECASE,
)
_DEGREE = re.compile(r"(?<![\w’'-])(?:prof|dr|drs|mr|ir|ing|ds|em)\.\s*(?=[\w’'])", re.IGNORECASE)
_WRITER_MARK = re.compile(r"\s*\((?:tekst|interview|redactie)\)", re.IGNORECASE)
# "in" and "uit" stand in names too, but not before a capital: "Jan in ’t Veld".
_WHERE = re.compile(
    r"\s+(?:in|uit|vanuit)\s+(?:Den |Sint-|New |Los |Zuid-|Noord-)?[A-ZÀ-Þ][\w’'-]+(?:\s*[&/]\s*[\w’'-]+)?$"
)
_KINDS = frozenset({"interview", "reportage", "portret", "profiel"})


def names_in(text: str, least_words: int) -> str | None:
    """The names in `text`, where all the rest of it are roles and places beside them; None for any other text.

    least_words : the fewest words of the first name; those after it have a surname too.
    """
    text = _DEGREE.sub("", _WRITER_MARK.sub("", _PICTURE_MAKER.sub("", text)))
    names: list[str] = []
    for part in _BETWEEN_NAMES.split(_WHERE.sub("", text)):
        words = _without_role(part.split())
        if _is_name(words) and len(words) >= (least_words if not names else 2):
            names.append(" ".join(_in_lower_case(words)))
        elif not names or not _is_beside_a_name(part):
            return None
    return join_names(names) if names else None


def bare_author(line: str) -> str | None:
    """The names in a line of nothing but full names ("Anna de Wit en Piet Bos"); None for any other line."""
    return names_in(line, least_words=2) if len(line) <= _LONGEST else None


def author_names(text: str) -> str | None:
    """The names in what a page gives as its author: without "door", role and address."""
    text = pattern("by").sub("", text.strip(), count=1).strip(OPEN_ENDS)
    return names_in(text, least_words=1) or (text or None)


def join_names(names: list[str]) -> str:
    """The names as one reads them out: "A, B en C"."""
    return " en ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def is_name(text: str) -> bool:
    """Whether `text` is one name, of one word or more, and nothing else."""
    return _is_name(text.split())


def _without_role(words: list[str]) -> list[str]:
    """`words` without the role round a name: "Verslaggever Anna de Wit", "Anna de Wit Redacteur wetenschap"."""
    while len(words) > 2 and pattern("role").match(words[0]):
        words = words[1:]
    behind = (at for at, word in enumerate(words) if at > 1 and word[0].isupper() and pattern("role").match(word))
    return words[: next(behind, len(words))]


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
