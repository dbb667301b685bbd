"""What stands among the paragraphs of an article without being its text, in whatever form it was written."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.read.folding import has_word
from tts.read.phrases import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tts.model import Paragraph

_LONGEST = 600  # characters; what is longer is text
_LONGEST_CAPTION = 60  # words
_LONGEST_CREDIT = 12  # words
_LONGEST_HEADING = 12  # words
_BODY_BEFORE_COMMENTS = 40  # words; a count of comments above the text is a link to them
_LONGER_THAN_COMMENTS = 40  # words
_UNDER_HEADING = 10  # words
_SURELY_TEXT = 20  # words, under a heading
_CREDITED = r"(?:[A-ZÀ-Þ][\w’'.&-]*|van|de|der|den|het|ten|ter|via|en|/|&|©|\|)"
_CAPITAL_RUN = rf"{_CREDITED}(?:[\s,]+{_CREDITED}){{0,9}}"
_MEDIUM = r"(?:[Ff]oto(?:[’']s)?|FOTO|[Bb]eeld|BEELD|[Ff]otografie|[Ii]llustratie|[Aa]rchieffoto|[Vv]ideo(?:still)?)"
# A credit stands after the end of a sentence, in brackets, or alone. Case counts: "Beeld van de stad" is no credit.
_CREDIT_AT_END = re.compile(
    rf"(?:^|(?<=[.!?…”’\"'»|])\s+|\s+(?=[(\[©]))"
    rf"(?:[(\[]\s*{_MEDIUM}\s*[:/]?\s*[^()\[\]]{{1,80}}[)\]]|{_MEDIUM}(?:\s*[:/]\s*|\s+){_CAPITAL_RUN}|[(\[]?©\s*[^.()]{{1,80}}[)\]]?)\s*\.?$"
)
_ENDS = re.compile(r"[.!?…:;,][’”\"'»)\]]*$")
_TO_BE_CONTINUED = re.compile(
    r"\s*[([*]*\b[Tt]ekst (?:gaat|loopt) (?:verder|door) (?:onder|na) (?:de|het|deze|dit) [\w-]{3,20}[.)\]*]*$"
)
_FOOTNOTE_MARK = re.compile(r"(?<=[\w.,;:!?’”\"')\]])\[(?:\^?\d{1,3}|noot \d{1,3})\]")


def without_clutter(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """`paragraphs` without captions, signposts, links to other articles, boxes, footnote marks and comments."""
    return tuple(_without_links(_without_comments(_without_captions(_cleaned(paragraphs)))))


def is_clutter(text: str) -> bool:
    """Whether the paragraph `text` is no part of any article's body; comments are not seen from one paragraph."""
    if len(text) > _LONGEST:
        return False
    return (
        not has_word(text)
        or pattern("clutter").fullmatch(text) is not None
        or pattern("caption").fullmatch(text) is not None
        or _is_caption(text)
        or _is_bar(text)
    )


def is_credit(line: str) -> bool:
    """Whether `line` says who took a picture, and nothing else: "Foto Anna de Wit"."""
    return len(line.split()) <= _LONGEST_CREDIT and _CREDIT_AT_END.match(line) is not None


def _is_bar(text: str) -> bool:
    """A row of buttons on one line: "Print deze pagina | Terug naar het overzicht"."""
    parts = [part for part in text.split(" | ") if has_word(part)]
    return len(parts) > 1 and all(pattern("clutter").fullmatch(part) for part in parts)


def _is_caption(text: str) -> bool:
    return len(text.split()) <= _LONGEST_CAPTION and _CREDIT_AT_END.search(text) is not None


def _cleaned(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        text = _FOOTNOTE_MARK.sub("", paragraph.text)
        text = _TO_BE_CONTINUED.sub("", text) if "ekst " in text[-80:] else text
        if has_word(text):
            yield replace(paragraph, text=text) if text != paragraph.text else paragraph


def _without_captions(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """All but what stands above the credit of a picture, too long for a heading and no sentence."""
    for paragraph, after in pairwise([*paragraphs, None]):
        if paragraph is None:
            continue
        credited = after is not None and after.kind == paragraph.kind == "text" and is_credit(after.text)
        n_words = len(paragraph.text.split())
        if not (credited and _LONGEST_HEADING < n_words <= _LONGEST_CAPTION and not _ENDS.search(paragraph.text)):
            yield paragraph


def _without_comments(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    listed = list(paragraphs)
    n_before = 0
    for at, paragraph in enumerate(listed):
        if len(paragraph.text) < _LONGEST and pattern("comments").fullmatch(paragraph.text):
            if n_before >= _BODY_BEFORE_COMMENTS and not _reads_on(listed[at + 1 :], n_before):
                return
            continue
        n_before += len(paragraph.text.split())
        yield paragraph


def _reads_on(rest: Sequence[Paragraph], n_before: int) -> bool:
    """Whether the article goes on after a count of comments: no text may be lost for one in the midst of it."""
    lengths = [len(paragraph.text.split()) for paragraph in rest]
    headed = any(
        one.kind == "heading" and not is_clutter(one.text) and length >= _SURELY_TEXT
        for one, length in zip(rest, lengths[1:], strict=False)
    )
    return headed or max(lengths, default=0) >= _LONGER_THAN_COMMENTS or sum(lengths) > n_before / 2


def _without_links(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """All but clutter; a bare "Lees ook:" takes the list or the one title after it along."""
    listed = list(paragraphs)
    announced = False
    for at, paragraph in enumerate(listed):
        if is_clutter(paragraph.text) and not _heads_text(listed, at):
            announced = len(paragraph.text) < 40 and pattern("announcement").fullmatch(paragraph.text) is not None
        elif announced and paragraph.kind == "item":
            continue
        elif announced and paragraph.kind == "text" and _is_like_a_title(paragraph.text):
            announced = False
        else:
            announced = False
            yield paragraph


def _heads_text(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether one word that may be a button ("Zoeken") is a heading: text under it, and marked or behind text."""
    here, before, after = paragraphs[at], paragraphs[max(at - 1, 0)], paragraphs[min(at + 1, len(paragraphs) - 1)]
    if len(here.text.split()) > 1 or pattern("announcement").fullmatch(here.text):
        return False
    behind = pattern("button_or_heading").fullmatch(here.text) and _is_text(before) and _ENDS.search(before.text)
    return (here.kind == "heading" or bool(behind)) and _is_text(after) and len(after.text.split()) >= _UNDER_HEADING


def _is_text(paragraph: Paragraph) -> bool:
    return paragraph.kind == "text" and not is_clutter(paragraph.text)


def _is_like_a_title(text: str) -> bool:
    return len(text) < 120 and text[-1] not in ".…:" and not text.startswith("Quote ")
