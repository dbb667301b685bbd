"""An HTML tree of nothing but body, to paragraphs: what the markup says about each, and all of its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from tts.model import Paragraph, ParagraphKind
from tts.read import left_out
from tts.read.byline import Header, header_line
from tts.read.credit import with_credits
from tts.read.folding import fold, has_word
from tts.read.grid import read_table
from tts.read.markup import class_words, is_footnote_mark, is_heading, is_pull_quote, tag_of
from tts.read.names import bare_author
from tts.read.phrases import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark math q rp rt ruby s samp small span"
    " strike label strong sub sup time tt u var wbr nobr msub msup mi mn mo mrow mfrac msqrt semantics mtext".split()
)
_BOLD = frozenset({"b", "strong"})
_SLANTED = frozenset({"em", "i"})
_SILENT = frozenset("rp annotation annotation-xml hr img area base col colgroup link meta param source track".split())
_BLANK = re.compile(r"[ \t\r\n\f]+")
_LIST_MARK = re.compile(r"[-•*·▪●‣◦]\s+(?=\S)")
_MOST_HEADER_LINES = 8
_SIGNPOSTS = frozenset("meer reageren vragen tips".split())  # "Meer weten? Kijk op …" asks nobody
_FORMULA = re.compile(r"(?s:\$\$.+\$\$|\\\[.+\\\])")


class _Piece(NamedTuple):
    """A stretch of text between two tags, and how it was set."""

    text: str
    bold: bool = False
    slanted: bool = False


_Line = list[_Piece]


def paragraphs_of(root: etree._Element) -> list[Paragraph]:
    """The paragraphs under `root`, in order, every word of it once, with kind, credit, strong and slanted filled in.

    Two `<br>` make a new paragraph, as does one after a stretch in bold. Formulas, code and large
    tables become "left_out"; footnote marks go. All paragraphs of one `<blockquote>` or `<aside>` carry its credit.
    """
    walk = _Walk()
    walk.through(root)
    return walk.paragraphs


class _Walk:
    """The state between the tags: kinds under way, and the run of text that no block has ended yet."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._kinds: list[tuple[etree._Element, ParagraphKind, int]] = []
        self._bold = 0
        self._slanted = 0
        self._run: _Line = []
        self._credits: list[str] = []
        self._in_credit: etree._Element | None = None

    def through(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walker:
            if event == "start":
                if self._skips(element):
                    skipped = element
                    walker.skip_subtree()
                else:
                    self._open(element)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._close(element)
                if element is not root:
                    self._say(element.tail)
        self._flush()

    def _skips(self, element: etree._Element) -> bool:
        """Whether `element` says nothing itself; then what stands for it is said here."""
        tag = tag_of(element)
        if tag in _SILENT or is_footnote_mark(element):
            return True
        instead = _instead(element, tag)
        if instead is None:
            return False
        self._flush()
        self.paragraphs.extend(instead)
        return True

    def _open(self, element: etree._Element) -> None:
        tag = tag_of(element)
        if tag == "br":
            self._run.append(_Piece("\n"))
        elif self._begins_credit(element, tag):
            self._flush()
            self._in_credit = element
        elif tag not in INLINE:
            self._flush()
        kind = None if self._in_credit is not None else _kind(element, tag)
        if kind is not None and not (kind == "blockquote" and self._within("aside")):
            self._kinds.append((element, kind, len(self.paragraphs)))
        self._bold += tag in _BOLD
        self._slanted += tag in _SLANTED
        self._say(element.text)

    def _close(self, element: etree._Element) -> None:
        tag = tag_of(element)
        self._bold -= tag in _BOLD
        self._slanted -= tag in _SLANTED
        ends_credit = element is self._in_credit and tag != "cite"
        if ends_credit or (tag not in INLINE and tag != "br"):
            self._flush()
        if ends_credit:
            self._in_credit = None
        if self._kinds and self._kinds[-1][0] is element:
            _, kind, start = self._kinds.pop()
            if kind in {"blockquote", "aside"}:
                self.paragraphs[start:] = with_credits(self.paragraphs[start:], self._credits)
                self._credits = []

    def _within(self, *kinds: ParagraphKind) -> bool:
        return any(kind in kinds for _, kind, _ in self._kinds)

    def _begins_credit(self, element: etree._Element, tag: str) -> bool:
        """Whether `element` is the line under a quote: `<footer>`, or `<cite>` where a new line or sentence begins."""
        if self._in_credit is not None or not self._within("blockquote", "aside"):
            return False
        if tag in {"footer", "figcaption"} or (tag != "cite" and pattern("credit_class").search(class_words(element))):
            return True
        said = "".join(piece.text for piece in self._run).rstrip(" ")
        return tag == "cite" and (not said.strip() or said[-1] in "\n—–-.!?…”’\"'»")

    def _say(self, text: str | None) -> None:
        if text:
            self._run.append(_Piece(_BLANK.sub(" ", text), self._bold > 0, self._slanted > 0))

    def _flush(self) -> None:
        """End the run under way: it becomes a credit, or paragraphs of the innermost kind."""
        run, self._run = self._run, []
        credit = self._in_credit
        if credit is not None and tag_of(credit) == "cite":
            self._in_credit = None
        if credit is not None and run:
            self._credits.append(fold("".join(piece.text for piece in run)))
            return
        kind = self._kinds[-1][1] if self._kinds else "text"
        self.paragraphs.extend(_from_run(run, kind))


def _instead(element: etree._Element, tag: str) -> Sequence[Paragraph] | None:
    """What is said for an element whose text can't be read as it runs."""
    if tag == "table":
        return read_table(element, _cell_text)
    if tag == "pre":
        code = element.find("code")
        language = (element.get("class") or "") + ("" if code is None else code.get("class") or "")
        return (left_out.FORMULA if re.search(r"\b(?:math|latex|tex)\b", language) else left_out.CODE,)
    if tag == "math" and element.get("display") == "block":
        return (left_out.FORMULA,)
    classes = (element.get("class") or "").split()
    if ("math" in classes and tag == "div") or "katex-display" in classes or "MathJax_Display" in classes:
        return (left_out.FORMULA,)
    if tag == "blockquote" and {"twitter-tweet", "instagram-media", "tiktok-embed", "bluesky-embed"} & set(classes):
        return (left_out.POST,)
    return None


def _cell_text(cell: etree._Element) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs_of(cell))


def _kind(element: etree._Element, tag: str) -> ParagraphKind | None:
    if is_heading(element):
        return "heading"
    if is_pull_quote(element):
        return "aside"
    if tag == "blockquote":
        return "blockquote"
    return "item" if tag in {"li", "dd"} else None


def _from_run(run: _Line, kind: ParagraphKind) -> Iterator[Paragraph]:
    lines = _lines(run)
    if kind == "text":
        lines = [part for line in lines for part in _question_first(line)]
    group: list[_Line] = []
    apart = kind == "text" and _is_header(lines)
    for line in [*lines, []]:
        ends = not line or (group and _is_bold(group[-1]) and not _is_bold(line)) or _marker(line) or apart
        if group and ends:
            yield from _paragraph(group, kind)
            group = []
        if line:
            group.append(line)
    if group:
        yield from _paragraph(group, kind)


def _lines(run: _Line) -> list[_Line]:
    """The run as it is broken by `<br>`; an empty line stands between two of them."""
    lines: list[_Line] = [[]]
    for piece in run:
        if piece.text == "\n":
            lines.append([])
        elif piece.text.strip() or lines[-1]:
            lines[-1].append(piece)
    return lines


def _question_first(line: _Line) -> list[_Line]:
    """`line` in two, where it begins with a question in bold and goes on in plain letters: its answer."""
    n_bold = next((at for at, piece in enumerate(line) if has_word(piece.text) and not piece.bold), len(line))
    question = "".join(piece.text for piece in line[:n_bold]).strip()
    if n_bold == len(line) or not question.endswith("?") or question.split()[0].rstrip("?").lower() in _SIGNPOSTS:
        return [line]
    return [line[:n_bold], line[n_bold:]]


def _is_bold(line: _Line) -> bool:
    return all(piece.bold for piece in line if has_word(piece.text))


def _is_header(lines: list[_Line]) -> bool:
    """Whether several lines each say who wrote the article or when: then they are no paragraph together."""
    if not 1 < len(lines) <= _MOST_HEADER_LINES:
        return False
    texts = [fold("".join(piece.text for piece in line)) for line in lines if line]
    found = [header_line(text) or (Header() if bare_author(text) else None) for text in texts]
    return all(found) and any(one is not None and (one.date or one.author) for one in found)


def _is_slanted(line: _Line) -> bool:
    return all(piece.slanted for piece in line if has_word(piece.text))


def _marker(line: _Line) -> bool:
    return bool(line) and _LIST_MARK.match(line[0].text.lstrip()) is not None


def _paragraph(group: list[_Line], kind: ParagraphKind) -> Iterator[Paragraph]:
    joint = "\n" if kind in {"blockquote", "aside"} else " "
    text = joint.join(fold("".join(piece.text for piece in line)) for line in group).strip()
    if not has_word(text):
        return
    if _FORMULA.fullmatch(text):
        yield left_out.FORMULA
    elif kind == "text" and _marker(group[0]):
        yield Paragraph("item", _LIST_MARK.sub("", text, count=1))
    else:
        strong = kind == "text" and all(map(_is_bold, group))
        slanted = kind == "text" and all(map(_is_slanted, group))
        yield Paragraph(kind, text, strong=strong, slanted=slanted)
