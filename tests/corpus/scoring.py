"""How well blocks agree with the gold that a human gave an article.

Source of the conventions: the gold files beside the articles; texts are compared by their words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tts.model import Block
from tts.read import read_article
from tts.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tts.model import Article

    Segmenter = Callable[[Article], Iterable[Block]]

ARTICLES = Path(__file__).with_name("articles")
# What nobody who works on the rules has read, see the README there.
HELDOUT = Path(__file__).with_name("heldout") / "articles"
NEWER = Path(__file__).with_name("heldout") / "newer"
_WORD = re.compile(r"[^\W_]+")
_GOLD = ".gold.json"


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many; nothing to be right about counts as right."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """Precision and recall of a kind of block."""

    matched: int = 0
    made: int = 0
    wanted: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.matched + other.matched, self.made + other.made, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        return self.matched / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.matched / (self.made + self.wanted) if self.made + self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """The agreement of one article, or with `+` of several.

    speakers, pulls, repeats : over the quotes whose text matches. header : title, date and author.
    lost, doubled            : words of the gold that no block has, and words of the blocks that the gold has not.
    """

    quotes: Found = Found()
    headings: Found = Found()
    speakers: Share = Share()
    pulls: Share = Share()
    repeats: Share = Share()
    header: Share = Share()
    exact: Share = Share()
    lost: int = 0
    doubled: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def articles(folder: Path = ARTICLES) -> list[Path]:
    """The sources in a folder that have a gold file, by name."""
    golds = {path.name.removesuffix(_GOLD) for path in folder.glob(f"*{_GOLD}")}
    return sorted(path for path in folder.iterdir() if path.stem in golds and path.suffix != ".json")


def gold_of(source: Path) -> dict[str, Any]:
    """What the preview of `source` should be."""
    gold: dict[str, Any] = json.loads(source.with_name(source.stem + _GOLD).read_text(encoding="utf-8"))
    return gold


def score_source(source: Path, segmenter: Segmenter = segment) -> Score:
    """The agreement of the blocks that are made of `source` with its gold."""
    article = read_article(str(source))
    return score(article, segmenter(article), gold_of(source))


def total_of(sources: Iterable[Path], segmenter: Segmenter = segment) -> Score:
    """The agreement over all sources together."""
    return sum((score_source(source, segmenter) for source in sources), Score())


def score(article: Article, made: Iterable[Block], gold: dict[str, Any]) -> Score:
    """The agreement of `made` with `gold`, in the form that `voorlezer preview --json` prints."""
    blocks = [block for block in made if block.kind != "notice"]
    wanted = [_block(entry) for entry in gold["blocks"]]
    pairs = _pairs(_quotes(blocks), _quotes(wanted))
    return Score(
        quotes=Found(len(pairs), len(_quotes(blocks)), len(_quotes(wanted))),
        headings=_headings(blocks, wanted),
        speakers=_agreeing(pairs, "speaker"),
        pulls=_agreeing(pairs, "pull"),
        repeats=_agreeing(pairs, "repeats"),
        header=Share(sum(getattr(article, key) == gold[key] for key in ("title", "date", "author")), 3),
        exact=Share(int([_shape(b) for b in blocks] == [_shape(b) for b in wanted]), 1),
        lost=(_words(wanted) - _words(blocks)).total(),
        doubled=(_words(blocks) - _words(wanted)).total(),
    )


def disagreements(made: Iterable[Block], gold: dict[str, Any]) -> list[tuple[str, Block]]:
    """The blocks that only one side has: ("gold", block) and ("made", block), speakers included."""
    blocks = [block for block in made if block.kind != "notice"]
    wanted = [_block(entry) for entry in gold["blocks"]]
    ours, theirs = Counter(map(_shape, blocks)), Counter(map(_shape, wanted))
    return [
        *(("gold", b) for b in wanted if _shape(b) in theirs - ours),
        *(("made", b) for b in blocks if _shape(b) in ours - theirs),
    ]


def _block(entry: dict[str, Any]) -> Block:
    return Block(**{key: entry[key] for key in ("kind", "text", "speaker", "role", "pull", "repeats")})


def _quotes(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind == "quote"]


def _key(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def _shape(block: Block) -> tuple[object, ...]:
    return block.kind, _key(block.text), block.speaker, block.pull, block.repeats


def _words(blocks: Iterable[Block]) -> Counter[str]:
    return Counter(word for block in blocks for word in _key(block.text))


def _pairs(made: list[Block], wanted: list[Block]) -> list[tuple[Block, Block]]:
    """Quotes with the same words; a pull quote goes with a pull quote where it can."""
    left = list(made)
    pairs = []
    for block in wanted:
        same = [other for other in left if _key(other.text) == _key(block.text)]
        if same:
            best = next((other for other in same if other.pull == block.pull), same[0])
            left.remove(best)
            pairs.append((best, block))
    return pairs


def _headings(made: Sequence[Block], wanted: Sequence[Block]) -> Found:
    ours = Counter(_key(b.text) for b in made if b.kind == "heading")
    theirs = Counter(_key(b.text) for b in wanted if b.kind == "heading")
    return Found((ours & theirs).total(), ours.total(), theirs.total())


def _agreeing(pairs: Sequence[tuple[Block, Block]], name: str) -> Share:
    return Share(sum(getattr(ours, name) == getattr(theirs, name) for ours, theirs in pairs), len(pairs))
