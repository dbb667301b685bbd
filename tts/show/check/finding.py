"""What a check finds, and what a rule is.

A rule is a function with a name of its own: it is given what it judges, and yields a `Flaw` for all that is wrong. Its
docstring says what is right. Each module of rules ends in a list of them, `RULES`; a new rule is a function more in it,
and a case more in the tests.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tts.model import Episode

Severity = Literal["error", "advice"]
Subject = TypeVar("Subject", contravariant=True)  # noqa: PLC0105  (what a rule judges; it is called so in every module)

MAKE_AGAIN = "run `voorlezer feed`"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend.

    severity : "error" where podcast apps or directories may refuse the show, "advice" where they do less than they can.
    where    : the file or address. what : is wrong there. remedy : what to do about it.
    rule     : that found it, "module.function".
    """

    severity: Severity
    where: str
    what: str
    remedy: str
    rule: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule has to say; its severity is that of the rule."""

    where: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Rules(Generic[Subject]):
    """Rules over one kind of subject.

    must : what breaks one of these is an error. should : what breaks one of these is advice.
    """

    must: tuple[Callable[[Subject], Iterable[Flaw]], ...] = ()
    should: tuple[Callable[[Subject], Iterable[Flaw]], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all, as findings tell them."""
        return tuple(_name(rule) for rule in (*self.must, *self.should))

    def over(self, subject: Subject) -> Iterator[Finding]:
        """What all rules find in this subject."""
        for rule in self.must:
            yield from _findings("error", rule, subject)
        for rule in self.should:
            yield from _findings("advice", rule, subject)


def spoken_again(episode: Episode) -> str:
    """The remedy for audio that is lost or can't be mended: the same article once more."""
    kind, _, name = episode.identity.partition(":")
    source = name if kind in {"url", "path"} else episode.source_url
    return f"run `voorlezer episode {shlex.quote(source)}`" if source else "make the episode again from its article"


def _findings(severity: Severity, rule: Callable[[Subject], Iterable[Flaw]], subject: Subject) -> Iterator[Finding]:
    for flaw in rule(subject):
        yield Finding(severity, flaw.where, flaw.what, flaw.remedy, _name(rule))


def _name(rule: Callable[[Subject], Iterable[Flaw]]) -> str:
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"
