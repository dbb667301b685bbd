"""How much of spoken Dutch the rewriter gets right: `python -m tests.corpus.spoken_scoring` prints the table.

`spoken/<kind>.tsv` holds a sentence a line: as written, as a newsreader says it ("=" where it needs nothing), and
any other way that is right too, with tabs between. A sentence is right when it is said in one of these ways, to
the letter. Its floor is spoken_floor.json, which only goes up.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tts.speak.dutch import to_spoken

FOLDER = Path(__file__).parent / "spoken"
FLOOR = Path(__file__).parent / "spoken_floor.json"
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]+)?")

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
    found = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            written, *spoken = line.split("\t")
            found.append(Sentence(path.stem, written, (written,) if spoken == ["="] else tuple(spoken)))
    return tuple(found)


def wrong(rewriter: Rewriter) -> list[tuple[Sentence, str]]:
    """The sentences that a rewriter gets wrong, with what it made of them."""
    said = [(sentence, rewriter(sentence.written)) for sentence in sentences()]
    return [(sentence, text) for sentence, text in said if text not in sentence.spoken]


def scores(rewriter: Rewriter) -> dict[str, Score]:
    """The score of a rewriter for each kind, and under "overall" for all sentences."""
    corpus = sentences()
    missed = [sentence.kind for sentence, _ in wrong(rewriter)]
    table = {}
    for kind in sorted({sentence.kind for sentence in corpus}):
        n_sentences = sum(sentence.kind == kind for sentence in corpus)
        table[kind] = Score(n_sentences - missed.count(kind), n_sentences)
    table["overall"] = Score(len(corpus) - len(missed), len(corpus))
    return table


def untouched(text: str) -> str:
    """What a voice gets when nothing is done."""
    return text


def rewritten(text: str) -> str:
    """What a voice gets from Voorlezer."""
    return to_spoken(text).text


def num2words_pass(text: str) -> str:
    """What a voice gets when every number goes through num2words, and nothing else is done."""
    num2words = import_module("num2words").num2words  # a comparison for whoever has it installed, no dependency
    return _NUMBER.sub(lambda match: str(num2words(match[0].replace(",", "."), lang="nl")), text)


def contenders() -> dict[str, Rewriter]:
    """The rewriters to compare, by name."""
    named: dict[str, Rewriter] = {"untouched": untouched, "voorlezer": rewritten}
    if find_spec("num2words"):
        named["num2words"] = num2words_pass
    return named


def floor() -> dict[str, float]:
    """The percentage below which a kind must not fall."""
    stored: dict[str, float] = json.loads(FLOOR.read_text(encoding="utf-8"))
    return stored


def report() -> str:
    """The table as text, and what came out wrong."""
    tables = {name: scores(rewriter) for name, rewriter in contenders().items()}
    lines = [" ".join(["kind".ljust(16), "n".rjust(4), *(name.rjust(12) for name in tables)])]
    for kind, score in tables["voorlezer"].items():
        shares = (f"{table[kind].percentage:.1f} %".rjust(12) for table in tables.values())
        lines.append(" ".join([kind.ljust(16), str(score.n_sentences).rjust(4), *shares]))
    for sentence, text in wrong(rewritten):
        lines += ["", f"[{sentence.kind}] {sentence.written}", f"  said    {text}", f"  instead {sentence.spoken[0]}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report())
