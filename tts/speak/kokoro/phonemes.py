"""Dutch in Kokoro's symbols: espeak-ng says each word in IPA, and each sound becomes the nearest that Kokoro makes."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PUNCTUATION = ';:,.!?—…"()“”'
_WORD = re.compile(r"\S+")
_CORE = re.compile(r"\w(?:.*\w)?")
_NEAREST = {"«": "“", "»": "”", "„": "“", "–": "—"}
_LACKING = {"ɵ": "ø", "ʏ": "ø", "ɦ": "h", "g": "ɡ", "͡": "", "-": ""}  # Kokoro has no symbol for them
_NEARER = {"ɔ": "o", "oː": "oʊ", "ɔː": "oː", "ɣ": "x"}  # to Dutch, in the voices of other languages
_SOUNDS = _LACKING | _NEARER
_SOUND = re.compile("|".join(map(re.escape, sorted(_SOUNDS, key=len, reverse=True))))


@dataclass(frozen=True, slots=True)
class Said:
    """A word as Kokoro is to say it.

    symbols    : its sounds with the punctuation around it, all of them Kokoro's (`numbers`), never empty; words are
                 said with a space between them.
    start, end : its place in the text, with the punctuation after it.
    """

    symbols: str
    start: int
    end: int


@cache
def numbers() -> dict[str, int]:
    """Kokoro's number for each of its symbols."""
    text = resources.files("tts.speak.kokoro").joinpath("symbols.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))


def phonemes(text: str, ipa: Callable[[Sequence[str]], list[str]]) -> tuple[Said, ...]:
    """The words of `text` in order, each with what it sounds like; a word that makes no sound is left out.

    ipa : gives espeak-ng's IPA of each of several words in one call.
    """
    words = [(word, _CORE.search(word[0])) for word in _WORD.finditer(text)]
    sounds = ipa([core[0] if core else "" for _, core in words])
    said: list[Said] = []
    for (word, core), sound in zip(words, sounds, strict=True):
        start, end = core.span() if core else (0, 0)
        before, after = _signs(word[0][:start]), _signs(word[0][end:])
        if symbols := _symbols(sound):
            said.append(Said(before + symbols + after, word.start() + start, word.end()))
        elif said and before + after:
            last = said.pop()
            said.append(Said(f"{last.symbols} {before}{after}", last.start, last.end))
    return tuple(said)


def _symbols(sound: str) -> str:
    near = _SOUND.sub(lambda found: _SOUNDS[found[0]], sound)
    return "".join(_known(near))


def _signs(marks: str) -> str:
    return "".join(sign for mark in marks if (sign := _NEAREST.get(mark, mark)) in PUNCTUATION)


def _known(symbols: str) -> Iterator[str]:
    known = numbers()
    return (symbol for symbol in symbols if symbol in known)
