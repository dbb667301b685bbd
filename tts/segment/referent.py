"""A word or phrase that points at somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tts.segment.people import Person
    from tts.segment.roles import Gender


@dataclass(frozen=True, slots=True)
class Referent:
    """A word or phrase that points at somebody.

    oblique  : stands after a preposition, or can't be a subject.
    aged     : told apart by more than a role: "de 34-jarige spits", "de oude baas".
    definite : "de wethouder", not "een wethouder".
    clause   : more is told of somebody not yet known: "de boer die zijn koeien hier laat grazen", "de man met de pet".
    whose    : the possessive that it begins with: "haar" of "haar zus", of "haar zus Josefien" too.
    rival    : the gender of a pronoun beside it that is another's: "ze liet hem wachten", "vroeg de portier hem".
    phrase   : a description as the article gives it.
    """

    kind: Literal["name", "pronoun", "description"]
    start: int
    end: int
    people: tuple[Person, ...] = ()
    full: bool = False
    head: str = ""
    phrase: str = ""
    gender: Gender | None = None
    oblique: bool = False
    definite: bool = True
    plural: bool = False
    group: bool = False
    aged: bool = False
    clause: bool = False
    whose: str = ""
    rival: Gender | None = None

    @property
    def is_group(self) -> bool:
        """Whether it surely points at an organisation."""
        return self.group or (self.kind == "name" and not self.weak and self.people[0].group)

    @property
    def weak(self) -> bool:
        """A capitalised word that need not be anybody's name."""
        return self.kind == "name" and not any(person.sure for person in self.people)
