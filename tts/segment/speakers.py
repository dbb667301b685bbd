"""Who says it: resolves a referent to a person, and keeps in mind whom the article is about at each point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts.segment.lexicon import words
from tts.segment.people import Cast, Person
from tts.segment.referents import ORIGIN
from tts.segment.roles import Gender, gender_of_role, group_head, role_head, same_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts.segment.referents import Referent

# "De man", "de Rotterdammer": somebody already spoken of, not a role.
_ANYBODY = frozenset(("man", "vrouw", "jongen", "meisje", "jongere", "oudere", ORIGIN))
_PARENTS = frozenset("vader moeder".split())
_CHILDREN = frozenset("zoon dochter".split())
_KINSHIP = ((_CHILDREN, _PARENTS), (_PARENTS, _CHILDREN))
_RELATIVES = _PARENTS | _CHILDREN | frozenset("broer zus zusje echtgenote echtgenoot opa oma neef nicht".split())
_NEAR = 4  # of the last mentioned
_FOCUS_SIZE = 12  # nobody comes back by a pronoun after so many others


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a quotation. person : None where the article does not let one tell."""

    person: Person | None
    confidence: float

    @property
    def speaker(self) -> str | None:
        return self.person.name if self.person else None

    @property
    def role(self) -> str | None:
        return self.person.roles[0] if self.person and self.person.roles else None


NOBODY = Attribution(None, 0.3)


class Focus:
    """Whom the article was about last, most recent first: what a pronoun or "de wethouder" points at."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._recent: list[Person] = []
        self._last_named: Person | None = None
        self._last_group: Person | None = None

    @property
    def front(self) -> Person | None:
        return self._recent[0] if self._recent else None

    def front_but(self, others: Sequence[Person]) -> Person | None:
        """The most recent but for `others`; the most recent of all where nobody named is left."""
        named = (person for person in self._recent[:_NEAR] if person not in others and person.name and not person.group)
        return self.front if self.front not in others else next(named, self.front)

    def to_front(self, person: Person) -> None:
        """Somebody speaks or is the subject of a sentence."""
        self._last_named = person
        self._put(person, 0)

    def mention(self, person: Person) -> None:
        """Somebody is named, but the sentence is about another."""
        self._last_named = person
        if person not in self._recent[:2]:
            self._put(person, 1)

    def mention_group(self, person: Person) -> None:
        """A group is named, or a word that may be a group's name."""
        self._last_group = person

    def _put(self, person: Person, position: int) -> None:
        if person in self._recent:
            self._recent.remove(person)
        self._recent.insert(position, person)
        del self._recent[_FOCUS_SIZE:]

    def resolve(self, ref: Referent, others: Sequence[Person] = ()) -> tuple[Person | None, float]:
        """The person that `ref` points at here, and how sure that is; a pronoun rather none of `others`."""
        if ref.kind == "name":
            return self._by_name(ref)
        if ref.head == "die" and ref.kind == "pronoun":
            return self._last_named or self.front, 0.8
        if ref.kind == "pronoun":
            person, confidence = self._by_gender(ref.gender, plural=ref.plural)
            if person in others:
                rest = Focus(self.cast)
                rest._recent = [p for p in self._recent[:_NEAR] if p not in others]
                other, less = rest._by_gender(ref.gender, plural=ref.plural)
                person, confidence = (other, min(less, 0.75)) if other else (person, confidence)
            if person and person is self.front and not person.plural:
                person.gender = person.gender or ref.gender  # from here on the article has told
            return person, confidence
        return self._by_description(ref)

    def _by_name(self, ref: Referent) -> tuple[Person, float]:
        people = list(ref.people)
        if len(people) == 1:
            return people[0], 0.98 if people[0].sure else 0.8
        for fits in (
            [p for p in people if ref.head and any(same_role(ref.head, head) for head in p.heads())],
            [p for p in people if ref.gender and p.gender == ref.gender],
            [p for p in people if not p.heads() & _RELATIVES],  # the relatives go by their first names
        ):
            if len(fits) == 1:
                return fits[0], 0.9
        recent = next((p for p in self._recent if p in people), people[0])
        return recent, 0.7

    def _by_gender(self, gender: Gender | None, *, plural: bool) -> tuple[Person | None, float]:
        fits = [
            p
            for p in self._recent
            if p.plural == plural and (plural or not p.group) and (gender is None or p.gender in {gender, None})
        ]
        alone = self._recent[0] if len({id(p) for p in self._recent}) == 1 else None
        if not fits and alone is not None and not plural and alone.gender and not alone.group and not alone.plural:
            alone.gender = gender  # "Marijn" may be either
            return alone, 0.75
        if not fits:
            return None, 0.4
        # "Zijn zoon werkt in de bouw. Hij zucht.": the one whose son it is, unless the son is what it was about.
        if fits[0].name is None and fits[0] is not self.front and fits[0].roles[0].startswith(("zijn ", "haar ")):
            named = next((p for p in fits[:_NEAR] if p.name), fits[0])
            return named, 0.75
        # A rival whose gender is known to fit makes it less certain.
        rivals = len({id(p) for p in fits[:3]})
        return fits[0], 0.92 if fits[0].gender or rivals == 1 else 0.75

    def _by_description(self, ref: Referent) -> tuple[Person | None, float]:
        if ref.definite and not ref.plural:
            if ref.group:
                named = [p for p in (*self._recent, *self.cast.people) if p.group and p.name and _is_kind(p, ref.head)]
                if named:
                    return named[0], 0.85
                if self._last_group is not None and ref.head in words("roles", "any_group"):
                    return self._last_group, 0.7
            elif ref.head in _ANYBODY:
                person, confidence = self._by_gender(ref.gender, plural=False)
                if person and (ref.head == ORIGIN or ref.phrase.endswith(ref.head)):  # not "de vrouw naast hem"
                    return person, min(confidence, 0.8)
            else:
                person = self._by_namesake(ref) or self._by_role(ref) or self._by_kinship(ref)
                if person:
                    return person, 0.9
                person = self._by_epithet(ref)
                if person:
                    return person, 0.65
        return self._unnamed(ref), 0.85

    def _by_role(self, ref: Referent) -> Person | None:
        introduced = [p for p in self._recent if not p.group]
        to_come = [p for p in self.cast.people if p not in introduced and not p.group]

        def exactly(head: str) -> bool:
            return head == ref.head

        def nearly(head: str) -> bool:
            return same_role(head, ref.head)

        # "De coach" is rather the trainer of whom the article speaks than a coach further back.
        for same, people in ((nearly, introduced[:2]), (exactly, introduced + to_come), (nearly, introduced)):
            for person in people:
                if person.name and ref.gender in {None, person.gender} and any(same(head) for head in person.heads()):
                    return person
                if person.name and person.gender is None and any(same(head) for head in person.heads()):
                    return person
        return None

    def _by_namesake(self, ref: Referent) -> Person | None:
        """`Haar naamgenoot`: the other of that surname or first name."""
        if not ref.phrase.endswith(("naamgenoot", "naamgenote")) or self.front is None or self.front.name is None:
            return None
        shared = {self.front.name.split()[0], self.front.name.split()[-1]}
        others = [p for p in (*self._recent, *self.cast.people) if p is not self.front and p.name and not p.group]
        return next((p for p in others if p.name and not shared.isdisjoint(p.name.split())), None)

    def _by_kinship(self, ref: Referent) -> Person | None:
        """`zegt zijn zoon`, where the article called the one who spoke last somebody's father."""
        kin = next((other for these, other in _KINSHIP if ref.head in these), None)
        if kin is None or self.front is None or not self.front.heads() & kin:
            return None
        others = (p for p in self._recent[1:] if p.name and p.sure and not p.group and p.gender in {ref.gender, None})
        return next(others, None)

    def _by_epithet(self, ref: Referent) -> Person | None:
        """A description that no role explains, of somebody just spoken of: "de 19-jarige spits", "de bouwster"."""
        fits = [
            p for p in self._recent if p.name and not p.group and (ref.gender is None or p.gender in {ref.gender, None})
        ]
        if not fits:
            return None
        if ref.aged or role_head(ref.head) is None or self._varies(ref):
            if fits[0] is not next(p for p in self._recent if not p.group):
                return None
            fits[0].add_role(ref.head)  # so that "de verdachte" is known from here on
            return fits[0]
        if " van " in ref.phrase:
            return None
        # Somebody beside whose name the article never put a trade.
        return next((p for p in fits if ref.gender and p.gender == ref.gender and not p.roles), None)

    def _varies(self, ref: Referent) -> bool:
        """Whether "de melkrijder" can only be somebody known: a trade not spoken of before, that is no office."""
        introduced = any(ref.head in person.heads() for person in self._recent if person.name is None)
        plain = ref.phrase.startswith(("de ", "deze ")) and " van " not in ref.phrase
        return plain and not introduced and ref.head not in words("roles", "offices")

    def _unnamed(self, ref: Referent) -> Person:
        if ref.definite:
            for person in self._recent:
                if person.name is None and (
                    ref.head in person.heads() or (person.group and ref.head in person.roles[0].split())
                ):
                    return person
        return Person(None, [ref.phrase], ref.gender or gender_of_role(ref.head), group=ref.group, plural=ref.plural)


def _is_kind(person: Person, head: str) -> bool:
    """Whether a group is of the kind that a description names: "de koepel" for "transportkoepel TVN"."""
    named = [*(person.name or "").split(), *(word for role in person.roles for word in role.split())]
    wanted = group_head(head)
    return any(word.lower() == head or (wanted is not None and group_head(word) == wanted) for word in named)
