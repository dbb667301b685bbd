"""Fits the weights by which the segmenter chooses who speaks, and tells how they do on articles left out.

    PYTHONPATH=. .venv/bin/python scripts/benchmarks/speakers.py [--write] [FOLDER …]

Each FOLDER holds articles with their gold; without any it is the corpus. The segmenter runs over the articles and notes
every choice that gives a quote its speaker, with what spoke for each candidate, and, at half weight, whom a pronoun or
description meant in the sentence before a quote that nothing attributes. A conditional logit is fitted to the choices,
the articles run again with the new weights, and so `ROUNDS` times on all choices so far, as each stands on those
before it. Without `--write`, printed are the shares of speakers right, and right by how sure they were, on articles
that the weights were not fitted on (`FOLDS` parts of whole articles). `--write` fits on all and writes `weights.py`.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

from tests.corpus import scoring
from tts.read import read_article
from tts.segment import choice, conversation, pronouns, ranking, segment, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tts.model import Article, Block
    from tts.segment.people import Person
    from tts.segment.referent import Referent

FOLDS = 5
ROUNDS = 3
STEPS = 250
BEFORE = 0.5  # the weight of whom the sentence before a quote is about, who need not be its speaker
MODELS = {"UNSAID": weights.UNSAID, "PRONOUN": weights.PRONOUN, "DESCRIPTION": weights.DESCRIPTION}
RIDGES = {"UNSAID": 1.5, "PRONOUN": 2.0, "DESCRIPTION": 2.0}
# What the fit is drawn to where articles tell little: the rules of before, set by hand; nought for the rest.
PRIORS: dict[str, dict[str, float]] = {
    "UNSAID": {
        "announced": 3, "later": 2, "following": 2, "asked": -2, "had the turn before, short": 2, "had the turn": 0.5,
        "named inside": -2, "addressed": -2, "asks, answered": -1.5, "is asked, answers": 1, "following, new": 1,
    },
    "PRONOUN": {"rival": -1, "rival, no other": -2, "subject": 1, "unnamed, described": 1},
    "DESCRIPTION": {
        "same age": 15, "same noun": 15, "same head": 13.5, "same role": 12, "its title": 12, "does it": 12,
        "no role": 6, "no role, service": 3, "other kind": 3.75, "other role": 3.5, "kin": 3,
        "no role, relative": 6, "no role, office": 6, "no role, service, office": 3, "other kind, relative": 3.75,
        "other kind, office": 3.75, "other role, relative": 3.5, "other role, office": 3.5, "kin, relative": 3,
        "kin, office": 3,
        "situation": 6.5, "beside": -3, "of another": -8, "here": 1.5,
        "subject": 1.5, "topic": 1, "turned to": 1.5, "same gender": 2.25, "rank": -1.5, "to come": -0.75,
        "told by relation": 18, "told by contrast": 18, "told by namesake": 18, "told by own name": 18,
        "new, described before": 9.75, "new, beside": 9, "new, somebody's": 7.5, "new, told apart": 3,
        "new, of one": 7.5,
        "new, office of": 9, "new, of": 7.5, "new, relative": 5.25, "new, office": 8.5, "new, trade": 4,
        "new, clause": 2.5, "new, situation": 5,
    },
}  # fmt: skip
CONFIDENCES = (0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
HEADER = '''"""What each kind of evidence weighs in a choice of who speaks; see `evidence.py` and `ranking.py`.

UNSAID : who says what nothing attributes. PRONOUN and DESCRIPTION : whom these mean.
Written by `scripts/benchmarks/speakers.py --write`: a conditional logit fitted on the articles of `tests/corpus`, with
a ridge that draws it to the values of the rules of before where the articles tell little. Not to be edited by hand.
"""

from __future__ import annotations
'''


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of the segmenter: the names of the candidates, what spoke for each, and the speaker of the gold."""

    model: str
    names: tuple[str | None, ...]
    evidence: tuple[choice.Evidence, ...]
    wanted: str | None = None
    weight: float = 1.0


@cache
def read(source: Path) -> tuple[Article, dict[tuple[str, ...], str | None], list[Block]]:
    """An article, the speaker of each of its quotes by its words, and the quotes of its gold."""
    quotes = [scoring._block(e) for e in scoring.gold_of(source)["blocks"] if e["kind"] == "quote"]  # noqa: SLF001  # the gold is compared as the score compares it
    return read_article(str(source)), {scoring._key(q.text): q.speaker for q in quotes if not q.pull}, quotes  # noqa: SLF001  # as above


class Recorder:
    """Notes the choices of the segmenter while it runs over one article."""

    def __init__(self, said: Mapping[tuple[str, ...], str | None]) -> None:
        self.made: list[Choice] = []
        self._said = said
        self._last: Choice | None = None
        self._before: tuple[Choice | None, Person | None] = (None, None)
        self._described: tuple[Choice | None, int] = (None, 0)
        self._attribute = conversation.Conversation._attribute  # noqa: SLF001  # what the fit looks into
        self._turn_to = conversation.Conversation._turn_to  # noqa: SLF001  # as above

    def choose(self, model: Mapping[str, float], candidates: Mapping[Person, choice.Evidence]) -> tuple[Person, float]:
        name = next(name for name, known in MODELS.items() if known is model)
        self._last = Choice(name, tuple(person.name for person in candidates), tuple(candidates.values()))
        return choice.choose(model, candidates)

    def turn_to(self, talk: conversation.Conversation, ref: Referent) -> None:
        self._last = None
        self._turn_to(talk, ref)
        self._before = (self._last, talk._memory.lead.about)  # noqa: SLF001  # as above
        if ref.kind != "pronoun":
            described = self._last if self._last is not None and self._last.model == "DESCRIPTION" else None
            self._described = (described, talk._memory.paragraph)  # noqa: SLF001  # as above

    def attribute(self, talk: conversation.Conversation, number: int, k: int) -> object:
        memory = talk._memory  # noqa: SLF001  # as above
        about, person = self._before
        now = person is not None and memory.subject_at.get(person) == memory.clock - 1 >= memory.paragraph
        described, paragraph = self._described
        described = described if paragraph == memory.paragraph else None
        self._last, self._before, self._described = None, (None, None), (None, 0)
        result = self._attribute(talk, number, k)
        words = scoring._key(talk._views[number].speech(k))  # noqa: SLF001  # as above
        said = talk._judged[number][k].said  # noqa: SLF001  # as above
        unsaid = self._last is not None and self._last.model == "UNSAID"
        by_name = said is not None and said.ref is not None and said.ref.kind == "name"
        if self._last is not None and words in self._said and (unsaid or not by_name):
            self._keep(self._last, self._said[words], 1.0)
            if unsaid and now and about is not None and about is not described:
                self._keep(about, self._said[words], BEFORE)
            if described is not None:
                self._keep(described, self._said[words], BEFORE)
        return result

    def _keep(self, made: Choice, wanted: str | None, weight: float) -> None:
        if wanted in made.names and len(set(made.names)) > 1:
            self.made.append(Choice(made.model, made.names, made.evidence, wanted, weight))


def choices_in(source: Path) -> list[Choice]:
    """The choices that the segmenter makes in an article with the weights as they are."""
    article, said, _ = read(source)
    recorder = Recorder(said)
    talk = conversation.Conversation
    with ExitStack() as patches:
        for module in (conversation, pronouns, ranking):
            patches.enter_context(patch.object(module, "choose", recorder.choose))
        patches.enter_context(patch.object(talk, "_attribute", lambda *given: recorder.attribute(*given)))  # noqa: PLW0108  # a bound method would not be given the conversation
        patches.enter_context(patch.object(talk, "_turn_to", lambda *given: recorder.turn_to(*given)))  # noqa: PLW0108  # as above
        segment(article)
    return recorder.made


def fitted(choices: Sequence[Choice], model: str, n_rounds: int) -> dict[str, float]:
    """The weights of a conditional logit with a ridge; where several candidates have the right name, any will do."""
    prior = PRIORS[model]
    names = sorted({name for c in choices for found in c.evidence for name in found})
    column = {name: i for i, name in enumerate(names)}
    shape = (len(choices), max((len(c.names) for c in choices), default=0))
    x, here, right = np.zeros((*shape, len(names))), np.zeros(shape, bool), np.zeros(shape, bool)
    for i, c in enumerate(choices):
        here[i, : len(c.names)] = True
        right[i, : len(c.names)] = [name == c.wanted for name in c.names]
        for j, found in enumerate(c.evidence):
            for name, value in found.items():
                x[i, j, column[name]] = value
    weight = np.array([c.weight for c in choices]) / n_rounds
    drawn_to = np.array([prior.get(name, 0.0) for name in names])
    w, first, second = drawn_to.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):  # Adam (Kingma and Ba, 2015)
        scores = np.where(here, x @ w, -np.inf)
        share = np.exp(scores - scores.max(1, keepdims=True))
        of_all = share / share.sum(1, keepdims=True)
        of_right = np.where(right, share, 1e-300)
        of_right = of_right / of_right.sum(1, keepdims=True) * right
        slope = np.einsum("i,ij,ijk->k", weight, of_all - of_right, x) + RIDGES[model] * (w - drawn_to)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        w -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    return prior | dict(zip(names, w.round(2).tolist(), strict=True))


def fit(sources: Sequence[Path]) -> None:
    """Set the weights to those that fit the articles best."""
    made: list[Choice] = []
    for n_rounds in range(1, ROUNDS + 1):
        made += [c for source in sources for c in choices_in(source)]
        for name, model in MODELS.items():
            found = fitted([c for c in made if c.model == name], name, n_rounds)
            model.clear()
            model.update(found)


def rights(sources: Iterable[Path]) -> list[tuple[float, bool]]:
    """Of each quote that is found, how sure its speaker is and whether it is right."""
    found = []
    for source in sources:
        article, _, wanted = read(source)
        blocks = [block for block in segment(article) if block.kind == "quote"]
        pairs = scoring._pairs(blocks, wanted)  # noqa: SLF001  # as the score pairs them
        found += [(ours.confidence, ours.speaker == theirs.speaker) for ours, theirs in pairs]
    return found


def print_left_out(sources: Sequence[Path]) -> None:
    """The shares of speakers right in each part when the weights are fitted on the others."""
    found: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        fit([source for i, source in enumerate(sources) if i % FOLDS != fold])
        found += rights(sources[fold::FOLDS])
    _print_share("left out", found)
    for low, high in pairwise(CONFIDENCES):
        _print_share(f"  sure from {low} to {min(high, 1)}", [r for r in found if low <= r[0] < high])


def _print_share(name: str, found: Sequence[tuple[float, bool]]) -> None:
    n_right = sum(right for _, right in found)
    print(f"{name:<24}{n_right:5} of {len(found):5}   {n_right / max(len(found), 1):.3f}", flush=True)


def write() -> None:
    """Keep the weights as they are."""
    lines = [HEADER]
    for name, model in MODELS.items():
        entries = "".join(f'    "{key}": {value},\n' for key, value in sorted(model.items()) if value)
        lines.append(f"{name} = {{\n{entries}}}\n")
    Path(weights.__file__).write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Fit, and print or write what comes out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("folders", nargs="*", type=Path, default=[scoring.ARTICLES], metavar="FOLDER")
    options = parser.parse_args()
    sources = [source for folder in options.folders for source in scoring.articles(folder)]
    if options.write:
        fit(sources)
        write()
        _print_share("fitted", rights(sources))
    else:
        print_left_out(sources)


if __name__ == "__main__":
    main()
