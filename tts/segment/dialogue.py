"""Who answers whom, where paragraphs of speech follow each other and nothing says who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from tts.segment.people import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """Speech that ends a paragraph.

    place     : of the paragraph.
    alone     : nothing but its attribution stands before it.
    addressed : whom it calls by name or office.
    beside    : who else spoke, or was the subject of a sentence, in its paragraph.
    """

    place: int
    person: Person
    said: str
    alone: bool
    addressed: Collection[Person] = ()
    beside: Collection[Person] = ()


class Dialogue:
    """The last two turns, and who has the next one."""

    def __init__(self) -> None:
        self._turns: list[Turn] = []

    def take(self, turn: Turn) -> None:
        """Somebody's speech ends a paragraph."""
        self._turns = [*self._turns[-1:], turn]

    def last(self, place: int) -> Turn | None:
        """The speech that ends the paragraph right before `place`."""
        return next((turn for turn in self._turns[-1:] if turn.place == place - 1), None)

    def before(self, place: int) -> Turn | None:
        """The speech that ends the paragraph before that."""
        return next((turn for turn in self._turns if turn.place == place - 2), None)
