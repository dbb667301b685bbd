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
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from measure import ROOT

from tests.corpus.spoken_scoring import Sentence, sentences
from tts.model import SAMPLE_RATE_HZ, SAMPLE_WIDTH_BYTES
from tts.speak.dutch import to_spoken
from tts.speak.dutch.rules import RULES
from tts.speak.engine import engine, find

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tts.speak.dutch import Spoken

sys.path.insert(0, str(ROOT.parent / "shared" / "asr"))

import wer

EVERY_RULE = "every rule"
N_OF_EVERY_RULE = 60
FEWEST = 4
N_RESAMPLES = 4000
SEED = 20_261


@dataclass(frozen=True)
class Heard:
    """Wrong characters, and characters that it should have been."""

    n_wrong: int
    n_chars: int


class Listener:
    """Speaks a text in one voice and writes down what is heard; the same text is spoken once."""

    def __init__(self, label: str, n_threads: int) -> None:
        python = os.environ.get("ASR_PYTHON") or sys.exit(
            "rules: ASR_PYTHON names the Python of ../shared/asr/README.md"
        )
        command = [python, str(Path(__file__).with_name("listen.py")), str(n_threads)]
        self._recogniser = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        offer = find(label) or sys.exit(f"rules: no voice is called {label}; `voorlezer voices` lists them")
        self._voice = engine(offer.spec.engine).open(offer.spec)
        self.transcript = cache(self._transcript)

    def _transcript(self, text: str) -> str:
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            with wave.open(file.name, "wb") as recording:
                recording.setparams((1, SAMPLE_WIDTH_BYTES, SAMPLE_RATE_HZ, 0, "NONE", ""))
                recording.writeframes(self._voice.speak(text).samples.tobytes())
            print(file.name, file=self._recogniser.stdin, flush=True)
            line = self._recogniser.stdout.readline()
        return line.rstrip("\n") if line else sys.exit("rules: the recogniser stopped")

    def close(self) -> None:
        self._voice.close()
        self._recogniser.stdin.close()
        self._recogniser.wait()


def _letters(text: str) -> list[str]:
    return list("".join(wer.normalise(text)))


def _heard(transcript: str, golds: Sequence[str]) -> Heard:
    readings = [_letters(transcript), _letters(to_spoken(transcript).text)]
    pairs = itertools.product(map(_letters, golds), readings)
    return min(
        (Heard(sum(wer.edits(gold, reading)), len(gold)) for gold, reading in pairs),
        key=lambda heard: heard.n_wrong / max(1, heard.n_chars),
    )


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


def _rate(heard: Sequence[Heard]) -> float:
    return 100 * sum(one.n_wrong for one in heard) / sum(one.n_chars for one in heard)


def _interval(on: Sequence[Heard], off: Sequence[Heard]) -> tuple[float, float]:
    """The 95 % interval of the rise in errors without the rule, in points, over resampled sentences."""
    figures = np.array([(a.n_wrong, a.n_chars, b.n_wrong, b.n_chars) for a, b in zip(on, off, strict=True)], float)
    picks = np.random.default_rng(SEED).integers(len(figures), size=(N_RESAMPLES, len(figures)))
    sums = figures[picks].sum(axis=1)
    low, high = np.percentile(100 * (sums[:, 2] / sums[:, 3] - sums[:, 0] / sums[:, 1]), (2.5, 97.5))
    return float(low), float(high)


def _verdict(n: int, low: float, high: float) -> str:
    if n < FEWEST:
        return "too few"
    return "needed" if low > 0 else "harmful" if high < 0 else "harmless"


def _measure(name: str, found: list[tuple[Sentence, Spoken]], transcript: Callable[[str], str]) -> str:
    on = [_heard(transcript(spoken.text), sentence.spoken) for sentence, spoken in found]
    off = [_heard(transcript(_without(spoken, name)), sentence.spoken) for sentence, spoken in found]
    low, high = _interval(on, off)
    figures = f"{_rate(on):8.1f}{_rate(off):8.1f}{_rate(off) - _rate(on):+8.1f}   [{low:+6.1f}, {high:+6.1f}]"
    return f"{name:<28}{len(found):4}{figures}   {_verdict(len(found), low, high)}"


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
