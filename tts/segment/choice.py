"""Chooses one of several people by what speaks for each: a linear model whose weights are in `weights.py`."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tts.segment.people import Person

MOST_SURE = 0.98
# What speaks for or against somebody, by name; what is not in it is nought.
Evidence = dict[str, float]


def choose(weights: Mapping[str, float], candidates: Mapping[Person, Evidence]) -> tuple[Person, float]:
    """The candidate for whom most speaks, the first of equals, and how probable it is that they are meant.

    The probability is that of a conditional logit, each one's share of the sum of e to the power of their scores, but
    never certainty: it may be somebody whom the model was not offered.
    """
    scores = {
        person: sum(weights.get(name, 0.0) * value for name, value in evidence.items())
        for person, evidence in candidates.items()
    }
    best = max(scores, key=lambda person: scores[person])
    return best, MOST_SURE / sum(exp(score - scores[best]) for score in scores.values())
