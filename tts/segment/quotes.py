"""What stands between quotation marks: ‘’…’’ ,,…'' “…” „…” «…» »…« ‹…› ‘…’ "…" '…', mixed and ill-closed ones too.

Nothing here judges whether it is speech. An apostrophe (’s avonds, foto’s, ’t, zo'n, ’60) is no quotation mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Family = Literal["double", "single", "angle", "dash"]

_SINGLES = "‘’'`´‛"
_MARK = re.compile(rf"[{_SINGLES}]+|,,(?=\S)|\"+|[“”„‟″]|[«»]|[‹›]|‚(?=\S)")
_APOSTROPHE_START = re.compile(r"(?:[sStTnNkKmMrR]|ns|em)(?=[\s-])")
_DECADE = re.compile(r"\d\d(?!\d|[.,]\d)")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|sinds|uit|van|tot|jaren|eind|begin|zomer|winter|voorjaar|najaar|seizoen|mei)\s$", re.IGNORECASE
)
# "– Bent u daar geweest?", a dash before each turn of a dialogue; a list has neither questions nor "ik".
_TURN = re.compile(r"[–—]\s(?=\S)")
_TALK = re.compile(r"\b(?:ik|mij|mijn|me|u|uw|je|jij|jouw|wij|we|ons|onze)\b|\?", re.IGNORECASE)
_FEWEST_TURNS = 2
_OPENING_BEFORE = frozenset("([{—–-/…") | frozenset(_SINGLES) | frozenset('“”„‟"«»‹›,:')
_NEVER_FIRST = frozenset(",;:!?)]}")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of one paragraph between marks of one family.

    start, end   : with its marks. text_start, text_end : without them.
    opened       : has an opening mark here; False where it runs on from the paragraph before.
    closed       : has a closing mark here.
    """

    start: int
    end: int
    text_start: int
    text_end: int
    family: Family
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: Family
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Scan:
    """The marks of one paragraph, paired as far as they pair within it."""

    closed: list[Quotation] = field(default_factory=list)
    unclosed: _Mark | None = None
    orphan: _Mark | None = None  # closes something that an earlier paragraph opened
    starts: Family | None = None  # the family of the mark that the paragraph begins with


def quotations(paragraphs: Sequence[str]) -> list[tuple[Quotation, ...]]:
    """For each paragraph its outermost quotations, in order, none overlapping.

    A quotation that runs on over paragraphs gives one `Quotation` in each; the marks repeated at the start of a
    paragraph are its own. Linear in the length of the text.
    """
    opening_angles = _opening_angles(paragraphs)
    scans = [_scan(text, opening_angles) for text in paragraphs]
    orphan_follows = _orphan_follows(scans)
    found: list[tuple[Quotation, ...]] = []
    running: Family | None = None
    for i, (text, scan) in enumerate(zip(paragraphs, scans, strict=True)):
        spans = list(scan.closed)
        if running and scan.orphan:
            end = scan.orphan
            spans = [s for s in spans if s.start >= end.end]
            spans.insert(0, _quotation(text, 0, end.end, 0, end.start, running, opened=False))
            running = None
        elif running and not scan.starts and orphan_follows[i]:
            found.append((_quotation(text, 0, len(text), 0, len(text), running, opened=False, closed=False),))
            continue
        else:
            running = None
        tail = scan.unclosed
        if tail is not None:
            follows = i + 1 < len(scans) and (scans[i + 1].starts == tail.family or orphan_follows[i + 1])
            if follows or _opens_speech(text, tail):
                spans = [s for s in spans if s.end <= tail.start]
                spans.append(_quotation(text, tail.start, len(text), tail.end, len(text), tail.family, closed=False))
            running = tail.family if follows else None
        found.append(tuple(spans))
    for i in _turns(paragraphs, found):
        text = paragraphs[i].rstrip()
        found[i] = (_quotation(text, 0, len(text), 1, len(text), "dash"),)
    return found


def _turns(paragraphs: Sequence[str], found: Sequence[Sequence[Quotation]]) -> list[int]:
    """The paragraphs that are a dash and what somebody says, without marks."""
    turns = [
        i
        for i, text in enumerate(paragraphs)
        if not found[i] and _TURN.match(text) and text.rstrip()[-1:] in {".", "!", "?", "…"}
    ]
    n_talk = sum(_TALK.search(paragraphs[i]) is not None for i in turns)
    return turns if len(turns) >= _FEWEST_TURNS and n_talk * 2 >= len(turns) else []


def _quotation(
    text: str,
    start: int,
    end: int,
    text_start: int,
    text_end: int,
    family: Family,
    *,
    opened: bool = True,
    closed: bool = True,
) -> Quotation:
    inner = text[text_start:text_end]
    text_start += len(inner) - len(inner.lstrip())
    return Quotation(start, end, text_start, text_start + len(inner.strip()), family, opened, closed)


def _opening_angles(paragraphs: Sequence[str]) -> str:
    # «French» or »German«: the first one of the article tells.
    for text in paragraphs:
        match = re.search(r"[«»‹›]", text)
        if match:
            return "«‹" if match.group() in "«‹" else "»›"
    return "«‹"


def _orphan_follows(scans: Sequence[_Scan]) -> list[bool]:
    """Whether the first mark from each paragraph on closes something that stands open."""
    follows = False
    result = []
    for scan in reversed(scans):
        if scan.orphan:
            follows = True
        elif scan.starts or scan.closed or scan.unclosed:
            follows = False
        result.append(follows)
    return result[::-1]


def _opens_speech(text: str, mark: _Mark) -> bool:
    """An opening mark that nothing closes still opens speech at the start of a sentence."""
    before = text[: mark.start].rstrip()[-1:]
    return mark.family != "single" and before in {"", ":", ".", "!", "?"} and text.rstrip()[-1:] in {".", "!", "?", "…"}


def _marks(text: str, opening_angles: str) -> list[_Mark]:
    return [mark for match in _MARK.finditer(text) for mark in _mark(text, match.start(), match.end(), opening_angles)]


def _mark(text: str, start: int, end: int, opening_angles: str) -> tuple[_Mark, ...]:
    shape = text[start:end]
    left, right = text[start - 1 : start], text[end : end + 1]
    if shape in "«»‹›":
        opens = shape in opening_angles
        return (_Mark(start, end, "angle", opens, not opens),)
    opens = (
        (not left or left.isspace() or left in _OPENING_BEFORE or (left in ".!?" and shape[0] in "“„‘"))
        and bool(right)
        and not right.isspace()
        and right not in _NEVER_FIRST
        and (right != "." or text.startswith("...", end))
    )
    closes = bool(left) and not left.isspace() and left not in "([{" and shape[0] not in ",‚„"
    if shape[0] not in _SINGLES + "‚":
        return (_Mark(start, end, "double", opens, closes),)
    if len(shape) == 1:
        if _is_apostrophe(text, start, end):
            return ()
        return (_Mark(start, end, "single", opens, closes and not right.isalnum()),)
    if len(shape) == 2 and opens and _APOSTROPHE_START.match(text, end):  # '’t Is laat’
        return (_Mark(start, start + 1, "single", opens, closes=False),)
    if len(shape) == 2:
        return (_Mark(start, end, "double", opens, closes),)
    if len(shape) == 3:  # an inner quotation that opens or closes together with its outer one
        double = (
            _Mark(start, end - 1, "double", opens, closes=False)
            if opens
            else _Mark(start + 1, end, "double", opens, closes)
        )
        single = (
            _Mark(end - 1, end, "single", opens, closes=False)
            if opens
            else _Mark(start, start + 1, "single", opens, closes)
        )
        return (double, single) if opens else (single, double)
    return ()


def _is_apostrophe(text: str, start: int, end: int) -> bool:
    left, right = text[start - 1 : start], text[end : end + 1]
    if left.isalnum() and right.isalnum():
        return True
    if left and not left.isspace() and left not in _OPENING_BEFORE:
        return False
    if _APOSTROPHE_START.match(text, end):
        return True
    return bool(
        text[start] != "‘"
        and _DECADE.match(text, end)
        and (text[start] == "’" or _YEAR_BEFORE.search(text, max(0, start - 12), start))
    )


def _scan(text: str, opening_angles: str) -> _Scan:
    """Pair the marks of one paragraph; each is looked at once, each opening mark leaves the stack once."""
    marks = _without_genitives(text, _marks(text, opening_angles))
    scan = _Scan()
    stack: list[_Mark] = []
    depth = {"double": 0, "single": 0, "angle": 0}
    ill_closed: dict[int, _Mark] = {}
    pairs: list[tuple[_Mark, _Mark]] = []
    first_text = len(text) - len(text.lstrip())
    for mark in marks:
        if mark.start == first_text and mark.opens:
            scan.starts = mark.family
        if mark.opens and not (mark.closes and depth[mark.family]):
            stack.append(mark)
            depth[mark.family] += 1
        elif mark.closes and depth[mark.family] and (mark.family != "single" or stack[-1].family == "single"):
            pairs.append((_close(stack, depth, mark.family), mark))
        elif mark.family == "double" and mark.closes and depth["single"]:
            pairs.append((_close(stack, depth, "single"), mark))
        elif mark.family == "single" and mark.closes and depth["double"]:
            ill_closed.setdefault(stack[-1].start, mark)
        elif mark.closes and not stack and not pairs and not scan.orphan:
            scan.orphan = mark
    left_open = []
    for mark in stack:
        if mark.start in ill_closed:
            pairs.append((mark, ill_closed[mark.start]))
        else:
            left_open.append(mark)
    scan.closed = _outermost(text, pairs)
    scan.unclosed = _unclosed(left_open, scan.closed)
    return scan


def _close(stack: list[_Mark], depth: dict[str, int], family: Family) -> _Mark:
    while True:
        mark = stack.pop()
        depth[mark.family] -= 1
        if mark.family == family:
            return mark


def _outermost(text: str, pairs: list[tuple[_Mark, _Mark]]) -> list[Quotation]:
    spans: list[Quotation] = []
    for opening, closing in sorted(pairs, key=lambda pair: pair[0].start):
        if (spans and opening.start < spans[-1].end) or opening.end > closing.start:
            continue
        spans.append(_quotation(text, opening.start, closing.end, opening.end, closing.start, opening.family))
    return spans


def _unclosed(left_open: list[_Mark], closed: list[Quotation]) -> _Mark | None:
    """The mark whose quotation goes on to the end of the paragraph; earlier ones were forgotten to be closed."""
    for family in ("double", "angle", "single"):
        last = next((m for m in reversed(left_open) if m.family == family), None)
        if last is None:
            continue
        after = [q for q in closed if q.start > last.start and q.family == family]
        return None if after else last
    return None


def _without_genitives(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Drop the apostrophe of "Hans’ fiets": before a lower-case word, with a closing mark still to come."""
    kept: list[_Mark] = []
    closing_ahead = False
    open_before = any(m.opens for m in marks)
    for mark in reversed(marks):
        if mark.family == "single":
            follows = text[mark.end : mark.end + 2]
            genitive = (
                mark.closes
                and not mark.opens
                and text[mark.start - 1] in "sxz"
                and follows[:1].isspace()
                and follows[1:2].islower()
            )
            if genitive and (closing_ahead or not open_before):
                continue
            closing_ahead = mark.closes and not mark.opens
        elif mark.family == "double":
            closing_ahead = closing_ahead and not mark.opens
        kept.append(mark)
    return kept[::-1]
