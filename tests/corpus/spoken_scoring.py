"""How much of spoken Dutch a rewriter gets right.

`spoken/<kind>.tsv` holds a sentence a line: as written, as a newsreader says it ("=" where it needs nothing), and
any other way that is right too, with tabs between; `heldout/spoken.tsv` has the kind in front. A sentence is right
when it is said in one of these ways, to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tts.speak.dutch import to_spoken

FOLDER = Path(__file__).parent / "spoken"
HELDOUT = Path(__file__).parent / "heldout" / "spoken.tsv"

Rewriter = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and all the ways in which it is said right, the best one first."""

    kind: str
    written: str
    spoken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many sentences of a kind came out right."""

    right: int
    n_sentences: int

    @property
    def percentage(self) -> float:
        return 100 * self.right / self.n_sentences


def sentences() -> tuple[Sentence, ...]:
    """The corpus, kind by kind."""
    return tuple(
        _sentence(path.stem, *line.split("\t"))
        for path in sorted(FOLDER.glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )


def heldout_sentences() -> tuple[Sentence, ...]:
    """The sentences that no rule was made for."""
    return tuple(_sentence(*line.split("\t")) for line in HELDOUT.read_text(encoding="utf-8").splitlines())


def _sentence(kind: str, written: str, *spoken: str) -> Sentence:
    return Sentence(kind, written, (written,) if spoken == ("=",) else spoken)


def rewritten(text: str) -> str:
    """What a voice gets from Voorlezer."""
    return to_spoken(text).text


def wrong(corpus: Sequence[Sentence], rewriter: Rewriter) -> list[tuple[Sentence, str]]:
    """The sentences that a rewriter gets wrong, with what it made of them."""
    said = [(sentence, rewriter(sentence.written)) for sentence in corpus]
    return [(sentence, text) for sentence, text in said if text not in sentence.spoken]


def scores(corpus: Sequence[Sentence], rewriter: Rewriter) -> dict[str, Score]:
    """The score of a rewriter for each kind, and under "overall" for all sentences."""
    missed = [sentence.kind for sentence, _ in wrong(corpus, rewriter)]
    table = {}
    for kind in sorted({sentence.kind for sentence in corpus}):
        n_sentences = sum(sentence.kind == kind for sentence in corpus)
        table[kind] = Score(n_sentences - missed.count(kind), n_sentences)
    table["overall"] = Score(len(corpus) - len(missed), len(corpus))
    return table
