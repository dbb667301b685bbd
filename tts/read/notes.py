"""What is said of footnotes: those that explain are read behind the article, those that only name a source are not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tts.model import Paragraph
from tts.read import left_out
from tts.read.folding import has_word
from tts.read.phrases import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = re.compile(r"^(?:\[\^?(?:\d{1,3}|\*)\]:?|\d{1,3}[.)](?=\s)|[¹²³⁰⁴-⁹]{1,3}|[*†‡]{1,3}|↑|\^)\s*")
_NOTE_LINE = re.compile(r"(?:\[\^?\d{1,3}\]:?|[¹²³⁰⁴-⁹]{1,3})\s*(?=\S)")
_LABEL_OF_LIST = re.compile(r"(?:voet|eind)noten\W*$", re.IGNORECASE)
# Behind a word or its stop; "km²" is no mark.
_RAISED = re.compile(r"(?:(?<=[.,;:!?’”\"')\]])|(?<=[a-zà-ÿ]{3}))[¹²³⁰⁴-⁹]{1,3}(?!\w)")
_ADDRESS = re.compile(r"<?(?:https?://|www\.|doi:)[^\s<>]+|\b[\w-]+(?:\.[\w-]+)*\.(?:nl|be|com|org|eu|net)\b(?:/\S*)?")
_QUOTED = re.compile(r"[“„\"‘][^“”„\"‘’]{2,200}[”\"’]")
_NEXT_SENTENCE = re.compile(r"[.!?]\s+[A-ZÀ-Þ]")
_SEE = re.compile(r"(?:zie|vgl|vergelijk|bron(?:nen)?)\b", re.IGNORECASE)
_YEAR = r"\(?(?:1[89]|20)\d\d[a-z]?\)?"
# As in: Jansen, P. (2019); P. Jansen, De wolf, 2019; and CBS (2023).
_WORK = re.compile(
    rf"(?:[A-ZÀ-Þ][\w’'-]+,\s(?:[A-Z]\.\s?)+|(?:[A-Z]\.\s?)+[\w’' -]{{2,40}},).{{0,120}}?{_YEAR}"
    rf"|(?:(?:[A-ZÀ-Þ][\w’'-]*|en|van|de|voor),?\s+){{1,8}}\(?{_YEAR}"
)
_WORK_WITHOUT_LINK = re.compile(rf"[A-ZÀ-Þ][\w’'-]+,\s(?:[A-Z]\.\s?)+.{{0,80}}?{_YEAR}")
_BY_NAME = re.compile(
    r"(?:ibid(?:em)?|idem|a\.\s?w\.|op\.\s?cit\.).{0,30}|bron(?:nen)?\s*:[^.!?]{0,120}\W*", re.IGNORECASE
)
_OF_SOURCES = frozenset(
    "zie ook via op in de het van een bron bronnen geraadpleegd laatst bezocht en pp blz p deel red uitgeverij"
    " hoofdstuk www januari februari maart april mei juni juli augustus september oktober november december".split()
)
_TELLS = frozenset(
    "is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen kon konden moet moeten mag mogen zal"
    " zullen zou zouden gaat gaan ging gingen staat staan stond geldt gelden blijkt bleek zegt zei komt komen".split()
)
_FEWEST_TOLD = 6  # words in lower case, beside titles and addresses: what has fewer tells nothing


def cut_notes(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], tuple[Paragraph, ...]]:
    """`paragraphs` of plain text without the footnotes under them and the marks of these, and what is said of them."""
    start = len(paragraphs)
    while start and _NOTE_LINE.match(paragraphs[start - 1].text):
        start -= 1
    if start == len(paragraphs):
        while start and paragraphs[start - 1].kind == "item":
            start -= 1
        if not start or not _LABEL_OF_LIST.match(paragraphs[start - 1].text):
            return list(paragraphs), ()
    labelled = start > 0 and pattern("notes_label").fullmatch(paragraphs[start - 1].text) is not None
    body = [replace(one, text=_RAISED.sub("", one.text)) for one in paragraphs[: start - labelled]]
    return body, said_of([([note.text], False) for note in paragraphs[start:]])


def said_of(notes: Sequence[tuple[list[str], bool]]) -> tuple[Paragraph, ...]:
    """What is said of `notes`: the texts of each, and whether it has a link to another page."""
    told: list[Paragraph] = []
    n_told = n_sources = 0
    for marked, linked in notes:
        texts = [text for text in (_MARK.sub("", text) for text in marked) if has_word(text)]
        if not texts:
            continue
        if _is_source(" ".join(texts), linked=linked):
            n_sources += 1
        else:
            n_told += 1
            # An entry of a list, so that no short one is taken for a heading; slanted, so that none is an answer.
            told += [Paragraph("item", text, slanted=True) for text in texts]
    announced = [left_out.notes(n_told), *told] if n_told else []
    return (*announced, *([left_out.sources(n_sources)] if n_sources else ()))


def _is_source(text: str, *, linked: bool) -> bool:
    """Whether a note only names a source: an address, "Zie ook …" with a link, an author with a year and a title."""
    if _BY_NAME.fullmatch(text) or _WORK_WITHOUT_LINK.match(text):
        return True
    if not linked and not _ADDRESS.search(text):
        return False
    rest = _QUOTED.sub("", _ADDRESS.sub("", text))
    if _WORK.match(text) or (_SEE.match(text) and not _NEXT_SENTENCE.search(rest)):
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if word.islower()]
    return _TELLS.isdisjoint(words) and sum(word not in _OF_SOURCES for word in words) < _FEWEST_TOLD
