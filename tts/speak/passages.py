"""Spoken text cut into passages that a voice can take, where a reader breathes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tts.speak import breath
from tts.speak.breath import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts.speak.dutch import Spoken

PACKED_BELOW_CHARS = 200  # a voice that takes less than two sentences a request is paid by the request
SHORT_CHARS = 25  # a sentence below this is joined to its neighbour: alone it gets a melody and a pause of its own
_MAX_WORDS = 80  # in one passage; keeps the search linear in the text
_PASSAGE_COST = 13  # one request more is worth it when it saves a breath in the middle of a phrase
_STUB_COST = 6  # for a passage below SHORT_CHARS

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cut:
    """One passage: what is said, and the original spelling of it."""

    text: str
    source: str


def cut(spoken: Spoken, limit_chars: int) -> tuple[Cut, ...]:
    """The passages of a text in order, each with at least one word in it.

    - No text is longer than `limit_chars`.
    - The texts joined with single spaces are the spoken text with its white space folded; the sources likewise the
      source (empty sources skipped).
    - A passage ends where a reader breathes: after a sentence, then a clause, a comma, before a conjunction; not
      inside a name, a number with its unit, an abbreviation or a verb group where there is a better place.
    - A voice that takes whole sentences gets one a passage, very short ones with a neighbour; one that takes less
      than `PACKED_BELOW_CHARS` gets as few passages as leave the breaths in good places.
    - A rewrite (a huge number, say) longer than the limit is cut between its words: its first passage has its
      source, those after it none. A word longer than the limit is cut inside; only then is there no space to join.
    - Punctuation makes no sound: it goes with the word before it, and is left out of `text` (never of `source`)
      where it would be a passage of its own. A text without a single word has no passages.

    Raises: ValueError when `limit_chars` is below 1.
    """
    if limit_chars < 1:
        raise ValueError(f"a voice takes at least 1 character, not {limit_chars}")
    words = [part for word in _words(spoken) for part in _fitting(word, limit_chars)]
    if not words:
        return ()
    costs = [breath.cost(left, right) for left, right in pairwise(words)]
    costs.append(breath.SENTENCE)
    stretches = [(0, len(words))] if limit_chars < PACKED_BELOW_CHARS else _sentences(words, costs, limit_chars)
    ends = [end for start, stop in stretches for end in _ends(words, costs, start, stop, limit_chars)]
    return tuple(_joined(words[start:end]) for start, end in pairwise([0, *ends]))


def _joined(words: Sequence[Word]) -> Cut:
    return Cut(
        " ".join(word.text for word in words if word.text),
        " ".join(word.source for word in words if word.source),
    )


def _length(words: Sequence[Word]) -> int:
    return sum(len(word.text) + 1 for word in words) - 1


def _words(spoken: Spoken) -> Iterator[Word]:
    """What stands between white space outside the rewrites, bare punctuation put to the word before it."""
    held: Word | None = None
    for word in _chunks(spoken):
        if held is None:
            held = word
        elif _has_sound(word) and _has_sound(held):
            yield held
            held = word
        else:
            held = Word(f"{held.text} {word.text}".strip(), f"{held.source} {word.source}".strip())
    if held is not None and _has_sound(held):
        yield held


def _has_sound(word: Word) -> bool:
    return any(character.isalnum() for character in word.text)


def _chunks(spoken: Spoken) -> Iterator[Word]:
    text: list[str] = []
    source: list[str] = []
    at = 0
    for rewrite in (*spoken.rewrites, None):
        between = spoken.source[at : rewrite.start if rewrite else None]
        pieces = _SPACE.split(between)
        for piece in pieces[:-1]:
            text.append(piece)
            source.append(piece)
            if "".join(source):
                yield Word(_folded(text), _folded(source))
            text, source = [], []
        text.append(pieces[-1])
        source.append(pieces[-1])
        if rewrite:
            text.append(rewrite.spoken)
            source.append(rewrite.source)
            at = rewrite.end
    if "".join(source):
        yield Word(_folded(text), _folded(source))


def _folded(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _fitting(word: Word, limit: int) -> Iterator[Word]:
    """The word itself when the voice can take it, else parts that it can take."""
    if len(word.text) <= limit:
        yield word
        return
    source = word.source
    for part in _parts(word.text, limit):
        if any(character.isalnum() for character in part):
            yield Word(part, source)
            source = ""


def _parts(text: str, limit: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > limit:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
        while len(line) > limit:
            yield line[:limit]
            line = line[limit:]
    if line:
        yield line


def _sentences(words: Sequence[Word], costs: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Stretches of one sentence each; a very short one shares a stretch with the sentence before or after it."""
    stretches: list[tuple[int, int]] = []
    length_before, is_single = 0, False
    start = 0
    for end in (at + 1 for at, price in enumerate(costs) if price == breath.SENTENCE):
        length = _length(words[start:end])
        joined = length_before + 1 + length
        is_short = length_before < SHORT_CHARS or (length < SHORT_CHARS and (is_single or end == len(words)))
        if stretches and is_short and joined <= limit:
            stretches[-1] = (stretches[-1][0], end)
            length_before, is_single = joined, False
        else:
            stretches.append((start, end))
            length_before, is_single = length, True
        start = end
    return stretches


def _ends(words: Sequence[Word], costs: Sequence[int], start: int, stop: int, limit: int) -> list[int]:
    """Where the passages of words[start:stop] end, for the least cost in passages and in bad breaths together."""
    if _length(words[start:stop]) <= limit:
        return [stop]
    n = stop - start
    best = [0.0] + [float("inf")] * n
    previous = [0] * (n + 1)
    for end in range(1, n + 1):
        length = -1
        breath_cost = costs[start + end - 1] + _PASSAGE_COST
        for begin in range(end - 1, max(-1, end - 1 - _MAX_WORDS), -1):
            length += len(words[start + begin].text) + 1
            if length > limit:
                break
            total = best[begin] + breath_cost + (_STUB_COST if length < SHORT_CHARS else 0)
            if total < best[end]:
                best[end], previous[end] = total, begin
    ends = [n]
    while previous[ends[-1]]:
        ends.append(previous[ends[-1]])
    return [start + end for end in reversed(ends)]
