"""The lines between a title and its text: who wrote it, when, and the labels around that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tts.read.dates import cut_dates, dates_in
from tts.read.folding import has_word
from tts.read.names import OPEN_ENDS, bare_author, is_name, names_in
from tts.read.phrases import pattern

_LONGEST = 200  # characters; longer lines are text
_YEAR = 4  # digits
_BETWEEN_PARTS = re.compile(r"\s*[|•·»]\s*|\s/\s|\s+[-–—]+\s+")
_BEFORE_DATE = re.compile(r"\s+(?:op|om|uur)$")
_MAKERS = r"Foto(?:[’']?s|grafie|graaf)?|Beeld|Illustraties?|Tekst|Camera|Eindredactie"
# Where several lines of a header have become one: "Door Anna de Wit Gepubliceerd: 3 mei".
_NEXT_LINE = re.compile(
    r"(?<!\ben)(?<![&+])[\s,;]+(?=(?:Gepubliceerd|Geplaatst|Geschreven|Bijgewerkt|"
    r"Laatste? (?:update|bijgewerkt|gewijzigd)|Datum|"
    rf"Publicatiedatum|Auteur|Door|Leestijd|Update|Reage(?:er|ren)|{_MAKERS})(?![\w-])"
    r"|(?:Laat|Geef|Plaats|Schrijf) een reactie\b|\d+ (?:reacties?|min(?:uten|uut)?)\b"
    rf"|(?:{_MAKERS.lower()})\s*:?\s+[A-ZÀ-Þ])"
)
_PICTURES_BY = re.compile(
    r"(?:foto(?:[’']?s|grafie|graaf|grafe?n)?|beeld|illustraties?|video|camera|eindredactie|vormgeving)"
    r"(?:\s*:\s*|\s+(?:(?:door|van)\s+)?)(?=\S)",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(r"\s*\((?!(?:foto|beeld|illustratie|video|camera))[^()]{1,40}\)$", re.IGNORECASE)
_LONGEST_ROLE = 4  # words
# Above a title: what kind of piece it is, and about whom.
_RUBRIC = re.compile(
    r"(?:INTERVIEW|REPORTAGE|OPINIE|COLUMN|PROFIEL|PORTRET|ANALYSE|RECENSIE|ESSAY|NIEUWS)\b[^.!?]{0,60}"
)
_PLACE = re.compile(r"(?:Den (?:Haag|Bosch|Helder)|Sint-\w+|[A-ZÀ-Þ’'][\w’'-]+)\s*[,–-]?\s*\|")
_WHERE = re.compile(r"(?:(?:in|uit|te|onder)\s+)?(?:Den (?:Haag|Bosch|Helder)|[A-ZÀ-Þ][\w’'-]+)(?:\s*[&/]\s*[\w’'-]+)?")
_PAPER = re.compile(r"(?:De|Het|DE|HET)(?: [A-ZÀ-Þ][\w’'-]+){1,3}")
_REVISED = re.compile(
    r"\b(?:bijgewerkt|gewijzigd|aangepast|geüpdatet|update|wijziging|updated|modified)\W*(?:(?:op|om)\W*)?$",
    re.IGNORECASE,
)
# Of these kinds the name beside the label is who wrote it; of an interview it is whom it is about.
_PERSONAL = frozenset({"column", "gastcolumn", "opinie", "blog", "weblog"})
_RUBRIC_BY = re.compile(r"(?:COLUMN|GASTCOLUMN|OPINIE|BLOG|(?:Gastc|C)olumn\s*:|Blog\s*:)\W*(?=\w)")
_NEWSROOM = re.compile(r"(?:Web)?[Rr]edactie(?:\s+[\w-]+){1,2}")


@dataclass(frozen=True, slots=True)
class Header:
    """What a line above the text says; both None for a mere label ("Nieuwsbericht", "Leestijd 4 minuten").

    revised : the date is that of a later correction; another one on the page goes before it.
    """

    date: str | None = None
    author: str | None = None
    revised: bool = False

    def __or__(self, other: Header) -> Header:
        """Both together, this one going before the other."""
        ours = self.date is not None and not (self.revised and other.date and not other.revised)
        dated = self if ours else other
        return Header(dated.date, self.author or other.author, dated.revised)


def header_line(line: str) -> Header | None:
    """The date and the author in a line that holds nothing else; None for any other line.

    A name counts where the line says "door" or the like, gives a date or a reading time too, a role beside the
    name ("Anna de Wit, verslaggever"), or that it is a column.
    """
    if len(line) > _LONGEST or not has_word(line):
        return None
    if (rubric := _RUBRIC_BY.match(line)) and (names := bare_author(line[rubric.end() :])):
        return Header(author=names)
    if _RUBRIC.fullmatch(line):
        return Header()
    parts, labels, dated = _parts_of(line)
    author = None
    for part in parts:
        if part in labels:
            continue
        found = _part_author(part, dated=dated)
        if found is None:
            return None
        author = author or found.author
    if parts and all(map(_is_credit, parts)):
        return Header()  # when a picture was made says nothing of the article
    return _date_of(line) | Header(author=author)


def marked_header(line: str) -> Header:
    """The date and the author in a line whose markup says that it gives them, whatever else stands beside them."""
    whole = header_line(line)
    if whole is not None:
        return whole | Header(author=bare_author(line))
    if len(line) > _LONGEST:
        return Header()
    parts, labels, _ = _parts_of(line)
    found = (_part_author(part, dated=True) for part in parts if part not in labels)
    return _date_of(line) | Header(author=next((one.author for one in found if one and one.author), None))


def newsroom(text: str) -> str | None:
    """`text` where it names a part of a newsroom, which signs like an author: "Redactie binnenland"."""
    return text if _NEWSROOM.fullmatch(text) else None


def _parts_of(line: str) -> tuple[list[str], list[str], bool]:
    """The parts of a line without its dates, those among them that are labels, and whether names may stand bare."""
    date, rest = cut_dates(line)
    on_a_day = date is not None and len(date) > _YEAR  # "Tour de France 2024" is no byline
    place = _PLACE.match(rest) if on_a_day else None  # "Nijverhaven, 3 mei 2024"
    rest = rest[place.end() :] if place else rest
    parts = [part for part in map(_bare, _BETWEEN_PARTS.split(_NEXT_LINE.sub(" | ", rest))) if has_word(part)]
    signed = on_a_day or any(pattern("by").match(part) or pattern("our_own").match(part) for part in parts)
    labels = [part for part in parts if _is_label(part, alone=len(parts) == 1, signed=signed)]
    names_count = (
        on_a_day
        or (date is None and rest != line)
        or any(_is_role(part) or _is_reading_time(part) or part.lower() in _PERSONAL for part in labels)
    )
    return parts, labels, names_count


def _bare(part: str) -> str:
    """`part` without the ends that a date left behind: "Anna de Wit op"."""
    part = _IN_PARENTHESES.sub("", part.strip())
    part = part.strip(OPEN_ENDS.replace(")", "") if "(" in part.strip(OPEN_ENDS) else OPEN_ENDS)
    return _BEFORE_DATE.sub("", part).strip(OPEN_ENDS.replace(")", ""))


def _is_label(part: str, *, alone: bool, signed: bool) -> bool:
    """Whether `part` says nothing of date and author; a place or a section only beside one of these."""
    if pattern("header_label").fullmatch(part) or _is_credit(part) or (not alone and _is_role(part)):
        return True
    return signed and any(form.fullmatch(part) for form in (pattern("section"), _WHERE, _PAPER))


def _is_credit(part: str) -> bool:
    """Whether `part` says who made the pictures: "beeld Anna de Wit"."""
    made = _PICTURES_BY.match(part)
    return made is not None and (part.find(":") in range(made.end()) or names_in(part[made.end() :], 1) is not None)


def _is_reading_time(label: str) -> bool:
    return label[-1].isdigit() or "min" in label.lower()


def _is_role(part: str) -> bool:
    """Whether `part` is what somebody does, without a name: "freelance journalist"."""
    words = part.split()
    if len(words) > _LONGEST_ROLE or pattern("by").match(part) or pattern("our_own").match(part) or is_name(part):
        return False
    return any(pattern("role").match(word) for word in words)


def _date_of(line: str) -> Header:
    dates = [Header(date, revised=_REVISED.search(line[:start]) is not None) for date, start in dates_in(line)]
    return next((one for one in dates if not one.revised), dates[0] if dates else Header())


def _part_author(part: str, *, dated: bool) -> Header | None:
    by = pattern("by").match(part)
    named = part[by.end() :].strip(OPEN_ENDS.replace(")", "").replace("(", "")) if by is not None else ""
    if newsroom(named):
        return Header(author=named)
    own = pattern("our_own").match(part)
    if own is not None:
        return Header(author=names_in(part[own.end() :].strip(OPEN_ENDS), least_words=2))
    if by is not None:
        names = names_in(named, least_words=1)
        return None if names is None else Header(author=names)
    names = names_in(part, least_words=2)
    if names is not None and (dated or len(names) < len(part)):
        return Header(author=names)
    return None
