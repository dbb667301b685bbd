"""Which rules of spoken Dutch a voice needs, by what a Dutch recogniser hears.

For each rule: sentences of the corpus that it changes, spoken with it and without (what the rule would have said
stays as it is written, all else is said as ever), heard by the recogniser of ../shared/asr, and held against the gold.

- The error is in characters, without spaces, for a recogniser writes compounds apart and "k n m i" as one word.
- Of several right ways to say a sentence the nearest counts. The recogniser writes many numbers in digits; they are
  read as its own normaliser reads them and as Voorlezer does, and the nearer counts. So two ways of saying one number
  (a year, a count) are no difference to it.
- needed: without the rule there are more errors, by a bootstrap over the sentences (95 %); harmful: fewer;
  harmless: the interval has nought in it; too few: fewer than four sentences.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
from functools import cache
from typing import TYPE_CHECKING

from hearing import Recogniser, letters, readings, wrong

from tests.corpus.spoken_scoring import Sentence, sentences
from tests.listening.scoring import SEED, rate, rise
from tts.speak.dutch import to_spoken
from tts.speak.dutch.rules import RULES
from tts.speak.engine import engine, find

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.listening.scoring import Count, Figure
    from tts.speak.dutch import Spoken

EVERY_RULE = "every rule"
N_OF_EVERY_RULE = 60
FEWEST = 4


class Listener:
    """Speaks a text in one voice and writes down what is heard; the same text is spoken once."""

    def __init__(self, label: str, n_threads: int) -> None:
        self._recogniser = Recogniser(n_threads)
        offer = find(label) or sys.exit(f"rules: no voice is called {label}; `voorlezer voices` lists them")
        self._voice = engine(offer.spec.engine).open(offer.spec)
        self.transcript = cache(self._transcript)

    def _transcript(self, text: str) -> str:
        return self._recogniser.transcript(self._voice.speak(text).samples)

    def close(self) -> None:
        self._voice.close()
        self._recogniser.close()


def _heard(transcript: str, golds: Sequence[str]) -> Count:
    pairs = itertools.product(golds, readings(transcript))
    counts = [wrong(letters(gold), letters(reading)) for gold, reading in pairs]
    return min(counts, key=lambda count: count.n_wrong / max(1, count.n))


def _without(spoken: Spoken, name: str) -> str:
    """The text as it is said, but as it is written where the rule was at work."""
    pieces, at = [], 0
    for rewrite in spoken.rewrites:
        left_out = name in {rewrite.rule, EVERY_RULE}
        pieces += [spoken.source[at : rewrite.start], rewrite.source if left_out else rewrite.spoken]
        at = rewrite.end
    return "".join([*pieces, spoken.source[at:]])


def _samples(limit: int) -> dict[str, list[tuple[Sentence, Spoken]]]:
    """For each rule, sentences that it changes; those of the corpus, and its own examples."""
    examples = [Sentence(rule.name, *example[:1], example[1:]) for rule in RULES for example in rule.examples]
    every = [(sentence, to_spoken(sentence.written)) for sentence in (*sentences(), *examples)]
    changed = [(sentence, spoken) for sentence, spoken in every if spoken.rewrites]
    found = {EVERY_RULE: _some(changed, max(limit, N_OF_EVERY_RULE))}
    for rule in RULES:
        found[rule.name] = _some([one for one in changed if rule.name in {r.rule for r in one[1].rewrites}], limit)
    return found


def _some(population: list[tuple[Sentence, Spoken]], limit: int) -> list[tuple[Sentence, Spoken]]:
    return random.Random(SEED).sample(population, min(limit, len(population)))  # noqa: S311 -- the same each time


def _verdict(n: int, more: Figure) -> str:
    if n < FEWEST:
        return "too few"
    return "needed" if more.low > 0 else "harmful" if more.high < 0 else "harmless"


def _measure(name: str, found: list[tuple[Sentence, Spoken]], transcript: Callable[[str], str]) -> str:
    on = [_heard(transcript(spoken.text), sentence.spoken) for sentence, spoken in found]
    off = [_heard(transcript(_without(spoken, name)), sentence.spoken) for sentence, spoken in found]
    more = rise(on, off)
    figures = f"{rate(on).value:8.1f}{rate(off).value:8.1f}{more.value:+8.1f}   [{more.low:+6.1f}, {more.high:+6.1f}]"
    return f"{name:<28}{len(found):4}{figures}   {_verdict(len(found), more)}"


def main() -> None:
    """A table a voice, a line a rule."""
    parser = argparse.ArgumentParser(prog="scripts/rules", description=__doc__)
    parser.add_argument("voices", nargs="*", default=["espeak:nl", "mbrola:nl2"], metavar="VOICE")
    parser.add_argument("--sentences", type=int, default=25, help="at most so many a rule")
    parser.add_argument("--rule", action="append", help="only this one; may be given more than once")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of the recogniser")
    options = parser.parse_args()
    samples = _samples(options.sentences)
    for label in options.voices:
        listener = Listener(label, options.threads)
        print(f"{label}, errors in % of characters\n{'rule':<28}{'n':>4}{'with':>8}{'without':>8}{'rise':>8}")
        for name in options.rule or samples:
            print(_measure(name, samples[name], listener.transcript), flush=True)
        listener.close()


if __name__ == "__main__":
    main()
