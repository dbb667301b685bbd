"""Dutch as a newsreader says it: written text becomes spoken text."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tts.speak.dutch.lexicon import lexicon_rule
from tts.speak.dutch.rule import compiled
from tts.speak.dutch.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tts.speak.dutch.rule import Rule

__all__ = ["Rewrite", "Spoken", "to_spoken"]

_NO_LEXICON: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One stretch of the source, `source[start:end]`, that is said in other words."""

    rule: str
    start: int
    end: int
    source: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text and how it is said.

    rewrites : in order, not overlapping; put in the place of their spans in `source` they give `text`.
    """

    source: str
    text: str
    rewrites: tuple[Rewrite, ...]


def to_spoken(text: str, lexicon: Mapping[str, str] = _NO_LEXICON) -> Spoken:
    """`text` with every digit, symbol and abbreviation in words, the rest of it untouched.

    - What needs nothing comes back as it was, white space and quotation marks included.
    - What cannot be decided stays as it stands.
    - A word of `lexicon` is said as the lexicon has it, before any rule.
    - Each stretch is rewritten by one rule, the first in the order of `tts.speak.dutch.rules` that wants it.
    - The time is linear in the length of the text.
    """
    rules: Iterable[Rule] = (lexicon_rule(lexicon), *RULES) if lexicon else RULES
    taken = bytearray(len(text))
    rewrites: list[Rewrite] = []
    present: dict[str, bool] = {}
    for rule in rules:
        if rule.trigger not in present:
            present[rule.trigger] = compiled(rule.trigger).search(text) is not None
        if present[rule.trigger]:
            rewrites += _rewrites(rule, text, taken)
    rewrites.sort(key=lambda rewrite: rewrite.start)
    return Spoken(text, _apply(text, rewrites), tuple(rewrites))


def _rewrites(rule: Rule, text: str, taken: bytearray) -> Iterable[Rewrite]:
    for match in compiled(rule.pattern).finditer(text):
        start, end = match.span()
        if start == end or any(taken[start:end]):
            continue
        spoken = rule.say(match)
        if spoken is None:
            continue
        taken[start:end] = b"\x01" * (end - start)
        if spoken != match[0]:
            yield Rewrite(rule.name, start, end, match[0], spoken)


def _apply(text: str, rewrites: Iterable[Rewrite]) -> str:
    pieces = []
    at = 0
    for rewrite in rewrites:
        pieces += [text[at : rewrite.start], rewrite.spoken]
        at = rewrite.end
    return "".join([*pieces, text[at:]])
