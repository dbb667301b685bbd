"""Who answers whom, where paragraphs of speech follow each other and nothing says who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.memory import Memory
    from tts.segment.people import Person

_SHORT = 15  # words; who says more in a paragraph of its own goes on rather than answers


@dataclass(frozen=True, slots=True)
class Turn:
    """Speech that ends a paragraph. place : of the paragraph. alone : nothing but its attribution stands before it."""

    place: int
    person: Person
    said: str
    alone: bool


class Dialogue:
    """The last two turns, and who has the next one."""

    def __init__(self) -> None:
        self._turns: list[Turn] = []

    def take(self, turn: Turn) -> None:
        """Somebody's speech ends a paragraph."""
        self._turns = [*self._turns[-1:], turn]

    def answerer(self, place: int, said: str, named: Sequence[Person], memory: Memory) -> Person | None:
        """Who says `said`, all that stands in paragraph `place`, None where nobody need be answering.

        A question is answered by another, and so is somebody who is named; short turns go on in turn.
        """
        last = self._turns[-1] if self._turns else None
        if last is None or last.place != place - 1 or len(said.split()) > _SHORT:
            return None
        if last.person in named or last.said.endswith("?"):
            return next((p for p in memory.near if p is not last.person and not p.plural and not p.group), None)
        before = self._turns[0]
        short = all(len(turn.said.split()) <= _SHORT for turn in self._turns)
        if last.alone and short and before.place == place - 2 and before.person is not last.person:
            return before.person
        return None
